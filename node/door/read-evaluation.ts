/**
 * What a read request gets of a record: the reply's frame. Pure.
 */
import type { RecordImage } from "../../proto/record.ts";
import { type BinSpan, BinTable, makeBin, opEnd } from "./bins.ts";
import type { Message } from "./message.ts";
import { headerReply, regionReply, spansReply } from "./reply.ts";
import { Info1, Info2, Particle, ResultCode } from "./wire.ts";
import { keyDiffers } from "./write-policies.ts";

const NOTHING = Buffer.alloc(0);

/** The reply of a read whose ops are READs or none (`Message.opFlags`). */
export function readReply(
  message: Message,
  image: RecordImage | undefined,
  nowVoidTime: number,
  replyBytesMax: number,
): Buffer {
  if (image === undefined || image.isGone(nowVoidTime)) return headerReply(ResultCode.notFound);
  if (message.keyBytes !== 0 && keyDiffers(message, image)) return headerReply(ResultCode.keyMismatch);
  const { generation, voidTime } = image;
  if ((message.info1 & Info1.noBinData) !== 0) return headerReply(ResultCode.ok, generation, voidTime);
  if (message.opCount === 0) {
    return regionReply(generation, voidTime, image.binCount, image.bytes, image.binsOffset);
  }
  const spans = selectBins(message, image, replyBytesMax);
  if (spans === undefined) return headerReply(ResultCode.tooBig);
  return spansReply(generation, voidTime, spans);
}

/** The bins that the READs name, in their order; undefined when they are too much for a reply. */
function selectBins(message: Message, image: RecordImage, replyBytesMax: number): BinSpan[] | undefined {
  const { buffer } = message;
  const respondAll = (message.info2 & Info2.respondAllOps) !== 0;
  const table = BinTable.of(image.bytes, image.binsOffset, image.binCount);
  const spans: BinSpan[] = [];
  let bytes = 0;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    const found = readOp(table, buffer, op, respondAll);
    for (const span of found) {
      bytes += span.end - span.start;
      // One request may name one bin many times: its reply is bounded, whatever the record's size.
      if (bytes > replyBytesMax || spans.length === 0xffff) return undefined;
      spans.push(span);
    }
    op = opEnd(buffer, op);
  }
  return spans;
}

const NONE: readonly BinSpan[] = [];

function readOp(table: BinTable, buffer: Buffer, op: number, respondAll: boolean): readonly BinSpan[] {
  if ((buffer[op + 7] as number) === 0) return table.spans();
  const bin = table.find(buffer, op);
  if (bin !== undefined) return [bin];
  return respondAll ? [makeBin(buffer, op, Particle.null, NOTHING, undefined)] : NONE;
}
