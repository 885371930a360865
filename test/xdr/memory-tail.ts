/** A ChangeTail over logs in memory: the contract of node/change-log/change-tail.ts, nothing more. */
import type { ChangeTail, ChangeTailOptions } from "../../node/change-log/change-tail.ts";
import { RunBatch } from "../../node/change-log/run-batch.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";

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

  release(slots: Iterable<Slot>): void {
    for (const slot of slots) this.#wake(slot);
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

  async next(bytesMax: number): Promise<RunBatch> {
    const batch = new RunBatch();
    for (const slot of this.#due) {
      if (batch.totalBytes >= bytesMax) return batch;
      this.#read(slot, batch, bytesMax);
    }
    if (batch.size === 0) this.#owed = true;
    return batch;
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

  #read(slot: Slot, batch: RunBatch, bytesMax: number): void {
    const followed = this.#followed.get(slot);
    const log = this.#logOf(slot);
    this.#due.delete(slot);
    if (followed === undefined) return;
    if (followed.next < log.first) {
      this.#followed.delete(slot);
      this.#trimmed.set(slot, log.first);
      return;
    }
    let run: number | undefined;
    while (followed.next <= followed.committed && batch.totalBytes < bytesMax) {
      const bytes = log.entries[followed.next - log.first];
      if (bytes === undefined) break;
      const entry = new Entry(bytes);
      const wanted = this.#options.wanted(entry.kind, entry.originId, entry.operation);
      const verdict = wanted ? (this.#options.judge?.(slot, followed.next, bytes, 0) ?? "ship") : "skip";
      if (verdict === "later") return;
      followed.next++;
      if (verdict === "skip") continue;
      run ??= batch.begin(slot, followed.unreported);
      const shipped = verdict instanceof Buffer ? verdict : bytes;
      if (verdict !== "filtered") batch.add(run, followed.next - 1, shipped, 0, shipped.length);
      else batch.addFiltered(run, followed.next - 1, entry.changeNumber);
      followed.unreported = followed.next;
    }
    if (followed.next <= followed.committed) this.#due.add(slot);
  }
}
