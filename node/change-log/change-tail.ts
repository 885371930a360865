/**
 * Reads committed entries of many slots in the node's commit order, from a position per slot: what
 * feeds the shippers. Implemented by `block-tail.ts`.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { EntryKind, Operation } from "../../proto/entry.ts";
import type { RunBatch } from "./run-batch.ts";

export interface ChangeTail {
  /** Starts (or moves, also backwards) a slot's position: `sequence` is the next one wanted. */
  seek(slot: Slot, sequence: number): void;
  /** Looks again at slots whose next entry was to wait. */
  release(slots: Iterable<Slot>): void;
  /** Stops following a slot. */
  drop(slot: Slot): void;
  /** Tells that a slot's entries up to `sequence` are committed. Cheap: called per group commit. */
  committed(slot: Slot, sequence: number): void;
  /**
   * The next runs, about `bytesMax` bytes of wanted entries; in a backlog, the more is asked for the
   * longer the runs. Runs that hold no wanted entry are withheld until a wanted one follows, so that
   * what arrived by XDR causes no echo. Empty when there is nothing now; then `onReady` is called
   * once when there may be again.
   */
  next(bytesMax: number): Promise<RunBatch>;
  /** Slots that were asked for at a sequence that is trimmed: recovery by scan is due. */
  takeTrimmed(): { readonly slot: Slot; readonly firstSequence: number }[];
  /** Next sequence not yet handed out; withheld runs without a wanted entry count as handed out. */
  nextSequence(slot: Slot): number;
  close(): void;
}

export interface ChangeTailOptions {
  /** Whether an entry is to be handed out, by its header. */
  readonly wanted: (kind: EntryKind, originId: number, operation: Operation) => boolean;
  /** What becomes of a wanted entry, at `offset` of `entries`; all are shipped without it. */
  readonly judge?: ((slot: Slot, sequence: number, entries: Buffer, offset: number) => Verdict) | undefined;
  readonly onReady: () => void;
}

/**
 * - ship: handed out; another entry in its place when one is given.
 * - skip: not wanted after all.
 * - filtered: not handed out, but told: a run has an entry for the entries in a row that are not.
 * - later: the slot rests until it is released.
 */
export type Verdict = "ship" | "skip" | "filtered" | "later" | Buffer;

/** Local changes are shipped; what arrived by XDR, and what stores no record, is not. */
export function isShippable(kind: EntryKind, originId: number, operation: Operation): boolean {
  // Expiry follows from the void time in every datacenter alike: it is no change to ship.
  return kind === EntryKind.put && originId === 0 && operation !== Operation.expire;
}

/** What a destination may be shipped: local changes, and, if they are to be forwarded, those of others. */
export function isForwardable(kind: EntryKind, _originId: number, operation: Operation): boolean {
  return isShippable(kind, 0, operation);
}

/** A change feed hands out every committed version, whatever datacenter made it, and expiries. */
export function isFeedable(kind: EntryKind): boolean {
  return kind === EntryKind.put;
}
