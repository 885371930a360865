/**
 * What a read request gets of a record: the reply's frame. Pure.
 */
import { workOfOne } from "../../common/expression/evaluate.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import type { RecordImage } from "../../proto/record.ts";
import { type BinSpan, BinTable, makeBin, opEnd } from "./bins.ts";
import { expressionRead, type Seen } from "./expression-ops.ts";
import type { Message } from "./message.ts";
import { headerReply, regionReply, spansReply } from "./reply.ts";
import { Info1, Info2, OpType, Particle, ResultCode } from "./wire.ts";
import { keyDiffers } from "./write-policies.ts";

const NOTHING = Buffer.alloc(0);

/** The time of a read, as void time and in Unix milliseconds. */
export interface ReadTime {
  readonly nowVoidTime: number;
  readonly nowMs: number;
}

/** The reply of a read whose ops are READs, of bins or by expressions, or none (`Message.opFlags`). */
export function readReply(
  message: Message,
  image: RecordImage | undefined,
  { nowVoidTime, nowMs }: ReadTime,
  replyBytesMax: number,
): Buffer {
  if (image === undefined || image.isGone(nowVoidTime)) return headerReply(ResultCode.notFound);
  if (message.keyBytes !== 0 && keyDiffers(message, image)) return headerReply(ResultCode.keyMismatch);
  const { generation, voidTime } = image;
  if ((message.info1 & Info1.noBinData) !== 0) return headerReply(ResultCode.ok, generation, voidTime);
  if (message.opCount === 0) {
    return regionReply(generation, voidTime, image.binCount, image.bytes, image.binsOffset);
  }
  const seen = { record: new ImageRecord(image, message.digest), nowMs, workLeft: workOfOne() };
  const spans = selectBins(message, image, seen, replyBytesMax);
  if (typeof spans === "number") return headerReply(spans);
  return spansReply(generation, voidTime, spans);
}

/** What the READs ask for, in their order, or the code that says why it cannot be had. */
function selectBins(
  message: Message,
  image: RecordImage,
  seen: Seen,
  replyBytesMax: number,
): BinSpan[] | number {
  const { buffer } = message;
  const respondAll = (message.info2 & Info2.respondAllOps) !== 0;
  const table = BinTable.of(image.bytes, image.binsOffset, image.binCount);
  const spans: BinSpan[] = [];
  let bytes = 0;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    const found = readOp(table, buffer, op, { respondAll, seen });
    if (typeof found === "number") return found;
    for (const span of found) {
      bytes += span.end - span.start;
      // One request may name one bin many times: its reply is bounded, whatever the record's size.
      if (bytes > replyBytesMax || spans.length === 0xffff) return ResultCode.tooBig;
      spans.push(span);
    }
    op = opEnd(buffer, op);
  }
  return spans;
}

const NONE: readonly BinSpan[] = [];

function readOp(
  table: BinTable,
  buffer: Buffer,
  op: number,
  { respondAll, seen }: { readonly respondAll: boolean; readonly seen: Seen },
): readonly BinSpan[] | number {
  if (buffer[op + 4] === OpType.expressionRead) {
    const answer = expressionRead({ bytes: buffer, start: op, end: opEnd(buffer, op) }, seen);
    return typeof answer === "number" ? answer : [answer];
  }
  if ((buffer[op + 7] as number) === 0) return table.spans();
  const bin = table.find(buffer, op);
  if (bin !== undefined) return [bin];
  return respondAll ? [makeBin(buffer, op, Particle.null, NOTHING, undefined)] : NONE;
}
