/** Lag and states of shipping, computed from the core's state when somebody asks. */
import { PARTITION_COUNT } from "../../../common/limits.ts";
import type { ShipState } from "./ship-state.ts";
import type { SlotShip } from "./slot-ship.ts";
import { unappliedOf } from "./unapplied.ts";

export interface ShipFigures {
  /**
   * - waiting: of some partition the primary or the destination's position is not known yet.
   * - recovering: scans are due or run.
   * - not-at-destination: the destination does not serve the namespace.
   * - shut-out: the destination has declared this datacenter lost.
   * - off: by its settings the namespace is not shipped there.
   */
  readonly state: "shipping" | "waiting" | "recovering" | "not-at-destination" | "shut-out" | "off";
  /** Own changes committed and not known to be applied at the destination. */
  readonly lagRecords: number;
  /** Their bytes; an estimate for what has not been read yet. */
  readonly lagBytes: number;
  /** Age of the oldest of them; null while it cannot be known. */
  readonly lagMs: number | null;
  readonly inFlightBytes: number;
  readonly recoveriesPending: number;
  /** Partitions whose records are to be shipped again, and were not yet. */
  readonly rewindsPending: number;
  /** Partitions whose primary or position is not known. */
  readonly waitingPartitions: number;
}

/** Figures of one namespace, over the lanes of this instance. */
export function figuresOf(ship: ShipState, namespace: number, now: number): ShipFigures {
  let lagRecords = 0;
  let inFlight = 0;
  let inFlightBytes = 0;
  let oldest = now;
  let recovering = 0;
  let waiting = 0;
  let rewinds = 0;
  const off = ship.modes[namespace]?.enabled === false;
  for (const slot of slotsOf(ship, namespace)) {
    for (let run = slot.head; run !== undefined; run = run.next) {
      inFlight += run.count;
      inFlightBytes += run.bytes;
    }
    if (ship.rewinding.has(slot)) rewinds++;
    if (off) continue;
    lagRecords += unappliedOf(slot);
    oldest = Math.min(oldest, oldestOf(slot) ?? now);
    if (slot.phase === "scan" || slot.phase === "scan-due") recovering++;
    if (slot.phase === "idle") waiting++;
  }
  const counts = ship.counts[namespace];
  const entryBytes =
    counts === undefined || counts.shippedEntries === 0 ? 0 : counts.shippedBytes / counts.shippedEntries;
  const missing = ship.served[namespace] === false;
  const unknown = waiting > 0 && !missing && !off;
  const goesOn = unknown ? "waiting" : recovering > 0 ? "recovering" : "shipping";
  return {
    state: off ? "off" : missing ? "not-at-destination" : ship.shutOut ? "shut-out" : goesOn,
    lagRecords,
    lagBytes: Math.round(inFlightBytes + (lagRecords - inFlight) * entryBytes),
    lagMs: (unknown || (missing && !off)) && oldest === now ? null : Math.round(now - oldest),
    inFlightBytes,
    recoveriesPending: recovering,
    rewindsPending: rewinds,
    waitingPartitions: off ? 0 : waiting,
  };
}

/** A namespace's slots, of the lanes of this instance. */
export function* slotsOf(ship: ShipState, namespace: number): Iterable<SlotShip> {
  const first = namespace * PARTITION_COUNT;
  for (let number = first; number < first + PARTITION_COUNT; number++) {
    const slot = ship.slots[number];
    if (slot !== undefined && ship.lanes[slot.lane]) yield slot;
  }
}

/** When the oldest change was made that is not known to be applied, as far as that is known. */
export function oldestOf(slot: SlotShip): number | undefined {
  if (slot.head !== undefined) return slot.head.bornAt;
  if (slot.phase === "scan" || slot.phase === "scan-due") return slot.recoveringSince;
  return unappliedOf(slot) > 0 ? slot.backlogSince : undefined;
}
