/**
 * Which states a search has come to, by their keys: 20 characters below 256, which are spread evenly. A
 * search of its own remembers the ways from each to rest as well; several that share what they have seen
 * remember that alone, so each state is looked at by the one that came first, and no ways are counted.
 *
 * `SharedStates` is a hash table with open addressing and linear probing in shared memory, where nothing
 * is ever taken out. An entry is 127 bits of a key in four words of 32 bits. Its first word is set last:
 * until then it says that the entry is being written, and who finds it so looks again. With 200 million
 * states, two have the same 127 bits with a chance of 1 to 8e21.
 */
export interface States {
  /** Ways from a state to rest; undefined when nobody has come to it: then the caller looks at it. */
  begin(key: string): number | undefined;
  end(key: string, ways: number): void;
}

export class OwnStates implements States {
  readonly #ways = new Map<string, number>();

  begin(key: string): number | undefined {
    return this.#ways.get(key);
  }
  end(key: string, ways: number): void {
    this.#ways.set(key, ways);
  }
}

const WORDS = 4;
/** What a state takes of the memory that is shared. */
export const STATE_BYTES = 4 * WORDS;
const FREE = 0;
const BEING_WRITTEN = 1;
/** Set in each first word, so that it is neither of these. */
const WRITTEN_BIT = 2;
/** Entries in a row that are taken: so many are not to be found before nine of ten are. */
const TAKEN_MAX = 4000;

export class SharedStates implements States {
  readonly #words: Int32Array;
  readonly #capacity: number;

  constructor(memory: SharedArrayBuffer) {
    this.#capacity = Math.floor(memory.byteLength / STATE_BYTES);
    this.#words = new Int32Array(memory, 0, this.#capacity * WORDS);
  }

  begin(key: string): number | undefined {
    const first = wordOf(key, 0) | WRITTEN_BIT;
    const second = wordOf(key, 4);
    const third = wordOf(key, 8);
    const fourth = wordOf(key, 12);
    const words = this.#words;
    let entry = (wordOf(key, 16) >>> 0) % this.#capacity;
    for (let taken = 0; taken < TAKEN_MAX; taken++) {
      const at = entry * WORDS;
      let found = Atomics.load(words, at);
      if (found === FREE) found = Atomics.compareExchange(words, at, FREE, BEING_WRITTEN);
      if (found === FREE) {
        words[at + 1] = second;
        words[at + 2] = third;
        words[at + 3] = fourth;
        Atomics.store(words, at, first);
        return undefined;
      }
      while (found === BEING_WRITTEN) found = Atomics.load(words, at);
      const isSame = found === first && words[at + 1] === second;
      if (isSame && words[at + 2] === third && words[at + 3] === fourth) return 0;
      entry = (entry + 1) % this.#capacity;
    }
    throw new Error(`no place among ${this.#capacity} states: give the search more memory`);
  }
  end(): void {
    // Whoever comes to it again has nothing to learn.
  }
}

function wordOf(key: string, at: number): number {
  const low = key.charCodeAt(at) | (key.charCodeAt(at + 1) << 8);
  return low | (key.charCodeAt(at + 2) << 16) | (key.charCodeAt(at + 3) << 24);
}
