/**
 * What the XDR apply handler asks of the replication core. Implemented by
 * `replica/replica-set.ts`; conflicts are decided there, inside the record's write.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { AppliedPosition } from "../store/storage.ts";

/** A run of an origin's log of one partition, as `TailRun`, on its way into this datacenter. */
export interface RemoteRun {
  readonly slot: Slot;
  readonly originId: number;
  readonly originLogId: number;
  /** Accounts for the origin's sequences from `from` to `to`. */
  readonly from: number;
  readonly to: number;
  /**
   * Bytes [offset, end) hold the origin's entries, in order, nothing of them verified. They are handed
   * over: what is taken in becomes an entry of this log where it lies.
   */
  readonly bytes: Buffer;
  readonly offset: number;
  readonly end: number;
}

/**
 * Part of a recovery: current records of the origin's partition. Chunks of a scan are numbered from
 * 0; the primary takes them in order only, and the last one sets the applied position to `to`.
 * A chunk out of order answers `gap`: the origin starts the partition's scan again.
 */
export interface RemoteScanChunk {
  readonly slot: Slot;
  readonly originId: number;
  readonly originLogId: number;
  readonly scanId: number;
  readonly chunk: number;
  readonly last: boolean;
  /** The origin's committed sequence when the scan's view was taken. */
  readonly to: number;
  /** Number of the origin's last own change in that view; 0 from a release that counts none. */
  readonly changes: number;
  /** It holds some records only, for who has applied all up to this sequence; 0: it holds all. */
  readonly base: number;
  readonly records: readonly { readonly digest: Buffer; readonly image: Buffer }[];
}

/** How many changes ended in which state. Sums to the number of entries or records handed in. */
export interface ApplyCounts {
  /** Created or overwrote what it descends from. */
  readonly applied: number;
  /** Already here, or the record here descends from it. */
  readonly superseded: number;
  readonly conflictWon: number;
  readonly conflictLost: number;
  /** Below the applied position: delivered twice. */
  readonly duplicate: number;
  /** Cannot be applied (checksum, size): kept in the store under `parked`, visible, counted. */
  readonly parked: number;
  /** Entries that stand for changes which were not shipped. */
  readonly filtered: number;
}

export function noCounts(): { -readonly [outcome in keyof ApplyCounts]: number } {
  return {
    applied: 0,
    superseded: 0,
    conflictWon: 0,
    conflictLost: 0,
    duplicate: 0,
    parked: 0,
    filtered: 0,
  };
}

export type ApplyOutcome =
  /** Durable on all of the in-sync set; `position` is the slot's applied position for the origin. */
  | { readonly kind: "applied"; readonly position: number; readonly counts: ApplyCounts }
  /** Expected another sequence or chunk; nothing applied. `position` as stored, 0 if none. */
  | { readonly kind: "gap"; readonly position: number; readonly originLogId: number }
  | { readonly kind: "refused"; readonly reason: ApplyRefusal };

/**
 * - shut-out: the origin was declared lost, and nothing of it is applied until it is let in.
 * - rejected: the namespace takes no changes of other datacenters (`reject-xdr-writes`).
 */
export type ApplyRefusal = "not-primary" | "unavailable" | "busy" | "stopping" | "shut-out" | "rejected";

export interface RemoteApply {
  applyRun(run: RemoteRun, done: (outcome: ApplyOutcome) => void): void;
  applyScanChunk(chunk: RemoteScanChunk, done: (outcome: ApplyOutcome) => void): void;
  /** Applied positions of a slot this node is primary of. */
  appliedPositions(slot: Slot): readonly AppliedPosition[];
  /** Whether this node is the slot's primary now (positions and tails are served by primaries). */
  isPrimary(slot: Slot): boolean;
  /** Highest committed sequence of a slot this node is primary of. */
  committedSequence(slot: Slot): number;
  /** Highest sequence of a slot's log here, committed or not, whatever this node's role. */
  lastSequence(slot: Slot): number;
  /**
   * Puts a mark into the log of a slot that this node is primary of: an entry that says nothing. Returns its
   * sequence, and the number of the last own change up to there. Throws NOT_PRIMARY.
   */
  mark(slot: Slot): { readonly sequence: number; readonly changes: number };
  /** Number of the last own change up to there, of a slot this node is primary of. */
  changes(slot: Slot): number;
  /** Called with every slot and its new committed sequence, once per group commit. */
  onCommitted(listener: (slots: readonly Slot[]) => void): () => void;
  /** Called when this node becomes or stops being primary of slots. */
  onPrimaryChanged(listener: (slots: readonly Slot[]) => void): () => void;
  /**
   * Tells what destinations have durably applied of this node's slots (also as a replica): the
   * trim horizon. `sequence` counts runs without shippable entries as applied.
   */
  noteShipped(destinationId: number, slot: Slot, sequence: number): void;
}
