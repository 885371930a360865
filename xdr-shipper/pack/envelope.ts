/**
 * A ship message as it travels on the bus: a fixed header, then content = body (bytes of scan
 * chunks and runs) followed by the table (bus.proto, ShipTable), optionally compressed as a whole.
 * Content too large for one bus message is cut into fragments, each with its own header and
 * checksum and all with the same publisher and number.
 *
 *   off size (little-endian)
 *   0   4   magic "MXD" and the format "1"
 *   4   1   compression: 0 none, 1 zstd
 *   5   1   fragment, from 0
 *   6   1   fragments
 *   7   1   0
 *   8   4   CRC-32 of bytes [0, 8) and [12, end)
 *   12  8   publisher (double)
 *   20  8   number (double): per publisher and subject, contiguous from 1
 *   28  4   bytes of the table
 *   32  4   bytes of the content, not compressed
 *   36  ..  the fragment's part of the content
 */
import { constants, crc32, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { MeridianError } from "../../common/errors.ts";
import { FRAME_BYTES_MAX } from "../../common/limits.ts";

export const ENVELOPE_BYTES = 36;
const MAGIC = 0x44_584d;
const FORMAT = "1".charCodeAt(0);
const ZSTD = 1;
const FRAGMENTS_MAX = 255;
export interface EnvelopeHead {
  readonly publisher: number;
  readonly number: number;
}

export interface Compression {
  readonly level: number;
  /** Shorter content is left as it is. */
  readonly threshold: number;
}

/** Encodes content given in pieces as one or more bus messages of at most `messageBytesMax`. */
export function encodeEnvelope(
  head: EnvelopeHead,
  body: Uint8Array,
  table: Uint8Array,
  compression: Compression | undefined,
  messageBytesMax: number,
): Buffer[] {
  const contentBytes = body.length + table.length;
  if (contentBytes > FRAME_BYTES_MAX) {
    throw new MeridianError("FRAME_TOO_LARGE", `ship message of ${contentBytes} bytes`);
  }
  const packed =
    compression !== undefined && contentBytes >= compression.threshold
      ? zstdCompressSync(join(body, table), {
          params: { [constants.ZSTD_c_compressionLevel]: compression.level },
        })
      : undefined;
  const pays = packed !== undefined && packed.length < contentBytes * 0.9;
  const pieces = pays ? [packed] : [body, table];
  const length = pays ? packed.length : contentBytes;
  const room = messageBytesMax - ENVELOPE_BYTES;
  const fragments = Math.max(1, Math.ceil(length / room));
  if (fragments > FRAGMENTS_MAX) throw new MeridianError("FRAME_TOO_LARGE", `${fragments} fragments`);
  const content = fragments === 1 ? undefined : Buffer.concat(pieces);
  const messages: Buffer[] = [];
  for (let fragment = 0; fragment < fragments; fragment++) {
    const start = fragment * room;
    const size = Math.min(room, length - start);
    const message = Buffer.allocUnsafe(ENVELOPE_BYTES + size);
    message.writeUIntLE(MAGIC, 0, 3);
    message[3] = FORMAT;
    message[4] = pays ? ZSTD : 0;
    message[5] = fragment;
    message[6] = fragments;
    message[7] = 0;
    message.writeDoubleLE(head.publisher, 12);
    message.writeDoubleLE(head.number, 20);
    message.writeUInt32LE(table.length, 28);
    message.writeUInt32LE(contentBytes, 32);
    if (content !== undefined) {
      message.set(content.subarray(start, start + size), ENVELOPE_BYTES);
    } else {
      let offset = ENVELOPE_BYTES;
      for (const piece of pieces) {
        message.set(piece, offset);
        offset += piece.length;
      }
    }
    message.writeUInt32LE(checksum(message), 8);
    messages.push(message);
  }
  return messages;
}

/** One bus message, checked: its header and its part of the content (a view). */
export interface Fragment extends EnvelopeHead {
  readonly compressed: boolean;
  readonly fragment: number;
  readonly fragments: number;
  readonly tableBytes: number;
  readonly contentBytes: number;
  readonly part: Buffer;
}

/**
 * Throws FRAME_CORRUPT unless the bytes are a whole fragment with a right checksum, and
 * PROTOCOL_VERSION when they are one that only a newer release understands.
 */
export function decodeFragment(bytes: Uint8Array): Fragment {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (message.length < ENVELOPE_BYTES || message.readUIntLE(0, 3) !== MAGIC) {
    throw new MeridianError("FRAME_CORRUPT", `ship message of ${message.length} bytes has no header`);
  }
  const format = message.readUInt8(3);
  if (format !== FORMAT) {
    const name = JSON.stringify(String.fromCharCode(format));
    throw new MeridianError("PROTOCOL_VERSION", `ship message of format ${name}; this release reads "1"`);
  }
  if (checksum(message) !== message.readUInt32LE(8)) {
    throw new MeridianError("FRAME_CORRUPT", "ship message fails its checksum");
  }
  if (message.readUInt8(4) > ZSTD || message.readUInt8(7) !== 0) {
    throw new MeridianError("PROTOCOL_VERSION", "ship message is packed in a way this release does not know");
  }
  const fragment = message.readUInt8(5);
  const fragments = message.readUInt8(6);
  const tableBytes = message.readUInt32LE(28);
  const contentBytes = message.readUInt32LE(32);
  if (fragment >= fragments || tableBytes > contentBytes || contentBytes > FRAME_BYTES_MAX) {
    throw new MeridianError("FRAME_CORRUPT", "ship message's header does not add up");
  }
  return {
    publisher: message.readDoubleLE(12),
    number: message.readDoubleLE(20),
    compressed: message.readUInt8(4) === ZSTD,
    fragment,
    fragments,
    tableBytes,
    contentBytes,
    part: message.subarray(ENVELOPE_BYTES),
  };
}

export interface Content {
  readonly body: Buffer;
  readonly table: Buffer;
}

/** Joins the parts of all fragments of a message. Throws FRAME_CORRUPT when they do not add up. */
function joinContent(first: Fragment, parts: readonly Buffer[]): Content {
  const [only] = parts;
  const joined = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
  const content = first.compressed ? decompress(joined, first.contentBytes) : joined;
  if (content.length !== first.contentBytes) {
    throw new MeridianError(
      "FRAME_CORRUPT",
      `ship message holds ${content.length} bytes, not ${first.contentBytes}`,
    );
  }
  const bodyBytes = first.contentBytes - first.tableBytes;
  return { body: content.subarray(0, bodyBytes), table: content.subarray(bodyBytes) };
}

function checksum(message: Buffer): number {
  return crc32(message.subarray(12), crc32(message.subarray(0, 8)));
}

function decompress(bytes: Buffer, length: number): Buffer {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, length) });
  } catch (error) {
    throw new MeridianError("FRAME_CORRUPT", "ship message cannot be decompressed", { cause: error });
  }
}

function join(body: Uint8Array, table: Uint8Array): Buffer {
  return Buffer.concat([body, table]);
}

/**
 * Puts the fragments of one subject's messages together. Holds at most one unfinished message per
 * publisher: a fragment out of order drops it, and the origin ships what was in it again.
 */
export class Reassembler {
  readonly #open = new Map<number, { first: Fragment; parts: Buffer[] }>();

  /** The content once it is whole. */
  add(fragment: Fragment): Content | undefined {
    const { publisher, number } = fragment;
    if (fragment.fragments === 1) {
      this.#open.delete(publisher);
      return joinContent(fragment, [fragment.part]);
    }
    let open = this.#open.get(publisher);
    if (fragment.fragment === 0) {
      open = { first: fragment, parts: [] };
      if (this.#open.size >= OPEN_MAX) this.#open.clear();
      this.#open.set(publisher, open);
    }
    if (open === undefined || open.first.number !== number || open.parts.length !== fragment.fragment) {
      this.#open.delete(publisher);
      return undefined;
    }
    open.parts.push(fragment.part);
    if (open.parts.length < fragment.fragments) return undefined;
    this.#open.delete(publisher);
    return joinContent(open.first, open.parts);
  }
}

const OPEN_MAX = 16;
