/**
 * Which records are there, of all slots, in memory: one table a slot. A slot that had records when
 * the storage was opened is unknown until its keys were scanned, which happens in the background;
 * until then, and beyond the bound of bytes, whoever asks has to look on disk.
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { DigestTable } from "./digest-table.ts";
import type { EngineView } from "./engine.ts";
import { foldDigest, recordKeyRange, recordKeySlot } from "./keys.ts";
import { imageState, RecordState } from "./record-state.ts";

const SCAN_BYTES = 128 * 1024;

/** A slot as of a moment between two writes. */
export interface ScanStart {
  readonly slot: Slot;
  readonly view: EngineView;
  readonly records: number;
  readonly tombstones: number;
  readonly digests: number;
}

export class DigestIndex {
  readonly #tables = new Map<Slot, DigestTable>();
  /** Slots given up because the index would grow beyond its bound. */
  readonly #without = new Set<Slot>();
  readonly #bytesMax: number;
  #bytes = 0;

  /** `occupied` are the slots that hold records already. */
  constructor(bytesMax: number, occupied: Iterable<Slot>) {
    this.#bytesMax = bytesMax;
    for (const slot of occupied) this.#tables.set(slot, new DigestTable());
  }

  /** State of a record by its key (keys.ts); undefined when only the disk knows. */
  stateOf(slot: Slot, key: Buffer): RecordState | undefined {
    return this.#without.has(slot) ? undefined : this.#table(slot).stateOf(key);
  }

  /** Takes in what a write made of a record. */
  set(key: Buffer, state: RecordState): void {
    const slot = recordKeySlot(key);
    if (this.#without.has(slot)) return;
    const table = this.#table(slot);
    this.#bytes -= table.bytes;
    table.set(key, state);
    this.#bytes += table.bytes;
    if (this.#bytes > this.#bytesMax) this.#giveUp(slot, table);
  }

  clear(slot: Slot): void {
    this.#without.delete(slot);
    const table = this.#table(slot);
    this.#bytes -= table.bytes;
    table.clear();
  }

  /** Slots still to be scanned. */
  incomplete(): Slot[] {
    return [...this.#tables].filter(([, table]) => !table.complete).map(([slot]) => slot);
  }

  /**
   * Scans a slot's keys; writes may go on meanwhile. Throws STORE_FAILED when the disk does not hold
   * the very records that were written.
   */
  async load({ slot, view, records, tombstones, digests }: ScanStart): Promise<void> {
    const table = this.#tables.get(slot);
    let left = records + tombstones;
    let folded = digests;
    try {
      if (table === undefined) return;
      // Without tombstones all records are in the same state.
      const values = tombstones > 0;
      const cursor = view.range(...recordKeyRange(slot), values);
      for (;;) {
        const rows = await cursor.next(SCAN_BYTES);
        if (rows.length === 0) break;
        // A clear made it complete, or the bound was reached, while this was read.
        if (table.complete || this.#tables.get(slot) !== table) return;
        left -= rows.length;
        this.#bytes -= table.bytes;
        for (const [key, image] of rows) {
          folded = (folded ^ foldDigest(key)) >>> 0;
          table.add(key, values ? imageState(image) : RecordState.record);
        }
        this.#bytes += table.bytes;
        if (this.#bytes > this.#bytesMax) this.#giveUp(slot, table);
      }
    } finally {
      await view.close();
    }
    if (table.complete || this.#tables.get(slot) !== table) return;
    if (left !== 0 || folded !== 0) {
      const found = `${records + tombstones - left} of ${records + tombstones} records`;
      throw new MeridianError("STORE_FAILED", `the disk holds ${found} of slot ${slot}, or other ones`);
    }
    this.#bytes -= table.bytes;
    table.finish();
    this.#bytes += table.bytes;
  }

  #table(slot: Slot): DigestTable {
    let table = this.#tables.get(slot);
    if (table === undefined) {
      table = new DigestTable();
      table.clear();
      this.#tables.set(slot, table);
    }
    return table;
  }

  #giveUp(slot: Slot, table: DigestTable): void {
    this.#without.add(slot);
    this.#tables.delete(slot);
    this.#bytes -= table.bytes;
  }
}
