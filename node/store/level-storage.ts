/** The node's storage on disk: block storage on LevelDB. */
import { BlockStorage, type LoggedStorage } from "./block-storage.ts";
import { LevelEngine } from "./level-engine.ts";

const MEBIBYTE = 1024 * 1024;

export interface StorageOptions {
  /** LevelDB collects this much in memory before it writes a table; up to two are held. */
  readonly writeBufferBytes?: number;
  /** Tables of 2 MB that LevelDB keeps open, and so in memory as far as they are read. */
  readonly openTables?: number;
  /** Newest log blocks kept in memory for tails and catch-up. */
  readonly recentBlockBytes?: number;
  /** In-memory index of digests at most; about 20 bytes a record. */
  readonly digestIndexBytes?: number;
  /** Cache of record images that were read lately. */
  readonly recordCacheBytes?: number;
  /** A write that has not settled after this time fails the storage: a hanging disk. */
  readonly writeDeadlineMs?: number;
}

/** Opens or creates the storage in `folder`; fails when another process holds it. */
export async function openStorage(folder: string, options: StorageOptions = {}): Promise<LoggedStorage> {
  const engine = await LevelEngine.open(folder, {
    writeBufferBytes: options.writeBufferBytes ?? 32 * MEBIBYTE,
    openTables: options.openTables ?? 64,
    compression: false,
  });
  return BlockStorage.open(engine, {
    recentBlockBytes: options.recentBlockBytes ?? 16 * MEBIBYTE,
    digestIndexBytes: options.digestIndexBytes ?? 256 * MEBIBYTE,
    recordCacheBytes: options.recordCacheBytes ?? 24 * MEBIBYTE,
    writeDeadlineMs: options.writeDeadlineMs ?? 30_000,
  });
}
