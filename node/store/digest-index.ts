/**
 * Which records are there, of all slots, in memory: one table a slot. A slot that had records when
 * the storage was opened is unknown until its keys were scanned, which happens in the background;
 * until then, and beyond the bound of bytes, whoever asks has to look on disk.
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { DigestTable } from "./digest-table.ts";
import type { EngineView } from "./engine.ts";
import { foldDigest, recordKeyRange } from "./keys.ts";
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
  /** Slots to give up once the group that made them grow is through. */
  readonly #excess = new Set<Slot>();
  /** What the present group made of records of slots without a table. */
  readonly #overlay = new Map<string, RecordState>();

  /** `occupied` are the slots that hold records already. */
  constructor(bytesMax: number, occupied: Iterable<Slot>) {
    this.#bytesMax = bytesMax;
    for (const slot of occupied) this.#tables.set(slot, new DigestTable());
  }

  /** State of a record by its key (keys.ts); undefined when only the disk knows. */
  stateOf(slot: Slot, key: Buffer): RecordState | undefined {
    return this.#without.has(slot) ? undefined : this.#table(slot).stateOf(key);
  }

  /**
   * Takes in what the group being planned makes of a record; returns what it was before, undefined
   * when only the disk knows, and the group has not touched it yet.
   */
  exchange(slot: Slot, key: Buffer, state: RecordState): RecordState | undefined {
    if (this.#without.has(slot)) {
      const name = key.toString("latin1");
      const before = this.#overlay.get(name);
      this.#overlay.set(name, state);
      return before;
    }
    const table = this.#table(slot);
    const bytes = table.bytes;
    const before = table.exchange(key, state);
    if (table.bytes !== bytes) {
      this.#bytes += table.bytes - bytes;
      if (this.#bytes > this.#bytesMax) this.#excess.add(slot);
    }
    return before;
  }

  /** The group that was planned has taken effect. */
  settle(): void {
    if (this.#overlay.size > 0) this.#overlay.clear();
    for (const slot of this.#excess) this.#giveUp(slot);
    this.#excess.clear();
  }

  clear(slot: Slot): void {
    this.#without.delete(slot);
    const table = this.#table(slot);
    this.#bytes -= table.bytes;
    table.clear();
  }

  /** Whether slots had to be given up: then scanning more of them is in vain. */
  get full(): boolean {
    return this.#without.size + this.#excess.size > 0;
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
        if (this.#bytes > this.#bytesMax) this.#excess.add(slot);
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

  #giveUp(slot: Slot): void {
    if (this.#bytes <= this.#bytesMax) return;
    this.#bytes -= this.#tables.get(slot)?.bytes ?? 0;
    this.#tables.delete(slot);
    this.#without.add(slot);
  }
}
