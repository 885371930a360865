/**
 * The index value of a log block: what opening the store, trimming and tailing must know about the
 * block's entries without reading them, and the group's other effects on slots (control rows). The
 * slots' states are a fold over these values and nothing else, live and at replay alike.
 *
 * Layout (little-endian):
 *
 *   off size
 *   0   4   CRC-32 of bytes [4, end)
 *   4   1   format = 2, with filtered changes 3, with forwarded ones 4, with images of before 5 (1: no own
 *           changes, outcomes, deltas)
 *   5   1   0
 *   6   2   number of rows
 *   8   4   bytes of the block's entries, 0 = no block value
 *   12  4   bytes c of the control rows
 *   16  c   control rows
 *   ..      rows, in the order of the entries, each 24 bytes, and more by what bits 3, 4, 5 and 7 say:
 *
 *   0   4   bytes of the entry
 *   4   3   slot
 *   7   1   kind; bit 3: the delta has forwarded changes; bit 4: it has filtered ones only; bit 5: a ledger's
 *           delta follows; bit 6: an own change; bit 7: moves an applied position
 *   8   4   epoch
 *   12  6   sequence
 *   18  1   change of the slot's counts (encodeChange), in bits 4 to 7 the outcome of a put, the type of a
 *           note
 *   19  1   source id of the origin
 *   20  4   folded digest of the entry's record (foldDigest), 0 without one
 *   24  8   origin's log id
 *   32  6   origin's sequence
 *   38  6   applied sequence of that origin and log before this row: undone by truncation
 *   ..  28  delta (ledger.ts), with bit 4 32 bytes, with bit 3 36 bytes
 */
import { crc32 } from "node:zlib";
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { EntryKind, readSafeInteger, writeSafeInteger } from "../../proto/entry.ts";
import {
  addDelta,
  addOutcome,
  DELTA_BYTES,
  DELTA_BYTES_FILTERED,
  DELTA_BYTES_MAX,
  deltaBytesOf,
  FORWARDED,
  type Ledger,
  type MutableLedger,
  readDelta,
  writeDelta,
} from "../../proto/ledger.ts";
import { NoteType } from "../../proto/note.ts";

export const INDEX_HEADER_BYTES = 16;
const ROW_BYTES = 24;
const POSITION_BYTES = 20;
export const ROW_BYTES_MAX = ROW_BYTES + POSITION_BYTES + DELTA_BYTES_MAX;
const FORMAT_PLAIN = 2;
const FORMAT_FILTERED = 3;
const FORMAT_FORWARDED = 4;
/** One of the block's entries says what its record was before. */
export const FORMAT_BEFORE = 5;
const FORMAT_OLDEST = 1;
const MOVES_POSITION = 0x80;
const OWN_CHANGE = 0x40;
const HAS_DELTA = 0x20;
/** Beside HAS_DELTA. */
const HAS_FILTERED = 0x10;
/** Beside HAS_DELTA, instead of HAS_FILTERED. */
const HAS_FORWARDED = 0x08;
const KIND = 0x07;

/** What a row says; the writer takes it from the entry, the reader gives it back. */
export interface IndexRow {
  entryBytes: number;
  slot: Slot;
  kind: EntryKind;
  epoch: number;
  sequence: number;
  change: number;
  originId: number;
  foldedDigest: number;
  originLogId: number;
  originSequence: number;
  previous: number;
  /** An own change of the datacenter, one that is shipped. */
  isOwn: boolean;
  /** Outcome of a put, type of a note. */
  outcome: number;
  delta: Ledger | undefined;
}

/** Change of (records, tombstones), each by -1, 0 or 1, as one byte. */
export function encodeChange(records: number, tombstones: number): number {
  return records + 1 + (tombstones + 1) * 4;
}
export function recordsOfChange(change: number): number {
  return (change & 3) - 1;
}
export function tombstonesOfChange(change: number): number {
  return ((change >>> 2) & 3) - 1;
}

/** Whether a change makes a record (or tombstone) appear or disappear. */
export function changesPresence(change: number): boolean {
  return recordsOfChange(change) + tombstonesOfChange(change) !== 0;
}

/** Writes a row at `offset`; returns the offset after it. */
export function writeRow(target: Buffer, offset: number, row: IndexRow): number {
  const moves = row.originLogId !== 0 && row.originSequence !== 0;
  target.writeUInt32LE(row.entryBytes, offset);
  target[offset + 4] = row.slot;
  target[offset + 5] = row.slot >>> 8;
  target[offset + 6] = row.slot >>> 16;
  const { delta } = row;
  const flags = (moves ? MOVES_POSITION : 0) | (row.isOwn ? OWN_CHANGE : 0);
  target[offset + 7] = row.kind | flags | (delta === undefined ? 0 : deltaFlags(delta));
  target.writeUInt32LE(row.epoch, offset + 8);
  writeU48(target, row.sequence, offset + 12);
  target[offset + 18] = row.change | (row.outcome << 4);
  target[offset + 19] = row.originId;
  target.writeUInt32LE(row.foldedDigest, offset + 20);
  let end = offset + ROW_BYTES;
  if (moves) {
    writeSafeInteger(target, row.originLogId, end);
    writeU48(target, row.originSequence, end + 8);
    writeU48(target, row.previous, end + 14);
    end += POSITION_BYTES;
  }
  if (delta === undefined) return end;
  writeDelta(target, delta, end);
  return end + deltaBytesOf(delta);
}

function deltaFlags({ filtered, forwarded }: Ledger): number {
  if (forwarded !== 0) return HAS_DELTA | HAS_FORWARDED;
  return HAS_DELTA | (filtered === 0 ? 0 : HAS_FILTERED);
}

/** The format that a row needs: releases before filters, and before forwarding, cannot read what it says. */
export function formatOf({ kind, outcome, delta }: IndexRow): number {
  const isForwarded = kind === EntryKind.put && outcome >= FORWARDED;
  if (isForwarded || (delta !== undefined && delta.forwarded !== 0)) return FORMAT_FORWARDED;
  return delta === undefined || delta.filtered === 0 ? FORMAT_PLAIN : FORMAT_FILTERED;
}

/** Adds what a row that moves a position says of its ledger, or takes it back. */
export function countInLedger(ledger: MutableLedger, row: IndexRow, sign: 1 | -1): void {
  if (row.kind === EntryKind.put) addOutcome(ledger, row.outcome, sign);
  const { delta } = row;
  if (delta !== undefined) addDelta(ledger, delta, sign);
}

/** Whether a row brings a conflict's note. */
export function notesConflict({ kind, outcome }: IndexRow): boolean {
  return kind === EntryKind.note && outcome === NoteType.conflict;
}

/** Completes an index value whose rows are in place; `format`: the highest that one of them needs. */
export function sealIndex(
  index: Buffer,
  rows: number,
  entriesBytes: number,
  controlBytes: number,
  format = FORMAT_PLAIN,
): Buffer {
  index[4] = format;
  index[5] = 0;
  index.writeUInt16LE(rows, 6);
  index.writeUInt32LE(entriesBytes, 8);
  index.writeUInt32LE(controlBytes, 12);
  index.writeUInt32LE(crc32(index.subarray(4)), 0);
  return index;
}

/** Throws ENTRY_CORRUPT unless the bytes are a whole index value. */
export function checkIndex(bytes: Buffer, block: number): BlockIndex {
  const whole = bytes.length >= INDEX_HEADER_BYTES && crc32(bytes.subarray(4)) === bytes.readUInt32LE(0);
  if (!whole) throw new MeridianError("ENTRY_CORRUPT", `index of log block ${block} fails its checksum`);
  const format = bytes[4] ?? 0;
  if (format < FORMAT_OLDEST || format > FORMAT_BEFORE) {
    const reads = `this release reads ${FORMAT_OLDEST} to ${FORMAT_BEFORE}`;
    throw new MeridianError("ENTRY_CORRUPT", `index of log block ${block} has format ${format}; ${reads}`);
  }
  return new BlockIndex(bytes);
}

/** A view of an index value. */
export class BlockIndex {
  readonly bytes: Buffer;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get rowCount(): number {
    return this.bytes.readUInt16LE(6);
  }
  get entriesBytes(): number {
    return this.bytes.readUInt32LE(8);
  }
  get control(): Buffer {
    return this.bytes.subarray(INDEX_HEADER_BYTES, INDEX_HEADER_BYTES + this.bytes.readUInt32LE(12));
  }
  rows(): RowCursor {
    return new RowCursor(this.bytes, this.rowCount, INDEX_HEADER_BYTES + this.bytes.readUInt32LE(12));
  }
}

/** Walks the rows of an index value; the fields are those of the current row. No allocation a row. */
export class RowCursor implements IndexRow {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #rowsLeft: number;
  #at: number;
  #next: number;
  /** Where the current row's entry begins in the block. */
  entryOffset = 0;
  #nextEntry = 0;

  constructor(bytes: Buffer, rows: number, offset: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#rowsLeft = rows;
    this.#at = offset;
    this.#next = offset;
  }

  /** Moves to the next row; false at the end. */
  advance(): boolean {
    if (this.#rowsLeft === 0) return false;
    this.#rowsLeft--;
    this.#at = this.#next;
    this.#next += ROW_BYTES + this.#extraBytes();
    this.entryOffset = this.#nextEntry;
    this.#nextEntry += this.entryBytes;
    return true;
  }

  #extraBytes(): number {
    const flags = this.#view.getUint8(this.#at + 7);
    return (flags >= MOVES_POSITION ? POSITION_BYTES : 0) + deltaBytesBy(flags);
  }

  get movesPosition(): boolean {
    return this.#view.getUint8(this.#at + 7) >= MOVES_POSITION;
  }
  get isOwn(): boolean {
    return (this.#view.getUint8(this.#at + 7) & OWN_CHANGE) !== 0;
  }
  get outcome(): number {
    return this.#view.getUint8(this.#at + 18) >>> 4;
  }
  get delta(): Ledger | undefined {
    const bytes = deltaBytesBy(this.#view.getUint8(this.#at + 7));
    return bytes === 0 ? undefined : readDelta(this.#bytes, this.#next - bytes, bytes);
  }
  get entryBytes(): number {
    return this.#view.getUint32(this.#at, true);
  }
  get slot(): Slot {
    return this.#view.getUint32(this.#at + 4, true) & 0xff_ff_ff;
  }
  get kind(): EntryKind {
    return (this.#view.getUint8(this.#at + 7) & KIND) as EntryKind;
  }
  get epoch(): number {
    return this.#view.getUint32(this.#at + 8, true);
  }
  get sequence(): number {
    return readU48(this.#view, this.#at + 12);
  }
  get change(): number {
    return this.#view.getUint8(this.#at + 18) & 15;
  }
  get originId(): number {
    return this.#view.getUint8(this.#at + 19);
  }
  get foldedDigest(): number {
    return this.#view.getUint32(this.#at + 20, true);
  }
  get originLogId(): number {
    return this.movesPosition ? readSafeInteger(this.#bytes, this.#at + 24) : 0;
  }
  get originSequence(): number {
    return this.movesPosition ? readU48(this.#view, this.#at + 32) : 0;
  }
  get previous(): number {
    return this.movesPosition ? readU48(this.#view, this.#at + 38) : 0;
  }
}

function deltaBytesBy(flags: number): number {
  if ((flags & HAS_DELTA) === 0) return 0;
  if ((flags & HAS_FORWARDED) !== 0) return DELTA_BYTES_MAX;
  return (flags & HAS_FILTERED) === 0 ? DELTA_BYTES : DELTA_BYTES_FILTERED;
}

export function writeU48(target: Buffer, value: number, offset: number): void {
  target.writeUInt32LE(value >>> 0, offset);
  target.writeUInt16LE(Math.floor(value / 4_294_967_296), offset + 4);
}

function readU48(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint16(offset + 4, true) * 4_294_967_296;
}
