/**
 * What of a datacenter's changes may leave for one destination, and when: sets and a filter, bins that are
 * left out, a pace in changes a second, a delay, a pause, and what of others' changes is forwarded. One for
 * each tail; changes and recovery scans pass the same gate. No IO and no clock of its own.
 *
 * The pace of the whole datacenter is shared out by partitions: a tail has the part of it that it follows,
 * or recovers, partitions of the namespace, whatever nodes and shippers there are.
 */
import { DIGEST_BYTES, PARTITION_COUNT } from "../../common/limits.ts";
import { ShipFilter } from "../../common/xdr/ship-filter.ts";
import { shipsParts } from "../../common/xdr/xdr-bins.ts";
import type { ShipSettings } from "../../common/xdr/xdr-settings.ts";
import { type Slot, slotNamespaceId } from "../../proto/cluster-map.ts";
import {
  DIGEST_OFFSET,
  hasBeforeAt,
  imageOffsetAt,
  isJoinedAt,
  originIdAt,
  withBefore,
} from "../../proto/entry.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import { partialEntry, partialImage } from "../../proto/partial-image.ts";
import { RecordImage, setNameAt, writtenByAt, writtenMsAt } from "../../proto/record.ts";
import type { Verdict } from "../change-log/change-tail.ts";

/** What may leave at once after a rest, in time of the pace. */
const BURST_MS = 250;

interface NamespaceGate {
  settings: ShipSettings;
  /** Decoded once for the settings. */
  filter: ShipFilter;
  /** Changes may leave without some of their bins. */
  parts: boolean;
  /** Slots that the tail follows, or whose records are scanned. */
  followed: number;
  /** Changes that may leave now; below 0 after a scan's chunk. */
  tokens: number;
  countedAt: number;
  /** Slots whose next change waits for the pace or the pause, in the order of their turns. */
  readonly waiting: Set<Slot>;
  /** Slots whose next change waits for its delay: which one, and until when. */
  readonly delayed: Map<Slot, { readonly sequence: number; readonly until: number; resting: boolean }>;
}

export interface ShipGateOptions {
  readonly destinationId: number;
  readonly wallMs: () => number;
  readonly monotonicMs: () => number;
  /** By namespace id. */
  readonly settings: readonly ShipSettings[];
  readonly onFiltered: (changes: number) => void;
}

export class ShipGate {
  readonly #options: ShipGateOptions;
  readonly #namespaces: readonly NamespaceGate[];

  constructor(options: ShipGateOptions) {
    this.#options = options;
    this.#namespaces = options.settings.map((settings) => ({
      settings,
      filter: new ShipFilter(settings),
      parts: shipsParts(settings),
      followed: 0,
      tokens: 0,
      countedAt: options.monotonicMs(),
      waiting: new Set(),
      delayed: new Map(),
    }));
  }

  configure(settings: readonly ShipSettings[]): void {
    this.#namespaces.forEach((gate, namespaceId) => {
      const now = settings[namespaceId];
      if (now === undefined) return;
      this.#count(gate);
      gate.settings = now;
      gate.filter = new ShipFilter(now);
      gate.parts = shipsParts(now);
      gate.tokens = Math.min(gate.tokens, burstOf(gate));
    });
  }

  /** How many of its slots the tail follows, or recovers, by namespace id. */
  follow(counts: readonly number[]): void {
    this.#namespaces.forEach((gate, namespaceId) => {
      this.#count(gate);
      const before = gate.followed === 0 ? 0 : burstOf(gate);
      gate.followed = counts[namespaceId] ?? 0;
      // What is followed from now on has rested until now.
      gate.tokens = Math.min(burstOf(gate), gate.tokens + Math.max(0, burstOf(gate) - before));
    });
  }

  /** What becomes of the slot's next change, whose entry lies at `offset`. */
  readonly judge = (slot: Slot, sequence: number, entries: Buffer, offset: number): Verdict => {
    const gate = this.#namespaces[slotNamespaceId(slot)];
    if (gate === undefined) return isOwn(entries, offset) ? "ship" : "skip";
    const own = isOwn(entries, offset);
    if (!own && !this.#forwards(gate, entries, offset)) return "skip";
    if (isPaused(gate)) {
      gate.waiting.add(slot);
      return "later";
    }
    if (own && gate.filter.filters && !this.#shipsEntry(gate.filter, entries, offset)) {
      this.#options.onFiltered(1);
      return "filtered";
    }
    if (gate.settings["delay-ms"] > 0 && this.#isDelayed(gate, slot, sequence, entries, offset)) {
      return "later";
    }
    if (gate.settings["delay-ms"] === 0) gate.delayed.delete(slot);
    this.#count(gate);
    if (gate.tokens < 1) {
      gate.waiting.add(slot);
      return "later";
    }
    gate.tokens--;
    const hasBefore = hasBeforeAt(entries, offset);
    if (!gate.parts && !hasBefore) return "ship";
    const entry = entries.subarray(offset, offset + entries.readUInt32LE(offset));
    const partial = gate.parts ? partialEntry(entry, gate.settings) : undefined;
    // What the record was before is for this datacenter's feeds.
    return partial ?? (hasBefore ? withBefore(entry, undefined) : "ship");
  };

  /**
   * Whether a change that came from another datacenter is shipped on: not to where it came from, nor to where
   * it was made, unless it was joined since with something that may be missing there; nor what is filtered,
   * which has no number of its own to be counted by.
   */
  #forwards({ settings, filter }: NamespaceGate, entries: Buffer, offset: number): boolean {
    const { destinationId } = this.#options;
    const image = imageOffsetAt(entries, offset);
    if (!settings.forward || originIdAt(entries, offset) === destinationId) return false;
    if (writtenByAt(entries, image) === destinationId && !isJoinedAt(entries, offset)) return false;
    return this.#shipsEntry(filter, entries, offset);
  }

  #shipsEntry(filter: ShipFilter, entries: Buffer, offset: number): boolean {
    const imageAt = imageOffsetAt(entries, offset);
    if (!filter.shipsSet(setNameAt(entries, imageAt))) return false;
    if (!filter.asksRecords) return true;
    const image = entries.subarray(imageAt, offset + entries.readUInt32LE(offset));
    const digest = entries.subarray(offset + DIGEST_OFFSET, offset + DIGEST_OFFSET + DIGEST_BYTES);
    return this.#shipsImage(filter, digest, image);
  }

  #shipsImage(filter: ShipFilter, digest: Buffer, image: Buffer): boolean {
    return filter.shipsRecord(new ImageRecord(new RecordImage(image), digest), this.#options.wallMs());
  }

  /** The LUT may lie in the future: no change waits longer than the delay since it was first looked at. */
  #isDelayed(gate: NamespaceGate, slot: Slot, sequence: number, entries: Buffer, offset: number): boolean {
    const now = this.#options.monotonicMs();
    const before = gate.delayed.get(slot);
    if (before?.sequence === sequence) {
      if (now < before.until) {
        before.resting = true;
        return true;
      }
      gate.delayed.delete(slot);
      return false;
    }
    const delay = gate.settings["delay-ms"];
    const age = this.#options.wallMs() - writtenMsAt(entries, imageOffsetAt(entries, offset));
    if (age >= delay) {
      gate.delayed.delete(slot);
      return false;
    }
    gate.delayed.set(slot, { sequence, until: now + Math.min(delay, delay - age), resting: true });
    return true;
  }

  /** Slots whose turn has come: they are to be looked at again. */
  due(): Slot[] {
    const now = this.#options.monotonicMs();
    const slots: Slot[] = [];
    for (const gate of this.#namespaces) {
      if (isPaused(gate)) continue;
      for (const [slot, rest] of gate.delayed) {
        if (!rest.resting || (rest.until > now && gate.settings["delay-ms"] > 0)) continue;
        rest.resting = false;
        slots.push(slot);
      }
      this.#count(gate);
      let left = Math.floor(gate.tokens);
      for (const slot of gate.waiting) {
        if (left-- <= 0) break;
        gate.waiting.delete(slot);
        slots.push(slot);
      }
    }
    return slots;
  }

  /** Whether somebody waits for a turn that comes with time: a pause ends by other settings only. */
  get isHolding(): boolean {
    return this.#namespaces.some(
      (gate) => !isPaused(gate) && (gate.waiting.size > 0 || gate.delayed.size > 0),
    );
  }

  /** Namespaces whose changes wait for the pace, by id. */
  get throttled(): number[] {
    return this.#namespaces.flatMap((gate, namespaceId) =>
      gate.waiting.size > 0 && !isPaused(gate) ? [namespaceId] : [],
    );
  }

  /** Whether others' changes are shipped on. */
  forwards(slot: Slot): boolean {
    return this.#namespaces[slotNamespaceId(slot)]?.settings.forward === true;
  }

  isPaused(slot: Slot): boolean {
    const gate = this.#namespaces[slotNamespaceId(slot)];
    return gate !== undefined && isPaused(gate);
  }

  /** Whether records of a scan may leave now. */
  mayScan(slot: Slot): boolean {
    const gate = this.#namespaces[slotNamespaceId(slot)];
    if (gate === undefined) return true;
    this.#count(gate);
    return !isPaused(gate) && gate.tokens > 0;
  }

  /** Of a scan's rows those that are shipped; they count in the pace. */
  scanned<Row extends { readonly digest: Buffer; readonly image: Buffer }>(
    slot: Slot,
    rows: readonly Row[],
  ): readonly Row[] {
    const gate = this.#namespaces[slotNamespaceId(slot)];
    if (gate === undefined) return rows;
    const { filter } = gate;
    const shipped = filter.filters
      ? rows.filter(
          ({ digest, image }) =>
            filter.shipsSet(setNameAt(image, 0)) && this.#shipsImage(filter, digest, image),
        )
      : rows;
    gate.tokens -= shipped.length;
    return gate.parts ? shipped.map((row) => withoutBins(row, gate.settings)) : shipped;
  }

  /** The slot is not followed any more. */
  forget(slot: Slot): void {
    const gate = this.#namespaces[slotNamespaceId(slot)];
    gate?.waiting.delete(slot);
    gate?.delayed.delete(slot);
  }

  /** Adds what the time since the last count allows. */
  #count(gate: NamespaceGate): void {
    const now = this.#options.monotonicMs();
    const gained = (rateOf(gate) * (now - gate.countedAt)) / 1000;
    gate.tokens = Math.min(burstOf(gate), gate.tokens + gained);
    gate.countedAt = now;
  }
}

function isOwn(entries: Buffer, offset: number): boolean {
  return originIdAt(entries, offset) === 0;
}

function withoutBins<Row extends { readonly image: Buffer }>(row: Row, settings: ShipSettings): Row {
  return { ...row, image: partialImage(new RecordImage(row.image), settings, false).bytes };
}

/** Also what is not shipped at all is not handed out: the node hears of it before the shipper may. */
function isPaused({ settings }: NamespaceGate): boolean {
  return settings["max-throughput"] === 0 || !settings.enabled;
}

/** Changes a second that this tail may hand out. */
function rateOf({ settings, followed }: NamespaceGate): number {
  // A scan must go on in any case: who asks for one may not have told that it is a slot's turn.
  return (settings["max-throughput"] * Math.max(1, followed)) / PARTITION_COUNT;
}

function burstOf(gate: NamespaceGate): number {
  return Math.max(1, (rateOf(gate) * BURST_MS) / 1000);
}
