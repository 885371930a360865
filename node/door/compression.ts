/**
 * Frames of type 4: a u64 with the size of the inner frame (its header included), then a zlib
 * stream. Clients send them when their policy says so, and ask for such replies by a flag.
 */
import { constants, deflateSync, inflateSync } from "node:zlib";
import { writeProtoHeader } from "./reply.ts";
import { PROTO_HEADER_BYTES, PROTO_VERSION, ProtoType, readU16, readU32 } from "./wire.ts";

const SIZE_BYTES = 8;
/** Replies of fewer bytes are not worth the work; clients think so of requests, too. */
const COMPRESS_FROM_BYTES = 128;

/** The inner frame, undefined when it is not one or too large. Never makes more bytes than allowed. */
export function decompressFrame(body: Buffer, frameBytesMax: number): Buffer | undefined {
  if (body.length < SIZE_BYTES || readU32(body, 0) !== 0) return undefined;
  const size = readU32(body, 4);
  if (size < PROTO_HEADER_BYTES || size > frameBytesMax + PROTO_HEADER_BYTES) return undefined;
  let inner: Buffer;
  try {
    inner = inflateSync(body.subarray(SIZE_BYTES), { maxOutputLength: size });
  } catch {
    // Not a zlib stream, or longer than it says: the caller counts and answers it like any bad frame.
    return undefined;
  }
  const whole =
    inner.length === size &&
    inner[0] === PROTO_VERSION &&
    inner[1] === ProtoType.message &&
    readU16(inner, 2) === 0 &&
    readU32(inner, 4) === size - PROTO_HEADER_BYTES;
  return whole ? inner : undefined;
}

/** The frame compressed, or as it is where that is no shorter. */
export function compressFrame(frame: Buffer): Buffer {
  if (frame.length < COMPRESS_FROM_BYTES) return frame;
  const stream = deflateSync(frame, { level: constants.Z_BEST_SPEED });
  const length = SIZE_BYTES + stream.length;
  if (PROTO_HEADER_BYTES + length >= frame.length) return frame;
  const out = Buffer.allocUnsafe(PROTO_HEADER_BYTES + length);
  writeProtoHeader(out, ProtoType.compressed, length);
  out.writeBigUInt64BE(BigInt(frame.length), PROTO_HEADER_BYTES);
  out.set(stream, PROTO_HEADER_BYTES + SIZE_BYTES);
  return out;
}
