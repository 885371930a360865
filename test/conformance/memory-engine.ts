/**
 * An engine in memory for simulations and for checking the storage's conformance suite against a
 * second engine. The disk outlives the engine: closing and opening again is a restart, `crash` is
 * one in which everything not flushed is gone.
 */
import {
  BlockStorage,
  type BlockStorageOptions,
  type LoggedStorage,
} from "../../node/store/block-storage.ts";
import type { Engine, EngineCursor, EngineView } from "../../node/store/engine.ts";

type Rows = Map<string, Buffer>;

/** What a read of a key in `MemoryDisk.unreadable` throws. */
class UnreadableError extends Error {}

export class MemoryDisk {
  /** Keys as latin1 strings, which order as their bytes. */
  flushed: Rows = new Map();
  current: Rows = new Map();
  /** Keys whose reads fail, as of a bad sector. */
  readonly unreadable = new Set<string>();
  /** Written since the last flush, in order. */
  #unflushed: [key: string, value: Buffer | undefined][] = [];
  /** Awaited by every write before it takes effect: a slow, failing or hanging disk. */
  beforeWrite: (sync: boolean) => Promise<void> = () => Promise.resolve();

  /** Power cut: what was not flushed is gone. */
  crash(): void {
    this.current = new Map(this.flushed);
    this.#unflushed = [];
  }

  put(key: string, value: Buffer | undefined): void {
    this.#unflushed.push([key, value]);
    apply(this.current, key, value);
  }

  flush(): void {
    for (const [key, value] of this.#unflushed) apply(this.flushed, key, value);
    this.#unflushed = [];
  }

  openStorage(options: Partial<BlockStorageOptions> = {}): Promise<LoggedStorage> {
    return BlockStorage.open(new MemoryEngine(this), {
      digestIndexBytes: options.digestIndexBytes ?? 1024 * 1024,
      recentBlockBytes: options.recentBlockBytes ?? 1024 * 1024,
      recordCacheBytes: options.recordCacheBytes ?? 64 * 1024,
      writeDeadlineMs: options.writeDeadlineMs ?? 30_000,
    });
  }
}

class MemoryEngine implements Engine {
  readonly #disk: MemoryDisk;
  #operations: [key: string, value: Buffer | undefined][] = [];
  readonly batch = {
    put: (key: Buffer, value: Buffer): void => {
      this.#operations.push([key.toString("latin1"), Buffer.from(value)]);
    },
    del: (key: Buffer): void => {
      this.#operations.push([key.toString("latin1"), undefined]);
    },
  };

  constructor(disk: MemoryDisk) {
    this.#disk = disk;
  }

  async commit(sync: boolean): Promise<void> {
    const operations = this.#operations;
    this.#operations = [];
    await this.#disk.beforeWrite(sync);
    for (const [key, value] of operations) this.#disk.put(key, value);
    if (sync) this.#disk.flush();
  }

  get(key: Buffer): Buffer | undefined {
    const name = key.toString("latin1");
    if (this.#disk.unreadable.has(name)) throw new UnreadableError("bad sector");
    const value = this.#disk.current.get(name);
    return value === undefined ? undefined : Buffer.from(value);
  }

  async getMany(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]> {
    return keys.map((key) => this.get(key));
  }

  isDamage(error: unknown): boolean {
    return error instanceof UnreadableError;
  }

  view(): EngineView {
    const rows = new Map(this.#disk.current);
    return {
      range: (from, below, values) => cursorOf(rows, from, below, values),
      close: () => Promise.resolve(),
    };
  }

  async close(): Promise<void> {
    this.#disk.flush();
  }
}

function apply(rows: Rows, key: string, value: Buffer | undefined): void {
  if (value === undefined) rows.delete(key);
  else rows.set(key, value);
}

function cursorOf(rows: Rows, from: Buffer, below: Buffer, values: boolean): EngineCursor {
  const [first, end] = [from.toString("latin1"), below.toString("latin1")];
  const keys = [...rows.keys()].filter((key) => key >= first && key < end).sort();
  let at = 0;
  return {
    next: async (bytesMax) => {
      const found: [Buffer, Buffer][] = [];
      for (let bytes = 0; bytes < bytesMax && at < keys.length; at++) {
        const key = keys[at] ?? "";
        const value = Buffer.from(values ? (rows.get(key) ?? "") : "");
        found.push([Buffer.from(key, "latin1"), value]);
        bytes += key.length + value.length;
      }
      return found;
    },
    close: () => Promise.resolve(),
  };
}
