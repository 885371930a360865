/**
 * One slot on its way to one destination, and its runs in flight: published (or being packed) and
 * not known to be applied. Plain state; ship.ts decides.
 */
import type { Slot } from "../../../proto/cluster-map.ts";
import type { Channel, NodeRef } from "./events.ts";

/**
 * - idle: something is missing (a primary, the destination's position, the lane).
 * - tail: followed on its primary.
 * - scan-due, scan: recovery waits for its turn, or runs.
 * - backoff: sought again at `retryAt`.
 */
export type Phase = "idle" | "tail" | "scan-due" | "scan" | "backoff";

/** A run or scan chunk in flight. Pooled: lives on the free list between uses. */
export interface InFlight {
  /** First sequence; 0 for a scan chunk, which follows from nothing. */
  from: number;
  to: number;
  bytes: number;
  count: number;
  message: number;
  bornAt: number;
  /** A scan chunk before the last: leaves no trace in the position. */
  partial: boolean;
  next: InFlight | undefined;
}

export class SlotShip {
  readonly slot: Slot;
  readonly namespace: number;
  readonly lane: number;
  readonly channel: Channel;
  phase: Phase = "idle";
  /** Node that is primary, -1 when none is known. */
  node: NodeRef = -1;
  /** The seek that started the present tail; runs of earlier ones are stale. */
  seek = 0;
  /** What the destination last said: a position in the log with this id. */
  reportedLogId = 0;
  reported = 0;
  /** Whether the destination said anything. */
  known = false;
  /** The next run must begin right after this. */
  base = 0;
  /** Nothing in (base, covered] is wanted. */
  covered = 0;
  committed = 0;
  /** Entries committed and neither in flight nor applied, as far as known. */
  backlog = 0;
  backlogSince = 0;
  /** Number of the last own change up to `committed`; -1: not told yet. */
  changes = -1;
  /** The same of what is known to be applied, up to this sequence; -1: not known. */
  endedChanges = 0;
  endedAt = 0;
  head: InFlight | undefined;
  tail: InFlight | undefined;
  /** Rewinds in a row without progress. */
  retries = 0;
  retryAt = 0;
  scan = 0;
  scanChunk = 0;
  recoveringSince = 0;
  /** Number of the last own change that the scan's view holds. */
  scanChanges = 0;
  /** As in ShipMode: what its recovery was started for. */
  scanRewind = -1;
  /** What the destination had applied then. */
  scanApplied = 0;
  /** The log had nothing wanted behind this when the recovery was started. */
  scanBase = 0;
  /** The position that the scan of a rewind ends with, once all of it is in flight; 0: it is not. */
  rewindTo = 0;
  /** Its position is to be told to the nodes. */
  unsaid = false;

  constructor(slot: Slot, namespace: number, lane: number, channel: Channel) {
    this.slot = slot;
    this.namespace = namespace;
    this.lane = lane;
    this.channel = channel;
  }
}

/** The in-flight runs of all slots: bytes, entries, and the free list. */
export class InFlightPool {
  bytes = 0;
  entries = 0;
  runs = 0;
  #free: InFlight | undefined;

  /** Positional, and without objects of its own: called for every run. */
  push(
    slot: SlotShip,
    from: number,
    to: number,
    bytes: number,
    count: number,
    message: number,
    bornAt: number,
    partial: boolean,
  ): void {
    let item = this.#free;
    if (item === undefined) {
      item = { from, to, bytes, count, message, bornAt, partial, next: undefined };
    } else {
      this.#free = item.next;
      item.from = from;
      item.to = to;
      item.bytes = bytes;
      item.count = count;
      item.message = message;
      item.bornAt = bornAt;
      item.partial = partial;
      item.next = undefined;
    }
    if (slot.tail === undefined) slot.head = item;
    else slot.tail.next = item;
    slot.tail = item;
    this.bytes += bytes;
    this.entries += count;
    this.runs++;
  }

  /** Takes the slot's oldest run out of flight. */
  shift(slot: SlotShip): void {
    const item = slot.head;
    if (item === undefined) return;
    slot.head = item.next;
    if (slot.head === undefined) slot.tail = undefined;
    this.bytes -= item.bytes;
    this.entries -= item.count;
    this.runs--;
    item.next = this.#free;
    this.#free = item;
  }
}
