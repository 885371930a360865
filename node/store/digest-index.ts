/**
 * Which records are there, of all slots, in memory: one table a slot. A slot that had records when
 * the storage was opened is unknown until its keys were scanned, which happens in the background;
 * until then, and beyond the bound of bytes, whoever asks has to look on disk.
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { DigestTable } from "./digest-table.ts";
import type { EngineView } from "./engine.ts";
import { recordKeyRange, recordKeySlot } from "./keys.ts";
import { imageState, RecordState } from "./record-state.ts";
import type { SlotLog } from "./slot-log.ts";

const SCAN_BYTES = 128 * 1024;

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
   * Scans a slot's keys. `view` gives a view taken between two writes; writes may go on meanwhile.
   * Throws STORE_FAILED when the disk does not hold as many records as were written.
   */
  async load(log: SlotLog, view: () => Promise<EngineView>): Promise<void> {
    const table = this.#tables.get(log.slot);
    if (table === undefined) return;
    const taken = await view();
    try {
      // Without tombstones at the moment of the view all records are in the same state.
      const values = log.tombstones > 0;
      const cursor = taken.range(...recordKeyRange(log.slot), values);
      for (;;) {
        const rows = await cursor.next(SCAN_BYTES);
        if (rows.length === 0) break;
        // A clear made it complete, or the bound was reached, while this was read.
        if (table.complete || this.#without.has(log.slot)) return;
        this.#bytes -= table.bytes;
        for (const [key, image] of rows) table.add(key, values ? imageState(image) : RecordState.record);
        this.#bytes += table.bytes;
        if (this.#bytes > this.#bytesMax) this.#giveUp(log.slot, table);
      }
    } finally {
      await taken.close();
    }
    if (table.complete || this.#without.has(log.slot)) return;
    this.#bytes -= table.bytes;
    const found = table.finish();
    this.#bytes += table.bytes;
    const counted = log.records + log.tombstones;
    if (found !== counted) {
      throw new MeridianError("STORE_FAILED", `slot ${log.slot} holds ${found} of its ${counted} records`);
    }
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
