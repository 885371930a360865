/** A ChangeTail over logs in memory: the contract of node/change-log/change-tail.ts, nothing more. */
import type { ChangeTail, ChangeTailOptions, TailRun } from "../../node/change-log/change-tail.ts";
import type { Slot } from "../../proto/cluster-map.ts";

/** The log of one slot: entry i has sequence first + i. */
export interface MemoryLog {
  first: number;
  readonly entries: Buffer[];
}

interface Followed {
  next: number;
  unreported: number;
  committed: number;
}

export class MemoryTail implements ChangeTail {
  readonly #logOf: (slot: Slot) => MemoryLog;
  readonly #options: ChangeTailOptions;
  readonly #followed = new Map<Slot, Followed>();
  readonly #due = new Set<Slot>();
  readonly #trimmed = new Map<Slot, number>();
  #owed = true;

  constructor(logOf: (slot: Slot) => MemoryLog, options: ChangeTailOptions) {
    this.#logOf = logOf;
    this.#options = options;
  }

  seek(slot: Slot, sequence: number): void {
    const committed = this.#followed.get(slot)?.committed ?? 0;
    this.#followed.set(slot, { next: sequence, unreported: sequence, committed });
    this.#trimmed.delete(slot);
    this.#wake(slot);
  }

  drop(slot: Slot): void {
    this.#followed.delete(slot);
    this.#due.delete(slot);
    this.#trimmed.delete(slot);
  }

  committed(slot: Slot, sequence: number): void {
    const followed = this.#followed.get(slot);
    if (followed === undefined) return;
    followed.committed = sequence;
    this.#wake(slot);
  }

  async next(bytesMax: number): Promise<TailRun[]> {
    const runs: TailRun[] = [];
    let bytes = 0;
    for (const slot of this.#due) {
      if (bytes >= bytesMax) return runs;
      const run = this.#read(slot, bytesMax - bytes);
      if (run === undefined) continue;
      runs.push(run);
      for (const entry of run.entries) bytes += entry.length;
    }
    if (runs.length === 0) this.#owed = true;
    return runs;
  }

  takeTrimmed(): { readonly slot: Slot; readonly firstSequence: number }[] {
    const trimmed = [...this.#trimmed].map(([slot, firstSequence]) => ({ slot, firstSequence }));
    this.#trimmed.clear();
    return trimmed;
  }

  nextSequence(slot: Slot): number {
    return this.#followed.get(slot)?.next ?? 1;
  }

  close(): void {
    this.#followed.clear();
    this.#due.clear();
  }

  #wake(slot: Slot): void {
    this.#due.add(slot);
    if (!this.#owed) return;
    this.#owed = false;
    setImmediate(this.#options.onReady);
  }

  #read(slot: Slot, bytesMax: number): TailRun | undefined {
    const followed = this.#followed.get(slot);
    const log = this.#logOf(slot);
    this.#due.delete(slot);
    if (followed === undefined) return undefined;
    if (followed.next < log.first) {
      this.#followed.delete(slot);
      this.#trimmed.set(slot, log.first);
      return undefined;
    }
    const entries: Buffer[] = [];
    let bytes = 0;
    while (followed.next <= followed.committed && bytes < bytesMax) {
      const entry = log.entries[followed.next - log.first];
      if (entry === undefined) break;
      followed.next++;
      if (!this.#options.wanted(entry)) continue;
      entries.push(entry);
      bytes += entry.length;
    }
    if (followed.next <= followed.committed) this.#due.add(slot);
    if (entries.length === 0) return undefined;
    const run = { slot, from: followed.unreported, to: followed.next - 1, entries };
    followed.unreported = followed.next;
    return run;
  }
}
