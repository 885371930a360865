/**
 * Group commit: the one queue in front of the node's disk. While a write is under way everything
 * that arrives is collected; then all of it goes down as one atomic, flushed group, since a flush
 * costs the same for one entry as for two hundred. The order of calls is the order on disk.
 */
import { assert } from "../../common/assert.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { Partition } from "../partition/partition.ts";
import type { Storage, StorageGroup } from "../store/storage.ts";

interface Group {
  readonly number: number;
  readonly entries: { slot: number; bytes: Buffer }[];
  /** Last sequence of every partition with entries in the group. */
  readonly sequences: Map<Partition, number>;
  /** What changes the shape of slots, or is no slot's: takes effect before the entries. */
  readonly jobs: Job[];
  readonly afterwards: (() => void)[];
  bytes: number;
}

interface Job {
  readonly group: StorageGroup;
  readonly done: () => void;
}

export class GroupCommit {
  readonly #storage: Pick<Storage, "write">;
  readonly #onFailure: (error: unknown) => void;
  #onTaken: () => void = () => undefined;
  #open: Group = emptyGroup(0);
  readonly #queue: Group[] = [];
  #writing = false;
  #written: Promise<unknown> = Promise.resolve();
  #scheduled = false;
  #closed = false;

  /** `onFailure` must end the process: after a failed flush the disk cannot be trusted. */
  constructor(storage: Pick<Storage, "write">, onFailure: (error: unknown) => void) {
    this.#storage = storage;
    this.#onFailure = onFailure;
  }

  /** Calls back whenever a group of entries is about to go to disk: the moment for the replicas' copy. */
  set onTaken(callback: () => void) {
    this.#onTaken = callback;
  }

  /** Whether entries are being collected: onTaken is sure to be called. */
  get collecting(): boolean {
    return this.#open.entries.length > 0;
  }

  /** Bytes of entries that wait for a flush. */
  get waitingBytes(): number {
    return this.#open.bytes;
  }

  /** Number of the group that collects now: what is appended under one number is flushed at once. */
  get openGroup(): number {
    return this.#open.number;
  }

  /** Appends an entry; `partition.persisted` is called once it is on disk. */
  append(partition: Partition, sequence: number, bytes: Buffer): void {
    this.#open.entries.push({ slot: partition.slot, bytes });
    this.#open.sequences.set(partition, sequence);
    this.#open.bytes += bytes.length;
    this.#schedule();
  }

  /** Calls back once everything appended so far is on disk. */
  afterwards(callback: () => void): void {
    this.#open.afterwards.push(callback);
    this.#schedule();
  }

  /**
   * Writes a group after everything appended so far and before anything appended later, or together
   * with it: a restart cuts, clears and copies thousands of slots, and each alone would cost a flush.
   */
  write(group: StorageGroup): Promise<void> {
    return new Promise((resolve) => {
      if (meets(group, this.#open)) {
        this.#queue.push(this.#open);
        this.#open = emptyGroup(this.#open.number + 1);
      }
      this.#open.jobs.push({ group, done: resolve });
      this.#schedule();
    });
  }

  /** Resolves once nothing waits. */
  drained(): Promise<void> {
    return new Promise((resolve) => this.afterwards(resolve));
  }

  /**
   * Writes nothing any more: what still comes, from peers that do not know yet, is never called back
   * and so never acknowledged. Resolves when the write under way has ended.
   */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#written;
  }

  #schedule(): void {
    if (this.#writing || this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    // After this turn's sockets have all been read: one flush for all of them.
    setImmediate(() => {
      this.#scheduled = false;
      // A write that settled in between has taken the queue on.
      if (!this.#writing) this.#next();
    });
  }

  #next(): void {
    assert(!this.#writing, "one write at a time");
    if (this.#closed) return;
    const group = this.#queue.shift() ?? this.#takeOpen();
    if (group === undefined) return;
    this.#writing = true;
    this.#onTaken();
    const empty = group.entries.length === 0 && group.jobs.length === 0;
    const written = empty ? Promise.resolve() : this.#storage.write(joined(group), true);
    this.#written = written.then(
      () => {
        this.#writing = false;
        // The disk has its next group before what the last one holds is answered, which takes as long.
        this.#next();
        this.#settle(group);
      },
      (error: unknown) => this.#onFailure(error),
    );
  }

  #takeOpen(): Group | undefined {
    const open = this.#open;
    if (open.entries.length + open.jobs.length + open.afterwards.length === 0) return undefined;
    this.#open = emptyGroup(this.#open.number + 1);
    return open;
  }

  #settle(group: Group): void {
    for (const [partition, sequence] of group.sequences) partition.persisted(sequence);
    for (const { done } of group.jobs) done();
    for (const callback of group.afterwards) callback();
  }
}

function emptyGroup(number: number): Group {
  return { number, entries: [], sequences: new Map(), jobs: [], afterwards: [], bytes: 0 };
}

/** Whether something of `group` is about a slot that `open` has something of already. */
function meets(group: StorageGroup, open: Group): boolean {
  const slots = new Set(slotsOf(group));
  if (slots.size === 0) return false;
  for (const { slot } of open.sequences.keys()) if (slots.has(slot)) return true;
  return open.jobs.some((job) => slotsOf(job.group).some((slot) => slots.has(slot)));
}

function slotsOf({ clear = [], truncate = [], install = [], records = [] }: StorageGroup): Slot[] {
  return [...clear, ...[...truncate, ...install, ...records].map(({ slot }) => slot)];
}

/** One group for the disk. Its parts are of different slots, or come in the storage's own order. */
function joined({ jobs, entries }: Group): StorageGroup {
  if (jobs.length === 0) return { entries };
  const groups = jobs.map((job) => job.group);
  return {
    clear: groups.flatMap(({ clear = [] }) => clear),
    truncate: groups.flatMap(({ truncate = [] }) => truncate),
    install: groups.flatMap(({ install = [] }) => install),
    records: groups.flatMap(({ records = [] }) => records),
    entries,
    meta: groups.flatMap(({ meta = [] }) => meta),
  };
}
