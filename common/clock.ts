/**
 * Clocks. Wall time makes LUTs and expiry, monotonic time makes leases and timers; they never mix.
 */
import { LUT_COUNTER_BITS, type Lut, makeLut } from "./version/version.ts";

export interface Clock {
  /** Milliseconds since the Unix epoch; may jump either way. */
  wallMs(): number;
  /** Milliseconds since some fixed instant; never runs back. */
  monotonicMs(): number;
}

/** A clock whose wall time is that of the machine and so many milliseconds more. */
export interface ShiftedClock extends Clock {
  offsetMs: number;
}

/**
 * The machine's clock. `offsetMs` shifts the wall clock only: a test setting
 * (`clock-offset-ms` of the configuration) for rehearsing a datacenter whose clock is wrong.
 */
export function systemClock(offsetMs = 0): ShiftedClock {
  const clock = {
    offsetMs,
    wallMs: () => Date.now() + clock.offsetMs,
    monotonicMs: () => performance.now(),
  };
  return clock;
}

/**
 * Issues LUTs: max(now, highest + 1). Hybrid logical clock after Kulkarni et al. 2014, with the
 * logical part as a 16-bit counter that carries over into the milliseconds.
 */
export class HybridClock {
  readonly #clock: Clock;
  #last: Lut = 0n;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A LUT above `floor` and above every LUT issued before by this clock. */
  next(floor: Lut): Lut {
    const now = makeLut(this.#clock.wallMs());
    const least = (floor > this.#last ? floor : this.#last) + 1n;
    this.#last = now > least ? now : least;
    return this.#last;
  }

  /** Wall seconds since the Unix epoch of the last issued LUT, for diagnostics. */
  lastMs(): number {
    return Number(this.#last >> LUT_COUNTER_BITS);
  }
}
