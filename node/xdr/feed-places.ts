/**
 * Where in this datacenter's log of a partition a reader goes on who was elsewhere, and what another
 * datacenter is to be told of a reader that was here. Both speak in vectors: of each datacenter's log the
 * last change that is dealt with, all before it included. Pure.
 *
 * Must hold: at a place that is found, every change of the log up to it is covered by the vector; and a
 * vector that is found covers nothing that lies behind the place. In doubt the place is earlier, the vector
 * less.
 */
import { type Entry, EntryKind } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { isFeedable } from "../change-log/change-tail.ts";
import type { AppliedPosition } from "../store/storage.ts";

/** By log id. */
export type Vector = ReadonlyMap<number, number>;

/** A log of one partition, from `first` on, before it is looked through. */
export interface LogStart {
  readonly logId: number;
  /** What is below is trimmed. */
  readonly first: number;
  /** At the end of what is looked through, or later. */
  readonly applied: readonly AppliedPosition[];
}

/** Finds the last place up to which all is covered. */
export class PlaceSearch {
  readonly #vector: Vector;
  readonly #log: LogStart;
  /** Other logs of which something is met: what is trimmed of them lies before that. */
  readonly #met = new Set<number>();
  /** By log: the first record that was recovered, until it is known by what scan. */
  readonly #recovered = new Map<number, number>();
  /** The first change that is not covered. */
  #uncovered = Number.POSITIVE_INFINITY;
  /** What is trimmed is covered, as far as it is known. */
  #trimmedCovered: boolean;

  constructor(vector: Vector, log: LogStart) {
    this.#vector = vector;
    this.#log = log;
    this.#trimmedCovered = log.first <= 1 || this.#last(log.logId) >= log.first - 1;
  }

  /** Nothing that follows changes the answer. */
  get isDecided(): boolean {
    if (!this.#trimmedCovered) return true;
    const allMet = this.#log.first <= 1 || this.#log.applied.every((one) => this.#met.has(one.originLogId));
    return allMet && this.#uncovered < Number.POSITIVE_INFINITY;
  }

  /** Entries in their order. */
  see(entry: Entry): void {
    const { sequence, originId, originLogId, originSequence, outcome, kind } = entry;
    if (originId === 0) {
      if (isFeedable(kind) && sequence > this.#last(this.#log.logId)) this.#found(sequence);
      return;
    }
    const isRecovered = kind === EntryKind.put && outcome === Outcome.none;
    if (kind === EntryKind.note) return;
    const isFirst = !this.#met.has(originLogId);
    this.#met.add(originLogId);
    if (isRecovered) {
      // Others of its scan may be trimmed: they are covered if it is.
      const since = isFirst && this.#log.first > 1 ? 1 : sequence;
      if (!this.#recovered.has(originLogId)) this.#recovered.set(originLogId, since);
      return;
    }
    const since = this.#recovered.get(originLogId);
    this.#recovered.delete(originLogId);
    // What is trimmed is from before it, or a scan that a position ends.
    const before = kind === EntryKind.put ? originSequence - 1 : originSequence;
    if (isFirst && this.#log.first > 1 && this.#last(originLogId) < before) this.#trimmedCovered = false;
    if (originSequence <= this.#last(originLogId)) return;
    if (since !== undefined) this.#found(since);
    if (isFeedable(kind)) this.#found(sequence);
  }

  /** The place, when the log was looked through up to `end` or it is decided. */
  place(end: number): number {
    const { first, applied } = this.#log;
    for (const { originLogId, sequence } of applied) {
      if (first > 1 && !this.#met.has(originLogId) && this.#last(originLogId) < sequence) return 0;
    }
    if (!this.#trimmedCovered) return 0;
    for (const since of this.#recovered.values()) this.#found(since);
    return Math.min(end, this.#uncovered - 1);
  }

  #last(logId: number): number {
    return this.#vector.get(logId) ?? 0;
  }

  #found(sequence: number): void {
    this.#uncovered = Math.min(this.#uncovered, sequence);
  }
}

/** Finds what a reader that has dealt with all up to a place has of each log. */
export class VectorSearch {
  readonly #vector = new Map<number, number>();
  readonly #place: number;
  readonly #log: LogStart;

  constructor(place: number, log: LogStart) {
    this.#place = place;
    this.#log = log;
  }

  /** Entries behind the place, in their order. */
  see({ sequence, originId, originLogId, originSequence, kind, outcome }: Entry): void {
    if (sequence <= this.#place || originId === 0 || kind === EntryKind.note) return;
    if (this.#vector.has(originLogId)) return;
    const isRecovered = kind === EntryKind.put && outcome === Outcome.none;
    this.#vector.set(originLogId, isRecovered ? originSequence : originSequence - 1);
  }

  /** What of which nothing lies behind the place is dealt with as far as it is applied. */
  vector(): Vector {
    for (const { originLogId, sequence } of this.#log.applied) {
      if (!this.#vector.has(originLogId)) this.#vector.set(originLogId, sequence);
    }
    if (this.#place > 0) this.#vector.set(this.#log.logId, this.#place);
    return this.#vector;
  }
}
