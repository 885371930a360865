/**
 * Whether a link stands still: something is to be shipped, or cannot be known, and nothing has arrived for
 * a while. One that is idle, slow or recovering is not stalled. Pure.
 */

/** Longer than the failover of a node takes, here or there. */
export const STALL_MS = 10_000;

export interface StallLook {
  /** Something is to be shipped, or it is not known whether, or the next change would not arrive. */
  readonly pending: boolean;
  /** Counts up with everything that arrives. */
  readonly progress: number;
}

export class Stall {
  #progress = Number.NaN;
  /** Since when nothing has arrived that should have. */
  #since: number | undefined;
  #told = false;

  /** Takes a look at time `now`; answers when a stall has just begun, or just ended. */
  take({ pending, progress }: StallLook, now: number): "begun" | "ended" | undefined {
    const moved = progress !== this.#progress;
    this.#progress = progress;
    if (!pending || moved || this.#since === undefined) this.#since = pending ? now : undefined;
    const stalled = this.stalledMs(now) !== null;
    if (stalled === this.#told) return undefined;
    this.#told = stalled;
    return stalled ? "begun" : "ended";
  }

  /** For how long it has stood still; null: it does not. */
  stalledMs(now: number): number | null {
    if (this.#since === undefined || now - this.#since < STALL_MS) return null;
    return Math.round(now - this.#since);
  }
}
