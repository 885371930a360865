/**
 * Runs the ops of one request over one record's bins, in order. Pure.
 */
import { type BinSpan, type BinTable, makeBin } from "./bins.ts";
import { expressionModify, expressionRead, type Seen } from "./expression-ops.ts";
import { modifyBin } from "./modify-value.ts";
import { OpType, Particle, ResultCode } from "./wire.ts";

/** Bytes that the ops of one request may copy: thousands of appends to a large value stop here. */
const MODIFY_BYTES_MAX = 64 * 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/** The record while ops run over it, one after the other. */
export interface Work extends Seen {
  readonly table: BinTable;
  readonly reads: BinSpan[];
  readonly respondAll: boolean;
  readonly replyBytesMax: number;
  readBytes: number;
  modifiedBytes: number;
  /** Whether there is a record at this point of the request. */
  exists: boolean;
  deleted: boolean;
  touched: boolean;
  changed: boolean;
}

/** Runs one op; the code that ends the request, or 0. */
export function applyOp(work: Work, op: BinSpan): number {
  switch (op.bytes[op.start + 4]) {
    case OpType.read:
      return applyRead(work, op);
    case OpType.write:
      return applyWrite(work, op);
    case OpType.increment:
    case OpType.append:
    case OpType.prepend:
      return applyModify(work, op);
    case OpType.expressionRead: {
      const answer = expressionRead(op, work);
      if (typeof answer === "number") return answer;
      return addRead(work, answer) ? ResultCode.ok : ResultCode.tooBig;
    }
    case OpType.expressionModify:
      return applyExpression(work, op);
    case OpType.touch:
      // A touch never makes a record.
      if (!work.exists) return ResultCode.notFound;
      work.touched = true;
      return respondNull(work, op);
    case OpType.delete:
      if (work.exists) {
        work.table.clear();
        work.exists = false;
        work.deleted = true;
      }
      return respondNull(work, op);
    default:
      return ResultCode.unsupported;
  }
}

function applyRead(work: Work, op: BinSpan): number {
  if ((op.bytes[op.start + 7] as number) === 0) {
    for (const span of work.table.spans()) if (!addRead(work, span)) return ResultCode.tooBig;
    return ResultCode.ok;
  }
  const bin = work.table.find(op.bytes, op.start);
  if (bin === undefined) return respondNull(work, op);
  return addRead(work, bin) ? ResultCode.ok : ResultCode.tooBig;
}

function applyWrite(work: Work, op: BinSpan): number {
  if (op.bytes[op.start + 5] === Particle.null) {
    if (work.table.find(op.bytes, op.start) !== undefined) {
      work.table.remove(op.bytes, op.start);
    }
    // Also a bin that is not there: deleting it is an update that found its work done.
    if (work.exists) work.changed = true;
  } else {
    work.table.set(op);
    work.exists = true;
    work.changed = true;
  }
  return respondNull(work, op);
}

function applyExpression(work: Work, op: BinSpan): number {
  const exists = work.table.find(op.bytes, op.start) !== undefined;
  const result = expressionModify(op, exists, work);
  if (typeof result === "number") return result;
  if (result === "delete") {
    if (exists) work.table.remove(op.bytes, op.start);
    if (work.exists) work.changed = true;
  } else if (result !== "leave") {
    work.modifiedBytes += result.end - result.start;
    if (work.modifiedBytes > MODIFY_BYTES_MAX) return ResultCode.tooBig;
    work.table.set(result);
    work.exists = true;
    work.changed = true;
  }
  return respondNull(work, op);
}

function applyModify(work: Work, op: BinSpan): number {
  const modified = modifyBin(work.table.find(op.bytes, op.start), op);
  if (typeof modified === "number") return modified;
  work.modifiedBytes += modified.end - modified.start;
  if (work.modifiedBytes > MODIFY_BYTES_MAX) return ResultCode.tooBig;
  work.table.set(modified);
  work.exists = true;
  work.changed = true;
  return respondNull(work, op);
}

/** The answer of an op that returns nothing, when the client wants an answer for each. */
function respondNull(work: Work, op: BinSpan): number {
  if (!work.respondAll) return ResultCode.ok;
  const added = addRead(work, makeBin(op.bytes, op.start, Particle.null, NOTHING, undefined));
  return added ? ResultCode.ok : ResultCode.tooBig;
}

function addRead(work: Work, span: BinSpan): boolean {
  work.readBytes += span.end - span.start;
  if (work.readBytes > work.replyBytesMax) return false;
  work.reads.push(span);
  return work.reads.length <= 0xffff;
}
