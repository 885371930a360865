/**
 * The ship core: shipping to one destination as a pure state machine, step(state, event) -> effects.
 * No IO, no clock, no promise; the shell (core-driver.ts, ship-link.ts) carries the effects out and feeds
 * back what happens.
 *
 * Must hold, whatever the bus loses, repeats, reorders or forgets:
 * - A slot is shipped from the position that the destination reports, without a hole: a run joins
 *   the one before it, or is left out and read again.
 * - Positions come only from the destination's reports. Publishing and its acknowledgement move none.
 * - What is in flight (published or being packed, not applied) is bounded by the window, plus the
 *   credit the nodes hold and one item.
 * - Whatever was lost is found out: by the destination's progress past it, by a failed publish, by
 *   the bus having forgotten everything, or at last by silence while reports come; and is shipped
 *   again from the log, or by a scan where the log is trimmed.
 */
import type { NodeRef, ShipEffect, ShipEvent, ShipOptions } from "./core/events.ts";
import { startRewinds, takeModes } from "./core/modes.ts";
import { checkStalls, judge, takeReport } from "./core/positions.ts";
import { goOnScanning, publishDue, takeRuns, takeScanChunk } from "./core/sending.ts";
import { ShipState } from "./core/ship-state.ts";
import { noteCaughtUp } from "./core/unapplied.ts";

const SAY_INTERVAL_MS = 500;
const ASK_INTERVAL_MS = 500;
/** Enough for a node to read far ahead in a backlog: then a slot's entries come in long runs. */
const CREDIT_BYTES_MAX = 16 * 1024 * 1024;

export function createShip(options: ShipOptions): ShipState {
  return new ShipState(options);
}

/** Takes one event at monotonic time `now`; the effects are to be carried out in order. */
export function step(ship: ShipState, event: ShipEvent, now: number): readonly ShipEffect[] {
  ship.now = now;
  ship.effects = [];
  take(ship, event);
  goOnScanning(ship);
  for (const node of ship.nodes.keys()) {
    sendSeeks(ship, node);
    grantCredit(ship, node);
  }
  return ship.effects;
}

function take(ship: ShipState, event: ShipEvent): void {
  switch (event.kind) {
    case "tick":
      tick(ship);
      break;
    case "modes":
      takeModes(ship, event.modes);
      break;
    case "lanes":
      takeLanes(ship, event.lanes);
      break;
    case "node-up":
      takeNode(ship, event.node, event.logIds);
      break;
    case "node-down":
      loseNode(ship, event.node);
      break;
    case "primaries":
      takePrimaries(ship, event.node, event.gained, event.lost);
      break;
    case "runs":
      takeRuns(ship, event);
      break;
    case "status":
      takeStatus(ship, event);
      break;
    case "trimmed":
      takeTrimmed(ship, event);
      break;
    case "scan-chunk":
      takeScanChunk(ship, event);
      break;
    case "scan-failed":
      scanFailed(ship, event);
      break;
    case "report":
      takeReport(ship, event.report);
      break;
    case "lost": {
      const message = ship.channels[event.channel]?.take(event.number);
      if (message !== undefined) judge(ship, message);
      break;
    }
    case "bus":
      takeBus(ship, event.open, event.forgotten);
      break;
  }
}

function tick(ship: ShipState): void {
  const { now } = ship;
  publishDue(ship);
  for (const slot of ship.backoffs) {
    if (now < slot.retryAt) continue;
    ship.backoffs.delete(slot);
    slot.phase = "idle";
    ship.follow(slot);
  }
  checkStalls(ship);
  startRewinds(ship);
  if (now - ship.saidAt >= SAY_INTERVAL_MS) say(ship);
  if (ship.askDue && now - ship.askedAt >= ASK_INTERVAL_MS) {
    ship.askDue = false;
    ship.askedAt = now;
    ship.effects.push({ kind: "ask" });
  }
  ship.reporters.forgetOld(now);
}

/** Tells the nodes what the destination has applied, counting what is not wanted there anyway. */
function say(ship: ShipState): void {
  ship.saidAt = ship.now;
  if (ship.unsaid.length === 0) return;
  const slots: number[] = [];
  const bases: number[] = [];
  const covered: number[] = [];
  for (const slot of ship.unsaid) {
    slot.unsaid = false;
    if (!slot.known || !ship.lanes[slot.lane]) continue;
    const applied = ship.applied(slot);
    slots.push(slot.slot);
    bases.push(applied);
    covered.push(
      slot.head === undefined && slot.base === applied ? Math.max(applied, slot.covered) : applied,
    );
  }
  ship.unsaid = [];
  if (slots.length > 0) ship.effects.push({ kind: "shipped", slots, bases, covered });
}

function takeLanes(ship: ShipState, lanes: readonly number[]): void {
  ship.lanesAt = ship.now;
  for (let lane = 0; lane < ship.lanes.length; lane++) ship.lanes[lane] = lanes.includes(lane);
  for (const slot of ship.slots) {
    if (ship.lanes[slot.lane]) {
      ship.follow(slot);
      ship.say(slot);
    } else if (slot.phase !== "idle" || slot.head !== undefined) {
      ship.unfollow(slot);
      ship.clear(slot);
    }
  }
}

function takeNode(ship: ShipState, node: NodeRef, logIds: readonly number[]): void {
  if (!ship.nodes.has(node)) {
    ship.nodes.set(node, { credit: 0, seekNumber: 0, seeks: [], drops: [], claims: new Map() });
    // A node that just came (back) knows no positions.
    for (const slot of ship.slots) if (slot.known) ship.say(slot);
  }
  for (let namespace = 0; namespace < ship.logIds.length; namespace++) {
    const logId = logIds[namespace] ?? 0;
    if (logId === 0 || logId === ship.logIds[namespace]) continue;
    ship.logIds[namespace] = logId;
    for (const slot of ship.slots) {
      if (slot.namespace !== namespace) continue;
      if (slot.phase !== "idle") ship.unfollow(slot);
      slot.changes = -1;
      ship.clear(slot);
      ship.follow(slot);
    }
  }
}

function loseNode(ship: ShipState, node: NodeRef): void {
  const claims = ship.nodes.get(node)?.claims ?? new Map<number, number>();
  ship.nodes.delete(node);
  takeClaims(ship, claims.keys());
}

function takePrimaries(
  ship: ShipState,
  node: NodeRef,
  gained: readonly number[],
  lost: readonly number[],
): void {
  const claims = ship.nodes.get(node)?.claims;
  if (claims === undefined) return;
  for (const slot of lost) claims.delete(slot);
  for (const slot of gained) claims.set(slot, ++ship.claimed);
  takeClaims(ship, [...lost, ...gained]);
}

function takeClaims(ship: ShipState, slots: Iterable<number>): void {
  for (const number of slots) {
    const slot = ship.slots[number];
    if (slot !== undefined) ship.followClaimant(slot);
  }
}

function takeStatus(ship: ShipState, event: Extract<ShipEvent, { kind: "status" }>): void {
  for (let index = 0; index < event.slots.length; index++) {
    const slot = ship.slots[event.slots[index] ?? -1];
    if (slot === undefined || slot.node !== event.node || event.seek < slot.seek) continue;
    slot.committed = event.committed[index] ?? 0;
    const forwards = ship.modes[slot.namespace]?.forward === true;
    const changes = forwards ? -1 : (event.changes[index] ?? -1);
    if (changes >= 0) slot.changes = changes;
    if (slot.phase !== "tail") continue;
    const covered = (event.next[index] ?? 1) - 1;
    if (covered > slot.covered) {
      slot.covered = covered;
      ship.say(slot);
    }
    ship.setBacklog(slot, Math.max(0, slot.committed - covered));
    if (slot.backlog === 0 && changes >= 0) noteCaughtUp(slot);
  }
}

function takeTrimmed(ship: ShipState, event: Extract<ShipEvent, { kind: "trimmed" }>): void {
  for (const number of event.slots) {
    const slot = ship.slots[number];
    if (slot?.phase === "tail" && slot.node === event.node && event.seek >= slot.seek) ship.recover(slot);
  }
}

function scanFailed(ship: ShipState, event: Extract<ShipEvent, { kind: "scan-failed" }>): void {
  const slot = ship.slots[event.slot];
  if (slot?.phase !== "scan" || slot.scan !== event.scan || slot.node !== event.node) return;
  slot.retries++;
  ship.rewind(slot);
}

function takeBus(ship: ShipState, open: boolean, forgotten: boolean): void {
  ship.busOpen = open;
  if (!forgotten) return;
  for (const channel of ship.channels) {
    for (const message of channel.takeUpTo(Number.POSITIVE_INFINITY)) judge(ship, message);
  }
}

function sendSeeks(ship: ShipState, ref: NodeRef): void {
  const node = ship.nodes.get(ref);
  if (node === undefined || (node.seeks.length === 0 && node.drops.length === 0)) return;
  const number = ++node.seekNumber;
  const slots: number[] = [];
  const bases: number[] = [];
  const covered: number[] = [];
  for (const slot of node.seeks) {
    if (slot.phase !== "tail" || slot.node !== ref) continue;
    slots.push(slot.slot);
    bases.push(slot.base);
    covered.push(slot.covered);
  }
  const dropped = node.drops.filter((number) => {
    const slot = ship.slots[number];
    return slot !== undefined && !(slot.phase === "tail" && slot.node === ref);
  });
  const { destinationLogIds } = ship;
  node.seeks = [];
  node.drops = [];
  const recovering = dropped.filter((number) => {
    const phase = ship.slots[number]?.phase;
    return phase === "scan" || phase === "scan-due";
  });
  const effect = { kind: "seek", node: ref, number, slots, bases, covered, dropped } as const;
  ship.effects.push({ ...effect, recovering, destinationLogIds });
}

function grantCredit(ship: ShipState, ref: NodeRef): void {
  const node = ship.nodes.get(ref);
  if (node === undefined || !ship.busOpen || node.seekNumber === 0) return;
  const share = Math.min(CREDIT_BYTES_MAX, Math.floor(ship.windowBytes / (2 * ship.nodes.size)));
  if (node.credit > share / 2) return;
  let granted = 0;
  // Credit from a time with fewer nodes may be above today's share, and an idle node never gives it
  // back: counted in full it could leave nothing for a node that came later, for ever.
  for (const other of ship.nodes.values()) granted += Math.min(share, Math.max(0, other.credit));
  // A node that sent one huge entry on little credit is in debt; what settles it is no new credit.
  if (ship.pool.bytes + granted + share - Math.max(0, node.credit) > ship.windowBytes) return;
  const bytes = share - node.credit;
  node.credit = share;
  ship.effects.push({ kind: "credit", node: ref, bytes });
}
