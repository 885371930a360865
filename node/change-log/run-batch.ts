/**
 * What one read of a tail brings: runs of many slots, as columns, with the bytes of their entries.
 * An entry is copied once on its way in, so that nothing holds on to the log's blocks, and once on
 * its way out, where its run is put together; no object is made for it.
 */
import { assert } from "../../common/assert.ts";
import { type Slot, slotPartitionId } from "../../proto/cluster-map.ts";
import { encodeFiltered } from "../../proto/entry.ts";

/** Room is made in pieces as large as what is there already, within these. */
const CHUNK_BYTES_MIN = 4 * 1024;
const CHUNK_BYTES_MAX = 256 * 1024;
const NONE = -1;

/** All entries of `slots[i]` from `from[i]` to `to[i]` are accounted for; those wanted are in. */
export class RunBatch {
  readonly slots: Slot[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  /** Entries in the run, and their bytes. */
  readonly counts: number[] = [];
  readonly bytes: number[] = [];
  totalBytes = 0;
  /** First and last entry of each run. */
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  /** By entry: where its bytes are, and the next entry of its run. */
  readonly #chunks: Buffer[] = [];
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #next: number[] = [];
  /** By run: how many changes its last entry stands for, 0 when that one is itself a change. */
  readonly #filtered: number[] = [];
  #chunk = Buffer.alloc(0);
  #used = 0;

  get size(): number {
    return this.slots.length;
  }

  /** Begins a run of a slot with no entries yet; returns its index. */
  begin(slot: Slot, from: number): number {
    this.slots.push(slot);
    this.from.push(from);
    this.to.push(from - 1);
    this.counts.push(0);
    this.bytes.push(0);
    this.#first.push(NONE);
    this.#filtered.push(0);
    return this.#last.push(NONE) - 1;
  }

  /** Adds an entry to a run, which then reaches to `to`; copies it from `source`. */
  add(run: number, to: number, source: Buffer, offset: number, length: number): void {
    const entry = this.#offsets.length;
    if (this.#used + length > this.#chunk.length) {
      const more = Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, this.totalBytes));
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(length, more));
      this.#used = 0;
    }
    source.copy(this.#chunk, this.#used, offset, offset + length);
    this.#chunks.push(this.#chunk);
    this.#offsets.push(this.#used);
    this.#lengths.push(length);
    this.#next.push(NONE);
    this.#used += length;
    const last = this.#last[run] ?? NONE;
    if (last === NONE) this.#first[run] = entry;
    else this.#next[last] = entry;
    this.#last[run] = entry;
    this.to[run] = to;
    this.counts[run] = (this.counts[run] ?? 0) + 1;
    this.bytes[run] = (this.bytes[run] ?? 0) + length;
    this.totalBytes += length;
    this.#filtered[run] = 0;
  }

  /**
   * Adds a change that is not handed out, with its number in the log. Changes in a row share one entry,
   * which says how many they are.
   */
  addFiltered(run: number, to: number, number: number): void {
    const before = this.#filtered[run] ?? 0;
    const partitionId = slotPartitionId(this.slots[run] ?? 0);
    const entry = encodeFiltered(partitionId, to, number, before + 1);
    if (before === 0) this.add(run, to, entry, 0, entry.length);
    else {
      const last = this.#last[run] ?? NONE;
      const chunk = this.#chunks[last];
      assert(chunk !== undefined, "every entry has its bytes");
      entry.copy(chunk, this.#offsets[last] ?? 0);
      this.to[run] = to;
    }
    this.#filtered[run] = before + 1;
  }

  /** Copies a run's entries, in order, to `offset` of `target`; returns the offset after them. */
  copyRun(run: number, target: Buffer, offset: number): number {
    let at = offset;
    for (let entry = this.#first[run] ?? NONE; entry !== NONE; entry = this.#next[entry] ?? NONE) {
      const chunk = this.#chunks[entry];
      assert(chunk !== undefined, "every entry has its bytes");
      const from = this.#offsets[entry] ?? 0;
      const length = this.#lengths[entry] ?? 0;
      chunk.copy(target, at, from, from + length);
      at += length;
    }
    return at;
  }
}
