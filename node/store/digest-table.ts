/**
 * The digests of one slot's records with their state, in memory: tells without the disk whether a
 * record is there, which every write must know to keep the counts. Open addressing over 12 bytes a
 * record: 94 bits of the digest, enough that two records are never taken for one, and the state.
 */
import { RecordState } from "./record-state.ts";

const WORDS = 3;
const CELLS_MIN = 8;
const NOTHING = new Uint32Array(0);
/** Cell states, in the low bits of a cell's third word; 0 = free. */
const ABSENT = 3;
const STATE_BITS = 3;
/** What a cell's state says. */
const STATES = [RecordState.absent, RecordState.record, RecordState.tombstone, RecordState.absent] as const;

export class DigestTable {
  #cells: Uint32Array = NOTHING;
  #used = 0;
  /**
   * Whether the table knows all records of the slot. Until then it also remembers which are not
   * there, so that what a scan brings late does not undo what a write did meanwhile.
   */
  complete = false;

  get bytes(): number {
    return this.#cells.byteLength;
  }

  /** State of the record with this key (keys.ts); undefined when the table does not know. */
  stateOf(key: Buffer): RecordState | undefined {
    const unknown = this.complete ? RecordState.absent : undefined;
    if (this.#used === 0) return unknown;
    const third = key.readUInt32LE(16);
    const cell = this.#find(key.readUInt32LE(8), key.readUInt32LE(12), third);
    const state = (this.#cells[cell + 2] ?? 0) & STATE_BITS;
    return state === 0 ? unknown : STATES[state];
  }

  /** Sets a record's state; returns what stateOf() said before. */
  exchange(key: Buffer, state: RecordState): RecordState | undefined {
    const first = key.readUInt32LE(8);
    const second = key.readUInt32LE(12);
    const third = key.readUInt32LE(16);
    const unknown = this.complete ? RecordState.absent : undefined;
    if (state === RecordState.absent && this.complete) {
      return this.#used > 0 ? this.#remove(first, second, third) : unknown;
    }
    if ((this.#used + 1) * 4 > (this.#cells.length / WORDS) * 3) this.#rebuild(this.#used + 1);
    const cell = this.#find(first, second, third);
    const before = (this.#cells[cell + 2] ?? 0) & STATE_BITS;
    if (before === 0) this.#used++;
    this.#cells[cell] = first;
    this.#cells[cell + 1] = second;
    this.#cells[cell + 2] = (third & ~STATE_BITS) | (state === RecordState.absent ? ABSENT : state);
    return before === 0 ? unknown : STATES[before];
  }

  /** Takes in a record that a scan found, unless a write has said something newer. */
  add(key: Buffer, state: RecordState): void {
    if (this.stateOf(key) === undefined) this.exchange(key, state);
  }

  /** All records are in: what is not in the table is not there. Returns how many records there are. */
  finish(): number {
    this.complete = true;
    this.#rebuild(this.#used);
    return this.#used;
  }

  clear(): void {
    this.#cells = NOTHING;
    this.#used = 0;
    this.complete = true;
  }

  /** Offset of the record's cell, or of the free one where it belongs. */
  #find(first: number, second: number, third: number): number {
    const cells = this.#cells;
    const mask = cells.length / WORDS - 1;
    let index = first & mask;
    for (;;) {
      const at = index * WORDS;
      const word = cells[at + 2] ?? 0;
      if ((word & STATE_BITS) === 0) return at;
      const same = cells[at] === first && cells[at + 1] === second && (word ^ third) >>> 2 === 0;
      if (same) return at;
      index = (index + 1) & mask;
    }
  }

  /** Frees a cell and moves up those behind it that would no longer be found. */
  #remove(first: number, second: number, third: number): RecordState {
    const cells = this.#cells;
    const mask = cells.length / WORDS - 1;
    let hole = this.#find(first, second, third);
    const before = (cells[hole + 2] ?? 0) & STATE_BITS;
    if (before === 0) return RecordState.absent;
    this.#used--;
    for (let index = hole / WORDS; ; ) {
      index = (index + 1) & mask;
      const at = index * WORDS;
      if (((cells[at + 2] ?? 0) & STATE_BITS) === 0) break;
      const distance = (index - ((cells[at] ?? 0) & mask)) & mask;
      if (distance < ((index - hole / WORDS) & mask)) continue;
      cells.copyWithin(hole, at, at + WORDS);
      hole = at;
    }
    cells[hole + 2] = 0;
    return STATES[before] ?? RecordState.absent;
  }

  /** Room for `count` records; drops absent ones once the table is complete. */
  #rebuild(count: number): void {
    let size = CELLS_MIN;
    while (size * 3 < count * 4) size *= 2;
    const before = this.#cells;
    this.#cells = count === 0 ? NOTHING : new Uint32Array(size * WORDS);
    this.#used = 0;
    for (let at = 0; at < before.length; at += WORDS) {
      const word = before[at + 2] ?? 0;
      const state = word & STATE_BITS;
      if (state === 0 || (state === ABSENT && this.complete)) continue;
      const first = before[at] ?? 0;
      const second = before[at + 1] ?? 0;
      const cell = this.#find(first, second, word);
      this.#cells[cell] = first;
      this.#cells[cell + 1] = second;
      this.#cells[cell + 2] = word;
      this.#used++;
    }
  }
}
