/** Runs and scan chunks on their way into messages. */
import type { RunsEvent, ScanChunkEvent } from "./events.ts";
import type { ShipState } from "./ship-state.ts";
import type { SlotShip } from "./slot-ship.ts";

/** Bytes of a run's row in a message's table, about. */
const ROW_BYTES = 16;

/** Packs what continues its slot; leaves out what is stale. */
export function takeRuns(ship: ShipState, event: RunsEvent): void {
  const count = event.slots.length;
  const channels = new Array<number>(count).fill(-1);
  const close = new Array<boolean>(count).fill(false);
  const node = ship.nodes.get(event.node);
  let received = 0;
  for (let index = 0; index < count; index++) {
    const bytes = event.bytes[index] ?? 0;
    received += bytes;
    const slot = ship.slots[event.slots[index] ?? -1];
    if (slot?.phase !== "tail" || slot.node !== event.node || event.seek < slot.seek) continue;
    const from = event.from[index] ?? 0;
    if (!ship.busOpen || from !== slot.base + 1) {
      // Not to be sent now, or not next: never leave a hole, read again from where it must go on.
      ship.seek(slot);
      continue;
    }
    const to = from + (event.span[index] ?? 0);
    const entries = event.counts[index] ?? 0;
    channels[index] = slot.channel;
    close[index] = pack(ship, slot, from, to, bytes, entries, event.bornAt, false);
    slot.base = to;
    slot.covered = to;
    ship.setBacklog(slot, Math.max(0, slot.committed - to));
    // What waits behind a run was made after it.
    slot.backlogSince = Math.max(slot.backlogSince, event.bornAt);
  }
  if (node !== undefined) node.credit -= received;
  ship.effects.push({ kind: "pack", channels, close });
  publishDue(ship);
}

/**
 * Publishes what has waited long enough. A subject that was quiet does not wait at all: it sends at
 * most one small message per delay, and the first change after a pause leaves at once.
 */
export function publishDue(ship: ShipState): void {
  const limit = ship.now - ship.options.messageDelayMs;
  for (const [channel, state] of ship.channels.entries()) {
    if (state.slots.length === 0 || (state.openedAt > limit && state.publishedAt > limit)) continue;
    ship.effects.push({ kind: "publish", channel });
    state.close(ship.now);
  }
}

/** Packs the chunk of a running scan; after the last one the log goes on. */
export function takeScanChunk(ship: ShipState, event: ScanChunkEvent): void {
  const slot = ship.slots[event.slot];
  if (slot?.phase !== "scan" || slot.node !== event.node || slot.scan !== event.scan) return;
  if (slot.scanChunk !== event.chunk) return;
  slot.scanChunk++;
  // Its view may be newer than the last status.
  if (!ship.modes[slot.namespace]?.forward) slot.changes = Math.max(slot.changes, event.changes);
  const { to, bytes, records, last } = event;
  const close = pack(ship, slot, 0, to, bytes, records, slot.recoveringSince, !last);
  ship.effects.push({ kind: "pack-chunk", channel: slot.channel, close });
  const counts = ship.counts[slot.namespace];
  if (counts !== undefined) counts.recoveredRecords += event.records;
  if (!event.last) {
    ship.chunkDue.push(slot);
    return;
  }
  ship.scanning.delete(slot);
  if (ship.rewinding.has(slot) && slot.scanRewind >= 0) slot.rewindTo = event.to;
  slot.scanChanges = event.changes;
  if (counts !== undefined) counts.recoveries++;
  slot.base = event.to;
  slot.covered = event.to;
  ship.setBacklog(slot, Math.max(0, slot.committed - event.to));
  ship.seek(slot);
}

/** Puts a run into its channel's message and into flight; whether the message is closed by it. */
function pack(
  ship: ShipState,
  slot: SlotShip,
  from: number,
  to: number,
  bytes: number,
  count: number,
  bornAt: number,
  partial: boolean,
): boolean {
  const channel = ship.channels[slot.channel];
  if (channel === undefined) return false;
  if (channel.slots.length === 0) channel.openedAt = ship.now;
  channel.slots.push(slot.slot);
  channel.bytes += bytes + ROW_BYTES;
  ship.pool.push(slot, from, to, bytes, count, channel.number, bornAt, partial);
  const counts = ship.counts[slot.namespace];
  if (counts !== undefined) {
    counts.shippedEntries += count;
    counts.shippedBytes += bytes;
  }
  if (channel.bytes < ship.options.messageBytes) return false;
  channel.close(ship.now);
  return true;
}

/** Starts waiting scans and asks for chunks, as far as the window has room. */
export function goOnScanning(ship: ShipState): void {
  if (!ship.busOpen) return;
  while (ship.chunkDue.length > 0 && !ship.windowFull) {
    const slot = ship.chunkDue.shift();
    if (slot?.phase !== "scan") continue;
    ship.effects.push({
      kind: "scan",
      node: slot.node,
      scan: slot.scan,
      slot: slot.slot,
      chunk: slot.scanChunk,
      rewind: slot.scanRewind,
      base: slot.scanBase,
    });
  }
  while (ship.scanDue.length > 0 && ship.scanning.size < ship.options.scansMax && !ship.windowFull) {
    const slot = ship.scanDue.shift();
    if (slot?.phase !== "scan-due") continue;
    slot.phase = "scan";
    // Unique among all scans of all shippers: the destination tells scans apart by it.
    slot.scan = (ship.options.publisher % 2 ** 32) * 2 ** 20 + (++ship.scanNumber % 2 ** 20);
    slot.scanChunk = 0;
    ship.scanning.add(slot);
    const { node, scan, scanRewind: rewind, scanBase: base } = slot;
    ship.effects.push({ kind: "scan", node, scan, slot: slot.slot, chunk: 0, rewind, base });
  }
}
