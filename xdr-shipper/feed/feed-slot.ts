/**
 * One partition of a feed, beside what the ship core knows of it: what of it is published and
 * acknowledged, and up to where messages account for the log without a hole.
 */

/** A run of the log whose messages are on their way to the bus. */
export interface FeedRun {
  readonly slot: FeedSlot;
  readonly to: number;
  /** Sequence of its last message, 0 when it has none. */
  readonly last: number;
  readonly generation: number;
}

export class FeedSlot {
  readonly partition: number;
  /** All up to here is on the bus, or nothing of the feed. */
  acked = 0;
  /** The last message up to `acked`. */
  ackedLast = 0;
  /** At or above `acked`: nothing of the feed lies between. */
  covered = 0;
  /** When `acked` last moved, monotonic milliseconds. */
  ackedAt = 0;
  /** End of the last run that was packed; -1 when the next one need not join it. */
  packedTo = -1;
  /** What the next message accounts for begins here. */
  chain = 1;
  /** Runs of earlier ones do not count: something before them was lost. */
  generation = 0;
  /** Part of the message ids: what is published on purpose a second time must not be taken for a repeat. */
  attempt = 0;
  /** What is not above may have been published by somebody before. */
  published = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  /** What comes next is read from right after `covered` again; `last` is the last message before. */
  reset(last: number, covered: number): void {
    this.acked = covered;
    this.ackedLast = last;
    this.covered = covered;
    this.packedTo = -1;
    this.generation++;
  }

  /** A run is packed now: returns where its first message's account begins. */
  join(from: number, to: number): number {
    if (from !== this.packedTo + 1) this.chain = this.ackedLast + 1;
    this.packedTo = to;
    return this.chain;
  }

  /** A run of its messages is on the bus. */
  take(run: FeedRun, now: number): boolean {
    if (run.generation !== this.generation || run.to <= this.acked) return false;
    this.acked = run.to;
    if (run.last > 0) this.ackedLast = run.last;
    this.covered = Math.max(this.covered, run.to);
    this.ackedAt = now;
    return true;
  }

  /** Something before what is on its way was lost; `again`: what is on the bus must not hide its repeat. */
  lose(again: boolean): void {
    this.generation++;
    this.packedTo = -1;
    if (again) this.attempt++;
  }
}
