/**
 * The storage's engine on LevelDB (classic-level); docs/adr/0001-storage-engine.md says why. A
 * failed flush makes LevelDB refuse every later write by itself, and a batch that was torn by a
 * crash is dropped as a whole when its log is read again.
 */
import { ClassicLevel } from "classic-level";
import type { Engine, EngineBatch, EngineCursor, EngineView } from "./engine.ts";

export interface LevelEngineOptions {
  /** Bytes that LevelDB collects in memory before it writes a table; up to two are held. */
  readonly writeBufferBytes: number;
  /**
   * Tables (of 2 MB) kept open. LevelDB maps them into memory, where every page that was read counts
   * as resident; opening one that is not open costs a read about 10 us more.
   */
  readonly openTables: number;
  readonly compression: boolean;
}

const DAMAGE_CODES: readonly string[] = ["LEVEL_CORRUPTION", "LEVEL_IO_ERROR"];
const ENCODING = { keyEncoding: "buffer", valueEncoding: "buffer" } as const;
const CURSOR_ROWS = 1024;
/** A batch that grew larger is not kept, since it never gives memory back. */
const BATCH_KEEP_BYTES = 4 * 1024 * 1024;
/** Blocks of mapped, uncompressed tables do not go through LevelDB's cache: it would stay empty. */
const BLOCK_CACHE_BYTES = 1024 * 1024;

/** The native batch behind classic-level's chained one. */
interface NativeBatch {
  _put(key: Buffer, value: Buffer): void;
  _del(key: Buffer): void;
  _clear(): void;
  _write(options: { sync: boolean }): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the methods that the public ones end in. A public batch of an array copies every operation
 * and reads it back field by field: 2 us of CPU a write. The version of the package is pinned.
 */
class Level extends ClassicLevel<Buffer, Buffer> {
  declare protected _chainedBatch: () => NativeBatch;
  declare protected _getSync: (key: Buffer, options: object) => Buffer | undefined;

  newBatch(): NativeBatch {
    return this._chainedBatch();
  }
  read(key: Buffer): Buffer | undefined {
    return this._getSync(key, ENCODING);
  }
}

/** One native batch, used again and again; its memory is otherwise freed by garbage collection only. */
class LevelBatch implements EngineBatch {
  readonly #level: Level;
  #native: NativeBatch;
  #bytes = 0;

  constructor(level: Level) {
    this.#level = level;
    this.#native = level.newBatch();
  }
  put(key: Buffer, value: Buffer): void {
    this.#native._put(key, value);
    this.#bytes += key.length + value.length;
  }
  del(key: Buffer): void {
    this.#native._del(key);
    this.#bytes += key.length;
  }
  async commit(sync: boolean): Promise<void> {
    await this.#native._write({ sync });
    this.#native._clear();
    if (this.#bytes > BATCH_KEEP_BYTES) {
      await this.#native.close();
      this.#native = this.#level.newBatch();
    }
    this.#bytes = 0;
  }
}

type LevelSnapshot = ReturnType<Level["snapshot"]>;

export class LevelEngine implements Engine {
  readonly batch: LevelBatch;
  readonly #level: Level;

  private constructor(level: Level) {
    this.#level = level;
    this.batch = new LevelBatch(level);
  }

  /** Opens or creates the database in `folder`; fails when another process holds it. */
  static async open(folder: string, options: LevelEngineOptions): Promise<LevelEngine> {
    const level = new Level(folder, {
      ...ENCODING,
      compression: options.compression,
      cacheSize: BLOCK_CACHE_BYTES,
      writeBufferSize: options.writeBufferBytes,
      // LevelDB takes 10 of these for its other files.
      maxOpenFiles: options.openTables + 10,
    });
    await level.open();
    return new LevelEngine(level);
  }

  commit(sync: boolean): Promise<void> {
    return this.batch.commit(sync);
  }

  get(key: Buffer): Buffer | undefined {
    return this.#level.read(key);
  }

  getMany(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]> {
    return this.#level.getMany([...keys], { fillCache: false });
  }

  isDamage(error: unknown): boolean {
    return error instanceof Error && "code" in error && DAMAGE_CODES.includes(String(error.code));
  }

  view(): EngineView {
    return new LevelView(this.#level);
  }

  close(): Promise<void> {
    return this.#level.close();
  }
}

class LevelView implements EngineView {
  readonly #level: Level;
  readonly #snapshot: LevelSnapshot;

  constructor(level: Level) {
    this.#level = level;
    this.#snapshot = level.snapshot();
  }

  range(from: Buffer, below: Buffer, values: boolean): EngineCursor {
    return new LevelCursor(this.#level, this.#snapshot, from, below, values);
  }

  close(): Promise<void> {
    return this.#snapshot.close();
  }
}

/** Makes one native iterator a call of next(): LevelDB's bound of bytes is fixed per iterator. */
class LevelCursor implements EngineCursor {
  readonly #level: Level;
  readonly #snapshot: LevelSnapshot;
  readonly #below: Buffer;
  readonly #values: boolean;
  #from: Buffer;
  /** Whether `#from` itself was handed out already. */
  #after = false;

  constructor(level: Level, snapshot: LevelSnapshot, from: Buffer, below: Buffer, values: boolean) {
    this.#level = level;
    this.#snapshot = snapshot;
    this.#from = from;
    this.#below = below;
    this.#values = values;
  }

  async next(bytesMax: number): Promise<[Buffer, Buffer][]> {
    const iterator = this.#level.iterator({
      ...(this.#after ? { gt: this.#from } : { gte: this.#from }),
      lt: this.#below,
      values: this.#values,
      snapshot: this.#snapshot,
      highWaterMarkBytes: bytesMax,
      fillCache: false,
    });
    try {
      const rows: [Buffer, Buffer][] = [];
      let bytes = 0;
      while (bytes < bytesMax) {
        const more = await iterator.nextv(CURSOR_ROWS);
        if (more.length === 0) break;
        for (const row of more) bytes += row[0].length + (this.#values ? row[1].length : 0);
        rows.push(...more);
      }
      const last = rows.at(-1);
      if (last !== undefined) {
        this.#from = last[0];
        this.#after = true;
      }
      return rows;
    } finally {
      await iterator.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
