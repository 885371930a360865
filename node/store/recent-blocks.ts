/**
 * The newest log blocks, in memory, so that tails and catch-up that are nearly current do not touch
 * the disk. One fixed ring of bytes: blocks are built in it and overwritten in their order, so that
 * a stream of writes leaves nothing to the garbage collector. What is handed out is therefore valid
 * in the same turn of the event loop only; who keeps an entry copies it.
 */
import type { LogBlock } from "../change-log/block-log.ts";
import type { PlannedBlock } from "./group-plan.ts";

interface RecentBlock extends LogBlock {
  /** Where the block's group begins, counting all bytes that ever went round. */
  readonly position: number;
}

export class RecentBlocks {
  readonly #ring: Buffer;
  readonly #blocks = new Map<number, RecentBlock>();
  #oldest = 0;
  #newest = 0;
  /** Position of the next and of the last reserved region; undefined when it is not in the ring. */
  #next = 0;
  #reserved: number | undefined;

  constructor(bytesMax: number) {
    this.#ring = Buffer.allocUnsafeSlow(bytesMax);
  }

  /** Room for the next group's blocks; one group at a time. */
  reserve(bytes: number): Buffer {
    const size = this.#ring.length;
    this.#reserved = undefined;
    if (bytes > size / 2) return Buffer.allocUnsafeSlow(bytes);
    let offset = this.#next % size;
    if (offset + bytes > size) {
      this.#next += size - offset;
      offset = 0;
    }
    this.#reserved = this.#next;
    this.#next += bytes;
    while (this.#blocks.size > 0 && this.#oldestPosition() < this.#next - size) this.#dropOldest();
    return this.#ring.subarray(offset, offset + bytes);
  }

  /** Adds a block of the group that was reserved last. */
  add({ block, index, entries }: PlannedBlock): void {
    if (this.#reserved === undefined) return;
    // A group outside the ring left a hole in the numbers.
    if (this.#blocks.size > 0 && block !== this.#newest + 1) this.#blocks.clear();
    if (this.#blocks.size === 0) this.#oldest = block;
    this.#newest = block;
    this.#blocks.set(block, { index, entries, inMemory: true, position: this.#reserved });
  }

  get(block: number): LogBlock | undefined {
    return this.#blocks.get(block);
  }

  /** Forgets blocks below `block`. */
  dropBelow(block: number): void {
    while (this.#blocks.size > 0 && this.#oldest < block) this.#dropOldest();
  }

  #oldestPosition(): number {
    return this.#blocks.get(this.#oldest)?.position ?? 0;
  }

  #dropOldest(): void {
    this.#blocks.delete(this.#oldest);
    this.#oldest++;
  }
}
