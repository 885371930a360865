/**
 * A record's image: the bytes that are stored, replicated, logged, shipped and compared. Encoded
 * once by the primary that made the write; equal records have equal bytes in every datacenter.
 *
 * Layout (little-endian unless said otherwise):
 *
 *   off size
 *   0   4   CRC-32 of bytes [4, end)
 *   4   1   format = 1
 *   5   1   flags: bit 0 tombstone
 *   6   1   source id of the datacenter that made the write
 *   7   1   number n of `seen` fields
 *   8   4   generation
 *   12  8   LUT (48 bits milliseconds, 16 bits counter)
 *   20  4   void time, seconds since 2010-01-01 UTC, 0 = never
 *   24  1   bytes s of the set name
 *   25  2   bytes k of the user key (particle type + value), 0 = not stored
 *   27  2   number of bins
 *   29  9n  seen: u8 source id, u64 LUT, sorted by source id
 *   ..  s   set name
 *   ..  k   user key
 *   ..      bins, in the client protocol's own op layout (big-endian u32 size, u8 op type = 1,
 *           u8 particle type, u8 0, u8 name length, name, value), so that a reply to "get all"
 *           is one copy of this tail
 *
 * The digest is not inside: it is the store's key, and stands beside the image in an entry.
 *
 * Format 2, of namespaces with `conflict-resolve-writes` (record-bins.ts makes and reads it), has more:
 *
 *   5   1   flags: bit 1 some bin expires before the record
 *   29  8   LUT of the floor: the last write that replaced or deleted the record as a whole, 0 = none
 *   37  1   its source id
 *   38  2   number of dead bins
 *   40  4   bytes t of the stamps
 *   44  9n  seen, set name, user key as above
 *   ..  t   stamps
 *   ..      bins as above, sorted by name
 */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { MeridianError } from "../common/errors.ts";
import type { Stamp } from "../common/version/bins.ts";
import type { Lut, Seen, SourceId, Version } from "../common/version/version.ts";

const PLAIN_FORMAT = 1;
const STAMPED_FORMAT = 2;
const FIXED_BYTES = 29;
const STAMPED_FIXED_BYTES = 44;
const SEEN_BYTES = 9;
const FLAG_TOMBSTONE = 1;
const FLAG_MIXED_LIVES = 2;

/** What only format 2 has. */
export interface StampParts {
  readonly floor: Stamp;
  readonly deadCount: number;
  readonly stamps: Uint8Array;
  readonly mixedLives: boolean;
}

/** What an image is made of. `bins` is the encoded bin region (`bins.ts` of the door builds it). */
export interface ImageParts extends Version {
  readonly setName: Uint8Array;
  readonly userKey: Uint8Array;
  readonly binCount: number;
  readonly bins: Uint8Array;
  /** With it the image is of format 2. */
  readonly stamped?: StampParts | undefined;
}

/** Encodes an image; the only encoder. */
export function encodeImage(parts: ImageParts): Buffer {
  const { seen, setName, userKey, bins, stamped } = parts;
  const fixed = stamped === undefined ? FIXED_BYTES : STAMPED_FIXED_BYTES;
  const stamps = stamped?.stamps ?? NOTHING;
  const names = setName.length + userKey.length;
  const size = fixed + seen.length * SEEN_BYTES + names + stamps.length + bins.length;
  const image = Buffer.allocUnsafe(size);
  image[4] = stamped === undefined ? PLAIN_FORMAT : STAMPED_FORMAT;
  image[5] = (parts.tombstone ? FLAG_TOMBSTONE : 0) | (stamped?.mixedLives ? FLAG_MIXED_LIVES : 0);
  image[6] = parts.sourceId;
  image[7] = seen.length;
  image.writeUInt32LE(parts.generation, 8);
  image.writeBigUInt64LE(parts.lut, 12);
  image.writeUInt32LE(parts.voidTime, 20);
  image[24] = setName.length;
  image.writeUInt16LE(userKey.length, 25);
  image.writeUInt16LE(parts.binCount, 27);
  if (stamped !== undefined) {
    image.writeBigUInt64LE(stamped.floor.lut, 29);
    image[37] = stamped.floor.sourceId;
    image.writeUInt16LE(stamped.deadCount, 38);
    image.writeUInt32LE(stamps.length, 40);
  }
  let offset = fixed;
  for (const field of seen) {
    image[offset] = field.sourceId;
    image.writeBigUInt64LE(field.lut, offset + 1);
    offset += SEEN_BYTES;
  }
  for (const part of [setName, userKey, stamps, bins]) {
    image.set(part, offset);
    offset += part.length;
  }
  image.writeUInt32LE(crc32(image.subarray(4)), 0);
  return image;
}

const NOTHING = new Uint8Array(0);

function fixedBytesAt(bytes: Buffer, offset: number): number {
  return bytes[offset + 4] === STAMPED_FORMAT ? STAMPED_FIXED_BYTES : FIXED_BYTES;
}

/**
 * Throws RECORD_CORRUPT unless the bytes from `offset` to the end have the form of an image. Its
 * checksum is not looked at: inside an entry, the entry's covers it.
 */
export function checkImageAt(bytes: Buffer, offset: number): void {
  const length = bytes.length - offset;
  if (length < FIXED_BYTES) {
    throw new MeridianError("RECORD_CORRUPT", `record image of ${length} bytes has no header`);
  }
  const format = bytes[offset + 4];
  if (format !== PLAIN_FORMAT && format !== STAMPED_FORMAT) {
    const reads = `this release reads ${PLAIN_FORMAT} and ${STAMPED_FORMAT}`;
    throw new MeridianError("RECORD_CORRUPT", `record image of format ${format}; ${reads}`);
  }
  const fields = (bytes[offset + 7] ?? 0) * SEEN_BYTES;
  const names = (bytes[offset + 24] ?? 0) + bytes.readUInt16LE(offset + 25);
  const fixed = fixedBytesAt(bytes, offset);
  const stamps = format === STAMPED_FORMAT && length >= fixed ? bytes.readUInt32LE(offset + 40) : 0;
  if (fixed + fields + names + stamps > length) {
    throw new MeridianError("RECORD_CORRUPT", "record image is shorter than its header says");
  }
}

/** Name of the set of the record whose image is at `offset`; empty without one. */
export function setNameAt(bytes: Buffer, offset: number): string {
  const start = offset + fixedBytesAt(bytes, offset) + (bytes[offset + 7] ?? 0) * SEEN_BYTES;
  return bytes.toString("utf8", start, start + (bytes[offset + 24] ?? 0));
}

/** When the version of the image at `offset` was written: Unix milliseconds by its LUT. */
export function writtenMsAt(bytes: Buffer, offset: number): number {
  return bytes.readUIntLE(offset + 14, 6);
}

/** Source id of the datacenter that made the version of the image at `offset`. */
export function writtenByAt(bytes: Buffer, offset: number): SourceId {
  return bytes[offset + 6] as number;
}

/**
 * A view of an image's bytes: decodes a field when asked, copies nothing.
 * `RecordImage.checked` verifies length and checksum first; use it on whatever comes from disk or
 * network. `new RecordImage` trusts the bytes.
 */
export class RecordImage implements Version {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Throws RECORD_CORRUPT unless the bytes are a whole image with a right checksum. */
  static checked(bytes: Buffer): RecordImage {
    checkImageAt(bytes, 0);
    if (crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) {
      throw new MeridianError("RECORD_CORRUPT", "record image fails its checksum");
    }
    return new RecordImage(bytes);
  }

  get tombstone(): boolean {
    return (this.#byte(5) & FLAG_TOMBSTONE) !== 0;
  }
  get sourceId(): SourceId {
    return this.#byte(6);
  }
  get generation(): number {
    return this.bytes.readUInt32LE(8);
  }
  get lut(): Lut {
    return this.bytes.readBigUInt64LE(12);
  }
  get voidTime(): number {
    return this.bytes.readUInt32LE(20);
  }
  get binCount(): number {
    return this.bytes.readUInt16LE(27);
  }
  /** Whether it tells of each bin which write it is of: format 2. */
  get isStamped(): boolean {
    return this.#byte(4) === STAMPED_FORMAT;
  }
  /** Whether some of its bins expire before it does, as only bins of a stamped image may. */
  get hasMixedLives(): boolean {
    return (this.#byte(5) & FLAG_MIXED_LIVES) !== 0;
  }
  /** What only a stamped image has. */
  get stamped(): StampParts | undefined {
    if (!this.isStamped) return undefined;
    const end = this.binsOffset;
    return {
      floor: { lut: this.bytes.readBigUInt64LE(29), sourceId: this.#byte(37) },
      deadCount: this.bytes.readUInt16LE(38),
      stamps: this.bytes.subarray(end - this.bytes.readUInt32LE(40), end),
      mixedLives: this.hasMixedLives,
    };
  }
  get seen(): readonly Seen[] {
    const count = this.#byte(7);
    const start = fixedBytesAt(this.bytes, 0);
    const seen: Seen[] = [];
    for (let index = 0; index < count; index++) {
      const offset = start + index * SEEN_BYTES;
      seen.push({ sourceId: this.#byte(offset), lut: this.bytes.readBigUInt64LE(offset + 1) });
    }
    return seen;
  }
  get setName(): Buffer {
    const offset = this.#setOffset;
    return this.bytes.subarray(offset, offset + this.#byte(24));
  }
  /** Particle type byte and value; empty when the client did not send the key. */
  get userKey(): Buffer {
    const offset = this.#setOffset + this.#byte(24);
    return this.bytes.subarray(offset, offset + this.bytes.readUInt16LE(25));
  }
  /** The bin region, in the client protocol's op layout. */
  get bins(): Buffer {
    return this.bytes.subarray(this.binsOffset);
  }
  get binsOffset(): number {
    const stamps = this.isStamped ? this.bytes.readUInt32LE(40) : 0;
    return this.#setOffset + this.#byte(24) + this.bytes.readUInt16LE(25) + stamps;
  }

  /** Whether readers must not see it at `nowVoidTime` (seconds since 2010-01-01): dead or expired. */
  isGone(nowVoidTime: number): boolean {
    if (this.tombstone) return true;
    const voidTime = this.voidTime;
    return voidTime !== 0 && voidTime <= nowVoidTime;
  }

  /** SHA-256 of everything but checksum and `seen`: the order's last tie-break. */
  contentHash(): Uint8Array {
    return createHash("sha256")
      .update(this.bytes.subarray(4, 7))
      .update(this.bytes.subarray(8, fixedBytesAt(this.bytes, 0)))
      .update(this.bytes.subarray(this.#setOffset))
      .digest();
  }

  /** The same image with another `seen` (a joined one): new bytes, the rest unchanged. */
  withSeen(seen: readonly Seen[]): Buffer {
    return encodeImage({
      generation: this.generation,
      lut: this.lut,
      sourceId: this.sourceId,
      voidTime: this.voidTime,
      tombstone: this.tombstone,
      seen,
      setName: this.setName,
      userKey: this.userKey,
      binCount: this.binCount,
      bins: this.bins,
      stamped: this.stamped,
    });
  }

  get #setOffset(): number {
    return fixedBytesAt(this.bytes, 0) + this.#byte(7) * SEEN_BYTES;
  }
  #byte(offset: number): number {
    return this.bytes[offset] as number;
  }
}
