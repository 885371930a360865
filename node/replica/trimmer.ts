/**
 * Frees change-log entries: those that every destination has durably applied, and, above the
 * configured bound, older ones although a destination lacks them, which is declared.
 */
import type { Logger } from "../../common/log.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { Storage } from "../store/storage.ts";
import type { FeedHold, FeedHolds } from "../xdr/feed-holds.ts";

const TRIM_INTERVAL_MS = 1000;

export interface TrimmerOptions {
  readonly storage: Pick<Storage, "logBytes" | "trim">;
  readonly log: Logger;
  readonly keepBytes: number;
  readonly maxBytes: number;
  readonly slotCount: number;
  /** Source ids of the destinations that there are. */
  readonly destinations: () => readonly number[];
  /** Whether a destination is shipped a slot's changes; else it holds none of its log. */
  readonly ships: (destination: number, slot: Slot) => boolean;
  /** Declared consumers of change feeds: they hold some slots only. */
  readonly holds: Pick<FeedHolds, "current" | "onChange">;
  /** Highest sequence of a slot that may go as far as this datacenter is concerned. */
  readonly settled: (slot: Slot) => number;
  readonly onFailure: (error: unknown) => void;
}

export class Trimmer {
  readonly #options: TrimmerOptions;
  readonly #shipped = new Map<number, Float64Array>();
  /** Those that there were at the last look. */
  #destinations: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Slots whose entries were freed although a destination had not applied them, ever. */
  declaredGaps = 0;

  constructor(options: TrimmerOptions) {
    this.#options = options;
    this.#changeHolds(options.holds.current, []);
    options.holds.onChange((added, removed) => this.#changeHolds(added, removed));
  }

  start(): void {
    this.#schedule();
  }
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** Who is new holds all that there is until its position is known. */
  #changeHolds(added: readonly FeedHold[], removed: readonly FeedHold[]): void {
    for (const { id } of removed) this.#shipped.delete(id);
    for (const { id, first, end } of added) {
      const consumed = new Float64Array(this.#options.slotCount).fill(Number.POSITIVE_INFINITY);
      this.#shipped.set(id, consumed.fill(0, first, end));
    }
  }

  /** A destination has durably applied a slot up to `sequence`, or a consumer has dealt with it. */
  noteShipped(destination: number, slot: Slot, sequence: number): void {
    let shipped = this.#shipped.get(destination);
    if (shipped === undefined) {
      // One that is not known holds nothing.
      if (!this.#options.destinations().includes(destination)) return;
      shipped = new Float64Array(this.#options.slotCount);
      this.#shipped.set(destination, shipped);
    }
    shipped[slot] = sequence;
  }

  /** What a destination is known to have applied. */
  shipped(destination: number, slot: Slot): number {
    return this.#shipped.get(destination)?.[slot] ?? 0;
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#trim().then(() => this.#schedule(), this.#options.onFailure);
    }, TRIM_INTERVAL_MS);
  }

  async #trim(): Promise<void> {
    const { storage, keepBytes, maxBytes, settled } = this.#options;
    if (storage.logBytes() <= keepBytes) return;
    const { ships } = this.#options;
    const destinations = this.#options.destinations();
    for (const id of this.#destinations) if (!destinations.includes(id)) this.#shipped.delete(id);
    this.#destinations = destinations;
    const consumed = [...this.#shipped].filter(([id]) => !destinations.includes(id));
    const gaps = await storage.trim({
      keepBytes,
      maxBytes,
      safe: (slot) => {
        let safe = settled(slot);
        for (const [, positions] of consumed) safe = Math.min(safe, positions[slot] ?? 0);
        for (const id of destinations) if (ships(id, slot)) safe = Math.min(safe, this.shipped(id, slot));
        return safe;
      },
    });
    if (gaps.length === 0) return;
    this.declaredGaps += gaps.length;
    this.#options.log.error(
      { slots: gaps.length, logBytes: storage.logBytes() },
      "change log above its bound: trimmed past the position of a destination, which is due for recovery " +
        "by scan, or of a feed's consumer, which is told of the gap",
    );
  }
}
