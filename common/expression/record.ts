/** What filter expressions ask of a record, whatever it is read from. */
export interface ExpressionRecord {
  readonly digest: Uint8Array;
  /** Empty: it is in no set. */
  readonly setName: Buffer;
  /** Particle type and value; empty: it was not stored. */
  readonly userKey: Buffer;
  /** When it was written: Unix milliseconds. */
  readonly writtenMs: number;
  /** Unix seconds, 0 = never. */
  readonly expirySeconds: number;
  readonly tombstone: boolean;
  /** Of the stored image. */
  readonly sizeBytes: number;
  /** Of a tombstone nothing is asked. */
  bin(name: Buffer): StoredBin | undefined;
}

/** A bin's value: `bytes` [start, end) by its particle type. */
export interface StoredBin {
  readonly particle: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}
