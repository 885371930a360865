/**
 * What the storage asks of an embedded ordered key-value engine, and nothing more: atomic flushed
 * batches, point reads and consistent range reads. `level-engine.ts` is the real one; tests and
 * simulations bring one in memory. Keys order as bytes. Buffers handed in may be reused by the
 * caller once the call has returned; buffers handed out belong to the caller.
 */
export type EngineOperation =
  | { readonly type: "put"; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: "del"; readonly key: Buffer };

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

export interface Engine {
  /** Applies all or nothing; resolves when on disk (`sync`: flushed). Never called concurrently. */
  write(operations: readonly EngineOperation[], sync: boolean): Promise<void>;
  get(key: Buffer): Buffer | undefined;
  /** In the order of `keys`. */
  getMany(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]>;
  view(): EngineView;
  close(): Promise<void>;
}
