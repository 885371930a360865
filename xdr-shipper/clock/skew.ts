/**
 * How far one clock is ahead of another, measured by round trips as NTP does: the answer was made somewhere
 * between question and answer, so half the time of the way is how wrong it may be. Pure. Milliseconds.
 */

/** Ahead by `ahead`, give or take `error`. */
export interface Offset {
  readonly ahead: number;
  readonly error: number;
}

/** How far several clocks are ahead of one: none less than `least`, none more than `most`. */
export interface Spread {
  readonly least: number;
  readonly most: number;
  readonly error: number;
}

/** Times of one round trip: by the own clock when it left and came back, by the other's in between. */
export interface RoundTrip {
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly repliedAt: number;
  readonly returnedAt: number;
}

export function offsetOf({ sentAt, receivedAt, repliedAt, returnedAt }: RoundTrip): Offset {
  const ahead = (receivedAt - sentAt + repliedAt - returnedAt) / 2;
  const wayMs = returnedAt - sentAt - (repliedAt - receivedAt);
  return { ahead, error: Math.max(0, wayMs) / 2 };
}

/** Undefined: there is nothing to tell of. */
export function spreadOf(offsets: readonly Offset[]): Spread | undefined {
  if (offsets.length === 0) return undefined;
  const aheads = offsets.map(({ ahead }) => ahead);
  const error = Math.max(...offsets.map((offset) => offset.error));
  return { least: Math.min(...aheads), most: Math.max(...aheads), error };
}

/**
 * How far clocks there are ahead of clocks here, when their shipper is ahead of ours by `between`. Any two
 * nodes count: clocks that differ within a datacenter make it less certain.
 */
export function skewBetween(theirs: Spread, between: Offset, ours: Spread): Offset {
  const least = between.ahead + theirs.least - ours.most;
  const most = between.ahead + theirs.most - ours.least;
  return {
    ahead: (least + most) / 2,
    error: (most - least) / 2 + between.error + theirs.error + ours.error,
  };
}

const SAMPLES_MAX = 8;
/** Old samples say nothing of a clock that was set since. */
const SAMPLE_AGE_MS = 10_000;

/** The last measurements of one clock; the one that took least time counts. */
export class OffsetSamples {
  readonly #samples: { readonly offset: Offset; readonly at: number }[] = [];

  /** `now`: of a clock that never runs back, as in `best`. */
  add(offset: Offset, now: number): void {
    this.#samples.push({ offset, at: now });
    if (this.#samples.length > SAMPLES_MAX) this.#samples.shift();
  }

  /** Undefined: nothing was measured lately. */
  best(now: number): Offset | undefined {
    const fresh = this.#samples.filter(({ at }) => now - at <= SAMPLE_AGE_MS).map(({ offset }) => offset);
    return fresh.toSorted((a, b) => a.error - b.error)[0];
  }
}
