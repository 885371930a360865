/**
 * Every operation of a drill's workload, in columns: a few dozen bytes each, so that thousands a
 * second fit for minutes. Rows are in the order in which the operations ended.
 */
const OUTCOMES = ["applied", "refused", "in-doubt"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Operation {
  /** Index of the datacenter it was sent to. */
  readonly datacenter: number;
  readonly isWrite: boolean;
  readonly outcome: Outcome;
  readonly key: number;
  /** Which write of this datacenter to this key it was, from 1; 0 for reads. */
  readonly number: number;
  /** The write of this datacenter that the record had before, 0 for none; known when applied. */
  readonly previous: number;
  /** How many writes of its datacenter the record descends from, itself included; 0 when unknown. */
  readonly ordinal: number;
  /**
   * By index of datacenter, how many writes of each the record descends from, itself included; known when
   * applied, else zeros. They only rise from a write to those that descend from it; numbers of last
   * writes do not, since a write in doubt may take effect after one that was sent later.
   */
  readonly known: readonly number[];
  /** The record's generation after it; 0 when unknown. */
  readonly generation: number;
  /** Milliseconds since the drill began. */
  readonly startMs: number;
  readonly endMs: number;
  /** The client's status code, 0 when applied. */
  readonly code: number;
}

const FIRST_ROWS = 4096;

export class OperationLog {
  readonly #count: number;
  #length = 0;
  #flags = new Uint8Array(FIRST_ROWS);
  #datacenters = new Uint8Array(FIRST_ROWS);
  #codes = new Int16Array(FIRST_ROWS);
  #keys = new Uint32Array(FIRST_ROWS);
  #numbers = new Uint32Array(FIRST_ROWS);
  #previous = new Uint32Array(FIRST_ROWS);
  #ordinals = new Uint32Array(FIRST_ROWS);
  #known: Uint32Array<ArrayBuffer>;
  #generations = new Uint32Array(FIRST_ROWS);
  #starts = new Float64Array(FIRST_ROWS);
  #ends = new Float64Array(FIRST_ROWS);

  /** `datacenters`: how many there are. */
  constructor(datacenters: number) {
    this.#count = datacenters;
    this.#known = new Uint32Array(FIRST_ROWS * datacenters);
  }

  get length(): number {
    return this.#length;
  }

  add(operation: Operation): void {
    const row = this.#length;
    if (row === this.#keys.length) this.#grow();
    this.#length = row + 1;
    this.#flags[row] = OUTCOMES.indexOf(operation.outcome) | (operation.isWrite ? 4 : 0);
    this.#datacenters[row] = operation.datacenter;
    this.#codes[row] = operation.code;
    this.#keys[row] = operation.key;
    this.#numbers[row] = operation.number;
    this.#previous[row] = operation.previous;
    this.#ordinals[row] = operation.ordinal;
    this.#known.set(operation.known, row * this.#count);
    this.#generations[row] = operation.generation;
    this.#starts[row] = operation.startMs;
    this.#ends[row] = operation.endMs;
  }

  /** The operation of a row, 0 to `length` - 1. */
  at(row: number): Operation {
    if (row < 0 || row >= this.#length) throw new RangeError(`no operation ${row}`);
    const flags = this.#flags[row] ?? 0;
    return {
      datacenter: this.#datacenters[row] ?? 0,
      isWrite: (flags & 4) !== 0,
      outcome: OUTCOMES[flags & 3] ?? "in-doubt",
      key: this.#keys[row] ?? 0,
      number: this.#numbers[row] ?? 0,
      previous: this.#previous[row] ?? 0,
      ordinal: this.#ordinals[row] ?? 0,
      known: [...this.#known.subarray(row * this.#count, (row + 1) * this.#count)],
      generation: this.#generations[row] ?? 0,
      startMs: this.#starts[row] ?? 0,
      endMs: this.#ends[row] ?? 0,
      code: this.#codes[row] ?? 0,
    };
  }

  /** All operations from a row on, or those of a time only: rows are in the order of their ends. */
  *rows(from = 0): Generator<Operation> {
    for (let row = from; row < this.#length; row++) yield this.at(row);
  }

  /** The first row that ended at `endMs` or later. */
  rowAt(endMs: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ends[middle] ?? 0) < endMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const rows = this.#length * 2;
    const u32 = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(old.length * 2);
      grown.set(old);
      return grown;
    };
    const f64 = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(rows);
      grown.set(old);
      return grown;
    };
    const u8 = (old: Uint8Array): Uint8Array<ArrayBuffer> => {
      const grown = new Uint8Array(rows);
      grown.set(old);
      return grown;
    };
    const codes = new Int16Array(rows);
    codes.set(this.#codes);
    this.#codes = codes;
    this.#flags = u8(this.#flags);
    this.#datacenters = u8(this.#datacenters);
    this.#keys = u32(this.#keys);
    this.#numbers = u32(this.#numbers);
    this.#previous = u32(this.#previous);
    this.#ordinals = u32(this.#ordinals);
    this.#known = u32(this.#known);
    this.#generations = u32(this.#generations);
    this.#starts = f64(this.#starts);
    this.#ends = f64(this.#ends);
  }
}
