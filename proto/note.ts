/**
 * Notes: evidence that a partition keeps beside its records and replicates with them. A note is an entry
 * of kind `note`; digest and origin are the entry's, its payload is
 *
 *   off size
 *   0   28  the ledger's delta (ledger.ts)
 *   28  1   type (NoteType)
 *   29  6   `settled`: sequence of the note that is removed; else 0
 *   35  ..  `conflict`: meridian.note.Conflict; `parked`: meridian.note.Parked; else nothing
 */
import { assert } from "../common/assert.ts";
import type { Entry } from "./entry.ts";
import { meridian } from "./gen/note.js";
import { DELTA_BYTES, type Ledger, writeDelta } from "./ledger.ts";

const { Conflict, Parked } = meridian.note;

export const NoteType = {
  /** The loser of a conflict. */
  conflict: 1,
  /** A change that cannot be applied. */
  parked: 2,
  /** A parked change has ended otherwise: its note goes. */
  settled: 3,
} as const;
export type NoteType = (typeof NoteType)[keyof typeof NoteType];

const HEAD_BYTES = DELTA_BYTES + 7;

function encodeNote(type: NoteType, delta: Ledger, target: number, body: Uint8Array): Buffer {
  assert(delta.filtered === 0, "no note is about a change that was filtered");
  const payload = Buffer.allocUnsafe(HEAD_BYTES + body.length);
  writeDelta(payload, delta, 0);
  payload[DELTA_BYTES] = type;
  payload.writeUIntLE(target, DELTA_BYTES + 1, 6);
  payload.set(body, HEAD_BYTES);
  return payload;
}

export function encodeConflict(delta: Ledger, conflict: meridian.note.IConflict): Buffer {
  return encodeNote(NoteType.conflict, delta, 0, Conflict.encode(conflict).finish());
}

export function encodeParked(delta: Ledger, parked: meridian.note.IParked): Buffer {
  return encodeNote(NoteType.parked, delta, 0, Parked.encode(parked).finish());
}

/** Removes the parked change at `sequence` of the partition's log. */
export function encodeSettled(delta: Ledger, sequence: number): Buffer {
  return encodeNote(NoteType.settled, delta, sequence, Buffer.alloc(0));
}

export function noteTypeOf(entry: Entry): NoteType {
  return entry.imageBytes[DELTA_BYTES] as NoteType;
}

/** Sequence of the note that a note of type `settled` removes. */
export function noteTarget(entry: Entry): number {
  return entry.imageBytes.readUIntLE(DELTA_BYTES + 1, 6);
}

export function conflictOf(entry: Entry): meridian.note.Conflict {
  return Conflict.decode(entry.imageBytes.subarray(HEAD_BYTES));
}

export function parkedOf(entry: Entry): meridian.note.Parked {
  return Parked.decode(entry.imageBytes.subarray(HEAD_BYTES));
}
