/**
 * What shippers told of their destinations' positions, kept so that a tail can start behind entries
 * that are trimmed but were never to be shipped (they came by XDR): with `base` applied there and
 * nothing wanted in (base, covered], a tail from base + 1 is the same as one from covered + 1.
 * Losing it costs a recovery scan, never data.
 */
import type { Slot } from "../../proto/cluster-map.ts";

interface Shipped {
  readonly logId: number;
  readonly base: number;
  readonly covered: number;
}

export class ShippedMemory {
  readonly #bySlot = new Map<number, Map<Slot, Shipped>>();

  note(destinationId: number, slot: Slot, shipped: Shipped): void {
    let slots = this.#bySlot.get(destinationId);
    if (slots === undefined) {
      slots = new Map();
      this.#bySlot.set(destinationId, slots);
    }
    slots.set(slot, shipped);
  }

  /** The highest sequence up to which nothing is wanted after `base`; at least `covered`. */
  coveredFrom(destinationId: number, slot: Slot, logId: number, base: number, covered: number): number {
    const known = this.#bySlot.get(destinationId)?.get(slot);
    if (known === undefined || known.logId !== logId || known.base !== base) return covered;
    return Math.max(known.covered, covered);
  }
}
