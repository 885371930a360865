/**
 * The state of shipping to one destination, and the moves every part of the core is made of:
 * following a slot, seeking, rewinding. See ship.ts for what must hold.
 */
import { PARTITION_COUNT } from "../../../common/limits.ts";
import type { Slot } from "../../../proto/cluster-map.ts";
import { ChannelState } from "./channel.ts";
import type { NodeRef, ShipEffect, ShipMode, ShipOptions } from "./events.ts";
import { Reporters } from "./reporters.ts";
import { InFlightPool, SlotShip } from "./slot-ship.ts";
import { anchorEnded } from "./unapplied.ts";

export interface NodeState {
  /** Bytes granted and not yet received. */
  credit: number;
  seekNumber: number;
  seeks: SlotShip[];
  drops: Slot[];
  /** Slots it says it is primary of, with the order in which that was heard of all nodes. */
  readonly claims: Map<Slot, number>;
}

/** Counted since the start, per namespace. */
export interface NamespaceCounts {
  /** Entries known to be applied at the destination. */
  success: number;
  shippedEntries: number;
  shippedBytes: number;
  /** Entries taken back because they were lost, and shipped again. */
  reshipped: number;
  rewinds: number;
  recoveries: number;
  recoveredRecords: number;
}

const SHIPPED: ShipMode = { enabled: true, forward: false, rewind: -1, "max-throughput": 1 };
const BACKOFF_FIRST_MS = 50;
const BACKOFF_MAX_MS = 5_000;

export class ShipState {
  readonly options: ShipOptions;
  readonly slots: readonly SlotShip[];
  readonly channels: readonly ChannelState[];
  readonly pool = new InFlightPool();
  readonly reporters = new Reporters();
  readonly nodes = new Map<NodeRef, NodeState>();
  readonly lanes: boolean[];
  readonly logIds: number[];
  readonly modes: ShipMode[];
  /** Whether the destination serves the namespace; undefined until it said so. */
  readonly served: (boolean | undefined)[];
  /** The destination's own log ids, 0 = not known. */
  readonly destinationLogIds: number[];
  readonly counts: readonly NamespaceCounts[];
  busOpen = false;
  /** The destination has declared this datacenter lost: nothing is sent to it. */
  shutOut = false;
  claimed = 0;
  /** Waiting for recovery, in order. */
  scanDue: SlotShip[] = [];
  readonly scanning = new Set<SlotShip>();
  /** Whose records are to be shipped again, and were not yet. */
  readonly rewinding = new Set<SlotShip>();
  rewindAt = 0;
  /** When the lanes have changed: for a while another shipper may still ship them. */
  lanesAt = Number.NEGATIVE_INFINITY;
  /** Scans whose next chunk is asked for once the window has room. */
  chunkDue: SlotShip[] = [];
  readonly backoffs = new Set<SlotShip>();
  unsaid: SlotShip[] = [];
  saidAt = 0;
  scanNumber = 0;
  askDue = true;
  askedAt = Number.NEGATIVE_INFINITY;
  now = 0;
  effects: ShipEffect[] = [];

  constructor(options: ShipOptions) {
    this.options = options;
    const slots: SlotShip[] = [];
    for (let slot = 0; slot < options.namespaces * PARTITION_COUNT; slot++) {
      const namespace = Math.floor(slot / PARTITION_COUNT);
      const lane = slot % options.lanes;
      slots.push(new SlotShip(slot, namespace, lane, namespace * options.lanes + lane));
    }
    this.slots = slots;
    this.channels = Array.from({ length: options.namespaces * options.lanes }, () => new ChannelState());
    this.lanes = new Array<boolean>(options.lanes).fill(false);
    this.logIds = new Array<number>(options.namespaces).fill(0);
    this.modes = new Array<ShipMode>(options.namespaces).fill(SHIPPED);
    this.served = new Array<boolean | undefined>(options.namespaces).fill(undefined);
    this.destinationLogIds = new Array<number>(options.namespaces).fill(0);
    this.counts = Array.from({ length: options.namespaces }, () => ({
      success: 0,
      shippedEntries: 0,
      shippedBytes: 0,
      reshipped: 0,
      rewinds: 0,
      recoveries: 0,
      recoveredRecords: 0,
    }));
  }

  /** What the destination has applied of the log that is ours now. */
  applied(slot: SlotShip): number {
    return slot.reportedLogId === this.logIds[slot.namespace] ? slot.reported : 0;
  }

  /** This instance's part of the window: instances share it as they share the lanes. */
  get windowBytes(): number {
    const owned = this.lanes.filter((lane) => lane).length;
    return Math.ceil((this.options.windowBytes * owned) / this.options.lanes);
  }

  get windowFull(): boolean {
    return this.pool.bytes >= this.windowBytes;
  }

  /**
   * The node that claimed the slot last, -1 if none does. News of two nodes may overtake each other,
   * so a claim that was followed by another's counts again once that one is given up.
   */
  claimant(slot: Slot): NodeRef {
    let found = -1;
    let newest = 0;
    for (const [ref, node] of this.nodes) {
      const claim = node.claims.get(slot) ?? 0;
      if (claim > newest) [found, newest] = [ref, claim];
    }
    return found;
  }

  /** Follows the slot at the node that claims it now. */
  followClaimant(slot: SlotShip): void {
    const node = this.claimant(slot.slot);
    if (node === slot.node) return;
    if (slot.node >= 0) this.unfollow(slot);
    slot.node = node;
    this.follow(slot);
  }

  /** Starts to tail an idle slot if everything for it is there. */
  follow(slot: SlotShip): void {
    if (slot.phase !== "idle" || !slot.known || slot.node < 0 || this.shutOut) return;
    if (!this.lanes[slot.lane] || !this.logIds[slot.namespace] || this.served[slot.namespace] === false)
      return;
    if (!this.modes[slot.namespace]?.enabled) return;
    const applied = this.applied(slot);
    if (slot.head === undefined && slot.base !== applied) {
      slot.base = applied;
      slot.covered = applied;
      anchorEnded(slot, applied);
    }
    this.seek(slot);
  }

  /** Tails the slot from right after its base. */
  seek(slot: SlotShip): void {
    const node = this.nodes.get(slot.node);
    if (node === undefined) {
      slot.phase = "idle";
      return;
    }
    slot.phase = "tail";
    slot.seek = node.seekNumber + 1;
    node.seeks.push(slot);
  }

  /** Stops following; what is in flight stays so. A recovery under way is given up. */
  unfollow(slot: SlotShip): void {
    if (slot.phase === "scan" || slot.phase === "scan-due") {
      this.closeScan(slot);
      this.clear(slot);
    }
    this.nodes.get(slot.node)?.drops.push(slot.slot);
    this.backoffs.delete(slot);
    slot.phase = "idle";
  }

  /** Forgets what is in flight: the slot is where the destination says it is. */
  clear(slot: SlotShip): void {
    const bornAt = slot.head?.bornAt;
    while (slot.head !== undefined) this.pool.shift(slot);
    slot.rewindTo = 0;
    slot.base = this.applied(slot);
    slot.covered = slot.base;
    this.setBacklog(slot, Math.max(0, slot.committed - slot.base));
    // What goes back to the log is no younger by it.
    if (bornAt !== undefined) slot.backlogSince = Math.min(slot.backlogSince, bornAt);
    anchorEnded(slot, slot.base);
  }

  /** What is in flight is lost: ship again from the destination's position, later and later. */
  rewind(slot: SlotShip): void {
    const counts = this.counts[slot.namespace];
    if (counts !== undefined) {
      counts.rewinds++;
      for (let run = slot.head; run !== undefined; run = run.next) counts.reshipped += run.count;
    }
    if (slot.phase === "idle" || slot.phase === "backoff") {
      this.clear(slot);
      return;
    }
    const first = slot.retries === 0;
    slot.retries++;
    this.unfollow(slot);
    this.clear(slot);
    if (first) {
      this.follow(slot);
      return;
    }
    slot.phase = "backoff";
    slot.retryAt = this.now + Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 2 ** Math.min(slot.retries, 10));
    this.backoffs.add(slot);
  }

  /**
   * The log cannot give what the destination needs: send the current records. `rewind`: as in ShipMode, -1
   * when the log is trimmed.
   */
  recover(slot: SlotShip, rewind = -1): void {
    this.nodes.get(slot.node)?.drops.push(slot.slot);
    slot.scanRewind = rewind;
    slot.scanApplied = this.applied(slot);
    slot.scanBase = Math.max(slot.scanApplied, slot.covered);
    this.clear(slot);
    slot.phase = "scan-due";
    slot.recoveringSince = slot.backlog > 0 ? slot.backlogSince : this.now;
    this.scanDue.push(slot);
  }

  closeScan(slot: SlotShip): void {
    if (!this.scanning.delete(slot)) return;
    this.effects.push({ kind: "scan-drop", node: slot.node, scan: slot.scan });
  }

  setBacklog(slot: SlotShip, backlog: number): void {
    if (slot.backlog === 0 && backlog > 0) slot.backlogSince = this.now;
    slot.backlog = backlog;
  }

  say(slot: SlotShip): void {
    if (slot.unsaid) return;
    slot.unsaid = true;
    this.unsaid.push(slot);
  }
}
