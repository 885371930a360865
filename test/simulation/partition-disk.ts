/**
 * A simulated disk: what node/store/storage.ts promises, in memory. Groups are atomic and go down in
 * order; reads see what has gone down; a power cut loses everything else. It also keeps, for the
 * checkers only, each slot's whole log, which trimming and copying do not shorten.
 */
import type { SlotState } from "../../node/store/storage.ts";
import { Entry, EntryKind } from "../../proto/entry.ts";
import { Violation } from "./partition-oracle.ts";

export interface DiskEntry {
  readonly slot: number;
  readonly bytes: Buffer;
}

export interface DiskGroup {
  readonly clear?: readonly number[];
  readonly truncate?: readonly { readonly slot: number; readonly sequence: number }[];
  readonly install?: readonly {
    readonly slot: number;
    readonly state: SlotState;
    readonly whole: readonly Buffer[];
  }[];
  readonly records?: readonly {
    readonly slot: number;
    readonly key: string;
    readonly value: string | undefined;
  }[];
  readonly entries?: readonly DiskEntry[];
}

class DiskSlot {
  /** Oldest sequence that the log still holds. */
  first = 1;
  history: { epoch: number; firstSequence: number }[] = [];
  /** For the checkers: all entries from sequence 1 on. */
  whole: Buffer[] = [];
  records = new Map<string, string>();

  get last(): number {
    return this.whole.length;
  }
  /** Entries from `sequence` on; undefined when some of them are trimmed away. */
  read(sequence: number, countMax: number): readonly Buffer[] | undefined {
    if (sequence < this.first) return undefined;
    return this.whole.slice(sequence - 1, sequence - 1 + countMax);
  }
  trim(upTo: number): void {
    this.first = Math.max(this.first, Math.min(upTo, this.last) + 1);
  }
}

export function keyOf(entry: Entry): string {
  return entry.digest.toString("latin1");
}

export class Disk {
  readonly slots: readonly DiskSlot[];

  constructor(slotCount: number) {
    this.slots = Array.from({ length: slotCount }, () => new DiskSlot());
  }

  slot(slot: number): DiskSlot {
    const found = this.slots[slot];
    if (found === undefined) throw new Error(`no slot ${slot}`);
    return found;
  }

  apply(group: DiskGroup): void {
    for (const slot of group.clear ?? []) this.#replace(slot, [], 1, [], new Map());
    for (const { slot, sequence } of group.truncate ?? []) this.#truncate(slot, sequence);
    for (const { slot, state, whole } of group.install ?? []) {
      const { records } = this.slot(slot);
      this.#replace(slot, whole, state.sequence + 1, state.epochHistory, records);
    }
    for (const { slot, key, value } of group.records ?? []) {
      if (value === undefined) this.slot(slot).records.delete(key);
      else this.slot(slot).records.set(key, value);
    }
    for (const { slot, bytes } of group.entries ?? []) this.#append(slot, new Entry(bytes));
  }

  #replace(
    slot: number,
    whole: readonly Buffer[],
    first: number,
    history: SlotState["epochHistory"],
    records: Map<string, string>,
  ): void {
    const disk = this.slot(slot);
    disk.whole = [...whole];
    disk.first = first;
    disk.history = [...history];
    disk.records = records;
  }

  #truncate(slot: number, sequence: number): void {
    const disk = this.slot(slot);
    disk.whole.splice(sequence);
    disk.first = Math.min(disk.first, sequence + 1);
    disk.history = disk.history.filter((start) => start.firstSequence <= sequence);
  }

  #append(slot: number, entry: Entry): void {
    const disk = this.slot(slot);
    if (entry.sequence !== disk.last + 1) {
      throw new Violation(
        "logs are contiguous",
        `the log of slot ${slot} takes ${disk.last + 1} next, not ${entry.sequence}`,
      );
    }
    disk.whole.push(entry.bytes);
    const latest = disk.history.at(-1);
    if (latest?.epoch !== entry.epoch) {
      disk.history.push({ epoch: entry.epoch, firstSequence: entry.sequence });
    }
    if (entry.kind === EntryKind.put) disk.records.set(keyOf(entry), entry.imageBytes.toString("latin1"));
    else if (entry.kind === EntryKind.remove) disk.records.delete(keyOf(entry));
  }
}
