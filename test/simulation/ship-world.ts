/**
 * The world around the ship core: origin nodes with logs, a bus that does anything to messages, and
 * a destination that keeps to the rules of node/xdr/remote-apply.ts. Everything is driven by a
 * seeded random source and virtual time, so a failing run repeats exactly.
 */
import { expect } from "vitest";
import type {
  Report,
  ScanChunkEvent,
  ShipEffect,
  ShipEvent,
  ShipOptions,
} from "../../xdr-shipper/ship/core/events.ts";
import { figuresOf } from "../../xdr-shipper/ship/core/figures.ts";
import type { ShipState } from "../../xdr-shipper/ship/core/ship-state.ts";
import { createShip, step } from "../../xdr-shipper/ship/ship.ts";

export const LANES = 2;
const LOG_ID = 777;
const KEYS = 3;
const NODES = 2;
const ENTRY_BYTES = 100;
const FULL_MS = 500;

export interface Faults {
  /** Chances in percent, per message, report or turn. */
  readonly lose: number;
  readonly repeat: number;
  readonly reorder: number;
  readonly loseReport: number;
  readonly movePrimary: number;
  readonly breakNode: number;
  readonly restartShipper: number;
  readonly restartApply: number;
  readonly forget: number;
  readonly closeBus: number;
  readonly trim: number;
  readonly forceTrim: number;
  readonly wipe: number;
  /** Entries larger than the window. */
  readonly huge: number;
}

export const NO_FAULTS: Faults = {
  lose: 0,
  repeat: 0,
  reorder: 0,
  loseReport: 0,
  movePrimary: 0,
  breakNode: 0,
  restartShipper: 0,
  restartApply: 0,
  forget: 0,
  closeBus: 0,
  trim: 0,
  forceTrim: 0,
  wipe: 0,
  huge: 0,
};

interface LogEntry {
  readonly sequence: number;
  readonly key: number;
  readonly wanted: boolean;
  readonly bytes: number;
}

interface OriginSlot {
  readonly slot: number;
  readonly log: LogEntry[];
  first: number;
  primary: number;
  /** What the nodes were told: base applied, covered. */
  told: { base: number; covered: number };
}

interface DestinationSlot {
  position: number;
  readonly records: Map<number, number>;
  scan: { id: number; next: number } | undefined;
}

type Item =
  | {
      readonly kind: "run";
      readonly slot: number;
      readonly from: number;
      readonly to: number;
      readonly entries: readonly LogEntry[];
    }
  | {
      readonly kind: "chunk";
      readonly slot: number;
      readonly scan: number;
      readonly chunk: number;
      readonly last: boolean;
      readonly to: number;
      readonly rows: readonly (readonly [number, number])[];
    };

interface Message {
  readonly publisher: number;
  readonly channel: number;
  readonly number: number;
  readonly items: readonly Item[];
}

interface NodeConnection {
  readonly ref: number;
  readonly node: number;
  readonly toNode: ShipEffect[];
  readonly toShipper: { readonly event: ShipEvent; readonly items: readonly Item[] }[];
  readonly follows: Map<number, { next: number; unreported: number }>;
  seek: number;
  credit: number;
  readonly scans: Map<number, { rows: (readonly [number, number])[][]; to: number }>;
}

export class ShipWorld {
  now = 0;
  ship: ShipState;
  readonly options: ShipOptions;
  readonly origin: OriginSlot[] = [];
  readonly destination = new Map<number, DestinationSlot>();
  faults: Faults = NO_FAULTS;
  recoveries = 0;
  reshipped = 0;
  wiped = false;
  readonly #random: (below: number) => number;
  #connections: NodeConnection[] = [];
  #refs = 0;
  #publishers = 0;
  #packing = new Map<number, Item[]>();
  #numbers = new Map<number, number>();
  #bus: Message[] = [];
  #busOpen = true;
  #reports: Report[] = [];
  #reporter = 1;
  #reportNumber = 0;
  #fullDue = true;
  #progress = new Map<string, { publisher: number; channel: number; received: number; finished: number }>();
  #touched = new Set<number>();
  #reportedAt = 0;
  #fullAt = 0;
  #huge = false;

  constructor(random: (below: number) => number, slots: readonly number[], windowBytes: number) {
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
    for (const slot of slots) {
      this.origin.push({ slot, log: [], first: 1, primary: random(NODES), told: { base: 0, covered: 0 } });
      this.destination.set(slot, { position: 0, records: new Map(), scan: undefined });
    }
    this.ship = this.#start();
  }

  /** One turn: something is written, things move, something may break. */
  turn(): void {
    this.now += 1 + this.#random(10);
    this.#breakThings();
    for (const connection of [...this.#connections]) this.#nodeTurn(connection);
    for (const connection of [...this.#connections]) this.#receive(connection);
    this.#busTurn();
    this.#reportTurn();
    this.step({ kind: "tick" });
    expect(this.ship.pool.bytes).toBeLessThanOrEqual(this.ship.windowBytes + this.#slack());
    expect(this.ship.pool.bytes).toBeGreaterThanOrEqual(0);
  }

  write(): void {
    const origin = this.origin[this.#random(this.origin.length)];
    if (origin === undefined) return;
    for (let count = 1 + this.#random(3); count > 0; count--) {
      const sequence = this.last(origin) + 1;
      origin.log.push({
        sequence,
        key: this.#random(KEYS),
        wanted: this.#random(4) > 0,
        bytes: this.#size(),
      });
    }
  }

  #size(): number {
    if (!this.#chance(this.faults.huge)) return ENTRY_BYTES;
    this.#huge = true;
    return this.options.windowBytes * 2;
  }

  last(origin: OriginSlot): number {
    return origin.first - 1 + origin.log.length;
  }

  /** Whether the destination has everything, and the core knows it. */
  get settled(): boolean {
    const figures = figuresOf(this.ship, 0, this.now);
    return (
      this.origin.every((origin) => this.#reflects(origin, this.last(origin))) &&
      figures.lagRecords === 0 &&
      figures.recoveriesPending === 0 &&
      this.ship.pool.runs === 0
    );
  }

  /** Everything wanted up to `sequence` is in the destination's records (or overwritten there). */
  #reflects(origin: OriginSlot, sequence: number): boolean {
    const newest = new Map<number, number>();
    for (const entry of this.#history(origin)) {
      if (entry.wanted && entry.sequence <= sequence) newest.set(entry.key, entry.sequence);
    }
    const records = this.destination.get(origin.slot)?.records;
    return [...newest].every(([key, version]) => (records?.get(key) ?? 0) >= version);
  }

  readonly #trimmed = new Map<number, LogEntry[]>();
  #history(origin: OriginSlot): readonly LogEntry[] {
    return [...(this.#trimmed.get(origin.slot) ?? []), ...origin.log];
  }

  step(event: ShipEvent, items: readonly Item[] = []): void {
    for (const effect of step(this.ship, event, this.now)) this.#carryOut(effect, event, items);
  }

  // ---- the shipper's shell ----------------------------------------------------------------------

  #start(): ShipState {
    this.#publishers++;
    this.#packing = new Map();
    this.#numbers = new Map();
    this.#connections = [];
    const ship = createShip({ ...this.options, publisher: this.#publishers });
    this.ship = ship;
    this.step({ kind: "lanes", lanes: Array.from({ length: LANES }, (_, lane) => lane) });
    this.step({ kind: "bus", open: this.#busOpen, forgotten: false });
    for (let node = 0; node < NODES; node++) this.#connect(node);
    return ship;
  }

  #connect(node: number): void {
    const connection: NodeConnection = {
      ref: ++this.#refs,
      node,
      toNode: [],
      toShipper: [],
      follows: new Map(),
      seek: 0,
      credit: 0,
      scans: new Map(),
    };
    this.#connections.push(connection);
    this.step({ kind: "node-up", node: connection.ref, logIds: [LOG_ID] });
    const gained = this.origin.filter((origin) => origin.primary === node).map((origin) => origin.slot);
    this.step({ kind: "primaries", node: connection.ref, gained, lost: [] });
  }

  #carryOut(effect: ShipEffect, event: ShipEvent, items: readonly Item[]): void {
    switch (effect.kind) {
      case "pack":
        effect.channels.forEach((channel, index) => {
          const item = items[index];
          if (channel < 0 || item === undefined) return;
          this.#packed(channel).push(item);
          if (effect.close[index]) this.#publish(channel);
        });
        break;
      case "pack-chunk": {
        expect(event.kind).toBe("scan-chunk");
        const [item] = items;
        if (item !== undefined) this.#packed(effect.channel).push(item);
        if (effect.close) this.#publish(effect.channel);
        break;
      }
      case "publish":
        this.#publish(effect.channel);
        break;
      case "shipped":
        effect.slots.forEach((slot, index) => {
          const origin = this.#originOf(slot);
          if (origin === undefined) return;
          const covered = effect.covered[index] ?? 0;
          // The trim horizon: wrong here means lost data.
          if (!this.wiped) expect(this.#reflects(origin, covered)).toBe(true);
          origin.told = { base: effect.bases[index] ?? 0, covered };
        });
        break;
      case "ask":
        if (!this.#chance(this.faults.loseReport)) this.#fullDue = true;
        break;
      default:
        this.#connections.find((connection) => connection.ref === effect.node)?.toNode.push(effect);
    }
  }

  #packed(channel: number): Item[] {
    let items = this.#packing.get(channel);
    if (items === undefined) {
      items = [];
      this.#packing.set(channel, items);
    }
    return items;
  }

  #publish(channel: number): void {
    const number = (this.#numbers.get(channel) ?? 0) + 1;
    this.#numbers.set(channel, number);
    const message = { publisher: this.#publishers, channel, number, items: this.#packed(channel) };
    this.#packing.set(channel, []);
    expect(message.items.length).toBeGreaterThan(0);
    if (!this.#busOpen) this.#lost.push({ channel, number, ship: this.ship });
    else if (!this.#chance(this.faults.lose)) this.#bus.push(message);
    if (this.#busOpen && this.#chance(this.faults.repeat)) this.#bus.push(message);
  }

  /** Publishes that are known to have failed, told in the next turn. */
  #lost: { channel: number; number: number; ship: ShipState }[] = [];

  // ---- the origin's nodes -----------------------------------------------------------------------

  #nodeTurn(connection: NodeConnection): void {
    while (connection.toNode.length > 0 && this.#random(3) > 0) {
      const effect = connection.toNode.shift();
      if (effect !== undefined) this.#obey(connection, effect);
    }
    if (connection.credit > 0 && this.#random(4) > 0) this.#sendRuns(connection);
    if (this.#random(3) === 0) this.#sendStatus(connection);
  }

  #obey(connection: NodeConnection, effect: ShipEffect): void {
    if (effect.kind === "credit") connection.credit += effect.bytes;
    if (effect.kind === "scan") this.#scan(connection, effect.scan, effect.slot, effect.chunk);
    if (effect.kind !== "seek") return;
    connection.seek = effect.number;
    for (const slot of effect.dropped) connection.follows.delete(slot);
    const trimmed: number[] = [];
    effect.slots.forEach((slot, index) => {
      const origin = this.#originOf(slot);
      const base = effect.bases[index] ?? 0;
      if (origin === undefined) return;
      const known = origin.told.base === base ? origin.told.covered : base;
      const next = Math.max(known, effect.covered[index] ?? base) + 1;
      connection.follows.set(slot, { next, unreported: base + 1 });
      if (next < origin.first) {
        connection.follows.delete(slot);
        trimmed.push(slot);
      }
    });
    if (trimmed.length === 0) return;
    const event: ShipEvent = { kind: "trimmed", node: connection.ref, seek: connection.seek, slots: trimmed };
    connection.toShipper.push({ event, items: [] });
  }

  #sendRuns(connection: NodeConnection): void {
    const items: Extract<Item, { kind: "run" }>[] = [];
    let left = connection.credit;
    for (const [slot, follow] of connection.follows) {
      if (left <= 0) break;
      const origin = this.#originOf(slot);
      if (origin === undefined || origin.primary !== connection.node) continue;
      if (follow.next < origin.first) {
        // Trimmed under the tail's feet.
        connection.follows.delete(slot);
        const event: ShipEvent = {
          kind: "trimmed",
          node: connection.ref,
          seek: connection.seek,
          slots: [slot],
        };
        connection.toShipper.push({ event, items: [] });
        continue;
      }
      const to = Math.min(this.last(origin), follow.next + this.#random(6));
      if (to < follow.next) continue;
      const entries = origin.log.filter((e) => e.wanted && e.sequence >= follow.next && e.sequence <= to);
      follow.next = to + 1;
      if (entries.length === 0) continue;
      const [lastEntry] = entries.slice(-1);
      const end = this.#random(2) === 0 ? to : (lastEntry?.sequence ?? to);
      follow.next = end + 1;
      items.push({ kind: "run", slot, from: follow.unreported, to: end, entries });
      follow.unreported = end + 1;
      left -= entries.reduce((sum, entry) => sum + entry.bytes, 0);
    }
    if (items.length === 0) return;
    const bytes = items.map((item) => item.entries.reduce((sum, entry) => sum + entry.bytes, 0));
    connection.credit -= bytes.reduce((sum, size) => sum + size, 0);
    const event: ShipEvent = {
      kind: "runs",
      node: connection.ref,
      seek: connection.seek,
      slots: items.map((item) => item.slot),
      from: items.map((item) => item.from),
      span: items.map((item) => item.to - item.from),
      counts: items.map((item) => item.entries.length),
      bytes,
      bornAt: this.now,
    };
    connection.toShipper.push({ event, items });
  }

  #sendStatus(connection: NodeConnection): void {
    const slots = [...connection.follows.keys()];
    if (slots.length === 0) return;
    const event: ShipEvent = {
      kind: "status",
      node: connection.ref,
      seek: connection.seek,
      slots,
      next: slots.map((slot) => connection.follows.get(slot)?.next ?? 1),
      committed: slots.map((slot) => {
        const origin = this.#originOf(slot);
        return origin === undefined ? 0 : this.last(origin);
      }),
    };
    connection.toShipper.push({ event, items: [] });
  }

  #scan(connection: NodeConnection, scan: number, slot: number, chunk: number): void {
    const origin = this.#originOf(slot);
    if (origin === undefined) return;
    if (chunk === 0) {
      const newest = new Map<number, number>();
      for (const entry of this.#history(origin)) newest.set(entry.key, entry.sequence);
      const rows = [...newest];
      const chunks: (readonly [number, number])[][] = [];
      while (rows.length > 0) chunks.push(rows.splice(0, 1 + this.#random(2)));
      connection.scans.set(scan, { rows: chunks.length === 0 ? [[]] : chunks, to: this.last(origin) });
    }
    const open = connection.scans.get(scan);
    if (origin.primary !== connection.node || open === undefined || this.#chance(5)) {
      connection.scans.delete(scan);
      const event: ShipEvent = { kind: "scan-failed", node: connection.ref, scan, slot };
      connection.toShipper.push({ event, items: [] });
      return;
    }
    const rows = open.rows[chunk] ?? [];
    const last = chunk >= open.rows.length - 1;
    const shape = { scan, slot, chunk, last, to: open.to };
    const event: ScanChunkEvent = {
      kind: "scan-chunk",
      node: connection.ref,
      ...shape,
      records: rows.length,
      bytes: rows.length * ENTRY_BYTES,
    };
    connection.toShipper.push({ event, items: [{ kind: "chunk", ...shape, rows }] });
    if (last) this.recoveries++;
  }

  #receive(connection: NodeConnection): void {
    while (connection.toShipper.length > 0 && this.#random(3) > 0) {
      const sent = connection.toShipper.shift();
      if (sent !== undefined) this.step(sent.event, sent.items);
    }
  }

  // ---- the bus and the destination ----------------------------------------------------------------

  #busTurn(): void {
    for (const { channel, number, ship } of this.#lost.splice(0)) {
      if (ship === this.ship) this.step({ kind: "lost", channel, number });
    }
    for (let count = this.#random(4); count > 0 && this.#bus.length > 0; count--) {
      const index = this.#chance(this.faults.reorder) ? this.#random(this.#bus.length) : 0;
      const [message] = this.#bus.splice(index, 1);
      if (message === undefined) return;
      for (const item of message.items) this.#apply(item);
      const key = `${message.publisher}/${message.channel}`;
      const before = this.#progress.get(key);
      const number = Math.max(message.number, before?.finished ?? 0);
      this.#progress.set(key, {
        publisher: message.publisher,
        channel: message.channel,
        received: number,
        finished: number,
      });
      if (this.#chance(this.faults.repeat)) this.#bus.push(message);
    }
  }

  #apply(item: Item): void {
    const slot = this.destination.get(item.slot);
    const origin = this.#originOf(item.slot);
    if (slot === undefined || origin === undefined) return;
    this.#touched.add(item.slot);
    if (item.kind === "run") {
      if (item.from > slot.position + 1) return;
      for (const entry of item.entries) this.#merge(slot, entry.key, entry.sequence);
      slot.position = Math.max(slot.position, item.to);
    } else {
      if (slot.position >= item.to) return;
      const expected = slot.scan?.id === item.scan ? slot.scan.next : 0;
      if (item.chunk !== expected) {
        slot.scan = undefined;
        return;
      }
      for (const [key, version] of item.rows) this.#merge(slot, key, version);
      slot.scan = item.last ? undefined : { id: item.scan, next: expected + 1 };
      if (item.last) slot.position = Math.max(slot.position, item.to);
    }
    expect(this.#reflects(origin, slot.position)).toBe(true);
  }

  #merge(slot: DestinationSlot, key: number, version: number): void {
    slot.records.set(key, Math.max(version, slot.records.get(key) ?? 0));
  }

  #reportTurn(): void {
    const full = this.#fullDue || this.now - this.#fullAt > FULL_MS;
    if (!full && this.now - this.#reportedAt < 20) {
      this.#hearReports();
      return;
    }
    this.#reportedAt = this.now;
    this.#fullDue = false;
    if (full) this.#fullAt = this.now;
    const slots = full ? [...this.destination.keys()] : [...this.#touched];
    this.#touched.clear();
    const report: Report = {
      reporter: this.#reporter,
      number: ++this.#reportNumber,
      lanes: [0, 1],
      sections: [
        {
          namespace: 0,
          logId: LOG_ID,
          partitions: slots,
          positions: slots.map((slot) => this.destination.get(slot)?.position ?? 0),
        },
      ],
      progress: [...this.#progress.values()].map(({ publisher, channel, received, finished }) => ({
        namespace: 0,
        lane: channel,
        publisher,
        received,
        finished,
      })),
      busyLanes: [],
      fullPart: full ? 1 : 0,
      fullParts: full ? 1 : 0,
      served: [true],
      servedLogIds: [1],
    };
    if (!this.#chance(this.faults.loseReport)) this.#reports.push(report);
    this.#hearReports();
  }

  #hearReports(): void {
    while (this.#reports.length > 0 && this.#random(3) > 0) {
      const report = this.#reports.shift();
      if (report !== undefined) this.step({ kind: "report", report });
    }
  }

  // ---- faults ------------------------------------------------------------------------------------

  #breakThings(): void {
    const { faults } = this;
    if (this.#chance(faults.movePrimary)) this.#movePrimary();
    if (this.#chance(faults.breakNode)) this.#breakNode();
    if (this.#chance(faults.restartShipper)) this.#restartShipper();
    if (this.#chance(faults.restartApply)) this.#restartApply();
    if (this.#chance(faults.closeBus)) this.#switchBus(!this.#busOpen, false);
    if (this.#chance(faults.forget)) this.#switchBus(true, true);
    if (this.#chance(faults.trim)) this.#trim((origin) => origin.told.covered);
    if (this.#chance(faults.forceTrim)) this.#trim((origin) => this.last(origin));
    if (this.#chance(faults.wipe)) this.#wipe();
  }

  /** Ends all faults and opens what is closed. */
  heal(): void {
    this.faults = NO_FAULTS;
    if (!this.#busOpen) this.#switchBus(true, false);
  }

  #movePrimary(): void {
    const origin = this.origin[this.#random(this.origin.length)];
    if (origin === undefined) return;
    const before = origin.primary;
    origin.primary = (before + 1) % NODES;
    const order = this.#random(2) === 0 ? [before, origin.primary] : [origin.primary, before];
    for (const node of order) {
      const connection = this.#connections.find((other) => other.node === node);
      if (connection === undefined) continue;
      const slots = [origin.slot];
      if (node === before) connection.follows.delete(origin.slot);
      const gained = node === before ? [] : slots;
      const lost = node === before ? slots : [];
      // The news travels behind the frames sent before it.
      connection.toShipper.push({
        event: { kind: "primaries", node: connection.ref, gained, lost },
        items: [],
      });
    }
  }

  #breakNode(): void {
    const connection = this.#connections[this.#random(this.#connections.length)];
    if (connection === undefined) return;
    this.#connections = this.#connections.filter((other) => other !== connection);
    this.step({ kind: "node-down", node: connection.ref });
    this.#connect(connection.node);
  }

  #restartShipper(): void {
    this.reshipped += this.ship.counts[0]?.reshipped ?? 0;
    this.#start();
  }

  #restartApply(): void {
    this.#reporter++;
    this.#reportNumber = 0;
    this.#progress = new Map();
    this.#fullDue = true;
    // What it had taken from the bus and not applied is gone.
    this.#bus.splice(0, this.#random(3));
  }

  #switchBus(open: boolean, forgotten: boolean): void {
    this.#busOpen = open;
    if (forgotten) this.#bus = [];
    this.step({ kind: "bus", open, forgotten });
  }

  #trim(upTo: (origin: OriginSlot) => number): void {
    const origin = this.origin[this.#random(this.origin.length)];
    if (origin === undefined) return;
    const count = Math.max(0, Math.min(origin.log.length, upTo(origin) - origin.first + 1));
    const gone = this.#trimmed.get(origin.slot) ?? [];
    gone.push(...origin.log.splice(0, count));
    this.#trimmed.set(origin.slot, gone);
    origin.first += count;
  }

  /** A destination partition loses everything. */
  #wipe(): void {
    const slot = [...this.destination.values()][this.#random(this.destination.size)];
    if (slot === undefined) return;
    this.wiped = true;
    slot.position = 0;
    slot.records.clear();
    slot.scan = undefined;
  }

  #originOf(slot: number): OriginSlot | undefined {
    return this.origin.find((origin) => origin.slot === slot);
  }

  #chance(percent: number): boolean {
    return percent > 0 && this.#random(1000) < percent * 10;
  }

  /** What may exceed the window: what a node sends at once, and a chunk per open scan. */
  #slack(): number {
    const entry = this.#huge ? this.options.windowBytes * 2 : ENTRY_BYTES;
    return NODES * 6 * entry + this.options.scansMax * 2 * ENTRY_BYTES;
  }
}
