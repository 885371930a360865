/**
 * The index value of a log block: what opening the store, trimming and tailing must know about the
 * block's entries without reading them, and the group's other effects on slots (control rows). The
 * slots' states are a fold over these values and nothing else, live and at replay alike.
 *
 * Layout (little-endian):
 *
 *   off size
 *   0   4   CRC-32 of bytes [4, end)
 *   4   1   format = 1
 *   5   1   0
 *   6   2   number of rows
 *   8   4   bytes of the block's entries, 0 = no block value
 *   12  4   bytes c of the control rows
 *   16  c   control rows
 *   ..      rows, in the order of the entries, each 24 bytes, or 44 when it moves a position:
 *
 *   0   4   bytes of the entry
 *   4   3   slot
 *   7   1   kind; bit 7: moves an applied position
 *   8   4   epoch
 *   12  6   sequence
 *   18  1   change of the slot's counts (encodeChange)
 *   19  1   source id of the origin
 *   20  4   folded digest of the entry's record (foldDigest), 0 without one
 *   24  8   origin's log id
 *   32  6   origin's sequence
 *   38  6   applied sequence of that origin and log before this row: undone by truncation
 */
import { crc32 } from "node:zlib";
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { type EntryKind, readSafeInteger, writeSafeInteger } from "../../proto/entry.ts";

export const INDEX_HEADER_BYTES = 16;
export const ROW_BYTES_MAX = 44;
const FORMAT = 1;
const ROW_BYTES = 24;
const MOVES_POSITION = 0x80;

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
}

/** Change of (records, tombstones), each by -1, 0 or 1, as one byte. */
export function encodeChange(records: number, tombstones: number): number {
  return records + 1 + (tombstones + 1) * 4;
}
export function recordsOfChange(change: number): number {
  return (change & 3) - 1;
}
export function tombstonesOfChange(change: number): number {
  return (change >>> 2) - 1;
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
  target[offset + 7] = row.kind | (moves ? MOVES_POSITION : 0);
  target.writeUInt32LE(row.epoch, offset + 8);
  writeU48(target, row.sequence, offset + 12);
  target[offset + 18] = row.change;
  target[offset + 19] = row.originId;
  target.writeUInt32LE(row.foldedDigest, offset + 20);
  if (!moves) return offset + ROW_BYTES;
  writeSafeInteger(target, row.originLogId, offset + 24);
  writeU48(target, row.originSequence, offset + 32);
  writeU48(target, row.previous, offset + 38);
  return offset + ROW_BYTES_MAX;
}

/** Completes an index value whose rows and control rows are in place. */
export function sealIndex(index: Buffer, rows: number, entriesBytes: number, controlBytes: number): Buffer {
  index[4] = FORMAT;
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
  if (bytes[4] !== FORMAT) {
    const reads = `this release reads ${FORMAT}`;
    throw new MeridianError("ENTRY_CORRUPT", `index of log block ${block} has format ${bytes[4]}; ${reads}`);
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
    this.#next += this.movesPosition ? ROW_BYTES_MAX : ROW_BYTES;
    this.entryOffset = this.#nextEntry;
    this.#nextEntry += this.entryBytes;
    return true;
  }

  get movesPosition(): boolean {
    return this.#view.getUint8(this.#at + 7) >= MOVES_POSITION;
  }
  get entryBytes(): number {
    return this.#view.getUint32(this.#at, true);
  }
  get slot(): Slot {
    return this.#view.getUint32(this.#at + 4, true) & 0xff_ff_ff;
  }
  get kind(): EntryKind {
    return (this.#view.getUint8(this.#at + 7) & ~MOVES_POSITION) as EntryKind;
  }
  get epoch(): number {
    return this.#view.getUint32(this.#at + 8, true);
  }
  get sequence(): number {
    return readU48(this.#view, this.#at + 12);
  }
  get change(): number {
    return this.#view.getUint8(this.#at + 18);
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

export function writeU48(target: Buffer, value: number, offset: number): void {
  target.writeUInt32LE(value >>> 0, offset);
  target.writeUInt16LE(Math.floor(value / 4_294_967_296), offset + 4);
}

function readU48(view: DataView, offset: number): number {
  return view.getUint32(offset, true) + view.getUint16(offset + 4, true) * 4_294_967_296;
}
