/**
 * The storage as plain maps: what every implementation is compared with. Knows nothing of blocks;
 * a slot's state is computed anew from its base state and its entries whenever it is asked for.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry, EntryKind } from "../../proto/entry.ts";
import { RecordImage } from "../../proto/record.ts";
import type { SlotState, StorageGroup } from "../../node/store/storage.ts";

interface ModelSlot {
  /** State before `entries[0]`. */
  base: SlotState;
  /** Entries since the base, trimmed ones too. */
  entries: Buffer[];
  /** Oldest entry that is not trimmed. */
  first: number;
}

const EMPTY: SlotState = { sequence: 0, epochHistory: [], applied: [] };

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
    }
    for (const { slot, state } of group.install ?? []) {
      this.#slots.set(slot, { base: state, entries: [], first: state.sequence + 1 });
    }
    for (const { slot, digest, image } of group.records ?? []) this.#put(slot, digest, image);
    for (const { slot, bytes } of group.entries ?? []) {
      const entry = new Entry(bytes);
      this.#slot(slot).entries.push(bytes);
      if (entry.kind === EntryKind.put) this.#put(slot, entry.digest, entry.imageBytes);
      if (entry.kind === EntryKind.remove) this.#put(slot, entry.digest, undefined);
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
    for (const bytes of entries) {
      const entry = new Entry(bytes);
      if (entry.epoch > (epochs.at(-1)?.epoch ?? 0)) {
        epochs.push({ epoch: entry.epoch, firstSequence: entry.sequence });
      }
      const { originId, originLogId, originSequence } = entry;
      if (originId === 0) continue;
      const key = `${originId}/${originLogId}`;
      const before = applied.get(key)?.sequence ?? 0;
      applied.set(key, { originId, originLogId, sequence: Math.max(before, originSequence) });
    }
    return { sequence: base.sequence + entries.length, epochHistory: epochs, applied: [...applied.values()] };
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
      model = { base: EMPTY, entries: [], first: 1 };
      this.#slots.set(slot, model);
    }
    return model;
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
