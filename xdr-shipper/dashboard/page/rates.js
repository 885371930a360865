// @ts-check
/** Rates of what only counts up, over the last few answers. Pure but for what it remembers. */

const WINDOW_MS = 8000;
const SAME_MS = 300;
/** Closer answers than this say too little. */
const LEAST_MS = 900;

export class Rates {
  /** @type {Map<string, { atMs: number, value: number }[]>} */
  #samples = new Map();

  /**
   * Takes a count and answers its rate per second; null while there is none: the first answer, or a count
   * that began anew.
   * @param {string} key
   * @param {number | null} value
   * @param {number} atMs
   */
  take(key, value, atMs) {
    const samples = this.#samples.get(key) ?? [];
    this.#samples.set(key, samples);
    const last = samples.at(-1);
    if (value === null || (last !== undefined && value < last.value)) samples.length = 0;
    if (value === null) return null;
    // An answer that was shown before says nothing new.
    if (last === undefined || atMs - last.atMs >= SAME_MS || samples.length === 0)
      samples.push({ atMs, value });
    while (samples.length > 2 && atMs - (samples[0]?.atMs ?? atMs) > WINDOW_MS) samples.shift();
    const first = samples[0];
    const newest = samples.at(-1);
    if (first === undefined || newest === undefined || newest.atMs - first.atMs < LEAST_MS) return null;
    return ((newest.value - first.value) * 1000) / (newest.atMs - first.atMs);
  }
}
