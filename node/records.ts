/**
 * What the client door and the XDR apply handler ask of the replication core, and nothing else of
 * it. Implemented by `replica/replica-set.ts`. All of it runs on the event loop; callbacks are
 * called exactly once, possibly before the call returns.
 */
import type { RecordImage } from "../proto/record.ts";
import type { Operation } from "../proto/entry.ts";
import type { NodeId, Slot } from "../proto/cluster-map.ts";

/** What a write command makes of the current record. */
export type Evaluation =
  /** Nothing is written: the command is answered with its own refusal or its read results. */
  | { readonly write: false }
  /** The record's new content; the core adds the version. */
  | {
      readonly write: true;
      readonly operation: Operation;
      readonly tombstone: boolean;
      readonly setName: Uint8Array;
      readonly userKey: Uint8Array;
      /** Seconds since 2010-01-01 UTC, 0 = never. */
      readonly voidTime: number;
      readonly binCount: number;
      /** Bin region as in proto/record.ts. */
      readonly bins: Uint8Array;
      /** `u8 length, name` repeated. */
      readonly changedBins: Uint8Array;
      /** The record as a whole is deleted or replaced: bins that the command has not seen go with it. */
      readonly isWhole?: boolean;
      /** No bin is written: only the version is new. So it is of a touch in any case. */
      readonly keepsStamps?: boolean;
    };

/**
 * - applied: committed on all of the in-sync set; `generation` is the new one and `voidTime` its own.
 * - unwritten: evaluate() said so; what it saw was committed.
 * - refused: nothing was or will be written.
 * - in-doubt: the write may or may not take effect.
 */
export type WriteOutcome =
  | { readonly kind: "applied"; readonly generation: number; readonly voidTime: number }
  | { readonly kind: "unwritten" }
  | { readonly kind: "refused"; readonly reason: RefusalReason }
  | { readonly kind: "in-doubt" };

export type RefusalReason =
  | "not-primary" // route again
  | "unavailable" // no lease, no primary
  | "too-few-copies" // fewer in sync than `min-in-sync`: writes only
  | "too-big" // image above max-record-size
  | "busy" // bounded queue full
  | "fenced" // the datacenter is closed to its clients by an operator's order
  | "clock-ahead" // the datacenter's clock is too far ahead of another's
  | "full" // too little space left on the disk
  | "stopping";

export interface WriteCommand {
  readonly slot: Slot;
  readonly digest: Buffer;
  /**
   * Called at the primary, serially per record. `current` is the latest image (also uncommitted),
   * undefined when the record never existed; a tombstone or an expired record is passed as it is.
   */
  evaluate(current: RecordImage | undefined, nowVoidTime: number): Evaluation;
  complete(outcome: WriteOutcome): void;
}

export type ReadOutcome =
  /** `image` is undefined when there is no record; tombstones and expired records are passed. */
  | { readonly kind: "read"; readonly image: RecordImage | undefined }
  | { readonly kind: "refused"; readonly reason: RefusalReason };

export type Route =
  | { readonly kind: "local" }
  | { readonly kind: "remote"; readonly nodeId: NodeId }
  | { readonly kind: "unavailable" };

export interface Records {
  /** Where a slot's primary is, by the map this node has. */
  route(slot: Slot): Route;
  /**
   * Strong read at the primary: waits for the commit of what it would show, and checks the lease
   * after the work.
   */
  read(slot: Slot, digest: Buffer, done: (outcome: ReadOutcome) => void): void;
  write(command: WriteCommand): void;
  /**
   * Hands a client's message (its whole AS_MSG body) to another node's door over the fabric. The
   * reply is a whole AS_MSG body; undefined when the link broke: in doubt for a write. Never
   * retried. `onward` is false at the receiver, so that a message is proxied at most once.
   */
  proxy(nodeId: NodeId, message: Buffer, done: (reply: Buffer | undefined) => void): void;
  /** Seconds since 2010-01-01 by this node's wall clock. */
  nowVoidTime(): number;
}
