/**
 * The frame around every message between our own processes (fabric port): length, version, type,
 * checksum, then a protobuf message (`meta`) and raw bytes (`body`: entries, images), which are
 * passed on without being copied into the protobuf.
 *
 *   off size
 *   0   4   bytes after these 16 (LE)
 *   4   1   frame version = 1
 *   5   1   message type (message-types.ts)
 *   6   2   0
 *   8   4   bytes of meta
 *   12  4   CRC-32 of bytes [0, 12), meta and body
 */
import { crc32 } from "node:zlib";
import { MeridianError } from "../common/errors.ts";
import { FRAME_BYTES_MAX } from "../common/limits.ts";

const FRAME_VERSION = 1;
export const FRAME_HEADER_BYTES = 16;
const CHECKSUM_OFFSET = 12;

/** Up to this size a frame is one buffer: one copy is cheaper than a vectored write of small pieces. */
const ONE_BUFFER_BYTES = 64 * 1024;

/** The buffers to write for a frame, in this order: one, unless the bodies are large. */
export function encodeFrame(
  type: number,
  meta: Uint8Array,
  bodies: readonly Uint8Array[],
): readonly [Buffer, ...Uint8Array[]] {
  let bodyBytes = 0;
  for (const body of bodies) bodyBytes += body.length;
  const length = meta.length + bodyBytes;
  if (length > FRAME_BYTES_MAX) {
    throw new MeridianError("FRAME_TOO_LARGE", `frame of ${length} bytes exceeds ${FRAME_BYTES_MAX}`);
  }
  const joined = length <= ONE_BUFFER_BYTES;
  const first = Buffer.allocUnsafe(FRAME_HEADER_BYTES + (joined ? length : meta.length));
  first.writeUInt32LE(length, 0);
  first[4] = FRAME_VERSION;
  first[5] = type;
  first.writeUInt16LE(0, 6);
  first.writeUInt32LE(meta.length, 8);
  first.set(meta, FRAME_HEADER_BYTES);
  if (joined) {
    let offset = FRAME_HEADER_BYTES + meta.length;
    for (const body of bodies) {
      first.set(body, offset);
      offset += body.length;
    }
  }
  // The header is covered, too: a flipped type or meta length would be another message.
  let checksum = crc32(first.subarray(FRAME_HEADER_BYTES), crc32(first.subarray(0, CHECKSUM_OFFSET)));
  if (!joined) for (const body of bodies) checksum = crc32(body, checksum);
  first.writeUInt32LE(checksum, CHECKSUM_OFFSET);
  return joined ? [first] : [first, ...bodies];
}

export interface Frame {
  readonly type: number;
  readonly meta: Buffer;
  readonly body: Buffer;
}

/**
 * Cuts a byte stream into frames. Feed it what the socket gives; it returns whole frames whose
 * bytes are views when a frame lies within one chunk. Throws FRAME_CORRUPT, FRAME_TOO_LARGE or
 * PROTOCOL_VERSION; after that the stream is out of step and the connection must go.
 */
export class FrameParser {
  #chunks: Buffer[] = [];
  #buffered = 0;

  push(chunk: Buffer): Frame[] {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      if (this.#buffered < FRAME_HEADER_BYTES) return frames;
      const first = this.#contiguous(FRAME_HEADER_BYTES);
      const length = first.readUInt32LE(0);
      if (first[4] !== FRAME_VERSION) {
        throw new MeridianError("PROTOCOL_VERSION", `frame version ${first[4]}, expected ${FRAME_VERSION}`);
      }
      if (length > FRAME_BYTES_MAX) {
        throw new MeridianError("FRAME_TOO_LARGE", `frame of ${length} bytes exceeds ${FRAME_BYTES_MAX}`);
      }
      const total = FRAME_HEADER_BYTES + length;
      if (this.#buffered < total) return frames;
      frames.push(parseFrame(this.#take(total)));
    }
  }

  #contiguous(size: number): Buffer {
    const first = this.#chunks[0] as Buffer;
    if (first.length >= size) return first;
    const joined = Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }

  #take(size: number): Buffer {
    const first = this.#contiguous(size);
    const taken = first.subarray(0, size);
    this.#buffered -= size;
    if (first.length === size) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(size);
    return taken;
  }
}

function parseFrame(bytes: Buffer): Frame {
  const metaLength = bytes.readUInt32LE(8);
  if (FRAME_HEADER_BYTES + metaLength > bytes.length) {
    throw new MeridianError("FRAME_CORRUPT", "frame's meta is longer than the frame");
  }
  const checksum = crc32(bytes.subarray(FRAME_HEADER_BYTES), crc32(bytes.subarray(0, CHECKSUM_OFFSET)));
  if (checksum !== bytes.readUInt32LE(CHECKSUM_OFFSET)) {
    throw new MeridianError("FRAME_CORRUPT", "frame fails its checksum");
  }
  return {
    type: bytes[5] as number,
    meta: bytes.subarray(FRAME_HEADER_BYTES, FRAME_HEADER_BYTES + metaLength),
    body: bytes.subarray(FRAME_HEADER_BYTES + metaLength),
  };
}
