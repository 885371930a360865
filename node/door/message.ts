/**
 * One request: a view of an AS_MSG body, or of one row of a batch. Holds offsets into the bytes it
 * came in, no copies and no object per field or op.
 *
 * Guarantees after a successful parse: every field and op lies inside the body, and `opFlags` tells
 * what kinds of ops there are and whether a value is broken, so nobody looks twice. The bytes are a
 * chunk that the socket never reuses; keeping the view keeps the chunk, for as long as the request
 * is in flight, and no longer.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import { classifyOp } from "./op-check.ts";
import { FieldId, MESSAGE_HEADER_BYTES, OP_HEADER_BYTES, readU16, readU32 } from "./wire.ts";

/** Which fields a request has that are refused. */
export const FieldFlag = { transaction: 1, udf: 4, query: 8, broken: 16 } as const;

export class Message {
  readonly buffer: Buffer;
  /** Where the AS_MSG header starts, or the row of a batch. */
  readonly start: number;
  /** A row of a batch: has no AS_MSG header of its own. */
  readonly isRow: boolean;
  info1 = 0;
  info2 = 0;
  info3 = 0;
  info4 = 0;
  generation = 0;
  ttl = 0;
  timeoutMs = 0;
  namespaceStart = 0;
  namespaceBytes = 0;
  setStart = 0;
  setBytes = 0;
  keyStart = 0;
  keyBytes = 0;
  /** -1 = no digest. */
  digestStart = -1;
  /** -1 = no batch. */
  batchStart = -1;
  batchBytes = 0;
  /** -1 = no filter expression. Of a batch's row it may lie outside of the row: the whole batch's. */
  filterStart = -1;
  filterBytes = 0;
  fieldFlags = 0;
  fieldCount = 0;
  fieldsStart = 0;
  opCount = 0;
  opFlags = 0;
  opsStart = 0;
  opsEnd = 0;

  constructor(buffer: Buffer, start: number, isRow: boolean) {
    this.buffer = buffer;
    this.start = start;
    this.isRow = isRow;
  }

  /** Views the AS_MSG body at [start, end); undefined when it is malformed. */
  static parse(buffer: Buffer, start: number, end: number): Message | undefined {
    if (end - start < MESSAGE_HEADER_BYTES || buffer[start] !== MESSAGE_HEADER_BYTES) return undefined;
    const message = new Message(buffer, start, false);
    message.info1 = buffer[start + 1] as number;
    message.info2 = buffer[start + 2] as number;
    message.info3 = buffer[start + 3] as number;
    message.info4 = buffer[start + 4] as number;
    message.generation = readU32(buffer, start + 6);
    message.ttl = readU32(buffer, start + 10);
    message.timeoutMs = readU32(buffer, start + 14);
    const fieldCount = readU16(buffer, start + 18);
    const opCount = readU16(buffer, start + 20);
    const stop = message.parseContent(start + MESSAGE_HEADER_BYTES, end, fieldCount, opCount);
    // Bytes behind the last op mean that the counts are wrong: nothing in the body can be trusted.
    return stop === end ? message : undefined;
  }

  /** Views fields and ops from `offset`; the offset behind them, or -1 when they are malformed. */
  parseContent(offset: number, end: number, fieldCount: number, opCount: number): number {
    const opsStart = this.#parseFields(offset, end, fieldCount);
    if (opsStart < 0) return -1;
    return this.#parseOps(opsStart, end, opCount);
  }

  /** The same fields and ops for another digest: a REPEAT row of a batch. */
  repeat(start: number, digestStart: number): Message {
    const twin = new Message(this.buffer, start, true);
    twin.info1 = this.info1;
    twin.info2 = this.info2;
    twin.info3 = this.info3;
    twin.info4 = this.info4;
    twin.generation = this.generation;
    twin.ttl = this.ttl;
    twin.timeoutMs = this.timeoutMs;
    twin.namespaceStart = this.namespaceStart;
    twin.namespaceBytes = this.namespaceBytes;
    twin.setStart = this.setStart;
    twin.setBytes = this.setBytes;
    twin.keyStart = this.keyStart;
    twin.keyBytes = this.keyBytes;
    twin.digestStart = digestStart;
    twin.filterStart = this.filterStart;
    twin.filterBytes = this.filterBytes;
    twin.fieldFlags = this.fieldFlags;
    twin.fieldCount = this.fieldCount;
    twin.fieldsStart = this.fieldsStart;
    twin.opCount = this.opCount;
    twin.opFlags = this.opFlags;
    twin.opsStart = this.opsStart;
    twin.opsEnd = this.opsEnd;
    return twin;
  }

  get digest(): Buffer {
    return this.buffer.subarray(this.digestStart, this.digestStart + DIGEST_BYTES);
  }
  get setName(): Buffer {
    return this.buffer.subarray(this.setStart, this.setStart + this.setBytes);
  }
  get userKey(): Buffer {
    return this.buffer.subarray(this.keyStart, this.keyStart + this.keyBytes);
  }
  get filter(): Buffer {
    return this.buffer.subarray(this.filterStart, this.filterStart + this.filterBytes);
  }
  /** The whole AS_MSG body (not of a batch row). */
  get body(): Buffer {
    return this.buffer.subarray(this.start, this.opsEnd);
  }

  #parseFields(start: number, end: number, count: number): number {
    const { buffer } = this;
    this.fieldsStart = start;
    this.fieldCount = count;
    let offset = start;
    for (let index = 0; index < count; index++) {
      if (end - offset < 5) return -1;
      const size = readU32(buffer, offset);
      if (size === 0 || size > end - offset - 4) return -1;
      this.#noteField(buffer[offset + 4] as number, offset + 5, size - 1);
      offset += 4 + size;
    }
    return offset;
  }

  #noteField(id: number, offset: number, length: number): void {
    switch (id) {
      case FieldId.namespace:
        this.namespaceStart = offset;
        this.namespaceBytes = length;
        return;
      case FieldId.set:
        this.setStart = offset;
        this.setBytes = length;
        return;
      case FieldId.key:
        this.keyStart = offset;
        this.keyBytes = length;
        return;
      case FieldId.digest:
        if (length === DIGEST_BYTES) this.digestStart = offset;
        else this.fieldFlags |= FieldFlag.broken;
        return;
      case FieldId.batchIndex:
        this.batchStart = offset;
        this.batchBytes = length;
        return;
      case FieldId.filter:
        this.filterStart = offset;
        this.filterBytes = length;
        return;
      default:
        this.#noteRareField(id);
    }
  }

  #noteRareField(id: number): void {
    if (id === FieldId.transactionId || id === FieldId.transactionDeadline || id === FieldId.recordVersion) {
      this.fieldFlags |= FieldFlag.transaction;
    } else if (id >= FieldId.udfPackage && id <= FieldId.udfOperation) {
      this.fieldFlags |= FieldFlag.udf;
    } else if (
      id === FieldId.taskId ||
      id === FieldId.scanOptions ||
      (id >= FieldId.recordsPerSecond && id <= FieldId.bvals) ||
      (id >= FieldId.indexName && id <= FieldId.indexType) ||
      id === FieldId.queryBins ||
      id === FieldId.batchIndexWithSet
    ) {
      this.fieldFlags |= FieldFlag.query;
    }
    // Anything else is newer than this server and has no meaning to it: ignored, as the protocol asks.
  }

  #parseOps(start: number, end: number, count: number): number {
    const { buffer } = this;
    this.opsStart = start;
    this.opCount = count;
    let offset = start;
    let flags = 0;
    for (let index = 0; index < count; index++) {
      if (end - offset < OP_HEADER_BYTES) return -1;
      const size = readU32(buffer, offset);
      const nameBytes = buffer[offset + 7] as number;
      const valueBytes = size - 4 - nameBytes;
      if (valueBytes < 0 || size > end - offset - 4) return -1;
      flags |= classifyOp(buffer, offset, nameBytes, valueBytes);
      offset += 4 + size;
    }
    this.opFlags = flags;
    this.opsEnd = offset;
    return offset;
  }
}
