/**
 * The destination for the ship core's world: partitions that keep to the rules of
 * node/xdr/remote-apply.ts, and the reports of its apply role.
 */
import type { Report } from "../../xdr-shipper/ship/core/events.ts";
import { type Item, LOG_ID, type Message } from "./ship-parts.ts";

interface DestinationSlot {
  position: number;
  readonly records: Map<number, number>;
  scan: { readonly id: number; readonly next: number } | undefined;
}

interface Progress {
  readonly publisher: number;
  readonly channel: number;
  readonly done: number;
}

const REPORT_MS = 20;
const FULL_MS = 500;

export class ShipDestination {
  readonly slots = new Map<number, DestinationSlot>();
  /** The origin is shut out: what it sends is refused. */
  shutOut = false;
  refused = 0;
  #reporter = 1;
  #number = 0;
  #fullDue = true;
  #reportedAt = 0;
  #fullAt = 0;
  #progress = new Map<string, Progress>();
  readonly #touched = new Set<number>();

  constructor(slots: readonly number[]) {
    for (const slot of slots) this.slots.set(slot, { position: 0, records: new Map(), scan: undefined });
  }

  /** Deals with a message of the bus; `check` is called for every slot an item was applied to. */
  take(message: Message, check: (slot: number, position: number) => void): void {
    for (const item of message.items) {
      const slot = this.slots.get(item.slot);
      if (slot === undefined) continue;
      if (this.shutOut) {
        this.refused++;
        continue;
      }
      this.#touched.add(item.slot);
      if (item.kind === "run") applyRun(slot, item);
      else applyChunk(slot, item);
      check(item.slot, slot.position);
    }
    const { publisher, channel, number } = message;
    const key = `${publisher}/${channel}`;
    const done = Math.max(number, this.#progress.get(key)?.done ?? 0);
    this.#progress.set(key, { publisher, channel, done });
  }

  askFull(): void {
    this.#fullDue = true;
  }

  /** The apply role starts anew: another reporter, no progress. */
  restart(): void {
    this.#reporter++;
    this.#number = 0;
    this.#progress = new Map();
    this.#fullDue = true;
  }

  /** The report that is due, if one is. */
  report(now: number): Report | undefined {
    const full = this.#fullDue || now - this.#fullAt > FULL_MS;
    if (!full && now - this.#reportedAt < REPORT_MS) return undefined;
    this.#reportedAt = now;
    this.#fullDue = false;
    if (full) this.#fullAt = now;
    const partitions = full ? [...this.slots.keys()] : [...this.#touched];
    this.#touched.clear();
    const positions = partitions.map((slot) => this.slots.get(slot)?.position ?? 0);
    return {
      reporter: this.#reporter,
      number: ++this.#number,
      lanes: [0, 1],
      sections: [{ namespace: 0, logId: LOG_ID, partitions, positions }],
      progress: [...this.#progress.values()].map(({ publisher, channel, done }) => ({
        namespace: 0,
        lane: channel,
        publisher,
        received: done,
        finished: done,
      })),
      busyLanes: [],
      fullPart: full ? 1 : 0,
      fullParts: full ? 1 : 0,
      served: [true],
      servedLogIds: [1],
      shutOut: this.shutOut,
    };
  }

  /** A partition loses everything. */
  wipe(index: number): void {
    const slot = [...this.slots.values()][index];
    if (slot === undefined) return;
    slot.position = 0;
    slot.records.clear();
    slot.scan = undefined;
  }
}

function applyRun(slot: DestinationSlot, run: Extract<Item, { kind: "run" }>): void {
  if (run.from > slot.position + 1) return;
  for (const entry of run.entries) merge(slot, entry.key, entry.sequence);
  slot.position = Math.max(slot.position, run.to);
}

function applyChunk(slot: DestinationSlot, chunk: Extract<Item, { kind: "chunk" }>): void {
  if (slot.position >= chunk.to) return;
  const expected = slot.scan?.id === chunk.scan ? slot.scan.next : 0;
  if (chunk.chunk !== expected) {
    slot.scan = undefined;
    return;
  }
  for (const [key, version] of chunk.rows) merge(slot, key, version);
  slot.scan = chunk.last ? undefined : { id: chunk.scan, next: expected + 1 };
  if (chunk.last) slot.position = Math.max(slot.position, chunk.to);
}

function merge(slot: DestinationSlot, key: number, version: number): void {
  slot.records.set(key, Math.max(version, slot.records.get(key) ?? 0));
}
