/**
 * Log blocks that catch-up has read from disk, for a short while: the entries of one slot lie in
 * many blocks, and thousands of slots that catch up ask for the same blocks one after the other.
 * Bounded in bytes, and let go of when nobody catches up any more.
 */
import type { LogBlock } from "../change-log/block-log.ts";

const BYTES_MAX = 24 * 1024 * 1024;
const IDLE_MS = 5000;

export class LoadedBlocks {
  readonly #blocks = new Map<number, LogBlock>();
  #bytes = 0;
  #idle: NodeJS.Timeout | undefined;

  get(number: number): LogBlock | undefined {
    const block = this.#blocks.get(number);
    if (block === undefined) return undefined;
    // Moves it to the end of the Map's order: the one not used for longest is dropped first.
    this.#blocks.delete(number);
    this.#blocks.set(number, block);
    return block;
  }

  add(number: number, block: LogBlock): void {
    this.#drop(number);
    this.#blocks.set(number, block);
    this.#bytes += bytesOf(block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#bytes <= BYTES_MAX) break;
      this.#drop(oldest);
    }
    this.#idle ??= setTimeout(() => this.clear(), IDLE_MS).unref();
    this.#idle.refresh();
  }

  clear(): void {
    this.#blocks.clear();
    this.#bytes = 0;
    clearTimeout(this.#idle);
    this.#idle = undefined;
  }

  #drop(number: number): void {
    const block = this.#blocks.get(number);
    if (block === undefined) return;
    this.#blocks.delete(number);
    this.#bytes -= bytesOf(block);
  }
}

function bytesOf(block: LogBlock): number {
  return block.index.bytes.length + block.entries.length;
}
