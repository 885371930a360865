/**
 * One partition's copy on this node, around its core: the writes a primary has proposed and not yet
 * released, and what reads and later writes must see of them.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import { DIGEST_OFFSET } from "../../proto/entry.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { RecordImage } from "../../proto/record.ts";
import { earliestVoidTime } from "../../proto/record-bins.ts";
import type { Partition } from "../partition/partition.ts";
import type { CountedPosition } from "../store/storage.ts";

/** A digest as the key of in-memory maps. */
export function recordKey(digest: Buffer): string {
  return digest.toString("latin1", 0, DIGEST_BYTES);
}

/** The same, of the entry at `offset` of `source`. */
export function entryRecordKey(source: Buffer, offset: number): string {
  return source.toString("latin1", offset + DIGEST_OFFSET, offset + DIGEST_OFFSET + DIGEST_BYTES);
}

/** A proposed entry until it is committed and its answer released. */
export class Proposal {
  readonly sequence: number;
  /** Digest as a latin-1 string; undefined for entries without a record. */
  readonly key: string | undefined;
  readonly entry: Buffer;
  /** Where the image begins in the entry; 0: no record. */
  readonly #imageOffset: number;
  /** Committed, and the lease held when it was released. */
  readonly onCommitted: () => void;
  /** The node is primary no more: the entry may or may not survive. */
  readonly onLost: () => void;

  constructor(
    sequence: number,
    key: string | undefined,
    entry: Buffer,
    imageOffset: number,
    onCommitted: () => void,
    onLost: () => void,
  ) {
    this.sequence = sequence;
    this.key = key;
    this.entry = entry;
    this.#imageOffset = imageOffset;
    this.onCommitted = onCommitted;
    this.onLost = onLost;
  }

  /** The image the record has from now on; undefined: no record. */
  get image(): Buffer | undefined {
    return this.#imageOffset === 0 ? undefined : this.entry.subarray(this.#imageOffset);
  }
}

/** A scan chunk sequence under way from one origin. */
export interface ScanProgress {
  readonly scanId: number;
  readonly nextChunk: number;
}

export class Replica {
  readonly slot: Slot;
  readonly partition: Partition;
  /** Applied position per origin, proposals included; primaries only. */
  readonly positions = new Map<number, CountedPosition>();
  /** Applied position per origin as committed: what may be told to the origin; primaries only. */
  readonly settled = new Map<number, CountedPosition>();
  readonly scans = new Map<number, ScanProgress>();
  /** Notes of parked changes, by sequence, whose end is proposed. */
  readonly settling = new Set<number>();
  /** Number of the last change of this datacenter, proposals included; primaries only. */
  changes = 0;
  /** Earliest void time here as far as known: the expiry pass leaves the slot alone until then. */
  nextExpiry = 0;
  /** What had been proposed here when datacenters were shut out; 0: none were while it serves. */
  shutOutAt = 0;
  readonly #queue: Proposal[] = [];
  readonly #latest = new Map<string, Proposal>();
  /** Those who wait for everything proposed before them. */
  readonly #waiters: { readonly sequence: number; readonly done: (held: boolean) => void }[] = [];

  constructor(partition: Partition) {
    this.slot = partition.slot;
    this.partition = partition;
  }

  /** A record with this void time (0 = never) has been written. */
  noteVoidTime(voidTime: number): void {
    if (voidTime !== 0 && voidTime < this.nextExpiry) this.nextExpiry = voidTime;
  }

  /** The uncommitted write that a record's next reader or writer must take into account. */
  latest(key: string): Proposal | undefined {
    return this.#latest.get(key);
  }

  /** Earliest void time among uncommitted writes; infinite when none of them expires. */
  get pendingExpiry(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { image } of this.#latest.values()) {
      const voidTime = image === undefined ? 0 : earliestVoidTime(new RecordImage(image));
      if (voidTime !== 0 && voidTime < earliest) earliest = voidTime;
    }
    return earliest;
  }

  push(proposal: Proposal): void {
    this.#queue.push(proposal);
    if (proposal.key !== undefined) this.#latest.set(proposal.key, proposal);
  }

  /** Calls back with true once `sequence` is released, with false when the node is deposed first. */
  wait(sequence: number, done: (held: boolean) => void): void {
    this.#waiters.push({ sequence, done });
  }

  /** Releases everything up to `sequence`; returns the bytes that are waiting no more. */
  release(sequence: number): number {
    let count = 0;
    let bytes = 0;
    for (const proposal of this.#queue) {
      if (proposal.sequence > sequence) break;
      count++;
      bytes += proposal.entry.length;
      if (proposal.key !== undefined && this.#latest.get(proposal.key) === proposal) {
        this.#latest.delete(proposal.key);
      }
    }
    const released = this.#queue.splice(0, count);
    for (const proposal of released) proposal.onCommitted();
    this.#wake(sequence);
    return bytes;
  }

  /** The node is primary no more: everything unreleased is lost to it. Returns its bytes. */
  lose(): number {
    const lost = this.#queue.splice(0);
    this.#latest.clear();
    this.positions.clear();
    this.settled.clear();
    this.scans.clear();
    let bytes = 0;
    for (const proposal of lost) {
      bytes += proposal.entry.length;
      proposal.onLost();
    }
    for (const waiter of this.#waiters.splice(0)) waiter.done(false);
    return bytes;
  }

  #wake(sequence: number): void {
    if (this.#waiters.length === 0) return;
    const ready = this.#waiters.filter((waiter) => waiter.sequence <= sequence);
    if (ready.length === 0) return;
    const later = this.#waiters.filter((waiter) => waiter.sequence > sequence);
    this.#waiters.splice(0, this.#waiters.length, ...later);
    for (const waiter of ready) waiter.done(true);
  }
}
