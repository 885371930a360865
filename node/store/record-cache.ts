/**
 * Images of records that were read lately, in one fixed ring of bytes with a table of where they
 * are: a hit costs a copy instead of a search through the engine's levels. Only reads bring records
 * in; a write changes what is in. Nothing is left to the garbage collector.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import type { Slot } from "../../proto/cluster-map.ts";

/** An entry in the ring: bytes of the image u32, slot u32, digest, image. */
const HEAD_BYTES = 8 + DIGEST_BYTES;
/** Places that a record may be at. */
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
  get(slot: Slot, digest: Buffer): Buffer | undefined {
    const cell = this.find(slot, digest, 0);
    if (cell < 0) return undefined;
    const position = (this.#cells[cell] ?? 0) - 1;
    const offset = position % this.#ring.length;
    const image = Buffer.allocUnsafe(this.#ring.readUInt32LE(offset));
    this.#ring.copy(image, 0, offset + HEAD_BYTES, offset + HEAD_BYTES + image.length);
    // What is read again in the second half of its round gets another round.
    if (this.#next - position > this.#ring.length / 2) this.replace(cell, slot, digest, image);
    return image;
  }

  /** Takes in what was read from disk. */
  add(slot: Slot, digest: Buffer, image: Buffer): void {
    const cell = this.find(slot, digest, 0);
    this.replace(cell >= 0 ? cell : this.#oldestCell(digest), slot, digest, image);
  }

  /** Where the record of the digest at `offset` of `source` is; -1 when it is not in the cache. */
  find(slot: Slot, source: Buffer, offset: number): number {
    const first = (source.readUInt32LE(offset + 4) & this.#bucketMask) * WAYS;
    const overwritten = this.#next - this.#ring.length;
    for (let cell = first; cell < first + WAYS; cell++) {
      const position = (this.#cells[cell] ?? 0) - 1;
      if (position < 0 || position < overwritten) continue;
      if (this.#holds(position % this.#ring.length, slot, source, offset)) return cell;
    }
    return -1;
  }

  /** Changes the image of a record that find() found; undefined takes the record out. */
  replace(cell: number, slot: Slot, digest: Buffer, image: Buffer | undefined): void {
    const size = this.#ring.length;
    this.#cells[cell] = 0;
    if (image === undefined) return;
    const bytes = HEAD_BYTES + image.length;
    if (bytes > size * SHARE_MAX) return;
    let offset = this.#next % size;
    if (offset + bytes > size) {
      this.#next += size - offset;
      offset = 0;
    }
    this.#ring.writeUInt32LE(image.length, offset);
    this.#ring.writeUInt32LE(slot, offset + 4);
    digest.copy(this.#ring, offset + 8);
    image.copy(this.#ring, offset + HEAD_BYTES);
    this.#cells[cell] = this.#next + 1;
    this.#next += bytes;
  }

  /** Whether nothing was ever read: then there is nothing to keep right. */
  get unused(): boolean {
    return this.#next === 0;
  }

  clear(): void {
    this.#cells.fill(0);
    this.#next = 0;
  }

  #holds(at: number, slot: Slot, source: Buffer, offset: number): boolean {
    if (this.#ring.readUInt32LE(at + 4) !== slot) return false;
    for (let word = 0; word < DIGEST_BYTES; word += 4) {
      if (this.#ring.readInt32LE(at + 8 + word) !== source.readInt32LE(offset + word)) return false;
    }
    return true;
  }

  #oldestCell(digest: Buffer): number {
    const first = (digest.readUInt32LE(4) & this.#bucketMask) * WAYS;
    let oldest = first;
    for (let cell = first + 1; cell < first + WAYS; cell++) {
      if ((this.#cells[cell] ?? 0) < (this.#cells[oldest] ?? 0)) oldest = cell;
    }
    return oldest;
  }
}
