/**
 * How many own changes of a slot are committed and not known to be applied at the destination. Sequences
 * do not tell: the log holds as well what came by XDR. So changes are counted by their numbers: nodes tell
 * the number of the last one, and what ends in flight is counted. Where that is not known (the shipper came
 * while the destination lacked something) sequences bound it from above, until the slot has caught up once.
 */
import type { InFlight, SlotShip } from "./slot-ship.ts";

/** All that is committed and wanted is in flight or applied, by the status that told the number. */
export function noteCaughtUp(slot: SlotShip): void {
  if (slot.head !== undefined) return;
  slot.endedAt = slot.base;
  slot.endedChanges = slot.changes;
}

/** A run or chunk leaves the slot's flight since it is applied. */
export function noteEnded(slot: SlotShip, { from, to, count, partial }: InFlight): void {
  if (partial) return;
  if (from === 0) slot.endedChanges = slot.scanChanges;
  else if (slot.endedAt === from - 1) slot.endedChanges += count;
  else slot.endedChanges = -1;
  slot.endedAt = slot.endedChanges < 0 ? -1 : to;
}

/** The count is good only for the position that flight, or the log, goes on from. */
export function anchorEnded(slot: SlotShip, applied: number): void {
  const { head } = slot;
  const from = head === undefined || head.from === 0 ? applied : head.from - 1;
  if (slot.endedAt === from) return;
  slot.endedAt = from === 0 ? 0 : -1;
  slot.endedChanges = from === 0 ? 0 : -1;
}

/** Own changes that are not known to be applied; exact when their numbers are known, else at most. */
export function unappliedOf(slot: SlotShip): number {
  let inFlight = 0;
  for (let run = slot.head; run !== undefined; run = run.next) inFlight += run.count;
  // Chunks of a scan hold records, each of which may stand for many changes.
  const scanned = slot.head?.from === 0;
  if (slot.backlog === 0 && !scanned) return inFlight;
  if (slot.changes < 0) return inFlight + slot.backlog;
  if (slot.endedAt >= 0) return Math.max(inFlight, slot.changes - slot.endedChanges);
  const most = scanned ? slot.changes : Math.min(inFlight + slot.backlog, slot.changes);
  return Math.max(inFlight, most);
}
