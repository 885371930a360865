/**
 * The origin's storage nodes for the ship core's world: logs per slot, primaries that move, logs
 * that are trimmed, and one tail per connection, with the frames on their way in both directions.
 */
import type { ScanChunkEvent, ShipEffect, ShipEvent } from "../../xdr-shipper/ship/core/events.ts";
import {
  bytesOf,
  chance,
  ENTRY_BYTES,
  type Item,
  KEYS,
  type LogEntry,
  NODES,
  type Random,
  type Row,
} from "./ship-parts.ts";

export interface OriginSlot {
  readonly slot: number;
  readonly log: LogEntry[];
  /** What was trimmed: only for checking, no node can read it. */
  readonly trimmed: LogEntry[];
  first: number;
  primary: number;
  /** What the nodes were told of the destination: base applied, covered. */
  told: { base: number; covered: number };
}

/** A connection between the shipper and one node. */
export interface NodeConnection {
  readonly ref: number;
  readonly node: number;
  readonly toNode: ShipEffect[];
  readonly toShipper: { readonly event: ShipEvent; readonly items: readonly Item[] }[];
  readonly follows: Map<number, { next: number; unreported: number }>;
  seek: number;
  credit: number;
  readonly scans: Map<number, { readonly chunks: readonly (readonly Row[])[]; readonly to: number }>;
}

export class ShipOrigin {
  readonly slots: OriginSlot[] = [];
  recoveries = 0;
  readonly #random: Random;

  constructor(random: Random, slots: readonly number[]) {
    this.#random = random;
    for (const slot of slots) {
      const told = { base: 0, covered: 0 };
      this.slots.push({ slot, log: [], trimmed: [], first: 1, primary: random(NODES), told });
    }
  }

  slot(number: number): OriginSlot | undefined {
    return this.slots.find((origin) => origin.slot === number);
  }

  any(): OriginSlot | undefined {
    return this.slots[this.#random(this.slots.length)];
  }

  last(origin: OriginSlot): number {
    return origin.first - 1 + origin.log.length;
  }

  /** How many changes above a sequence are wanted. */
  changes(origin: OriginSlot, above: number): number {
    const all = [...origin.trimmed, ...origin.log];
    return all.filter(({ wanted, sequence }) => wanted && sequence > above).length;
  }

  /** Appends a few changes to some slot. */
  write(bytes: () => number): void {
    const origin = this.any();
    if (origin === undefined) return;
    for (let count = 1 + this.#random(3); count > 0; count--) {
      const sequence = this.last(origin) + 1;
      origin.log.push({
        sequence,
        key: this.#random(KEYS),
        wanted: this.#random(4) > 0,
        bytes: bytes(),
      });
    }
  }

  /** Newest wanted version of every key, up to `sequence`. */
  newest(origin: OriginSlot, sequence: number, wantedOnly: boolean): Map<number, number> {
    const newest = new Map<number, number>();
    for (const entry of [...origin.trimmed, ...origin.log]) {
      if ((entry.wanted || !wantedOnly) && entry.sequence <= sequence) newest.set(entry.key, entry.sequence);
    }
    return newest;
  }

  /** Frees some slot's log up to what `upTo` says. */
  trim(upTo: (origin: OriginSlot) => number): void {
    const origin = this.any();
    if (origin === undefined) return;
    const count = Math.max(0, Math.min(origin.log.length, upTo(origin) - origin.first + 1));
    origin.trimmed.push(...origin.log.splice(0, count));
    origin.first += count;
  }

  /** A node works on what it was sent, and sends. */
  turn(connection: NodeConnection): void {
    while (connection.toNode.length > 0 && this.#random(3) > 0) {
      const effect = connection.toNode.shift();
      if (effect !== undefined) this.#obey(connection, effect);
    }
    if (connection.credit > 0 && this.#random(4) > 0) this.#sendRuns(connection);
    if (this.#random(3) === 0) this.#sendStatus(connection);
  }

  #obey(connection: NodeConnection, effect: ShipEffect): void {
    if (effect.kind === "credit") connection.credit += effect.bytes;
    if (effect.kind === "scan") this.#scan(connection, effect);
    if (effect.kind === "seek") this.#seek(connection, effect);
  }

  #seek(connection: NodeConnection, effect: Extract<ShipEffect, { kind: "seek" }>): void {
    connection.seek = effect.number;
    for (const slot of effect.dropped) connection.follows.delete(slot);
    const trimmed: number[] = [];
    effect.slots.forEach((slot, index) => {
      const origin = this.slot(slot);
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
    if (trimmed.length > 0) this.#sendTrimmed(connection, trimmed);
  }

  #sendTrimmed(connection: NodeConnection, slots: readonly number[]): void {
    const event: ShipEvent = { kind: "trimmed", node: connection.ref, seek: connection.seek, slots };
    connection.toShipper.push({ event, items: [] });
  }

  #sendRuns(connection: NodeConnection): void {
    const items: Extract<Item, { kind: "run" }>[] = [];
    let left = connection.credit;
    for (const [slot, follow] of connection.follows) {
      if (left <= 0) break;
      const origin = this.slot(slot);
      if (origin === undefined || origin.primary !== connection.node) continue;
      if (follow.next < origin.first) {
        // Trimmed under the tail's feet.
        connection.follows.delete(slot);
        this.#sendTrimmed(connection, [slot]);
        continue;
      }
      const to = Math.min(this.last(origin), follow.next + this.#random(6));
      if (to < follow.next) continue;
      const entries = origin.log.filter((e) => e.wanted && e.sequence >= follow.next && e.sequence <= to);
      follow.next = to + 1;
      const [lastEntry] = entries.slice(-1);
      if (lastEntry === undefined) continue;
      // A run may end with its last wanted entry, or with what follows it unwanted.
      const end = this.#random(2) === 0 ? to : lastEntry.sequence;
      follow.next = end + 1;
      items.push({ kind: "run", slot, from: follow.unreported, to: end, entries });
      follow.unreported = end + 1;
      left -= bytesOf(entries);
    }
    if (items.length > 0) this.#send(connection, items);
  }

  #send(connection: NodeConnection, items: readonly Extract<Item, { kind: "run" }>[]): void {
    const bytes = items.map((item) => bytesOf(item.entries));
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
      bornAt: 0,
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
        const origin = this.slot(slot);
        return origin === undefined ? 0 : this.last(origin);
      }),
      changes: slots.map((slot) => {
        const origin = this.slot(slot);
        // A node cannot say at any moment: what it numbers is not committed at once.
        return origin === undefined || this.#random(3) === 0 ? -1 : this.changes(origin, 0);
      }),
    };
    connection.toShipper.push({ event, items: [] });
  }

  #scan(connection: NodeConnection, effect: Extract<ShipEffect, { kind: "scan" }>): void {
    const { scan, slot, chunk } = effect;
    const origin = this.slot(slot);
    if (origin === undefined) return;
    const isRefused = effect.rewind > 0 && this.last(origin) !== effect.base;
    if (chunk === 0 && !isRefused) connection.scans.set(scan, this.#openScan(origin, effect.rewind));
    const open = connection.scans.get(scan);
    if (origin.primary !== connection.node || open === undefined || chance(this.#random, 5)) {
      connection.scans.delete(scan);
      const event: ShipEvent = { kind: "scan-failed", node: connection.ref, scan, slot };
      connection.toShipper.push({ event, items: [] });
      return;
    }
    const rows = open.chunks[chunk] ?? [];
    const shape = { scan, slot, chunk, last: chunk >= open.chunks.length - 1, to: open.to };
    const event: ScanChunkEvent = {
      kind: "scan-chunk",
      node: connection.ref,
      ...shape,
      changes: this.changes(origin, 0) - this.changes(origin, open.to),
      records: rows.length,
      bytes: rows.length * ENTRY_BYTES,
    };
    connection.toShipper.push({ event, items: [{ kind: "chunk", ...shape, rows }] });
    if (shape.last) this.recoveries++;
  }

  /** `rewind`: only versions from this sequence on, which stands for a time; the log gets a mark. */
  #openScan(origin: OriginSlot, rewind: number): { chunks: (readonly Row[])[]; to: number } {
    if (rewind >= 0) {
      const mark = { sequence: this.last(origin) + 1, key: -1, wanted: false, bytes: ENTRY_BYTES };
      origin.log.push(mark);
    }
    const to = this.last(origin);
    const rows = [...this.newest(origin, to, false)].filter(([key, at]) => key >= 0 && at >= rewind);
    const chunks: (readonly Row[])[] = [];
    while (rows.length > 0) chunks.push(rows.splice(0, 1 + this.#random(2)));
    return { chunks: chunks.length === 0 ? [[]] : chunks, to };
  }
}
