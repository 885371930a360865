/**
 * Group commit: the one queue in front of the node's disk. While a write is under way everything
 * that arrives is collected; then all of it goes down as one atomic, flushed group, since a flush
 * costs the same for one entry as for two hundred. The order of calls is the order on disk.
 */
import { assert } from "../../common/assert.ts";
import type { Partition } from "../partition/partition.ts";
import type { Storage, StorageGroup } from "../store/storage.ts";

interface OpenGroup {
  readonly number: number;
  readonly entries: { slot: number; bytes: Buffer }[];
  /** Last sequence of every partition in the group. */
  readonly sequences: Map<Partition, number>;
  readonly afterwards: (() => void)[];
  bytes: number;
}

/** A group that changes the shape of slots goes down alone, between two groups of entries. */
interface Job {
  readonly group: StorageGroup;
  readonly done: () => void;
}

export class GroupCommit {
  readonly #storage: Storage;
  readonly #onFailure: (error: unknown) => void;
  #onTaken: () => void = () => undefined;
  #open: OpenGroup = emptyGroup(0);
  readonly #queue: (OpenGroup | Job)[] = [];
  #writing = false;
  #written: Promise<unknown> = Promise.resolve();
  #scheduled = false;
  #closed = false;

  /** `onFailure` must end the process: after a failed flush the disk cannot be trusted. */
  constructor(storage: Storage, onFailure: (error: unknown) => void) {
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

  /** Writes a group after everything appended so far and before anything appended later. */
  write(group: StorageGroup): Promise<void> {
    return new Promise((resolve) => {
      if (this.#open.entries.length > 0 || this.#open.afterwards.length > 0) {
        this.#queue.push(this.#open);
        this.#open = emptyGroup(this.#open.number + 1);
      }
      this.#queue.push({ group, done: resolve });
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
    const item = this.#queue.shift() ?? this.#takeOpen();
    if (item === undefined) return;
    this.#writing = true;
    if ("entries" in item) this.#onTaken();
    const group = "group" in item ? item.group : { entries: item.entries };
    const written =
      "entries" in item && item.entries.length === 0 ? Promise.resolve() : this.#storage.write(group, true);
    this.#written = written.then(
      () => {
        this.#writing = false;
        // The disk has its next group before what the last one holds is answered, which takes as long.
        this.#next();
        this.#settle(item);
      },
      (error: unknown) => this.#onFailure(error),
    );
  }

  #takeOpen(): OpenGroup | undefined {
    const open = this.#open;
    if (open.entries.length === 0 && open.afterwards.length === 0) return undefined;
    this.#open = emptyGroup(this.#open.number + 1);
    return open;
  }

  #settle(item: OpenGroup | Job): void {
    if ("done" in item) {
      item.done();
      return;
    }
    for (const [partition, sequence] of item.sequences) partition.persisted(sequence);
    for (const callback of item.afterwards) callback();
  }
}

function emptyGroup(number: number): OpenGroup {
  return { number, entries: [], sequences: new Map(), afterwards: [], bytes: 0 };
}
