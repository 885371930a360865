/**
 * What happened to slots, told together: a hand-over changes thousands of them, and a flush commits
 * many, one by one; listeners hear of those of a turn at once.
 */
import type { Slot } from "../../proto/cluster-map.ts";

export type SlotListener = (slots: readonly Slot[]) => void;

export class SlotNews {
  readonly #listeners = new Set<SlotListener>();
  #slots = new Set<Slot>();

  /** Returns what ends it. */
  listen(listener: SlotListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Costs nothing while nobody listens. */
  add(slot: Slot): void {
    if (this.#listeners.size === 0) return;
    if (this.#slots.size === 0) setImmediate(() => this.#tell());
    this.#slots.add(slot);
  }

  #tell(): void {
    const slots = [...this.#slots];
    this.#slots = new Set();
    for (const listener of this.#listeners) listener(slots);
  }
}
