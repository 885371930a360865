/**
 * When bytes that enter a wide-area link leave it: pure, time and chance given. One shaper for a way
 * between two datacenters; what its connections send shares its bandwidth.
 *
 * Must guarantee: bytes of a connection leave in the order they came in, whatever the jitter, and over
 * any time no more leave than the bandwidth allows.
 */
export interface Shape {
  /** Time from one end to the other. */
  readonly delayMs: number;
  /** The delay varies by up to this, up and down. */
  readonly jitterMs: number;
  /** Kilobits a second; 0 = no limit. */
  readonly kbitPerSecond: number;
}

export const UNSHAPED: Shape = { delayMs: 0, jitterMs: 0, kbitPerSecond: 0 };

export class Shaper {
  readonly #random: () => number;
  #shape: Shape = UNSHAPED;
  /** When the bytes accepted so far have been put on the line. */
  #busyUntilMs = 0;

  /** `random` gives numbers from 0 to below 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  get shape(): Shape {
    return this.#shape;
  }

  /** Holds for bytes that enter from now on; a line that was busy for long is free again. */
  setShape(shape: Shape): void {
    this.#shape = shape;
    this.#busyUntilMs = 0;
  }

  /**
   * When bytes that enter at `nowMs` leave. `notBeforeMs` is when the connection's previous ones do.
   */
  leavesAt(nowMs: number, bytes: number, notBeforeMs: number): number {
    const { delayMs, jitterMs, kbitPerSecond } = this.#shape;
    let onLineMs = nowMs;
    if (kbitPerSecond > 0) {
      onLineMs = Math.max(nowMs, this.#busyUntilMs) + (bytes * 8) / kbitPerSecond;
      this.#busyUntilMs = onLineMs;
    }
    const jitter = jitterMs === 0 ? 0 : (this.#random() * 2 - 1) * jitterMs;
    return Math.max(notBeforeMs, onLineMs + Math.max(0, delayMs + jitter));
  }
}
