/** Random choices that a seed replays: numbers, picks, and keys of which some are hotter than others. */

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of `items`, which must not be empty. */
export function pickOf<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/**
 * Picks 0 to `count` - 1 by Zipf's law: the n-th hottest is picked in proportion to 1 / n^exponent;
 * exponent 0 is uniform. Hot ones are spread over the whole range, so that neighbours differ in heat.
 */
export class ZipfPicker {
  readonly #random: () => number;
  readonly #cumulative: Float64Array;
  readonly #order: Uint32Array;

  constructor(count: number, exponent: number, random: () => number) {
    this.#random = random;
    this.#cumulative = new Float64Array(count);
    this.#order = Uint32Array.from({ length: count }, (_, index) => index);
    let sum = 0;
    for (let rank = 0; rank < count; rank++) {
      sum += 1 / (rank + 1) ** exponent;
      this.#cumulative[rank] = sum;
    }
    for (let at = count - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1));
      const kept = this.#order[at] ?? 0;
      this.#order[at] = this.#order[other] ?? 0;
      this.#order[other] = kept;
    }
  }

  pick(): number {
    const wanted = this.#random() * (this.#cumulative.at(-1) ?? 0);
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#cumulative[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#order[low] ?? 0;
  }
}
