/**
 * `ChangeTail` over the block log. A slot is ready when its next entry is committed and in the log;
 * the block of that entry is then due, and due blocks are read in the node's commit order, so a
 * block that nothing is wanted of is never looked at, and a slot that lagged (a late commit, a seek
 * back) costs only its own blocks. Of a due block a row is handed out iff it is its slot's next
 * entry, committed, and still the log's (not dropped by truncation).
 */
import { assert } from "../../common/assert.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { rowEntry } from "../store/log-reader.ts";
import { BlockHeap } from "./block-heap.ts";
import type { BlockLog, LogBlock } from "./block-log.ts";
import type { ChangeTail, ChangeTailOptions, TailRun } from "./change-tail.ts";

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
}

export class BlockTail implements ChangeTail {
  readonly #log: BlockLog;
  readonly #wanted: (entry: Buffer) => boolean;
  readonly #onReady: () => void;
  readonly #followed = new Map<Slot, Followed>();
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
    this.#onReady = options.onReady;
  }

  seek(slot: Slot, sequence: number): void {
    assert(sequence >= 1, "sequences count from 1");
    this.#trimmed.delete(slot);
    const followed = this.#followed.get(slot);
    if (followed === undefined) {
      this.#followed.set(slot, { next: sequence, unreported: sequence, committed: 0 });
    } else {
      followed.next = sequence;
      followed.unreported = sequence;
    }
    this.#schedule(slot);
  }

  drop(slot: Slot): void {
    this.#followed.delete(slot);
    this.#trimmed.delete(slot);
  }

  committed(slot: Slot, sequence: number): void {
    const followed = this.#followed.get(slot);
    if (followed === undefined || sequence <= followed.committed) return;
    followed.committed = sequence;
    this.#schedule(slot);
  }

  async next(bytesMax: number): Promise<TailRun[]> {
    assert(!this.#reading, "a tail has one reader");
    this.#reading = true;
    this.#idle = false;
    try {
      const runs = new RunBuilder(bytesMax);
      let turn = 0;
      while (this.#due.size > 0 && !runs.full && !this.#closed) {
        const number = this.#due.first();
        const block = this.#log.recent(number) ?? this.#window.get(number);
        if (block === undefined) {
          await this.#readAhead(number);
          turn = 0;
        } else {
          this.#due.removeFirst();
          this.#takeFrom(number, block, runs);
          this.#window.delete(number);
          if (++turn % BLOCKS_A_TURN > 0) continue;
          // What is found does not wait for the end of a long stretch of unwanted entries.
          if (!runs.empty) break;
          await nextTurn();
        }
      }
      const made = runs.take();
      this.#idle = made.length === 0;
      return made;
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
    return this.#followed.get(slot)?.next ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#followed.clear();
    this.#trimmed.clear();
    this.#window = new Map();
  }

  /** Makes the block of the slot's next entry due, if that entry is ready. */
  #schedule(slot: Slot): void {
    const followed = this.#followed.get(slot);
    if (followed === undefined) return;
    const block = this.#log.blockOf(slot, followed.next);
    if (block !== 0) {
      if (followed.next > followed.committed) return;
      this.#due.add(block);
    } else if (followed.next < this.#log.firstSequence(slot)) {
      this.#followed.delete(slot);
      this.#trimmed.add(slot);
    } else return;
    if (!this.#idle) return;
    this.#idle = false;
    this.#onReady();
  }

  #takeFrom(number: number, block: LogBlock, runs: RunBuilder): void {
    const advanced = new Set<Slot>();
    const rows = block.index.rows();
    while (rows.advance()) {
      const { slot } = rows;
      const followed = this.#followed.get(slot);
      if (followed === undefined) continue;
      const sequence = rows.sequence;
      if (sequence !== followed.next || sequence > followed.committed) continue;
      if (this.#log.blockOf(slot, sequence) !== number) continue;
      if (runs.full) {
        // The rest of the block is for the next call.
        this.#due.add(number);
        break;
      }
      const entry = rowEntry(block, rows.entryOffset, rows.entryBytes);
      followed.next = sequence + 1;
      advanced.add(slot);
      if (!this.#wanted(entry)) continue;
      runs.add(slot, followed.unreported, sequence, entry);
      followed.unreported = followed.next;
    }
    for (const slot of advanced) this.#schedule(slot);
  }

  /** Reads the first due block and what is likely due next; gives up those that are trimmed. */
  async #readAhead(first: number): Promise<void> {
    this.#window = await this.#log.load(this.#blocksAhead(first));
    if (this.#window.has(first)) return;
    // Trimmed: whoever needed it, or another such block, is told to recover by a scan.
    const kept = this.#log.firstBlock();
    assert(first < kept, "a block of the log is there until it is trimmed");
    while (this.#due.size > 0 && this.#due.first() < kept) this.#due.removeFirst();
    for (const slot of [...this.#followed.keys()]) this.#schedule(slot);
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

interface OpenRun extends TailRun {
  to: number;
  readonly entries: Buffer[];
}

/** Collects entries into runs, in the order of their first entries; one a slot unless it was moved. */
class RunBuilder {
  readonly #runs: OpenRun[] = [];
  readonly #bySlot = new Map<Slot, OpenRun>();
  #bytesLeft: number;

  constructor(bytesMax: number) {
    this.#bytesLeft = bytesMax;
  }

  get full(): boolean {
    return this.#bytesLeft <= 0;
  }

  get empty(): boolean {
    return this.#runs.length === 0;
  }

  add(slot: Slot, from: number, to: number, entry: Buffer): void {
    this.#bytesLeft -= entry.length;
    const run = this.#bySlot.get(slot);
    if (run !== undefined && run.to + 1 === from) {
      run.to = to;
      run.entries.push(entry);
      return;
    }
    const started = { slot, from, to, entries: [entry] };
    this.#runs.push(started);
    this.#bySlot.set(slot, started);
  }

  take(): TailRun[] {
    return this.#runs;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
