/**
 * What the destination reports: its positions end what is in flight, its progress tells what was
 * lost. Nothing else moves a position; a bus acknowledgement never does.
 */
import { PARTITION_COUNT } from "../../../common/limits.ts";
import type { Report } from "./events.ts";
import type { Message } from "./channel.ts";
import { noteRewound } from "./modes.ts";
import type { ShipState } from "./ship-state.ts";
import type { SlotShip } from "./slot-ship.ts";
import { anchorEnded, noteEnded } from "./unapplied.ts";

export function takeReport(ship: ShipState, report: Report): void {
  const verdict = ship.reporters.take(report, ship.now);
  if (verdict === "ignore") return;
  noteShutOut(ship);
  if (report.fullParts > 0) {
    takeServed(ship, report.served);
    takeDestinationLogs(ship, report.servedLogIds);
  }
  for (const section of report.sections) {
    for (let index = 0; index < section.partitions.length; index++) {
      const partition = section.partitions[index] ?? PARTITION_COUNT;
      const slot =
        partition < PARTITION_COUNT ? ship.slots[section.namespace * PARTITION_COUNT + partition] : undefined;
      const position = section.positions[index] ?? Number.NaN;
      if (slot === undefined || !Number.isSafeInteger(position) || position < 0) continue;
      takePosition(ship, slot, section.logId, position);
    }
  }
  if (verdict === "facts-only") ship.askDue = true;
  for (const progress of report.progress) {
    if (progress.publisher !== ship.options.publisher || progress.lane >= ship.options.lanes) continue;
    const channel = ship.channels[progress.namespace * ship.options.lanes + progress.lane];
    if (channel === undefined) continue;
    if (progress.received !== channel.received || progress.finished !== channel.finished) {
      channel.progressAt = ship.now;
      channel.stalls = 0;
    }
    channel.busy = report.busyLanes.includes(progress.lane);
    channel.received = progress.received;
    channel.finished = progress.finished;
    if (verdict === "facts-only") continue;
    for (const message of channel.takeUpTo(progress.finished)) judge(ship, message);
  }
}

/** Nothing leaves for a destination that applies nothing; let in again, all goes on from its positions. */
function noteShutOut(ship: ShipState): void {
  const shutOut = ship.reporters.saysShutOut(ship.now);
  if (shutOut === ship.shutOut) return;
  ship.shutOut = shutOut;
  for (const slot of ship.slots) {
    if (!shutOut) {
      ship.follow(slot);
    } else if (slot.phase !== "idle" || slot.head !== undefined) {
      ship.unfollow(slot);
      ship.clear(slot);
    }
  }
}

/** A message is done with: what of it is still in flight was not applied. */
export function judge(ship: ShipState, message: Message): void {
  for (const number of message.slots) {
    const slot = ship.slots[number];
    if (slot === undefined) continue;
    while (slot.head?.partial && slot.head.message <= message.number) {
      ship.pool.shift(slot);
    }
    if (slot.head && slot.head.message <= message.number) ship.rewind(slot);
  }
}

/** Messages for which neither loss nor outcome was heard of, though reports come, are shipped again. */
export function checkStalls(ship: ShipState): void {
  const { stallMs } = ship.options;
  const { now, reporters } = ship;
  if (now - reporters.heardAt > stallMs) return;
  for (const channel of ship.channels) {
    if (channel.published.length === 0) continue;
    // While the destination works on the lane, what waits behind is not lost: then wait longer.
    const patience = (channel.busy ? 5 : 1) * stallMs * 2 ** Math.min(channel.stalls, 4);
    if (now - Math.max(channel.progressAt, reporters.heardSince) <= patience) continue;
    channel.stalls++;
    channel.progressAt = now;
    for (const message of channel.takeUpTo(Number.POSITIVE_INFINITY)) judge(ship, message);
  }
}

function takePosition(ship: ShipState, slot: SlotShip, logId: number, position: number): void {
  const told = slot.known && slot.reportedLogId === logId && slot.reported === position;
  if (told && slot.phase === "tail" && slot.head === undefined && slot.base === position) return;
  const before = ship.applied(slot);
  slot.known = true;
  slot.reportedLogId = logId;
  slot.reported = position;
  const applied = ship.applied(slot);
  if (applied !== before) ship.say(slot);
  if (applied > before) slot.retries = 0;
  noteRewound(ship, slot, applied);
  const counts = ship.counts[slot.namespace];
  while (slot.head !== undefined && slot.head.to <= applied) {
    if (counts !== undefined) counts.success += slot.head.count;
    noteEnded(slot, slot.head);
    ship.pool.shift(slot);
  }
  anchorEnded(slot, applied);
  if (slot.phase === "idle") {
    if (isTorn(slot, applied)) ship.clear(slot);
    ship.follow(slot);
    return;
  }
  if (slot.phase !== "tail") return;
  if (isTorn(slot, applied)) {
    ship.rewind(slot);
  } else if (slot.head === undefined && applied > slot.base) {
    // Somebody else shipped it: go on from there.
    slot.base = applied;
    slot.covered = applied;
    ship.seek(slot);
  }
}

/** Whether the destination needs something that is neither in flight nor still to come. */
function isTorn(slot: SlotShip, applied: number): boolean {
  if (slot.head === undefined) return applied < slot.base;
  return slot.head.from > applied + 1;
}

/**
 * A destination that has started from nothing lacks also what it wrote itself and we hold: what it
 * has no position for is sought again, and the node sees that a scan is due.
 */
function takeDestinationLogs(ship: ShipState, logIds: readonly number[]): void {
  for (let namespace = 0; namespace < ship.destinationLogIds.length; namespace++) {
    const before = ship.destinationLogIds[namespace];
    const now = logIds[namespace] ?? 0;
    if (now === 0 || before === now) continue;
    ship.destinationLogIds[namespace] = now;
    if (before === 0) continue;
    const first = namespace * PARTITION_COUNT;
    for (const slot of ship.slots.slice(first, first + PARTITION_COUNT)) {
      if (slot.phase !== "tail" || ship.applied(slot) > 0) continue;
      ship.clear(slot);
      ship.seek(slot);
    }
  }
}

function takeServed(ship: ShipState, served: readonly boolean[]): void {
  for (let namespace = 0; namespace < ship.served.length; namespace++) {
    const before = ship.served[namespace];
    const now = served[namespace] ?? false;
    ship.served[namespace] = now;
    if (before === now) continue;
    const first = namespace * PARTITION_COUNT;
    for (const slot of ship.slots.slice(first, first + PARTITION_COUNT)) {
      if (now) {
        ship.follow(slot);
      } else {
        ship.unfollow(slot);
        ship.clear(slot);
        slot.known = false;
      }
    }
  }
}
