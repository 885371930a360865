/**
 * A change-log entry: the unit of replication, of the log and of shipping. Encoded once by the
 * primary; the same bytes go to the replicas, into the log and onto the bus.
 *
 * Layout (little-endian):
 *
 *   off size
 *   0   4   bytes of the whole entry
 *   4   4   CRC-32 of bytes [8, end)
 *   8   1   kind (EntryKind)
 *   9   1   operation (Operation)
 *   10  2   partition id
 *   12  4   epoch in which the entry was made
 *   16  8   sequence: per partition, contiguous from 1
 *   24  1   source id of the datacenter it arrived from by XDR, 0 = a local change
 *   25  1   bits 0 to 3: Outcome of the change that it carries (ledger.ts), with FORWARDED when the
 *           datacenter that it came from has not made it, 0 = none; bit 4: JOINED; bit 5: HAS_BEFORE
 *   26  2   bytes m of the changed bins' names
 *   28  8   sequence in the origin's log when it arrived by XDR; of a local change its number
 *           (ledger.ts), 0 = an older release's, which counts none
 *   36  8   log id of the origin's log when it arrived by XDR, else 0 (a number below 2^53)
 *   44  20  digest (zero for kinds without a record)
 *   64  m   changed bins: u8 length, name, repeated
 *   ..  4+b with HAS_BEFORE only: u32 b, and the record's image before the change (empty: there was none)
 *   ..      record image (kind `put`), a ledger's delta or nothing (`position`), a note (`note`, as
 *           note.ts has it), else empty
 */
import { crc32 } from "node:zlib";
import { MeridianError } from "../common/errors.ts";
import { DIGEST_BYTES, FRAME_BYTES_MAX } from "../common/limits.ts";
import { FORWARDED, OUTCOME_STATE, Outcome } from "./ledger.ts";
import { RecordImage } from "./record.ts";

export const EntryKind = {
  /** A record's after-image (a tombstone is one, too). */
  put: 1,
  /** The applied position of an origin moves, and its ledger: no record is stored. */
  position: 2,
  /** First entry of an epoch. */
  barrier: 3,
  /** The record leaves the table without a tombstone: a freed tombstone or an expired record. */
  remove: 4,
  /** Evidence that is kept beside the records: the loser of a conflict, a change that is parked. */
  note: 5,
  /**
   * Stands, on its way to a destination, for changes in a row that are not shipped there: the last one's
   * sequence and number, and as payload how many they are (u32). In no log.
   */
  filtered: 6,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

export const Operation = {
  none: 0,
  insert: 1,
  update: 2,
  touch: 3,
  delete: 4,
  expire: 5,
  /** A conflict that the stored version won: only `seen` grew. */
  merge: 6,
  /** The loser of a conflict, written again by an operator. */
  restore: 7,
} as const;
export type Operation = (typeof Operation)[keyof typeof Operation];

export const ENTRY_HEADER_BYTES = 64;
/** Where an entry holds its operation. */
export const OPERATION_OFFSET = 9;
/** Where an entry holds its origin. */
const ORIGIN_OFFSET = 24;
/** Where an entry holds its outcome. */
const OUTCOME_OFFSET = 25;
const OUTCOME_BITS = 0x0f;
/**
 * The image has seen more than the change that came, without that showing by operation or outcome: then
 * whoever made the change lacks what it was joined with.
 */
const JOINED = 0x10;
/** Where an entry holds its digest. */
export const DIGEST_OFFSET = 44;
/** The entry says what the record was before: for feeds that tell it, and in this datacenter only. */
const HAS_BEFORE = 0x20;
const BEFORE_HEAD_BYTES = 4;
const ZERO_DIGEST = Buffer.alloc(DIGEST_BYTES);
const NOTHING = Buffer.alloc(0);

export interface EntryParts {
  readonly kind: EntryKind;
  readonly operation: Operation;
  readonly partitionId: number;
  readonly epoch: number;
  readonly sequence: number;
  /** 0 = a local change; then originSequence is its number, and originLogId 0. */
  readonly originId: number;
  readonly originSequence: number;
  readonly originLogId: number;
  /** Of the one change of the origin that the entry carries. */
  readonly outcome?: Outcome | undefined;
  /** The origin has forwarded, not made, that change. */
  readonly forwarded?: boolean;
  /** See `Entry.isJoined`. */
  readonly joined?: boolean;
  readonly digest?: Uint8Array;
  /** `u8 length, name` repeated; empty when nothing is known. */
  readonly changedBins?: Uint8Array;
  /** The record's image before the change, empty when there was none; undefined: it is not kept. */
  readonly before?: Uint8Array | undefined;
  readonly image?: Uint8Array;
}

/** Encodes an entry; the only encoder. */
export function encodeEntry(parts: EntryParts): Buffer {
  const changed = parts.changedBins ?? NOTHING;
  const { before } = parts;
  const image = parts.image ?? NOTHING;
  const imageAt =
    ENTRY_HEADER_BYTES + changed.length + (before === undefined ? 0 : BEFORE_HEAD_BYTES + before.length);
  const entry = Buffer.allocUnsafe(imageAt + image.length);
  entry.writeUInt32LE(entry.length, 0);
  entry[8] = parts.kind;
  entry[9] = parts.operation;
  entry.writeUInt16LE(parts.partitionId, 10);
  entry.writeUInt32LE(parts.epoch, 12);
  writeSafeInteger(entry, parts.sequence, 16);
  entry[ORIGIN_OFFSET] = parts.originId;
  const hasBefore = before === undefined ? 0 : HAS_BEFORE;
  entry[OUTCOME_OFFSET] = outcomeByte(parts.outcome ?? Outcome.none, parts) | hasBefore;
  entry.writeUInt16LE(changed.length, 26);
  writeSafeInteger(entry, parts.originSequence, 28);
  writeSafeInteger(entry, parts.originLogId, 36);
  entry.set(parts.digest ?? ZERO_DIGEST, 44);
  entry.set(changed, ENTRY_HEADER_BYTES);
  if (before !== undefined) writeBefore(entry, ENTRY_HEADER_BYTES + changed.length, before);
  entry.set(image, imageAt);
  entry.writeUInt32LE(crc32(entry.subarray(8)), 4);
  return entry;
}

function writeBefore(entry: Buffer, offset: number, before: Uint8Array): void {
  entry.writeUInt32LE(before.length, offset);
  entry.set(before, offset + BEFORE_HEAD_BYTES);
}

/**
 * The entry with this image of the record before it (see EntryParts), whatever it had: itself, or a copy.
 * `bytes` must have been checked.
 */
export function withBefore(bytes: Buffer, before: Uint8Array | undefined): Buffer {
  if (before === undefined && !hasBeforeAt(bytes, 0)) return bytes;
  const head = ENTRY_HEADER_BYTES + bytes.readUInt16LE(26);
  const image = bytes.subarray(imageOffsetAt(bytes, 0));
  const imageAt = head + (before === undefined ? 0 : BEFORE_HEAD_BYTES + before.length);
  const entry = Buffer.allocUnsafe(imageAt + image.length);
  bytes.copy(entry, 0, 0, head);
  entry.writeUInt32LE(entry.length, 0);
  const outcome = (bytes[OUTCOME_OFFSET] as number) & ~HAS_BEFORE;
  entry[OUTCOME_OFFSET] = outcome | (before === undefined ? 0 : HAS_BEFORE);
  if (before !== undefined) writeBefore(entry, head, before);
  entry.set(image, imageAt);
  entry.writeUInt32LE(crc32(entry.subarray(8)), 4);
  return entry;
}

function outcomeByte(
  outcome: Outcome,
  { forwarded, joined }: Pick<EntryParts, "forwarded" | "joined">,
): number {
  return outcome | (forwarded === true && outcome !== Outcome.none ? FORWARDED : 0) | (joined ? JOINED : 0);
}

/** An entry that stands for `count` changes in a row, the last of which has this sequence and number. */
export function encodeFiltered(partitionId: number, sequence: number, number: number, count: number): Buffer {
  const payload = Buffer.allocUnsafe(4);
  payload.writeUInt32LE(count, 0);
  return encodeEntry({
    kind: EntryKind.filtered,
    operation: Operation.none,
    partitionId,
    epoch: 0,
    sequence,
    originId: 0,
    originSequence: number,
    originLogId: 0,
    image: payload,
  });
}

/** How many changes an entry of kind `filtered` stands for. Throws ENTRY_CORRUPT when it does not say so. */
export function filteredCount({ imageBytes }: Entry): number {
  const count = imageBytes.length === 4 ? imageBytes.readUInt32LE(0) : 0;
  if (count === 0) throw new MeridianError("ENTRY_CORRUPT", "entry stands for no changes");
  return count;
}

/**
 * Makes an entry of another log one of this log, where it lies: the record stays as it is, and what
 * was its own sequence becomes that of its origin. `entry` must have been checked.
 */
export function adoptEntry(
  entry: Buffer,
  epoch: number,
  sequence: number,
  originId: number,
  originLogId: number,
  outcome: Outcome,
): void {
  const made = { forwarded: originIdAt(entry, 0) !== 0, joined: new Entry(entry).isJoined };
  entry.copy(entry, 28, 16, 24);
  entry.writeUInt32LE(epoch, 12);
  writeSafeInteger(entry, sequence, 16);
  entry[ORIGIN_OFFSET] = originId;
  entry[OUTCOME_OFFSET] = outcomeByte(outcome, made) | ((entry[OUTCOME_OFFSET] as number) & HAS_BEFORE);
  writeSafeInteger(entry, originLogId, 36);
  entry.writeUInt32LE(crc32(entry.subarray(8)), 4);
}

/** Where the image of the entry at `offset` begins. */
export function imageOffsetAt(bytes: Buffer, offset: number): number {
  const end = offset + ENTRY_HEADER_BYTES + bytes.readUInt16LE(offset + 26);
  return hasBeforeAt(bytes, offset) ? end + BEFORE_HEAD_BYTES + bytes.readUInt32LE(end) : end;
}

/** Whether the entry at `offset` says what the record was before. */
export function hasBeforeAt(bytes: Buffer, offset: number): boolean {
  return ((bytes[offset + OUTCOME_OFFSET] as number) & HAS_BEFORE) !== 0;
}

/** Origin of the entry at `offset`; 0 = a local change. */
export function originIdAt(bytes: Buffer, offset: number): number {
  return bytes[offset + ORIGIN_OFFSET] as number;
}

/** `Entry.isJoined` of the entry at `offset`. */
export function isJoinedAt(bytes: Buffer, offset: number): boolean {
  const outcome = bytes[offset + OUTCOME_OFFSET] as number;
  const isMerge = bytes[offset + OPERATION_OFFSET] === Operation.merge;
  return (outcome & JOINED) !== 0 || isMerge || (outcome & OUTCOME_STATE) === Outcome.conflictWon;
}

/** Throws ENTRY_CORRUPT unless the bytes at `offset` are exactly one whole entry with a right checksum. */
export function checkEntryAt(bytes: Buffer, offset: number, length: number): void {
  if (length < ENTRY_HEADER_BYTES || bytes.readUInt32LE(offset) !== length) {
    throw new MeridianError("ENTRY_CORRUPT", `entry of ${length} bytes is not whole`);
  }
  if (crc32(bytes.subarray(offset + 8, offset + length)) !== bytes.readUInt32LE(offset + 4)) {
    throw new MeridianError("ENTRY_CORRUPT", "entry fails its checksum");
  }
  const kind = bytes[offset + 8] as number;
  const outcome = bytes[offset + OUTCOME_OFFSET] as number;
  const isOutcome = outcome < HAS_BEFORE * 2 && (outcome & OUTCOME_STATE) <= Outcome.conflictLost;
  if (kind < EntryKind.put || kind > EntryKind.filtered || !isOutcome) {
    throw new MeridianError("ENTRY_CORRUPT", `entry of kind ${kind}: not known to this release`);
  }
  const changedEnd = ENTRY_HEADER_BYTES + bytes.readUInt16LE(offset + 26);
  if (changedEnd > length) {
    throw new MeridianError("ENTRY_CORRUPT", "entry's changed bins are longer than the entry");
  }
  if (!hasBeforeAt(bytes, offset)) return;
  if (changedEnd + BEFORE_HEAD_BYTES > length || imageOffsetAt(bytes, offset) > offset + length) {
    throw new MeridianError("ENTRY_CORRUPT", "entry's image of before is longer than the entry");
  }
}

/** A view of an entry's bytes; decodes a field when asked, copies nothing. */
export class Entry {
  readonly bytes: Buffer;

  /** Trusts the bytes; use `Entry.checked` for what comes from disk or network. */
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Throws ENTRY_CORRUPT unless `bytes` is exactly one whole entry with a right checksum. */
  static checked(bytes: Buffer): Entry {
    checkEntryAt(bytes, 0, bytes.length);
    return new Entry(bytes);
  }

  get kind(): EntryKind {
    return this.bytes[8] as EntryKind;
  }
  get operation(): Operation {
    return this.bytes[9] as Operation;
  }
  get partitionId(): number {
    return this.bytes.readUInt16LE(10);
  }
  get epoch(): number {
    return this.bytes.readUInt32LE(12);
  }
  get sequence(): number {
    return readSafeInteger(this.bytes, 16);
  }
  /** 0 = a local change. */
  get originId(): number {
    return originIdAt(this.bytes, 0);
  }
  get outcome(): Outcome {
    return (this.countedOutcome & OUTCOME_STATE) as Outcome;
  }
  /** The same, with FORWARDED when the change was not made by the datacenter that it came from. */
  get countedOutcome(): number {
    return (this.bytes[OUTCOME_OFFSET] as number) & OUTCOME_BITS;
  }
  /** The change was made by another datacenter than the one that it came from. */
  get isForwarded(): boolean {
    return this.countedOutcome >= FORWARDED;
  }
  /**
   * Whether the image may hold more than what the datacenter that made its version knows: it was joined with
   * another one here, or on its way.
   */
  get isJoined(): boolean {
    return isJoinedAt(this.bytes, 0);
  }
  get originSequence(): number {
    return readSafeInteger(this.bytes, 28);
  }
  /** Of a local change: how many changes its log held with it; 0 when it was not counted. */
  get changeNumber(): number {
    return this.originId === 0 ? this.originSequence : 0;
  }
  get originLogId(): number {
    return readSafeInteger(this.bytes, 36);
  }
  get digest(): Buffer {
    return this.bytes.subarray(44, 64);
  }
  get changedBins(): Buffer {
    return this.bytes.subarray(64, 64 + this.bytes.readUInt16LE(26));
  }
  /** The record's image before the change, empty when there was none; undefined: the log does not tell. */
  get before(): Buffer | undefined {
    if (!hasBeforeAt(this.bytes, 0)) return undefined;
    const start = ENTRY_HEADER_BYTES + this.bytes.readUInt16LE(26) + BEFORE_HEAD_BYTES;
    return this.bytes.subarray(start, this.imageOffset);
  }
  get imageOffset(): number {
    return imageOffsetAt(this.bytes, 0);
  }
  /** The image's bytes, or the payload of another kind. */
  get imageBytes(): Buffer {
    return this.bytes.subarray(this.imageOffset);
  }
  get image(): RecordImage {
    return new RecordImage(this.imageBytes);
  }
}

/**
 * Cuts concatenated entries apart; views, no copies. Throws ENTRY_CORRUPT on a broken length.
 * Does not verify checksums: `Entry.checked` does.
 */
export function splitEntries(bytes: Buffer): Buffer[] {
  const entries: Buffer[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const length = bytes.length - offset >= ENTRY_HEADER_BYTES ? bytes.readUInt32LE(offset) : 0;
    if (length < ENTRY_HEADER_BYTES || length > FRAME_BYTES_MAX || offset + length > bytes.length) {
      throw new MeridianError("ENTRY_CORRUPT", `entry at ${offset} has a broken length`);
    }
    entries.push(bytes.subarray(offset, offset + length));
    offset += length;
  }
  return entries;
}

/** Writes an integer of 0 to 2^53-1 as u64 without a bigint. */
export function writeSafeInteger(buffer: Buffer, value: number, offset: number): void {
  buffer.writeUInt32LE(value >>> 0, offset);
  buffer.writeUInt32LE(Math.floor(value / 4_294_967_296), offset + 4);
}

/** Reads what writeSafeInteger wrote. */
export function readSafeInteger(buffer: Buffer, offset: number): number {
  return buffer.readUInt32LE(offset) + buffer.readUInt32LE(offset + 4) * 4_294_967_296;
}
