/**
 * What shippers told of their destinations' positions, kept so that a tail can start behind entries
 * that are trimmed but were never to be shipped (they came by XDR): with `base` applied there and
 * nothing wanted in (base, covered], a tail from base + 1 is the same as one from covered + 1.
 *
 * Kept on disk, too, a little late: without it, a datacenter that mostly receives would send all it
 * has as a recovery after every restart. Losing it costs just that, never data.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { Storage } from "../store/storage.ts";

interface Shipped {
  readonly logId: number;
  readonly base: number;
  readonly covered: number;
}

const FORMAT = 1;
const ROW_BYTES = 28;
const SAVE_INTERVAL_MS = 10_000;

export class ShippedMemory {
  readonly #storage: Pick<Storage, "meta" | "write">;
  readonly #byDestination = new Map<number, Map<Slot, Shipped>>();
  readonly #changed = new Set<number>();
  readonly #onError: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;

  constructor(storage: Pick<Storage, "meta" | "write">, onError: (error: unknown) => void) {
    this.#storage = storage;
    this.#onError = onError;
    this.#timer = setInterval(() => {
      this.#save(false).catch(onError);
    }, SAVE_INTERVAL_MS);
  }

  note(destinationId: number, slot: Slot, shipped: Shipped): void {
    this.#of(destinationId).set(slot, shipped);
    this.#changed.add(destinationId);
  }

  /** The highest sequence up to which nothing is wanted after `base`; at least `covered`. */
  coveredFrom(destinationId: number, slot: Slot, logId: number, base: number, covered: number): number {
    const known = this.#of(destinationId).get(slot);
    if (known === undefined || known.logId !== logId || known.base !== base) return covered;
    return Math.max(known.covered, covered);
  }

  /** Saves what is left to save. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#save(true).catch(this.#onError);
  }

  #of(destinationId: number): Map<Slot, Shipped> {
    let slots = this.#byDestination.get(destinationId);
    if (slots === undefined) {
      const saved = this.#storage.meta(metaKey(destinationId));
      slots = saved === undefined ? new Map<Slot, Shipped>() : decode(saved);
      this.#byDestination.set(destinationId, slots);
    }
    return slots;
  }

  async #save(sync: boolean): Promise<void> {
    if (this.#changed.size === 0) return;
    const meta = [...this.#changed].map((destinationId) => ({
      key: metaKey(destinationId),
      value: encode(this.#of(destinationId)),
    }));
    this.#changed.clear();
    await this.#storage.write({ meta }, sync);
  }
}

function metaKey(destinationId: number): string {
  return `xdr.shipped.${destinationId}`;
}

/** Rows that say more than the destination's position does. */
function encode(slots: ReadonlyMap<Slot, Shipped>): Buffer {
  const rows = [...slots].filter(([, { base, covered }]) => covered > base);
  const bytes = Buffer.alloc(1 + rows.length * ROW_BYTES);
  bytes[0] = FORMAT;
  let offset = 1;
  for (const [slot, { logId, base, covered }] of rows) {
    bytes.writeUInt32LE(slot, offset);
    bytes.writeDoubleLE(logId, offset + 4);
    bytes.writeDoubleLE(base, offset + 12);
    bytes.writeDoubleLE(covered, offset + 20);
    offset += ROW_BYTES;
  }
  return bytes;
}

/** Nothing known, rather than an error, for a format that is not ours. */
function decode(bytes: Buffer): Map<Slot, Shipped> {
  const slots = new Map<Slot, Shipped>();
  if (bytes[0] !== FORMAT) return slots;
  for (let offset = 1; offset + ROW_BYTES <= bytes.length; offset += ROW_BYTES) {
    slots.set(bytes.readUInt32LE(offset), {
      logId: bytes.readDoubleLE(offset + 4),
      base: bytes.readDoubleLE(offset + 12),
      covered: bytes.readDoubleLE(offset + 20),
    });
  }
  return slots;
}
