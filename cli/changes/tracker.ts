/**
 * How far a reader is, partition by partition: tells what comes next from what came before and from
 * what has a hole before it. Pure.
 */
import type { ChangePosition } from "./change.ts";

/**
 * - next: hand it out.
 * - repeat: it was handed out, in this life of the reader or before.
 * - torn: something before it is missing; what the feed publishes again has it.
 * - other-log: the namespace's log is another one; positions of the old one mean nothing.
 */
export type Verdict = "next" | "repeat" | "torn" | "other-log";

export class Tracker {
  readonly #lasts = new Map<number, number>();
  /** Consumed, and not known to be kept. */
  readonly #unkept = new Map<number, number>();
  /** Since when something is missing, and the highest sequence that was seen beyond it. */
  readonly #torn = new Map<number, { readonly since: number; to: number }>();
  /** Torn partitions that were not complained of. */
  readonly #unsaid = new Set<number>();
  /** A partition without a position begins at its first change, not with what comes first. */
  readonly #whole: boolean;
  #log = 0;

  constructor(whole: boolean) {
    this.#whole = whole;
  }

  get log(): number {
    return this.#log;
  }

  get tornCount(): number {
    return this.#torn.size;
  }

  /** Begins at known positions. */
  begin(log: number, positions: Iterable<readonly [number, number]>): void {
    this.#log = log;
    this.#torn.clear();
    this.#unsaid.clear();
    this.#unkept.clear();
    this.#lasts.clear();
    for (const [partition, last] of positions) this.#lasts.set(partition, last);
  }

  /** `now`: monotonic milliseconds. */
  judge({ log, partition, from, sequence }: ChangePosition, now: number): Verdict {
    if (this.#log === 0) this.#log = log;
    if (log !== this.#log) return "other-log";
    const last = this.last(partition);
    if (last === undefined) return "next";
    if (sequence <= last) return "repeat";
    if (from <= last + 1) {
      this.#torn.delete(partition);
      this.#unsaid.delete(partition);
      return "next";
    }
    const torn = this.#torn.get(partition);
    if (torn === undefined) {
      this.#torn.set(partition, { since: now, to: sequence });
      this.#unsaid.add(partition);
    } else torn.to = Math.max(torn.to, sequence);
    return "torn";
  }

  /** Partitions that have been torn since `before`, and up to where. */
  tornSince(before: number): [number, number][] {
    const found: [number, number][] = [];
    for (const [partition, { since, to }] of this.#torn) if (since <= before) found.push([partition, to]);
    return found;
  }

  /** What is missing of a partition up to `sequence` is given up. Returns the first that is. */
  giveUp(partition: number, sequence: number): number {
    const first = (this.#lasts.get(partition) ?? 0) + 1;
    this.#torn.delete(partition);
    this.#unsaid.delete(partition);
    this.#lasts.set(partition, sequence);
    return first;
  }

  /** Whether it has a position: else nobody was promised what came before. */
  knows(partition: number): boolean {
    return this.#lasts.has(partition);
  }

  /** Undefined: whatever comes first is next. */
  last(partition: number): number | undefined {
    return this.#lasts.get(partition) ?? (this.#whole ? 0 : undefined);
  }

  /** Partition and sequence of the last change of each that was handed out. */
  positions(): [number, number][] {
    return [...this.#lasts];
  }

  /** Handed out: what follows must join it. */
  take({ partition, sequence }: ChangePosition): void {
    this.#lasts.set(partition, sequence);
  }

  /** Consumed: its position may be kept. */
  consumed({ partition, sequence }: ChangePosition): void {
    this.#unkept.set(partition, sequence);
  }

  /** Positions to be kept. */
  unkept(): [number, number][] {
    return [...this.#unkept];
  }

  /** Positions are kept, unless they have moved on meanwhile. */
  kept(positions: Iterable<readonly [number, number]>): void {
    for (const [partition, sequence] of positions) {
      if (this.#unkept.get(partition) === sequence) this.#unkept.delete(partition);
    }
  }

  /** Partitions to complain of. */
  unsaid(): number[] {
    return [...this.#unsaid];
  }

  said(partitions: Iterable<number>): void {
    for (const partition of partitions) this.#unsaid.delete(partition);
  }
}
