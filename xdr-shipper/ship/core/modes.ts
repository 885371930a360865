/**
 * What settings change of shipping: namespaces that are not shipped, that forward, and whose records are to
 * be shipped again (rewind).
 *
 * A rewind is a recovery of each slot although its log is whole. Its scan ends with a mark in the log, so
 * that the destination's position tells when all of it has arrived; a shipper that starts meanwhile begins
 * anew.
 */
import type { ShipMode } from "./events.ts";
import type { ShipState } from "./ship-state.ts";
import type { SlotShip } from "./slot-ship.ts";

/** A slot that is never caught up for this long is scanned as a whole. */
const PATIENCE_MS = 10_000;
const ALL = 0;
/** Lanes that have just come may be shipped by another one still, whose runs would pass a scan's end. */
const LANES_SETTLE_MS = 3000;

export function takeModes(ship: ShipState, modes: readonly ShipMode[]): void {
  modes.forEach((mode, namespace) => {
    const before = ship.modes[namespace];
    if (before === undefined) return;
    ship.modes[namespace] = mode;
    const slots = ship.slots.filter((slot) => slot.namespace === namespace);
    if (mode.forward !== before.forward) for (const slot of slots) forgetNumbers(slot);
    if (mode.rewind !== before.rewind) for (const slot of slots) setRewind(ship, slot, mode.rewind);
    if (mode.enabled === before.enabled) return;
    for (const slot of slots) {
      if (mode.enabled) ship.follow(slot);
      else if (slot.phase !== "idle" || slot.head !== undefined) {
        ship.unfollow(slot);
        ship.clear(slot);
      }
    }
  });
}

/** Forwarded changes have no numbers: what was counted by them says nothing from here on. */
function forgetNumbers(slot: SlotShip): void {
  slot.changes = -1;
  slot.endedChanges = -1;
  slot.endedAt = -1;
}

function setRewind(ship: ShipState, slot: SlotShip, rewind: number): void {
  slot.rewindTo = 0;
  if ((slot.phase === "scan" || slot.phase === "scan-due") && slot.scanRewind >= 0) {
    // It was begun for another one.
    ship.unfollow(slot);
    ship.clear(slot);
    ship.follow(slot);
  }
  if (rewind < 0) {
    ship.rewinding.delete(slot);
    return;
  }
  ship.rewinding.add(slot);
  ship.rewindAt = ship.now;
}

/**
 * Starts what is due, no more at once than are scanned: the others are shipped meanwhile as ever. Of a slot
 * that is caught up some records may be enough; else, or when that was found wrong, all are sent, since the
 * destination's position will stand for the log up to the scan.
 */
export function startRewinds(ship: ShipState): void {
  if (ship.now - ship.lanesAt < LANES_SETTLE_MS) return;
  for (const slot of ship.rewinding) {
    if (ship.scanDue.length + ship.scanning.size >= ship.options.scansMax) return;
    if (slot.phase !== "tail" || slot.rewindTo > 0) continue;
    if (ship.modes[slot.namespace]?.["max-throughput"] === 0) continue;
    const caughtUp = slot.head === undefined && slot.backlog === 0;
    if (!caughtUp && ship.now - ship.rewindAt < PATIENCE_MS) continue;
    const { rewind = ALL, forward = false } = ship.modes[slot.namespace] ?? {};
    // What was made elsewhere may be older than the time it came at.
    const some = caughtUp && slot.retries === 0 && !forward && ship.applied(slot) > 0 && rewind > 0;
    ship.recover(slot, some ? rewind : ALL);
  }
}

/** The destination has applied all up to `applied`. */
export function noteRewound(ship: ShipState, slot: SlotShip, applied: number): void {
  if (slot.rewindTo === 0 || applied < slot.rewindTo) return;
  slot.rewindTo = 0;
  ship.rewinding.delete(slot);
}
