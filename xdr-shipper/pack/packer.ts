/**
 * Fills one channel's message: copies the bytes of runs as they come and keeps the table's columns.
 * Numbers its messages as the ship core does, from 1.
 */
import { BUS_MESSAGE_BYTES } from "../../common/limits.ts";
import { meridian } from "../../proto/gen/bus.js";
import { type Compression, encodeEnvelope } from "./envelope.ts";

const { ShipTable } = meridian.bus;

export interface PackerOptions {
  readonly originId: number;
  readonly destinationId: number;
  readonly publisher: number;
  readonly namespace: string;
  readonly lane: number;
  /** As it is set now. */
  readonly compression: () => Compression | undefined;
}

export interface ChunkRow {
  readonly partition: number;
  readonly scan: number;
  readonly chunk: number;
  readonly last: boolean;
  readonly to: number;
  readonly records: number;
  /** Number of the last own change in the scan's view. */
  readonly changes: number;
  /** Only for a destination that has applied all up to this sequence; 0: for any. */
  readonly base: number;
}

export class Packer {
  readonly #options: PackerOptions;
  #runs = emptyRuns();
  #chunks = emptyChunks();
  #chunkBodies: Buffer[] = [];
  #scratch = Buffer.allocUnsafe(16 * 1024);
  #used = 0;
  #number = 1;

  constructor(options: PackerOptions) {
    this.#options = options;
  }

  /** Number of the message being filled. */
  get number(): number {
    return this.#number;
  }

  /** Copies `bytes` bytes of `source` from `offset`: the run's entries. */
  addRun(
    partition: number,
    from: number,
    span: number,
    count: number,
    source: Buffer,
    offset: number,
    bytes: number,
  ): void {
    const runs = this.#runs;
    runs.partitions.push(partition);
    runs.from.push(from);
    runs.span.push(span);
    runs.counts.push(count);
    runs.bytes.push(bytes);
    this.#reserve(bytes);
    source.copy(this.#scratch, this.#used, offset, offset + bytes);
    this.#used += bytes;
  }

  addChunk(row: ChunkRow, body: Buffer): void {
    const chunks = this.#chunks;
    chunks.chunkPartitions.push(row.partition);
    chunks.chunkScans.push(row.scan);
    chunks.chunkNumbers.push(row.chunk);
    chunks.chunkLast.push(row.last);
    chunks.chunkTo.push(row.to);
    chunks.chunkRecords.push(row.records);
    chunks.chunkChanges.push(row.changes);
    chunks.chunkBases.push(row.base);
    chunks.chunkBytes.push(body.length);
    this.#chunkBodies.push(body);
  }

  /** The message so far as bus messages; the next one is begun. */
  finish(logId: number, messageBytesMax: number): Buffer[] {
    const { originId, destinationId, publisher, namespace, lane, compression } = this.#options;
    const number = this.#number;
    const table = ShipTable.encode({
      originId,
      destinationId,
      publisher,
      number,
      lane,
      namespace,
      logId,
      ...this.#runs,
      ...this.#chunks,
    }).finish();
    const runBytes = this.#scratch.subarray(0, this.#used);
    const body = this.#chunkBodies.length === 0 ? runBytes : Buffer.concat([...this.#chunkBodies, runBytes]);
    const messages = encodeEnvelope({ publisher, number }, body, table, compression(), messageBytesMax);
    this.#number++;
    this.#runs = emptyRuns();
    this.#chunks = emptyChunks();
    this.#chunkBodies = [];
    this.#used = 0;
    // One huge record must not keep its room for ever.
    if (this.#scratch.length > 4 * BUS_MESSAGE_BYTES) this.#scratch = Buffer.allocUnsafe(BUS_MESSAGE_BYTES);
    return messages;
  }

  #reserve(bytes: number): void {
    const needed = this.#used + bytes;
    if (needed <= this.#scratch.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#scratch.length * 2));
    this.#scratch.copy(grown, 0, 0, this.#used);
    this.#scratch = grown;
  }
}

function emptyRuns() {
  return {
    partitions: [] as number[],
    from: [] as number[],
    span: [] as number[],
    counts: [] as number[],
    bytes: [] as number[],
  };
}

function emptyChunks() {
  return {
    chunkPartitions: [] as number[],
    chunkScans: [] as number[],
    chunkNumbers: [] as number[],
    chunkLast: [] as boolean[],
    chunkTo: [] as number[],
    chunkRecords: [] as number[],
    chunkChanges: [] as number[],
    chunkBases: [] as number[],
    chunkBytes: [] as number[],
  };
}
