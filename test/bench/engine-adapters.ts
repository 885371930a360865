/**
 * The candidate engines of ADR 0001 behind the one interface that the benchmark needs. Each is set
 * up as its documentation asks for durable group commits; where it cannot flush a group, it says so.
 */
import { join } from "node:path";
import { open as openLmdb } from "lmdb";
import RocksDB from "rocksdb-native";
import { LevelEngine } from "../../node/store/level-engine.ts";

export type EngineOperation =
  | { readonly type: "put"; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: "del"; readonly key: Buffer };

export interface BenchEngine {
  /** Atomic, and flushed to disk once resolved. */
  write(operations: readonly EngineOperation[]): Promise<void>;
  /** Undefined when the engine has no synchronous read. */
  readonly get: ((key: Buffer) => Buffer | undefined) | undefined;
  getAsync(key: Buffer): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;

export const ENGINES: Readonly<Record<string, (folder: string) => Promise<BenchEngine>>> = {
  "classic-level": (folder) => openLevel(folder, false),
  "classic-level, snappy": (folder) => openLevel(folder, true),
  lmdb: async (folder) => openLmdbEngine(folder),
  "rocksdb-native": async (folder) => openRocks(folder, true),
  "rocksdb-native, not flushed": async (folder) => openRocks(folder, false),
};

async function openLevel(folder: string, compression: boolean): Promise<BenchEngine> {
  const engine = await LevelEngine.open(folder, {
    writeBufferBytes: 32 * MEBIBYTE,
    openTables: 64,
    compression,
  });
  return {
    write: (operations) => {
      for (const operation of operations) {
        if (operation.type === "put") engine.batch.put(operation.key, operation.value);
        else engine.batch.del(operation.key);
      }
      return engine.commit(true);
    },
    get: (key) => engine.get(key),
    getAsync: async (key) => engine.get(key),
    close: () => engine.close(),
  };
}

function openLmdbEngine(folder: string): BenchEngine {
  const db = openLmdb<Buffer, Buffer>({
    path: join(folder, "data.mdb"),
    keyEncoding: "binary",
    encoding: "binary",
    mapSize: 8 * 1024 * MEBIBYTE,
  });
  return {
    write: async (operations) => {
      await db.transaction(() => {
        for (const operation of operations) {
          // Inside a transaction these take effect at once; their promises are the transaction's.
          if (operation.type === "put") void db.put(operation.key, operation.value);
          else void db.remove(operation.key);
        }
      });
      await db.flushed;
    },
    get: (key) => db.get(key),
    getAsync: async (key) => db.get(key),
    close: () => db.close(),
  };
}

/**
 * The binding gives no way to ask for a flushed write (strace: 5 calls of fdatasync in 100 groups), so
 * `flushed` writes the memtable out as a table after each group, the only durability it offers.
 */
function openRocks(folder: string, flushed: boolean): BenchEngine {
  const db = new RocksDB(folder, {});
  return {
    write: async (operations) => {
      const batch = db.write({ capacity: operations.length });
      const pending = operations.map((operation) =>
        operation.type === "put" ? batch.put(operation.key, operation.value) : batch.delete(operation.key),
      );
      await batch.flush();
      await Promise.all(pending);
      batch.destroy();
      if (flushed) await db.flush();
    },
    get: undefined,
    getAsync: async (key) => (await db.get(key)) ?? undefined,
    close: () => db.close(),
  };
}
