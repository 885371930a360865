/** Group commit in virtual time: as node/replica/group-commit.ts, on a simulated disk. */
import type { Partition } from "../../node/partition/partition.ts";
import type { DiskEntry, DiskGroup } from "./partition-disk.ts";
import type { NodeProcess } from "./partition-process.ts";

interface Item {
  readonly group: DiskGroup;
  readonly sequences: ReadonlyMap<Partition, number>;
  readonly afterwards: readonly (() => void)[];
}

export class SimCommit {
  readonly #process: NodeProcess;
  #entries: DiskEntry[] = [];
  #sequences = new Map<Partition, number>();
  #afterwards: (() => void)[] = [];
  readonly #queue: Item[] = [];
  #flushing: Item | undefined;
  #scheduled = false;
  openGroup = 0;

  constructor(process: NodeProcess) {
    this.#process = process;
  }

  append(partition: Partition, sequence: number, bytes: Buffer): void {
    this.#entries.push({ slot: partition.slot, bytes });
    this.#sequences.set(partition, sequence);
    this.#schedule();
  }
  afterwards(callback: () => void): void {
    this.#afterwards.push(callback);
    this.#schedule();
  }
  write(group: DiskGroup, done: () => void): void {
    this.#closeOpen();
    this.#queue.push({ group, sequences: new Map(), afterwards: [done] });
    this.#schedule();
  }
  /** Entries of a slot that are not on disk yet, in order. */
  pending(slot: number): Buffer[] {
    const items = this.#flushing === undefined ? this.#queue : [this.#flushing, ...this.#queue];
    const queued = items.flatMap((item) => item.group.entries ?? []);
    return [...queued, ...this.#entries].filter((entry) => entry.slot === slot).map((entry) => entry.bytes);
  }
  get idle(): boolean {
    return this.#flushing === undefined && this.#queue.length === 0 && this.#entries.length === 0;
  }
  /** Power cut: the group under way is on disk as a whole, or not at all. */
  crash(survives: boolean): void {
    if (this.#flushing !== undefined && survives) this.#process.disk.apply(this.#flushing.group);
  }

  #closeOpen(): void {
    if (this.#entries.length === 0 && this.#afterwards.length === 0) return;
    const { length } = this.#entries;
    this.#queue.push({
      group: length === 0 ? {} : { entries: this.#entries },
      sequences: this.#sequences,
      afterwards: this.#afterwards,
    });
    this.#entries = [];
    this.#sequences = new Map();
    this.#afterwards = [];
    this.openGroup++;
  }

  #schedule(): void {
    if (this.#flushing !== undefined || this.#scheduled) return;
    this.#scheduled = true;
    this.#process.soon(() => {
      this.#scheduled = false;
      if (this.#flushing === undefined) this.#next();
    });
  }

  #next(): void {
    if (this.#queue.length === 0) this.#closeOpen();
    const item = this.#queue.shift();
    if (item === undefined) return;
    this.#flushing = item;
    this.#process.flush(() => {
      this.#flushing = undefined;
      this.#process.disk.apply(item.group);
      this.#process.deliver(() => {
        for (const [partition, sequence] of item.sequences) partition.persisted(sequence);
        for (const callback of item.afterwards) callback();
        if (this.#flushing === undefined) this.#next();
      });
    });
  }
}
