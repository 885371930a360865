/**
 * The records that one group writes, with their last image in the group: a group may write a record
 * several times, and counts must see the write before. Open addressing over the digests, which are
 * random already, because a string key a record would cost more than the lookup.
 */
import { assert } from "../../common/assert.ts";
import { imageState, RecordState } from "./record-state.ts";

export class TouchedRecords {
  readonly #table: Int32Array;
  readonly #mask: number;
  readonly keys: Buffer[] = [];
  readonly images: (Buffer | undefined)[] = [];

  constructor(capacity: number) {
    let size = 8;
    while (size < capacity * 2) size *= 2;
    this.#table = new Int32Array(size);
    this.#mask = size - 1;
  }

  /** What the group made of the record so far; undefined when it has not touched it. */
  stateOf(key: Buffer): RecordState | undefined {
    const index = this.#table[this.#cell(key)] ?? 0;
    if (index === 0) return undefined;
    const image = this.images[index - 1];
    return image === undefined ? RecordState.absent : imageState(image);
  }

  set(key: Buffer, image: Buffer | undefined): void {
    const cell = this.#cell(key);
    const index = this.#table[cell] ?? 0;
    if (index !== 0) {
      this.images[index - 1] = image;
      return;
    }
    this.keys.push(key);
    this.images.push(image);
    assert(this.keys.length <= this.#mask, "a group touches no more records than it was sized for");
    this.#table[cell] = this.keys.length;
  }

  /** The cell that holds the key, or the free one where it belongs. */
  #cell(key: Buffer): number {
    let cell = key.readUInt32LE(8) & this.#mask;
    for (;;) {
      const index = this.#table[cell] ?? 0;
      if (index === 0 || this.keys[index - 1]?.equals(key)) return cell;
      cell = (cell + 1) & this.#mask;
    }
  }
}
