/**
 * Replies to messages. Every reply is made with its proto header, so that the usual one goes to the
 * socket as it is; a batch row and a proxied reply leave the first 8 bytes out (`replyBody`).
 */
import { type BinSpan, copySpans, spansBytes } from "./bins.ts";
import {
  Info3,
  MESSAGE_HEADER_BYTES,
  PROTO_HEADER_BYTES,
  PROTO_VERSION,
  ProtoType,
  REPLY_HEADER_BYTES,
  ResultCode,
  writeU32,
} from "./wire.ts";

/** A proto header at `out[0]` for a body of `length` bytes. */
export function writeProtoHeader(out: Buffer, type: number, length: number): void {
  out[0] = PROTO_VERSION;
  out[1] = type;
  // Bodies are far below 4 GiB, so the upper 16 of the 48 bits are zero.
  out[2] = 0;
  out[3] = 0;
  writeU32(out, length, 4);
}

/** Writes both headers of a reply; `out` is the whole frame. */
function writeReplyHeader(
  out: Buffer,
  code: number,
  generation: number,
  voidTime: number,
  opCount: number,
): void {
  writeProtoHeader(out, ProtoType.message, out.length - PROTO_HEADER_BYTES);
  out[8] = MESSAGE_HEADER_BYTES;
  out[9] = 0;
  out[10] = 0;
  out[11] = 0;
  out[12] = 0;
  out[13] = code;
  writeU32(out, generation, 14);
  writeU32(out, voidTime, 18);
  writeU32(out, 0, 22);
  out[26] = 0;
  out[27] = 0;
  out[28] = opCount >>> 8;
  out[29] = opCount;
}

/** A reply without bins. */
export function headerReply(code: number, generation = 0, voidTime = 0): Buffer {
  const out = Buffer.allocUnsafe(REPLY_HEADER_BYTES);
  writeReplyHeader(out, code, generation, voidTime, 0);
  return out;
}

/** Ends a multi-part reply; also the one answer to a scan or query that is refused. */
export function lastReply(code: number): Buffer {
  const out = headerReply(code);
  out[11] = Info3.last;
  return out;
}

/** A reply with all bins of a region, copied once. */
export function regionReply(
  generation: number,
  voidTime: number,
  binCount: number,
  bytes: Buffer,
  start: number,
): Buffer {
  const out = Buffer.allocUnsafe(REPLY_HEADER_BYTES + bytes.length - start);
  writeReplyHeader(out, ResultCode.ok, generation, voidTime, binCount);
  bytes.copy(out, REPLY_HEADER_BYTES, start);
  return out;
}

/** A reply with chosen bins. */
export function spansReply(generation: number, voidTime: number, spans: readonly BinSpan[]): Buffer {
  const out = Buffer.allocUnsafe(REPLY_HEADER_BYTES + spansBytes(spans));
  writeReplyHeader(out, ResultCode.ok, generation, voidTime, spans.length);
  copySpans(spans, out, REPLY_HEADER_BYTES);
  return out;
}

/** The AS_MSG body of a reply, as a batch or another node wants it. */
export function replyBody(reply: Buffer): Buffer {
  return reply.subarray(PROTO_HEADER_BYTES);
}

/** The reply frame of an AS_MSG body that another node made. */
export function replyOfBody(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(PROTO_HEADER_BYTES + body.length);
  writeProtoHeader(out, ProtoType.message, body.length);
  body.copy(out, PROTO_HEADER_BYTES);
  return out;
}

export function replyCode(reply: Buffer): number {
  return reply[13] as number;
}

/** Writes the row's index into the reply, where a batch client looks for it. */
export function stampBatchIndex(reply: Buffer, index: number): void {
  writeU32(reply, index, 22);
}
