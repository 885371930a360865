/**
 * Images of records that were read lately, in one fixed ring of bytes with a table of where they
 * are: a hit costs a copy instead of a search through the engine's levels. Only reads bring records
 * in; a write changes what is in. Nothing is left to the garbage collector.
 */
import { RECORD_KEY_BYTES } from "./keys.ts";

/** An entry in the ring: bytes of the image u32, key, image. */
const HEAD_BYTES = 4 + RECORD_KEY_BYTES;
/** Places that a key may be at. */
const WAYS = 4;
/** For how many bytes of the ring there is a place in the table. */
const BYTES_A_CELL = 128;
/** A larger image would push out too many others. */
const SHARE_MAX = 1 / 16;

export class RecordCache {
  readonly #ring: Buffer;
  /** Positions + 1 of entries, counting all bytes that ever went round; 0 = none. */
  readonly #cells: Float64Array;
  readonly #bucketMask: number;
  #next = 0;

  constructor(bytes: number) {
    this.#ring = Buffer.allocUnsafeSlow(bytes);
    let buckets = 1;
    while (buckets * WAYS * BYTES_A_CELL < bytes) buckets *= 2;
    this.#cells = new Float64Array(buckets * WAYS);
    this.#bucketMask = buckets - 1;
  }

  /** A copy of the record's image; undefined when it is not in the cache. */
  get(key: Buffer): Buffer | undefined {
    const cell = this.#find(key);
    if (cell < 0) return undefined;
    const position = (this.#cells[cell] ?? 0) - 1;
    const offset = position % this.#ring.length;
    const image = Buffer.allocUnsafe(this.#ring.readUInt32LE(offset));
    this.#ring.copy(image, 0, offset + HEAD_BYTES, offset + HEAD_BYTES + image.length);
    // What is read again in the second half of its round gets another round.
    if (this.#next - position > this.#ring.length / 2) this.#write(key, image, cell);
    return image;
  }

  /** Takes in what was read from disk. */
  add(key: Buffer, image: Buffer): void {
    const cell = this.#find(key);
    this.#write(key, image, cell >= 0 ? cell : this.#oldestCell(key));
  }

  /** Takes in what was written, if the record is in the cache; undefined when it was deleted. */
  update(key: Buffer, image: Buffer | undefined): void {
    const cell = this.#find(key);
    if (cell < 0) return;
    if (image === undefined) this.#cells[cell] = 0;
    else this.#write(key, image, cell);
  }

  clear(): void {
    this.#cells.fill(0);
  }

  #write(key: Buffer, image: Buffer, cell: number): void {
    const size = this.#ring.length;
    const bytes = HEAD_BYTES + image.length;
    this.#cells[cell] = 0;
    if (bytes > size * SHARE_MAX) return;
    let offset = this.#next % size;
    if (offset + bytes > size) {
      this.#next += size - offset;
      offset = 0;
    }
    this.#ring.writeUInt32LE(image.length, offset);
    key.copy(this.#ring, offset + 4);
    image.copy(this.#ring, offset + HEAD_BYTES);
    this.#cells[cell] = this.#next + 1;
    this.#next += bytes;
  }

  /** The cell of the key's entry, -1 when it has none. */
  #find(key: Buffer): number {
    const first = (key.readUInt32LE(8) & this.#bucketMask) * WAYS;
    const overwritten = this.#next - this.#ring.length;
    for (let cell = first; cell < first + WAYS; cell++) {
      const position = (this.#cells[cell] ?? 0) - 1;
      if (position < 0 || position < overwritten) continue;
      if (this.#holds(position % this.#ring.length, key)) return cell;
    }
    return -1;
  }

  #holds(offset: number, key: Buffer): boolean {
    for (let at = RECORD_KEY_BYTES - 4; at >= 0; at -= 4) {
      if (this.#ring.readInt32LE(offset + 4 + at) !== key.readInt32LE(at)) return false;
    }
    return true;
  }

  #oldestCell(key: Buffer): number {
    const first = (key.readUInt32LE(8) & this.#bucketMask) * WAYS;
    let oldest = first;
    for (let cell = first + 1; cell < first + WAYS; cell++) {
      if ((this.#cells[cell] ?? 0) < (this.#cells[oldest] ?? 0)) oldest = cell;
    }
    return oldest;
  }
}
