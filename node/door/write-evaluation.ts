/**
 * What a write request makes of a record: policies, ops in order, TTL. Pure: (request, record, time)
 * in, evaluation and reply content out. Runs at the primary, once per request, serially per record.
 *
 * A record is there for a writer when it is neither a tombstone nor expired; generations go on all
 * the same, since the core counts from whatever image there is.
 */
import type { RecordImage } from "../../proto/record.ts";
import { Operation } from "../../proto/entry.ts";
import type { Evaluation } from "../records.ts";
import { BinTable, type BinSpan, copySpans, makeBin, normaliseOps, opEnd, spansBytes } from "./bins.ts";
import { type Message, OpFlag } from "./message.ts";
import { modifyBin } from "./modify-value.ts";
import {
  Info2,
  Info3,
  OP_HEADER_BYTES,
  OpType,
  Particle,
  ResultCode,
  TTL_DEFAULT,
  TTL_KEEP,
  TTL_NEVER,
  sameBytes,
} from "./wire.ts";

/** Bins of one record: more have no use and cost everybody time. */
const BINS_MAX = 32_767;
/** Bytes that the ops of one request may copy: thousands of appends to a large value stop here. */
const MODIFY_BYTES_MAX = 64 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);
const UNWRITTEN: Evaluation = { write: false };

export interface WriteLimits {
  /** Seconds a record lives when the request says nothing; 0 = for ever. */
  readonly defaultTtl: number;
  /** Bytes of a reply's bins. */
  readonly replyBytesMax: number;
}

export interface WriteResult {
  /** What the client is told when nothing is written, or when what was evaluated is committed. */
  readonly code: number;
  readonly evaluation: Evaluation;
  /** What the request's READs returned. */
  readonly reads: readonly BinSpan[];
  /** Of the record that was seen: the answer when nothing is written and nothing refused. */
  readonly generation: number;
  readonly voidTime: number;
}

function refusal(code: number): WriteResult {
  return { code, evaluation: UNWRITTEN, reads: [], generation: 0, voidTime: 0 };
}

/** Evaluates a write request whose ops were found sound (`Message.opFlags`). */
export function evaluateWrite(
  message: Message,
  current: RecordImage | undefined,
  nowVoidTime: number,
  limits: WriteLimits,
): WriteResult {
  const existing = current === undefined || current.isGone(nowVoidTime) ? undefined : current;
  const code = checkPolicies(message, current, existing);
  if (code !== ResultCode.ok) return refusal(code);
  if ((message.info2 & Info2.delete) !== 0) return written(deletion(message, current), []);

  const replace = (message.info3 & (Info3.createOrReplace | Info3.replaceOnly)) !== 0;
  const base = replace ? undefined : existing;
  const plain = (message.opFlags & OpFlag.notPlainWrite) === 0;
  if (plain && !namedTwice(message) && (base === undefined || coversAll(message, base))) {
    return written(overwrite(message, current, existing, nowVoidTime, limits), []);
  }
  if (replace && (message.opFlags & OpFlag.needsValue) !== 0) return refusal(ResultCode.parameter);
  return evaluateOps(message, current, existing, base, nowVoidTime, limits);
}

function written(evaluation: Evaluation, reads: readonly BinSpan[]): WriteResult {
  return { code: ResultCode.ok, evaluation, reads, generation: 0, voidTime: 0 };
}

/** Exists and generation policies, and whether it is the record that the client means. */
function checkPolicies(
  message: Message,
  current: RecordImage | undefined,
  existing: RecordImage | undefined,
): number {
  const { info2, info3 } = message;
  if (existing === undefined) {
    if ((info3 & (Info3.updateOnly | Info3.replaceOnly)) !== 0) return ResultCode.notFound;
    if ((info2 & Info2.delete) !== 0) return ResultCode.notFound;
  } else if ((info2 & Info2.createOnly) !== 0) {
    return ResultCode.exists;
  }
  const stored = existing?.generation ?? 0;
  if ((info2 & Info2.generation) !== 0 && !sameGeneration(stored, message.generation)) {
    return ResultCode.generation;
  }
  if ((info2 & Info2.generationGreater) !== 0 && message.generation <= stored) {
    return ResultCode.generation;
  }
  if (current === undefined) return ResultCode.ok;
  if (keyDiffers(message, current)) return ResultCode.keyMismatch;
  // The digest is over the set name, so another name is a broken client, not another record.
  const { setName } = current;
  const differs =
    message.setBytes !== 0 && setName.length !== 0 && Buffer.compare(message.setName, setName) !== 0;
  return differs ? ResultCode.parameter : ResultCode.ok;
}

/** Whether request and record both carry the user key, and not the same one: a digest collision. */
export function keyDiffers(message: Message, image: RecordImage): boolean {
  if (message.keyBytes === 0) return false;
  const stored = image.userKey;
  if (stored.length === 0) return false;
  return (
    stored.length !== message.keyBytes ||
    !sameBytes(stored, 0, message.buffer, message.keyStart, stored.length)
  );
}

/**
 * Clients keep a generation in 16 bits (a batch row has no more on the wire), ours has 32 and never
 * wraps. An expected value that fits 16 bits is compared with the lower 16 of the stored one: after
 * 65,536 writes a client of old must still be able to write.
 */
function sameGeneration(stored: number, expected: number): boolean {
  return expected > 0xffff ? stored === expected : (stored & 0xffff) === expected;
}

/** Void time after a write of `ttl`; the listener refused what is out of range. */
function voidTimeFor(
  ttl: number,
  existing: RecordImage | undefined,
  nowVoidTime: number,
  defaultTtl: number,
): number {
  if (ttl === TTL_NEVER) return 0;
  if (ttl === TTL_KEEP && existing !== undefined) return existing.voidTime;
  const seconds = ttl === TTL_DEFAULT || ttl === TTL_KEEP ? defaultTtl : ttl;
  return seconds === 0 ? 0 : nowVoidTime + seconds;
}

/** A delete keeps the name of set and key: readers of the log want to know what was deleted. */
function deletion(message: Message, current: RecordImage | undefined): Evaluation {
  return {
    write: true,
    operation: Operation.delete,
    tombstone: true,
    setName: setNameFor(message, current),
    userKey: userKeyFor(message, current),
    voidTime: 0,
    binCount: 0,
    bins: NOTHING,
    changedBins: NOTHING,
  };
}

function setNameFor(message: Message, current: RecordImage | undefined): Buffer {
  if (message.setBytes !== 0 || current === undefined) return message.setName;
  return current.setName;
}

/** A key once stored stays, also when a later write does not send it. */
function userKeyFor(message: Message, current: RecordImage | undefined): Buffer {
  if (message.keyBytes !== 0 || current === undefined) return message.userKey;
  return current.userKey;
}

/** The usual put: the record's bins are the request's ops, copied once. */
function overwrite(
  message: Message,
  current: RecordImage | undefined,
  existing: RecordImage | undefined,
  nowVoidTime: number,
  limits: WriteLimits,
): Evaluation {
  const { buffer, opsStart, opsEnd, opCount } = message;
  const binsBytes = opsEnd - opsStart;
  const names = changedNamesBytes(message);
  const out = Buffer.allocUnsafe(binsBytes + names);
  buffer.copy(out, 0, opsStart, opsEnd);
  normaliseOps(out, 0, opCount);
  writeChangedNames(message, out, binsBytes);
  return {
    write: true,
    operation: existing === undefined ? Operation.insert : Operation.update,
    tombstone: false,
    setName: setNameFor(message, current),
    userKey: userKeyFor(message, current),
    voidTime: voidTimeFor(message.ttl, existing, nowVoidTime, limits.defaultTtl),
    binCount: opCount,
    bins: out.subarray(0, binsBytes),
    changedBins: out.subarray(binsBytes),
  };
}

/** Whether two ops name one bin; said of more ops than are worth comparing, too. */
function namedTwice(message: Message): boolean {
  const { buffer, opCount, opsStart } = message;
  if (opCount > 16) return true;
  let first = opsStart;
  for (let index = 0; index < opCount; index++) {
    let second = opEnd(buffer, first);
    for (let other = index + 1; other < opCount; other++) {
      if (sameOpName(buffer, first, buffer, second)) return true;
      second = opEnd(buffer, second);
    }
    first = opEnd(buffer, first);
  }
  return false;
}

/** Whether the request writes exactly the record's bins, in their order: nothing to merge. */
function coversAll(message: Message, existing: RecordImage): boolean {
  const { buffer, opCount } = message;
  if (existing.binCount !== opCount) return false;
  const { bytes } = existing;
  let op = message.opsStart;
  let bin = existing.binsOffset;
  for (let index = 0; index < opCount; index++) {
    if (!sameOpName(buffer, op, bytes, bin)) return false;
    op = opEnd(buffer, op);
    bin = opEnd(bytes, bin);
  }
  return true;
}

function sameOpName(a: Buffer, aStart: number, b: Buffer, bStart: number): boolean {
  const length = a[aStart + 7] as number;
  return (
    length === b[bStart + 7] && sameBytes(a, aStart + OP_HEADER_BYTES, b, bStart + OP_HEADER_BYTES, length)
  );
}

function isWriteOp(type: number): boolean {
  return type !== OpType.read && type !== OpType.touch && type !== OpType.delete;
}

function changedNamesBytes(message: Message): number {
  const { buffer } = message;
  let bytes = 0;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) bytes += 1 + (buffer[op + 7] as number);
    op = opEnd(buffer, op);
  }
  // The entry's length field has 16 bits; beyond it the change is said to be of unknown bins.
  return bytes > 0xffff ? 0 : bytes;
}

function writeChangedNames(message: Message, out: Buffer, offset: number): void {
  if (out.length === offset) return;
  const { buffer } = message;
  let at = offset;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) {
      const length = 1 + (buffer[op + 7] as number);
      buffer.copy(out, at, op + 7, op + 7 + length);
      at += length;
    }
    op = opEnd(buffer, op);
  }
}

/** The record while ops run over it, one after the other. */
interface Work {
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

function evaluateOps(
  message: Message,
  current: RecordImage | undefined,
  existing: RecordImage | undefined,
  base: RecordImage | undefined,
  nowVoidTime: number,
  limits: WriteLimits,
): WriteResult {
  const table = base === undefined ? new BinTable() : BinTable.of(base.bytes, base.binsOffset, base.binCount);
  const work: Work = {
    table,
    reads: [],
    respondAll: (message.info2 & Info2.respondAllOps) !== 0,
    replyBytesMax: limits.replyBytesMax,
    readBytes: 0,
    modifiedBytes: 0,
    exists: existing !== undefined,
    deleted: false,
    touched: false,
    changed: false,
  };
  let offset = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    const end = opEnd(message.buffer, offset);
    const code = applyOp(work, { bytes: message.buffer, start: offset, end });
    if (code !== ResultCode.ok) return refusal(code);
    offset = end;
  }
  if (table.count > BINS_MAX) return refusal(ResultCode.tooBig);
  return conclude(message, work, current, existing, nowVoidTime, limits);
}

/** What the ops came to: a write, a delete, or nothing. */
function conclude(
  message: Message,
  work: Work,
  current: RecordImage | undefined,
  existing: RecordImage | undefined,
  nowVoidTime: number,
  limits: WriteLimits,
): WriteResult {
  const { reads, table } = work;
  if (!work.changed && !work.touched && !work.deleted) {
    // Reads only, or deletes of what is not there.
    if (existing === undefined) return refusal(ResultCode.notFound);
    const { generation, voidTime } = existing;
    return { code: ResultCode.ok, evaluation: UNWRITTEN, reads, generation, voidTime };
  }
  if (table.count === 0) {
    // Without bins there is no record; nor was there one if this request made and unmade it.
    if (existing === undefined) return refusal(ResultCode.notFound);
    // Only a TOUCH, and the policy says to replace: by nothing, which nobody can have meant.
    if (!work.changed && !work.deleted) return refusal(ResultCode.parameter);
    return written(deletion(message, current), reads);
  }
  const spans = table.spans();
  const binsBytes = spansBytes(spans);
  const names = changedNamesBytes(message);
  const out = Buffer.allocUnsafe(binsBytes + names);
  copySpans(spans, out, 0);
  writeChangedNames(message, out, binsBytes);
  const touchOnly = !work.changed && !work.deleted;
  const updated = touchOnly ? Operation.touch : Operation.update;
  const evaluation: Evaluation = {
    write: true,
    operation: existing === undefined ? Operation.insert : updated,
    tombstone: false,
    setName: setNameFor(message, current),
    userKey: userKeyFor(message, current),
    voidTime: voidTimeFor(message.ttl, existing, nowVoidTime, limits.defaultTtl),
    binCount: spans.length,
    bins: out.subarray(0, binsBytes),
    changedBins: out.subarray(binsBytes),
  };
  return written(evaluation, reads);
}

function applyOp(work: Work, op: BinSpan): number {
  switch (op.bytes[op.start + 4]) {
    case OpType.read:
      return applyRead(work, op);
    case OpType.write:
      return applyWrite(work, op);
    case OpType.increment:
    case OpType.append:
    case OpType.prepend:
      return applyModify(work, op);
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
