/**
 * `ChangeTail` over the block log. A slot is ready when its next entry is committed and in the log;
 * the block of that entry is then due, and due blocks are read in the node's commit order, so a
 * block that nothing is wanted of is never looked at, and a slot that lagged (a late commit, a seek
 * back) costs only its own blocks. Of a due block a row is handed out iff it is its slot's next
 * entry, committed, and still the log's (not dropped by truncation). A slot whose next entry is to wait
 * rests: its block is not due until it is released, so that what waits costs no reading.
 */
import { assert, rethrowBroken } from "../../common/assert.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { checkEntryAt, Entry, type Operation, OPERATION_OFFSET } from "../../proto/entry.ts";
import { BlockHeap } from "./block-heap.ts";
import type { BlockLog, LogBlock } from "./block-log.ts";
import type { ChangeTail, ChangeTailOptions } from "./change-tail.ts";
import { RunBatch } from "./run-batch.ts";

/** What a tail far behind reads at once. */
const WINDOW_BLOCKS = 128;
const WINDOW_BYTES = 2 * 1024 * 1024;
/** From this many due blocks in a window on, the whole window is read: their slots' next are near. */
const DENSE_BLOCKS = 8;
/** Blocks handled before other work of the process gets its turn. */
const BLOCKS_A_TURN = 64;

interface Followed {
  /** Next sequence to look at. */
  next: number;
  /** First sequence not yet reported in a run; below `next` when a run is withheld. */
  unreported: number;
  committed: number;
  /** Block of the next entry once that entry is ready, else 0. */
  block: number;
  /** Its next entry is to wait. */
  resting: boolean;
  /** The read that has last brought a run of the slot, and which one. */
  batch: RunBatch | undefined;
  run: number;
}

export class BlockTail implements ChangeTail {
  readonly #log: BlockLog;
  readonly #wanted: ChangeTailOptions["wanted"];
  readonly #judge: ChangeTailOptions["judge"];
  readonly #onReady: () => void;
  /** By slot. */
  readonly #followed: (Followed | undefined)[] = [];
  readonly #trimmed = new Set<Slot>();
  readonly #due = new BlockHeap();
  /** Blocks read ahead from disk. */
  #window = new Map<number, LogBlock>();
  /** The last next() came back empty: onReady is owed. */
  #idle = false;
  #reading = false;
  #closed = false;

  constructor(log: BlockLog, options: ChangeTailOptions) {
    this.#log = log;
    this.#wanted = options.wanted;
    this.#judge = options.judge;
    this.#onReady = options.onReady;
  }

  seek(slot: Slot, sequence: number): void {
    assert(sequence >= 1, "sequences count from 1");
    this.#trimmed.delete(slot);
    while (this.#followed.length <= slot) this.#followed.push(undefined);
    const followed = this.#followed[slot];
    if (followed === undefined) {
      this.#followed[slot] = {
        next: sequence,
        unreported: sequence,
        committed: 0,
        block: 0,
        resting: false,
        batch: undefined,
        run: 0,
      };
    } else {
      followed.next = sequence;
      followed.unreported = sequence;
      followed.batch = undefined;
      followed.resting = false;
    }
    this.#schedule(slot);
  }

  release(slots: Iterable<Slot>): void {
    for (const slot of slots) {
      const followed = this.#followed[slot];
      if (followed?.resting !== true) continue;
      followed.resting = false;
      this.#schedule(slot);
    }
  }

  drop(slot: Slot): void {
    if (slot < this.#followed.length) this.#followed[slot] = undefined;
    this.#trimmed.delete(slot);
  }

  committed(slot: Slot, sequence: number): void {
    const followed = this.#followed[slot];
    if (followed === undefined || sequence <= followed.committed) return;
    const waited = followed.next > followed.committed || followed.block === 0;
    followed.committed = sequence;
    if (waited) this.#schedule(slot);
  }

  async next(bytesMax: number): Promise<RunBatch> {
    assert(!this.#reading, "a tail has one reader");
    this.#reading = true;
    this.#idle = false;
    try {
      const batch = new RunBatch();
      let turn = 0;
      let foundBefore = 0;
      while (this.#due.size > 0 && batch.totalBytes < bytesMax && !this.#closed) {
        const number = this.#due.first();
        const block = this.#log.recent(number) ?? this.#window.get(number);
        if (block === undefined) {
          await this.#readAhead(number);
          turn = 0;
          continue;
        }
        this.#due.removeFirst();
        if (this.#takeFrom(number, block, batch, bytesMax)) this.#window.delete(number);
        // The rest of the block is for the next call.
        else this.#due.add(number);
        if (++turn % BLOCKS_A_TURN > 0) continue;
        // What is found does not wait for the end of a long stretch of unwanted entries.
        if (batch.size > 0 && batch.totalBytes === foundBefore) break;
        foundBefore = batch.totalBytes;
        await nextTurn();
      }
      this.#idle = batch.size === 0;
      return batch;
    } finally {
      this.#reading = false;
    }
  }

  takeTrimmed(): { readonly slot: Slot; readonly firstSequence: number }[] {
    const slots = [...this.#trimmed];
    this.#trimmed.clear();
    return slots.map((slot) => ({ slot, firstSequence: this.#log.firstSequence(slot) }));
  }

  nextSequence(slot: Slot): number {
    return this.#followed[slot]?.next ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#followed.length = 0;
    this.#trimmed.clear();
    this.#window = new Map();
  }

  /** Makes the block of the slot's next entry due, if that entry is ready. */
  #schedule(slot: Slot): void {
    const followed = this.#followed[slot];
    if (followed === undefined) return;
    followed.block = 0;
    if (followed.resting) return;
    const block = this.#log.blockOf(slot, followed.next);
    if (block !== 0) {
      if (followed.next > followed.committed) return;
      followed.block = block;
      this.#due.add(block);
    } else if (followed.next < this.#log.firstSequence(slot)) {
      this.#followed[slot] = undefined;
      this.#trimmed.add(slot);
    } else return;
    if (!this.#idle) return;
    this.#idle = false;
    this.#onReady();
  }

  /** Takes what is ready of a block; false when the batch is full before its end. */
  #takeFrom(number: number, block: LogBlock, batch: RunBatch, bytesMax: number): boolean {
    const { entries, inMemory } = block;
    const rows = block.index.rows();
    while (rows.advance()) {
      const { slot } = rows;
      const followed = this.#followed[slot];
      // The block of a committed entry stays its block; a row of a dropped entry is in another one.
      if (followed === undefined || followed.block !== number || rows.sequence !== followed.next) continue;
      if (batch.totalBytes >= bytesMax) return false;
      const { entryOffset, entryBytes } = rows;
      if (!inMemory && !this.#checkEntry(number, entries, entryOffset, entryBytes)) return true;
      const sequence = followed.next;
      const operation = entries[entryOffset + OPERATION_OFFSET] as Operation;
      const wanted = this.#wanted(rows.kind, rows.originId, operation);
      const verdict = wanted ? (this.#judge?.(slot, sequence, entries, entryOffset) ?? "ship") : "skip";
      if (verdict === "later") {
        followed.resting = true;
        followed.block = 0;
        continue;
      }
      followed.next = sequence + 1;
      if (verdict !== "skip") {
        if (followed.batch !== batch) {
          followed.batch = batch;
          followed.run = batch.begin(slot, followed.unreported);
        }
        if (verdict === "ship") batch.add(followed.run, sequence, entries, entryOffset, entryBytes);
        else if (verdict !== "filtered") batch.add(followed.run, sequence, verdict, 0, verdict.length);
        else {
          const entry = new Entry(entries.subarray(entryOffset, entryOffset + entryBytes));
          batch.addFiltered(followed.run, sequence, entry.changeNumber);
        }
        followed.unreported = followed.next;
      }
      this.#goOn(slot, followed, number);
    }
    return true;
  }

  /** False when the entry is damaged: then its block is given up. */
  #checkEntry(block: number, entries: Buffer, offset: number, bytes: number): boolean {
    try {
      checkEntryAt(entries, offset, bytes);
      return true;
    } catch (error) {
      rethrowBroken(error);
      this.#log.giveUp(block, error);
      this.#scheduleAll();
      return false;
    }
  }

  #scheduleAll(): void {
    for (let slot = 0; slot < this.#followed.length; slot++) this.#schedule(slot);
  }

  /** As #schedule, after an entry of block `number` was taken: the next one is often there, too. */
  #goOn(slot: Slot, followed: Followed, number: number): void {
    followed.block = 0;
    if (followed.next > followed.committed) return;
    followed.block = this.#log.blockOf(slot, followed.next);
    if (followed.block === 0) this.#schedule(slot);
    else if (followed.block !== number) this.#due.add(followed.block);
  }

  /** Reads the first due block and what is likely due next; lets go of those that are not there. */
  async #readAhead(first: number): Promise<void> {
    this.#window = await this.#log.load(this.#blocksAhead(first));
    if (this.#window.has(first)) return;
    // Trimmed or damaged: whoever needed it, or another such block, is told to recover by a scan.
    const kept = Math.max(this.#log.firstBlock(), first + 1);
    while (this.#due.size > 0 && this.#due.first() < kept) this.#due.removeFirst();
    this.#scheduleAll();
    assert(this.#due.first() === 0 || this.#due.first() > first, "what is not there is not in the log");
  }

  /** The first block and, within bounds, those due after it: all in between when many are. */
  #blocksAhead(first: number): number[] {
    const end = Math.min(first + WINDOW_BLOCKS, this.#log.nextBlock());
    const due = new Set(this.#due.below(end));
    const dense = due.size >= DENSE_BLOCKS;
    const blocks = [first];
    let bytes = this.#log.bytesOf(first);
    for (let block = first + 1; block < end; block++) {
      if (!dense && !due.has(block)) continue;
      bytes += this.#log.bytesOf(block);
      if (bytes > WINDOW_BYTES) break;
      blocks.push(block);
    }
    return blocks;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
