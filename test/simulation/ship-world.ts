/**
 * The world around the ship core: the origin's nodes (ship-origin.ts), a bus that does anything to
 * messages, and a destination (ship-destination.ts). Driven by a seeded random source and virtual
 * time, so a failing run repeats exactly. Checks every turn what must always hold.
 */
import { expect } from "vitest";
import type {
  Report,
  ShipEffect,
  ShipEvent,
  ShipMode,
  ShipOptions,
} from "../../xdr-shipper/ship/core/events.ts";
import { figuresOf } from "../../xdr-shipper/ship/core/figures.ts";
import { unappliedOf } from "../../xdr-shipper/ship/core/unapplied.ts";
import type { ShipState } from "../../xdr-shipper/ship/core/ship-state.ts";
import { createShip, step } from "../../xdr-shipper/ship/ship.ts";
import { ShipDestination } from "./ship-destination.ts";
import { type NodeConnection, type OriginSlot, ShipOrigin } from "./ship-origin.ts";
import {
  chance,
  ENTRY_BYTES,
  type Faults,
  type Item,
  LANES,
  LOG_ID,
  type Message,
  NO_FAULTS,
  NODES,
  type Random,
} from "./ship-parts.ts";

export class ShipWorld {
  now = 0;
  ship: ShipState;
  faults: Faults = NO_FAULTS;
  readonly options: ShipOptions;
  readonly origin: ShipOrigin;
  readonly destination: ShipDestination;
  /** Entries shipped again, by cores of earlier lives, too. */
  reshippedBefore = 0;
  readonly #random: Random;
  #connections: NodeConnection[] = [];
  #refs = 0;
  #publishers = 0;
  #packing = new Map<number, Item[]>();
  #numbers = new Map<number, number>();
  #bus: Message[] = [];
  #busOpen = true;
  /** Publishes that are known to have failed, told in the next turn. */
  #lost: { readonly channel: number; readonly number: number; readonly ship: ShipState }[] = [];
  #reports: Report[] = [];
  #mode: ShipMode = { enabled: true, forward: false, rewind: -1, "max-throughput": 100 };
  #wiped = false;
  #damaged = false;
  #huge = false;

  constructor(random: Random, slots: readonly number[], windowBytes: number) {
    this.#random = random;
    this.options = {
      publisher: 1,
      namespaces: 1,
      lanes: LANES,
      windowBytes,
      messageBytes: 1000,
      messageDelayMs: 3,
      scansMax: 2,
      stallMs: 1000,
    };
    this.origin = new ShipOrigin(random, slots);
    this.destination = new ShipDestination(slots);
    this.ship = this.#start();
  }

  write(): void {
    this.origin.write(() => {
      if (!this.#chance(this.faults.huge)) return ENTRY_BYTES;
      this.#huge = true;
      return this.options.windowBytes * 2;
    });
  }

  /** One turn: things move, and something may break. */
  turn(): void {
    this.now += 1 + this.#random(10);
    this.#breakThings();
    for (const connection of [...this.#connections]) this.origin.turn(connection);
    for (const connection of [...this.#connections]) this.#receive(connection);
    this.#busTurn();
    this.#reportTurn();
    this.#step({ kind: "tick" });
    expect(this.ship.pool.bytes).toBeLessThanOrEqual(this.ship.windowBytes + this.#slack());
    expect(this.ship.pool.bytes).toBeGreaterThanOrEqual(0);
  }

  /** Ends all faults and opens what is closed. */
  heal(): void {
    this.faults = NO_FAULTS;
    this.destination.shutOut = false;
    if (!this.#mode.enabled) this.setModes({ enabled: true });
    if (!this.#busOpen) this.#switchBus(true, false);
  }

  /** Whether the destination has everything, and the core knows it. */
  get settled(): boolean {
    const figures = figuresOf(this.ship, 0, this.now);
    return (
      this.origin.slots.every((origin) => this.#reflects(origin, this.origin.last(origin))) &&
      figures.lagRecords === 0 &&
      figures.recoveriesPending === 0 &&
      !this.#isRewinding &&
      this.ship.pool.runs === 0
    );
  }

  /**
   * Changes that the destination lacks, and how many the core takes it to lack, of the slots that are
   * followed: of others (recovered, waiting) nobody tells what is written meanwhile.
   */
  lags(): { readonly missing: number; readonly lag: number } {
    let [missing, lag] = [0, 0];
    for (const origin of this.origin.slots) {
      const slot = this.ship.slots[origin.slot];
      if (slot?.phase !== "tail") continue;
      missing += this.origin.changes(origin, this.destination.slots.get(origin.slot)?.position ?? 0);
      lag += unappliedOf(slot);
    }
    return { missing, lag };
  }

  /** Everything wanted up to `sequence` is in the destination's records, or overwritten there. */
  #reflects(origin: OriginSlot, sequence: number): boolean {
    const records = this.destination.slots.get(origin.slot)?.records;
    return [...this.origin.newest(origin, sequence, true)].every(
      ([key, version]) => (records?.get(key) ?? 0) >= version,
    );
  }

  /** What may exceed the window: what a node sends at once, and a chunk per open scan. */
  #slack(): number {
    const entry = this.#huge ? this.options.windowBytes * 2 : ENTRY_BYTES;
    return NODES * 6 * entry + this.options.scansMax * 2 * ENTRY_BYTES;
  }

  // ---- the shipper's shell ------------------------------------------------------------------------

  #start(): ShipState {
    this.#publishers++;
    this.#packing = new Map();
    this.#numbers = new Map();
    this.#connections = [];
    const ship = createShip({ ...this.options, publisher: this.#publishers });
    this.ship = ship;
    this.#step({ kind: "modes", modes: [this.#mode] });
    this.#step({ kind: "lanes", lanes: Array.from({ length: LANES }, (_, lane) => lane) });
    this.#step({ kind: "bus", open: this.#busOpen, forgotten: false });
    for (let node = 0; node < NODES; node++) this.#connect(node);
    return ship;
  }

  #connect(node: number): void {
    const ref = ++this.#refs;
    this.#connections.push({
      ref,
      node,
      toNode: [],
      toShipper: [],
      follows: new Map(),
      seek: 0,
      credit: 0,
      scans: new Map(),
    });
    this.#step({ kind: "node-up", node: ref, logIds: [LOG_ID] });
    const gained = this.origin.slots.filter((slot) => slot.primary === node).map(({ slot }) => slot);
    this.#step({ kind: "primaries", node: ref, gained, lost: [] });
  }

  #step(event: ShipEvent, items: readonly Item[] = []): void {
    for (const effect of step(this.ship, event, this.now)) this.#carryOut(effect, items);
  }

  #carryOut(effect: ShipEffect, items: readonly Item[]): void {
    switch (effect.kind) {
      case "pack":
        for (const [index, channel] of effect.channels.entries()) {
          const item = items[index];
          if (channel >= 0 && item !== undefined) this.#pack(channel, item, effect.close[index] ?? false);
        }
        break;
      case "pack-chunk": {
        const [item] = items;
        if (item !== undefined) this.#pack(effect.channel, item, effect.close);
        break;
      }
      case "publish":
        this.#publish(effect.channel);
        break;
      case "shipped":
        for (const [index, slot] of effect.slots.entries()) {
          this.#told(slot, effect.bases[index] ?? 0, effect.covered[index] ?? 0);
        }
        break;
      case "ask":
        if (!this.#chance(this.faults.loseReport)) this.destination.askFull();
        break;
      default:
        this.#connections.find((connection) => connection.ref === effect.node)?.toNode.push(effect);
    }
  }

  /** The trim horizon: wrong here means lost data. */
  #told(slot: number, base: number, covered: number): void {
    const origin = this.origin.slot(slot);
    if (origin === undefined) return;
    if (!this.#wiped) expect(this.#reflects(origin, covered)).toBe(true);
    origin.told = { base, covered };
  }

  /** SH7: nothing new leaves for a destination that is known to refuse it. */
  #pack(channel: number, item: Item, close: boolean): void {
    expect(this.ship.shutOut).toBe(false);
    expect(this.#mode.enabled).toBe(true);
    const items = this.#packing.get(channel) ?? [];
    this.#packing.set(channel, items);
    items.push(item);
    if (close) this.#publish(channel);
  }

  #publish(channel: number): void {
    const items = this.#packing.get(channel) ?? [];
    this.#packing.delete(channel);
    expect(items.length).toBeGreaterThan(0);
    const number = (this.#numbers.get(channel) ?? 0) + 1;
    this.#numbers.set(channel, number);
    const message = { publisher: this.#publishers, channel, number, items };
    if (!this.#busOpen) {
      this.#lost.push({ channel, number, ship: this.ship });
      return;
    }
    if (!this.#chance(this.faults.lose)) this.#bus.push(message);
    if (this.#chance(this.faults.repeat)) this.#bus.push(message);
  }

  // ---- what travels -------------------------------------------------------------------------------

  #receive(connection: NodeConnection): void {
    while (connection.toShipper.length > 0 && this.#random(3) > 0) {
      const sent = connection.toShipper.shift();
      if (sent !== undefined) this.#step(sent.event, sent.items);
    }
  }

  #busTurn(): void {
    for (const { channel, number, ship } of this.#lost.splice(0)) {
      if (ship === this.ship) this.#step({ kind: "lost", channel, number });
    }
    for (let count = this.#random(4); count > 0 && this.#bus.length > 0; count--) {
      const index = this.#chance(this.faults.reorder) ? this.#random(this.#bus.length) : 0;
      const [message] = this.#bus.splice(index, 1);
      if (message === undefined) return;
      this.destination.take(message, (slot, position) => {
        const origin = this.origin.slot(slot);
        // What a destination has lost behind its position, that position does not tell.
        if (origin !== undefined && !this.#damaged) expect(this.#reflects(origin, position)).toBe(true);
      });
      if (this.#chance(this.faults.repeat)) this.#bus.push(message);
    }
  }

  #reportTurn(): void {
    const report = this.destination.report(this.now);
    if (report !== undefined && !this.#chance(this.faults.loseReport)) this.#reports.push(report);
    while (this.#reports.length > 0 && this.#random(3) > 0) {
      const next = this.#reports.shift();
      if (next !== undefined) this.#step({ kind: "report", report: next });
    }
  }

  // ---- faults -------------------------------------------------------------------------------------

  #breakThings(): void {
    const { faults } = this;
    if (this.#chance(faults.movePrimary)) this.#movePrimary();
    if (this.#chance(faults.breakNode)) this.#breakNode();
    if (this.#chance(faults.restartShipper)) this.#restartShipper();
    if (this.#chance(faults.restartApply)) this.#restartApply();
    if (this.#chance(faults.closeBus)) this.#switchBus(!this.#busOpen, false);
    if (this.#chance(faults.forget)) this.#switchBus(true, true);
    if (this.#chance(faults.trim)) this.origin.trim((origin) => origin.told.covered);
    if (this.#chance(faults.forceTrim)) this.origin.trim((origin) => this.origin.last(origin));
    if (this.#chance(faults.shutOut)) this.destination.shutOut = !this.destination.shutOut;
    if (this.#chance(faults.wipe)) this.wipe(this.#random(this.destination.slots.size));
    if (this.#chance(faults.disable)) this.setModes({ enabled: !this.#mode.enabled });
    if (this.#chance(faults.rewind)) this.rewind(this.#random(3));
  }

  get #isRewinding(): boolean {
    const slots = this.origin.slots.map(({ slot }) => this.ship.slots[slot]);
    return slots.some((slot) => slot !== undefined && this.ship.rewinding.has(slot));
  }

  setModes(change: Partial<ShipMode>): void {
    this.#mode = { ...this.#mode, ...change };
    this.#step({ kind: "modes", modes: [this.#mode] });
  }

  /** The destination loses versions from some point of each partition on, and all since is shipped again. */
  rewind(from: number): void {
    this.#wiped = true;
    this.#damaged = true;
    for (const { records } of this.destination.slots.values()) {
      for (const [key, version] of records) if (version >= from) records.delete(key);
    }
    const since = this.#isRewinding ? Math.min(from, this.#mode.rewind) : from;
    this.setModes({ rewind: -1 });
    this.setModes({ rewind: since });
  }

  /** The destination's partition at this index loses everything. */
  wipe(index: number): void {
    this.#wiped = true;
    this.destination.wipe(index);
  }

  #movePrimary(): void {
    const origin = this.origin.any();
    if (origin === undefined) return;
    const before = origin.primary;
    origin.primary = (before + 1) % NODES;
    const slots = [origin.slot];
    for (const connection of this.#connections) {
      const loses = connection.node === before;
      if (loses) connection.follows.delete(origin.slot);
      // The news travels behind the frames sent before it, and those of two nodes overtake each other.
      const event: ShipEvent = {
        kind: "primaries",
        node: connection.ref,
        gained: loses ? [] : slots,
        lost: loses ? slots : [],
      };
      connection.toShipper.push({ event, items: [] });
    }
  }

  #breakNode(): void {
    const connection = this.#connections[this.#random(this.#connections.length)];
    if (connection === undefined) return;
    this.#connections = this.#connections.filter((other) => other !== connection);
    this.#step({ kind: "node-down", node: connection.ref });
    this.#connect(connection.node);
  }

  #restartShipper(): void {
    this.reshippedBefore += this.ship.counts[0]?.reshipped ?? 0;
    this.#start();
  }

  #restartApply(): void {
    this.destination.restart();
    // What it had taken from the bus and not applied is gone.
    this.#bus.splice(0, this.#random(3));
  }

  #switchBus(open: boolean, forgotten: boolean): void {
    this.#busOpen = open;
    if (forgotten) this.#bus = [];
    this.#step({ kind: "bus", open, forgotten });
  }

  #chance(percent: number): boolean {
    return chance(this.#random, percent);
  }
}
