/**
 * Which notes each slot keeps: in memory, by slot, oldest first; rebuilt at open from their keys. What a
 * slot keeps is a function of its log alone, so all replicas keep the same. Conflicts are bounded by
 * number and bytes, the oldest go; parked changes are never dropped.
 */
import { CONFLICT_NOTES_BYTES_MAX, CONFLICT_NOTES_MAX } from "../../common/limits.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { NoteType } from "../../proto/note.ts";
import type { NoteRef } from "./storage.ts";

const NONE: readonly NoteRef[] = [];

export class NoteIndex {
  readonly #bySlot = new Map<Slot, NoteRef[]>();

  /** Oldest first. */
  of(slot: Slot): readonly NoteRef[] {
    return this.#bySlot.get(slot) ?? NONE;
  }

  find(slot: Slot, sequence: number): NoteRef | undefined {
    return this.of(slot).find((note) => note.sequence === sequence);
  }

  /** Adds the slot's newest note; returns those that must go for it. */
  add(slot: Slot, note: NoteRef): NoteRef[] {
    const notes = this.#bySlot.get(slot) ?? [];
    this.#bySlot.set(slot, notes);
    notes.push(note);
    const conflicts = notes.filter(({ type }) => type === NoteType.conflict);
    let bytes = conflicts.reduce((sum, conflict) => sum + conflict.bytes, 0);
    let left = conflicts.length;
    const dropped = conflicts.filter((conflict) => {
      // The newest stays, however large.
      const over = left > CONFLICT_NOTES_MAX || (bytes > CONFLICT_NOTES_BYTES_MAX && left > 1);
      if (!over) return false;
      left--;
      bytes -= conflict.bytes;
      return true;
    });
    for (const one of dropped) this.remove(slot, one.sequence);
    return dropped;
  }

  /** Removes one note; undefined when it is not kept. */
  remove(slot: Slot, sequence: number): NoteRef | undefined {
    const notes = this.#bySlot.get(slot) ?? [];
    const at = notes.findIndex((note) => note.sequence === sequence);
    return at < 0 ? undefined : notes.splice(at, 1)[0];
  }

  /** Removes the notes above a sequence, all by default; returns them. */
  cut(slot: Slot, above = -1): NoteRef[] {
    const gone = this.of(slot).filter((note) => note.sequence > above);
    const kept = this.of(slot).filter((note) => note.sequence <= above);
    if (kept.length === 0) this.#bySlot.delete(slot);
    else this.#bySlot.set(slot, kept);
    return gone;
  }
}
