/**
 * Cuts a batch request (field 41) into rows. All of them are checked before any is executed: a frame
 * with a broken row does nothing.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import { Message } from "./message.ts";
import { BatchFlag, BatchRowType, Info1, readU16, readU32, ResultCode } from "./wire.ts";

export interface BatchRequest {
  readonly rows: readonly Message[];
  /** Places in the client's list of keys, by row. */
  readonly indexes: Uint32Array;
  /** Whether rows go on after one failed. */
  readonly respondAllKeys: boolean;
}

/** u32 index, digest, u8 row type. */
const ROW_HEAD_BYTES = 4 + DIGEST_BYTES + 1;

/** The rows of a batch, or the code that refuses it as a whole. */
export function parseBatch(message: Message, rowsMax: number): BatchRequest | number {
  const { buffer, batchStart, batchBytes } = message;
  const end = batchStart + batchBytes;
  if (batchBytes < 5) return ResultCode.parameter;
  const count = readU32(buffer, batchStart);
  if (count > rowsMax) return ResultCode.batchMaxRequests;
  // Checked before the array is made: a count that the bytes cannot hold costs no memory.
  if (count * ROW_HEAD_BYTES > batchBytes - 5) return ResultCode.parameter;
  const flags = buffer[batchStart + 4] as number;
  const rows: Message[] = [];
  const indexes = new Uint32Array(count);
  let previous: Message | undefined;
  let offset = batchStart + 5;
  for (let place = 0; place < count; place++) {
    if (end - offset < ROW_HEAD_BYTES) return ResultCode.parameter;
    indexes[place] = readU32(buffer, offset);
    const type = buffer[offset + 4 + DIGEST_BYTES] as number;
    let row: Message;
    if (type === BatchRowType.repeat) {
      if (previous === undefined) return ResultCode.parameter;
      row = previous.repeat(offset, offset + 4);
      offset += ROW_HEAD_BYTES;
    } else {
      row = new Message(buffer, offset, true);
      offset = parseRow(message, row, type, offset + ROW_HEAD_BYTES, end);
      if (offset < 0) return ResultCode.parameter;
      // A row's own filter stands in the place of the batch's.
      if (row.filterStart < 0) {
        row.filterStart = message.filterStart;
        row.filterBytes = message.filterBytes;
      }
    }
    rows.push(row);
    previous = row;
  }
  if (offset !== end) return ResultCode.parameter;
  return { rows, indexes, respondAllKeys: (flags & BatchFlag.respondAllKeys) !== 0 };
}

/** Reads a row that does not repeat the one before; the offset behind it, or -1. */
function parseRow(outer: Message, row: Message, type: number, start: number, end: number): number {
  const { buffer } = outer;
  const known = BatchRowType.info | BatchRowType.info4 | BatchRowType.generation | BatchRowType.ttl;
  if ((type & ~known) !== 0) return -1;
  let offset = start;
  // At most info 3, info4 1, generation 2, ttl 4, counts 4.
  const headBytes = rowAttributeBytes(type) + 4;
  if (end - offset < headBytes) return -1;
  row.timeoutMs = outer.timeoutMs;
  row.info1 = outer.info1 & ~Info1.batchIndex;
  if (type === 0) {
    row.info1 = buffer[offset] as number;
    offset += 1;
  }
  if ((type & BatchRowType.info) !== 0) {
    row.info1 = buffer[offset] as number;
    row.info2 = buffer[offset + 1] as number;
    row.info3 = buffer[offset + 2] as number;
    offset += 3;
  }
  if ((type & BatchRowType.info4) !== 0) {
    row.info4 = buffer[offset] as number;
    offset += 1;
  }
  if ((type & BatchRowType.generation) !== 0) {
    row.generation = readU16(buffer, offset);
    offset += 2;
  }
  if ((type & BatchRowType.ttl) !== 0) {
    row.ttl = readU32(buffer, offset);
    offset += 4;
  }
  const fieldCount = readU16(buffer, offset);
  const opCount = readU16(buffer, offset + 2);
  const stop = row.parseContent(offset + 4, end, fieldCount, opCount);
  row.digestStart = row.start + 4;
  return stop;
}

function rowAttributeBytes(type: number): number {
  if (type === 0) return 1;
  let bytes = 0;
  if ((type & BatchRowType.info) !== 0) bytes += 3;
  if ((type & BatchRowType.info4) !== 0) bytes += 1;
  if ((type & BatchRowType.generation) !== 0) bytes += 2;
  if ((type & BatchRowType.ttl) !== 0) bytes += 4;
  return bytes;
}
