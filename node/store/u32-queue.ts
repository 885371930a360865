/**
 * A growable queue of 32-bit numbers: the log's in-memory index keeps one a slot, so it costs four
 * bytes an entry and a small fixed part, and nothing when empty.
 */
import { assert } from "../../common/assert.ts";

const NOTHING = new Uint32Array(0);
const CAPACITY_MIN = 16;

export class U32Queue {
  #values: Uint32Array = NOTHING;
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The value at `index` from the front; `index` must be inside. */
  at(index: number): number {
    return this.#values[this.#start + index] ?? 0;
  }

  push(value: number): void {
    if (this.#start + this.#length === this.#values.length) this.#makeRoom();
    this.#values[this.#start + this.#length] = value;
    this.#length++;
  }

  shift(count: number): void {
    assert(count <= this.#length, "a queue gives no more than it holds");
    this.#start += count;
    this.#length -= count;
    if (this.#length === 0) this.clear();
  }

  /** Keeps the first `length` values. */
  truncate(length: number): void {
    assert(length <= this.#length, "a queue is cut to less than it holds");
    this.#length = length;
    if (length === 0) this.clear();
  }

  clear(): void {
    this.#values = NOTHING;
    this.#start = 0;
    this.#length = 0;
  }

  /** Moves to an array twice as large; also gives back what shift() left at the front. */
  #makeRoom(): void {
    const capacity = Math.max(CAPACITY_MIN, this.#length * 2);
    const larger = capacity > this.#values.length || this.#start < this.#length / 2;
    const target = larger || capacity < this.#values.length / 2 ? new Uint32Array(capacity) : this.#values;
    if (target === this.#values) target.copyWithin(0, this.#start, this.#start + this.#length);
    else target.set(this.#values.subarray(this.#start, this.#start + this.#length));
    this.#values = target;
    this.#start = 0;
  }
}
