/**
 * What a write request makes of a record: policies, ops in order, TTL. Pure: (request, record, time)
 * in, evaluation and reply content out. Runs at the primary, once per request, serially per record.
 *
 * A record is there for a writer when it is neither a tombstone nor expired; generations go on all
 * the same, since the core counts from whatever image there is.
 */
import { workOfOne } from "../../common/expression/evaluate.ts";
import type { ExpressionRecord } from "../../common/expression/record.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import type { RecordImage } from "../../proto/record.ts";
import { Operation } from "../../proto/entry.ts";
import type { Evaluation } from "../records.ts";
import { BinTable, type BinSpan, copySpans, makeBin, normaliseOps, opEnd, spansBytes } from "./bins.ts";
import { changedNamesBytes, droppedBins, writeChangedNames } from "./changed-bins.ts";
import { TableRecord } from "./expression-ops.ts";
import type { Message } from "./message.ts";
import { OpFlag } from "./op-check.ts";
import { applyOp, type Work } from "./op-run.ts";
import { Info2, Info3, OP_HEADER_BYTES, Particle, ResultCode, sameBytes } from "./wire.ts";
import { checkExistence, checkPolicies, voidTimeFor } from "./write-policies.ts";

/** Bins of one record: more have no use and cost everybody time. */
const BINS_MAX = 32_767;

const NOTHING = Buffer.alloc(0);
const NO_READS: readonly BinSpan[] = [];
const NONE_DROPPED: readonly BinSpan[] = [];
const UNWRITTEN: Evaluation = { write: false };

export interface WriteLimits {
  /** Seconds a record lives when the request says nothing; 0 = for ever. */
  readonly defaultTtl: number;
  /** Bytes of a reply's bins. */
  readonly replyBytesMax: number;
  /** Unix milliseconds; for expressions. */
  readonly nowMs: number;
  /** Whether a record that is there passes the request's filter; all do when absent. */
  readonly passes?: ((existing: RecordImage) => boolean) | undefined;
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
  return { code, evaluation: UNWRITTEN, reads: NO_READS, generation: 0, voidTime: 0 };
}

/** Evaluates a write request whose ops were found sound (`Message.opFlags`). */
export function evaluateWrite(
  message: Message,
  current: RecordImage | undefined,
  nowVoidTime: number,
  limits: WriteLimits,
): WriteResult {
  const existing = current === undefined || current.isGone(nowVoidTime) ? undefined : current;
  const existence = checkExistence(message, existing);
  if (existence !== ResultCode.ok) return refusal(existence);
  if (existing !== undefined && limits.passes?.(existing) === false) return refusal(ResultCode.filteredOut);
  const code = checkPolicies(message, current, existing);
  if (code !== ResultCode.ok) return refusal(code);
  if ((message.info2 & Info2.delete) !== 0) return written(deletion(message, current, true), NO_READS);

  const replace = isReplace(message);
  const base = replace ? undefined : existing;
  const plain = (message.opFlags & OpFlag.notPlainWrite) === 0;
  if (plain && !namedTwice(message) && (base === undefined || coversAll(message, base))) {
    const reads = (message.info2 & Info2.respondAllOps) === 0 ? NO_READS : nullForEach(message);
    const dropped = replace && existing !== undefined ? droppedBins(message, existing) : NONE_DROPPED;
    return written(overwrite(message, current, existing, dropped, nowVoidTime, limits), reads);
  }
  if (replace && (message.opFlags & OpFlag.needsValue) !== 0) return refusal(ResultCode.parameter);
  return evaluateOps(message, current, existing, base, nowVoidTime, limits);
}

function isReplace(message: Message): boolean {
  return (message.info3 & (Info3.createOrReplace | Info3.replaceOnly)) !== 0;
}

function written(evaluation: Evaluation, reads: readonly BinSpan[]): WriteResult {
  return { code: ResultCode.ok, evaluation, reads, generation: 0, voidTime: 0 };
}

/**
 * A delete keeps the name of set and key: readers of the log want to know what was deleted. `isWhole`: of the
 * record, not of each of its bins.
 */
function deletion(message: Message, current: RecordImage | undefined, isWhole: boolean): Evaluation {
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
    isWhole,
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
  dropped: readonly BinSpan[],
  nowVoidTime: number,
  limits: WriteLimits,
): Evaluation {
  const { buffer, opsStart, opsEnd, opCount } = message;
  const binsBytes = opsEnd - opsStart;
  const names = changedNamesBytes(message, dropped);
  const out = Buffer.allocUnsafe(binsBytes + names);
  buffer.copy(out, 0, opsStart, opsEnd);
  normaliseOps(out, 0, opCount);
  writeChangedNames(message, dropped, out, binsBytes);
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
    isWhole: isReplace(message),
  };
}

/** What each op of a plain put returns to a client that wants an answer for each: nothing. */
function nullForEach(message: Message): BinSpan[] {
  const { buffer } = message;
  const nulls: BinSpan[] = [];
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    nulls.push(makeBin(buffer, op, Particle.null, NOTHING, undefined));
    op = opEnd(buffer, op);
  }
  return nulls;
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
    record: new TableRecord(metadataOf(message, existing, limits.nowMs), table),
    nowMs: limits.nowMs,
    workLeft: workOfOne(),
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

/** What expressions may ask of a record besides its bins; of one that is being made it is the request's. */
function metadataOf(
  message: Message,
  existing: RecordImage | undefined,
  nowMs: number,
): Omit<ExpressionRecord, "bin"> {
  const { digest } = message;
  if (existing !== undefined) return new ImageRecord(existing, digest);
  const { setName, userKey } = message;
  const never = { writtenMs: Math.floor(nowMs), expirySeconds: 0, tombstone: false, sizeBytes: 0 };
  return { digest, setName, userKey, ...never };
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
    return written(deletion(message, current, work.deleted || isReplace(message)), reads);
  }
  const spans = table.spans();
  const binsBytes = spansBytes(spans);
  const isAnew = work.deleted || isReplace(message);
  const dropped = isAnew && existing !== undefined ? droppedBins(message, existing) : NONE_DROPPED;
  const names = changedNamesBytes(message, dropped);
  const out = Buffer.allocUnsafe(binsBytes + names);
  copySpans(spans, out, 0);
  writeChangedNames(message, dropped, out, binsBytes);
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
    isWhole: isAnew,
  };
  return written(evaluation, reads);
}
