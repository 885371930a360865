/**
 * The newest log blocks, kept in memory within a bound of bytes, so that tails and catch-up that
 * are nearly current do not touch the disk. Blocks come in the order of their numbers.
 */
import type { PlannedBlock } from "./group-plan.ts";
import type { LogBlock } from "../change-log/block-log.ts";

export class RecentBlocks {
  readonly #blocks = new Map<number, LogBlock>();
  readonly #bytesMax: number;
  #bytes = 0;
  #oldest = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add({ block, index, entries }: PlannedBlock): void {
    if (this.#blocks.size === 0) this.#oldest = block;
    this.#blocks.set(block, { index, entries, trusted: true });
    this.#bytes += index.bytes.length + entries.length;
    while (this.#bytes > this.#bytesMax && this.#blocks.size > 0) this.#dropOldest();
  }

  get(block: number): LogBlock | undefined {
    return this.#blocks.get(block);
  }

  /** Forgets blocks below `block`. */
  dropBelow(block: number): void {
    while (this.#blocks.size > 0 && this.#oldest < block) this.#dropOldest();
  }

  #dropOldest(): void {
    const oldest = this.#blocks.get(this.#oldest);
    if (oldest !== undefined) this.#bytes -= oldest.index.bytes.length + oldest.entries.length;
    this.#blocks.delete(this.#oldest);
    this.#oldest++;
  }
}
