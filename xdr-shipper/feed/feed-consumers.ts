/**
 * Positions of a feed's declared consumers, as they reported them or as the nodes kept them. `last` is
 * the last change consumed; `covered` is at or above it, with no change of the feed in between: by it
 * the log is trimmed.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";

/**
 * Instead of the last change consumed, of a partition of a consumer that was moved: its records are to be
 * read as they stand first; or it begins with the oldest change that there is, and misses nothing before.
 */
export const STANDING = -1;
export const OLDEST = -2;

export class ConsumerPositions {
  readonly name: string;
  /** Names its position at the nodes. */
  readonly key: string;
  readonly lasts = new Float64Array(PARTITION_COUNT);
  readonly covered = new Float64Array(PARTITION_COUNT);
  /** How often it was moved on purpose. */
  readonly moves = new Float64Array(PARTITION_COUNT);
  /** Partitions whose position is to be told to the nodes. */
  readonly changed = new Set<number>();
  /** Of the stream: which one, and up to where all is consumed. */
  stream = "";
  streamLast = 0;
  /** It may have been handed more than `lasts` says. */
  open = false;
  /** When it reported last, monotonic milliseconds. */
  heardAt = Number.NEGATIVE_INFINITY;

  constructor(name: string, key = name) {
    this.name = name;
    this.key = key;
  }

  set(partition: number, last: number, covered: number, move = 0): void {
    this.lasts[partition] = last;
    this.covered[partition] = covered;
    this.moves[partition] = move;
  }

  /** Goes there, back or forward: by `move` what is told of it before is void. */
  move(partition: number, last: number, covered: number, move: number): void {
    this.set(partition, last, covered, move);
    this.changed.add(partition);
  }

  /** Whether it was promised what follows: else what is no more before its beginning is no gap to it. */
  knows(partition: number): boolean {
    const last = this.lasts[partition] ?? 0;
    return last > 0 || (last === 0 && (this.moves[partition] ?? 0) > 0);
  }

  /** The last change consumed, 0: none. */
  last(partition: number): number {
    return Math.max(0, this.lasts[partition] ?? 0);
  }

  /** Takes a report over. A position never runs back: who restarted from an older one repeats. */
  report(partition: number, last: number): void {
    if (last < (this.lasts[partition] ?? 0)) return;
    this.lasts[partition] = last;
    this.covered[partition] = Math.max(last, this.covered[partition] ?? 0);
    this.changed.add(partition);
  }

  /** All of the feed up to `covered` is published, `published` being its last change. */
  cover(partition: number, published: number, covered: number): void {
    // What stands there is not read yet.
    if (this.lasts[partition] === STANDING) return;
    if (this.last(partition) < published || covered <= (this.covered[partition] ?? 0)) return;
    this.covered[partition] = covered;
    this.changed.add(partition);
  }
}

/** From where to publish again so that every consumer gets what it lacks; from 0 when there is none. */
export function oldest(
  consumers: readonly ConsumerPositions[],
  partition: number,
): { readonly last: number; readonly covered: number } {
  let last = 0;
  let covered = Number.POSITIVE_INFINITY;
  for (const consumer of consumers) {
    const its = consumer.covered[partition] ?? 0;
    if (its >= covered) continue;
    covered = its;
    last = consumer.last(partition);
  }
  return covered === Number.POSITIVE_INFINITY ? { last: 0, covered: 0 } : { last, covered };
}
