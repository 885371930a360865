/**
 * What the storage asks of an embedded ordered key-value engine, and nothing more: atomic flushed
 * batches, point reads and consistent range reads. `level-engine.ts` is the real one; tests and
 * simulations bring one in memory. Keys order as bytes.
 */
export interface EngineCursor {
  /** The next rows, about `bytesMax` bytes; empty at the end. `value` is empty for keys only. */
  next(bytesMax: number): Promise<[key: Buffer, value: Buffer][]>;
  close(): Promise<void>;
}

/** A consistent view; pins files until closed. */
export interface EngineView {
  /** Rows from `from` (inclusive) to `below` (exclusive), in key order. */
  range(from: Buffer, below: Buffer, values: boolean): EngineCursor;
  close(): Promise<void>;
}

/**
 * Collects the operations of the next batch, later ones prevail. The engine has copied the bytes
 * when the call returns.
 */
export interface EngineBatch {
  put(key: Buffer, value: Buffer): void;
  del(key: Buffer): void;
}

export interface Engine {
  /** The one batch that is being collected. */
  readonly batch: EngineBatch;
  /**
   * Applies the batch, all or nothing; resolves when on disk (`sync`: flushed). Until then nothing
   * is collected and nothing else committed.
   */
  commit(sync: boolean): Promise<void>;
  get(key: Buffer): Buffer | undefined;
  /** In the order of `keys`. */
  getMany(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]>;
  /** Whether a failed read says that the bytes on the disk are damaged or cannot be read. */
  isDamage(error: unknown): boolean;
  view(): EngineView;
  close(): Promise<void>;
}
