/**
 * Keys of the embedded engine, ordered as bytes:
 *
 *   1 | slot u24 | digest 20      record image
 *   2 | block u48                 log block: its entries, concatenated
 *   3 | block u48                 index of a log block (block-index.ts)
 *   4 | page u16                  checkpointed states of 64 slots (checkpoint.ts)
 *   5                             head: what is checkpointed and trimmed (checkpoint.ts)
 *   6 | name utf8                 the node's own small values
 *   7 | slot u24 | sequence u48 | type u8 | bytes u32    a note's entry
 *
 * All big-endian, so that records of a slot and blocks of the log are neighbours.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { DIGEST_BYTES } from "../../common/limits.ts";
import type { NoteType } from "../../proto/note.ts";
import type { NoteRef } from "./storage.ts";

const RECORD = 1;
const BLOCK = 2;
const INDEX = 3;
const PAGE = 4;
const HEAD = 5;
const META = 6;
const NOTE = 7;
const NOTE_KEY_BYTES = 15;

export const RECORD_KEY_BYTES = 4 + DIGEST_BYTES;
export const SLOTS_PER_PAGE = 64;

/** Writes a record's key of 24 bytes at `offset`; `source` holds the digest at `digestOffset`. */
export function writeRecordKey(
  target: Uint8Array,
  offset: number,
  slot: Slot,
  source: Uint8Array,
  digestOffset: number,
): void {
  target[offset] = RECORD;
  target[offset + 1] = slot >>> 16;
  target[offset + 2] = slot >>> 8;
  target[offset + 3] = slot;
  // A loop over 20 bytes beats a call into the runtime.
  for (let index = 0; index < DIGEST_BYTES; index++) {
    target[offset + 4 + index] = source[digestOffset + index] ?? 0;
  }
}

export function recordKey(slot: Slot, digest: Uint8Array): Buffer {
  const key = Buffer.allocUnsafe(RECORD_KEY_BYTES);
  writeRecordKey(key, 0, slot, digest, 0);
  return key;
}

export function recordKeyDigest(key: Buffer): Buffer {
  return key.subarray(4);
}

/**
 * The key's digest folded to 32 bits. The fold of all digests of a slot, kept in its state, shows a
 * record that the disk lost or renamed: a damaged key passes every checksum of values.
 */
export function foldDigest(key: Buffer): number {
  let folded = 0;
  for (let at = 4; at < RECORD_KEY_BYTES; at += 4) folded ^= key.readInt32LE(at);
  return folded >>> 0;
}

/** Keys of a slot's records are from the first (inclusive) to the second (exclusive). */
export function recordKeyRange(slot: Slot): [Buffer, Buffer] {
  return [slotPrefix(slot), slotPrefix(slot + 1)];
}

function slotPrefix(slot: Slot): Buffer {
  const key = Buffer.allocUnsafe(4);
  key[0] = RECORD;
  key.writeUIntBE(slot, 1, 3);
  return key;
}

export function blockKey(block: number): Buffer {
  return numbered(BLOCK, block);
}

export function indexKey(block: number): Buffer {
  return numbered(INDEX, block);
}

function numbered(kind: number, block: number): Buffer {
  const key = Buffer.allocUnsafe(7);
  key[0] = kind;
  key.writeUIntBE(block, 1, 6);
  return key;
}

export function indexKeyRange(): [Buffer, Buffer] {
  return [Buffer.from([INDEX]), Buffer.from([INDEX + 1])];
}

export function pageKey(page: number): Buffer {
  return Buffer.from([PAGE, page >>> 8, page]);
}

export function pageKeyRange(): [Buffer, Buffer] {
  return [Buffer.from([PAGE]), Buffer.from([PAGE + 1])];
}

export function headKey(): Buffer {
  return Buffer.from([HEAD]);
}

export function metaKey(name: string): Buffer {
  return Buffer.concat([Buffer.from([META]), Buffer.from(name, "utf8")]);
}

export function metaKeyRange(): [Buffer, Buffer] {
  return [Buffer.from([META]), Buffer.from([META + 1])];
}

export function metaKeyName(key: Buffer): string {
  return key.toString("utf8", 1);
}

/** All of a note but its entry is in its key, so that an open needs to read keys only. */
export function noteKey(slot: Slot, { sequence, type, bytes }: NoteRef): Buffer {
  const key = Buffer.allocUnsafe(NOTE_KEY_BYTES);
  key[0] = NOTE;
  key.writeUIntBE(slot, 1, 3);
  key.writeUIntBE(sequence, 4, 6);
  key[10] = type;
  key.writeUInt32BE(bytes, 11);
  return key;
}

export function noteOfKey(key: Buffer): { readonly slot: Slot; readonly note: NoteRef } {
  const sequence = key.readUIntBE(4, 6);
  const note = { sequence, type: key[10] as NoteType, bytes: key.readUInt32BE(11) };
  return { slot: key.readUIntBE(1, 3), note };
}

/** Keys of all notes. */
export function noteKeyRange(): [Buffer, Buffer] {
  return [Buffer.from([NOTE]), Buffer.from([NOTE + 1])];
}

/** Keys of a slot's notes. */
export function slotNoteKeyRange(slot: Slot): [Buffer, Buffer] {
  return [notePrefix(slot), notePrefix(slot + 1)];
}

function notePrefix(slot: Slot): Buffer {
  const key = Buffer.allocUnsafe(4);
  key[0] = NOTE;
  key.writeUIntBE(slot, 1, 3);
  return key;
}
