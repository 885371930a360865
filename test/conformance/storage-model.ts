/**
 * The storage as plain maps: what every implementation is compared with. Knows nothing of blocks;
 * a slot's state is computed anew from its base state and its entries whenever it is asked for.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry, EntryKind } from "../../proto/entry.ts";
import {
  addDelta,
  addOutcome,
  DELTA_BYTES,
  decodeDelta,
  emptyLedger,
  readDelta,
} from "../../proto/ledger.ts";
import { NoteType, noteTarget, noteTypeOf } from "../../proto/note.ts";
import { RecordImage } from "../../proto/record.ts";
import { isShippable } from "../../node/change-log/change-tail.ts";
import type { SlotState, StorageGroup } from "../../node/store/storage.ts";

const CONFLICTS_MAX = 64;
const CONFLICT_BYTES_MAX = 256 * 1024;

interface ModelSlot {
  /** State before `entries[0]`. */
  base: SlotState;
  /** Entries since the base, trimmed ones too. */
  entries: Buffer[];
  /** Oldest entry that is not trimmed. */
  first: number;
  /** Entries of the notes that are kept. */
  notes: Buffer[];
}

const EMPTY: SlotState = { sequence: 0, epochHistory: [], applied: [], changes: 0, conflicts: 0 };

export class StorageModel {
  readonly records = new Map<Slot, Map<string, Buffer>>();
  readonly meta = new Map<string, Buffer>();
  readonly #slots = new Map<Slot, ModelSlot>();

  write(group: StorageGroup): void {
    for (const slot of group.clear ?? []) {
      this.records.delete(slot);
      this.#slots.delete(slot);
    }
    for (const { slot, sequence } of group.truncate ?? []) {
      const model = this.#slot(slot);
      model.entries.length = sequence - model.base.sequence;
      model.notes = model.notes.filter((note) => new Entry(note).sequence <= sequence);
    }
    for (const { slot, state, notes = [] } of group.install ?? []) {
      this.#slots.set(slot, { base: state, entries: [], first: state.sequence + 1, notes: [...notes] });
    }
    for (const { slot, digest, image } of group.records ?? []) this.#put(slot, digest, image);
    for (const { slot, bytes } of group.entries ?? []) {
      const entry = new Entry(bytes);
      this.#slot(slot).entries.push(bytes);
      if (entry.kind === EntryKind.put) this.#put(slot, entry.digest, entry.imageBytes);
      if (entry.kind === EntryKind.remove) this.#put(slot, entry.digest, undefined);
      if (entry.kind === EntryKind.note) this.#note(this.#slot(slot), entry);
    }
    for (const { key, value } of group.meta ?? []) {
      if (value === undefined) this.meta.delete(key);
      else this.meta.set(key, value);
    }
  }

  state(slot: Slot): SlotState {
    const { base, entries } = this.#slot(slot);
    const epochs = [...base.epochHistory];
    const applied = new Map(base.applied.map((one) => [`${one.originId}/${one.originLogId}`, one]));
    let { changes, conflicts } = base;
    for (const bytes of entries) {
      const entry = new Entry(bytes);
      if (isShippable(entry.kind, entry.originId, entry.operation)) changes++;
      if (entry.kind === EntryKind.note && noteTypeOf(entry) === NoteType.conflict) conflicts++;
      if (entry.epoch > (epochs.at(-1)?.epoch ?? 0)) {
        epochs.push({ epoch: entry.epoch, firstSequence: entry.sequence });
      }
      const { originId, originLogId, originSequence } = entry;
      if (originId === 0) continue;
      const key = `${originId}/${originLogId}`;
      const before = applied.get(key);
      const ledger = { ...(before?.ledger ?? emptyLedger()) };
      if (entry.kind === EntryKind.put) addOutcome(ledger, entry.outcome, 1);
      else if (entry.kind === EntryKind.position)
        addDelta(ledger, decodeDelta(entry.imageBytes) ?? emptyLedger(), 1);
      else if (entry.imageBytes.length >= DELTA_BYTES) addDelta(ledger, readDelta(entry.imageBytes, 0), 1);
      const sequence = Math.max(before?.sequence ?? 0, originSequence);
      applied.set(key, { originId, originLogId, sequence, ledger });
    }
    const sequence = base.sequence + entries.length;
    return { sequence, epochHistory: epochs, applied: [...applied.values()], changes, conflicts };
  }

  /** Entries of the notes that the slot keeps, oldest first. */
  notes(slot: Slot): readonly Buffer[] {
    return this.#slot(slot).notes;
  }

  firstSequence(slot: Slot): number {
    return Math.min(this.#slot(slot).first, this.state(slot).sequence + 1);
  }

  trimmedTo(slot: Slot, first: number): void {
    this.#slot(slot).first = first;
  }

  /** The entry's bytes; undefined when trimmed or never written. */
  entry(slot: Slot, sequence: number): Buffer | undefined {
    const { base, entries, first } = this.#slot(slot);
    return sequence < first ? undefined : entries[sequence - base.sequence - 1];
  }

  counts(slot: Slot): { records: number; tombstones: number } {
    const images = [...(this.records.get(slot)?.values() ?? [])];
    const tombstones = images.filter((image) => new RecordImage(image).tombstone).length;
    return { records: images.length - tombstones, tombstones };
  }

  #slot(slot: Slot): ModelSlot {
    let model = this.#slots.get(slot);
    if (model === undefined) {
      model = { base: EMPTY, entries: [], first: 1, notes: [] };
      this.#slots.set(slot, model);
    }
    return model;
  }

  #note(model: ModelSlot, entry: Entry): void {
    if (noteTypeOf(entry) === NoteType.settled) {
      const target = noteTarget(entry);
      model.notes = model.notes.filter((note) => new Entry(note).sequence !== target);
      return;
    }
    model.notes.push(entry.bytes);
    for (;;) {
      const conflicts = model.notes.filter((note) => noteTypeOf(new Entry(note)) === NoteType.conflict);
      const bytes = conflicts.reduce((sum, note) => sum + note.length, 0);
      const [oldest] = conflicts;
      const over = conflicts.length > CONFLICTS_MAX || bytes > CONFLICT_BYTES_MAX;
      if (oldest === undefined || conflicts.length === 1 || !over) return;
      model.notes = model.notes.filter((note) => note !== oldest);
    }
  }

  #put(slot: Slot, digest: Buffer, image: Buffer | undefined): void {
    let records = this.records.get(slot);
    if (records === undefined) {
      records = new Map();
      this.records.set(slot, records);
    }
    if (image === undefined) records.delete(digest.toString("hex"));
    else records.set(digest.toString("hex"), image);
  }
}
