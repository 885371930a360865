/**
 * The log's place in memory and the states of all slots: a fold over the index values of the
 * blocks, in their order. The same fold runs after every write and at open, so what a restart
 * rebuilds is what was there before.
 */
import { assert } from "../../common/assert.ts";
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import {
  type BlockIndex,
  changesPresence,
  countInLedger,
  notesConflict,
  recordsOfChange,
  type RowCursor,
  tombstonesOfChange,
} from "./block-index.ts";
import type { CheckpointedSlot } from "./checkpoint.ts";
import { SLOTS_PER_PAGE } from "./keys.ts";
import { SlotLog } from "./slot-log.ts";
import { type ControlRow, decodeControl } from "./slot-state-codec.ts";
import { U32Queue } from "./u32-queue.ts";

const U32_RANGE = 4_294_967_296;

export class LogState {
  readonly #slots = new Map<Slot, SlotLog>();
  /** Bytes of the blocks from `firstBlock` on. */
  readonly #blockBytes = new U32Queue();
  /** Oldest block kept and the number the next one gets; blocks count from 1. */
  firstBlock: number;
  nextBlock: number;
  logBytes = 0;
  /** Pages of slots that changed since the last checkpoint. */
  readonly dirtyPages = new Set<number>();

  constructor(firstBlock: number) {
    this.firstBlock = firstBlock;
    this.nextBlock = firstBlock;
  }

  find(slot: Slot): SlotLog | undefined {
    return this.#slots.get(slot);
  }

  obtain(slot: Slot): SlotLog {
    let log = this.#slots.get(slot);
    if (log === undefined) {
      log = new SlotLog(slot);
      this.#slots.set(slot, log);
    }
    return log;
  }

  all(): Iterable<SlotLog> {
    return this.#slots.values();
  }

  /** Number of the block that holds the entry, 0 when the log does not hold it. */
  blockOf(slot: Slot, sequence: number): number {
    const log = this.#slots.get(slot);
    if (log === undefined) return 0;
    const index = sequence - log.firstSequence;
    if (index < 0 || index >= log.blocks.length) return 0;
    return this.#blockAt(log, index);
  }

  /** Takes in the next block of the log, after it was written. */
  fold(index: BlockIndex): void {
    const block = this.#countBlock(index);
    for (const row of decodeControl(index.control)) {
      const log = this.obtain(row.slot);
      this.#touch(row.slot);
      if (row.type === "counts") {
        log.records += row.records;
        log.tombstones += row.tombstones;
        log.digests = (log.digests ^ row.digests) >>> 0;
      } else {
        placeControl(log, row);
        if (row.type === "clear") log.clear();
        else log.assign(row.state);
      }
    }
    const rows = index.rows();
    while (rows.advance()) this.#foldRow(block, rows);
  }

  /** At open, for a block that the checkpoint covers: only the log's place, no states. */
  place(index: BlockIndex): void {
    const block = this.#countBlock(index);
    for (const row of decodeControl(index.control)) {
      const log = this.obtain(row.slot);
      if (row.type !== "counts") placeControl(log, row);
    }
    const rows = index.rows();
    while (rows.advance()) {
      const log = this.obtain(rows.slot);
      // What came before the first row that is left is trimmed.
      if (log.blocks.length === 0) log.sequence = rows.sequence - 1;
      append(log, block, rows.sequence);
    }
  }

  /** At open, between the blocks that the checkpoint covers and those after it. */
  loadCheckpoint(slots: readonly CheckpointedSlot[]): void {
    const known = new Set<Slot>();
    for (const { slot, records, tombstones, digests, state } of slots) {
      const log = this.obtain(slot);
      known.add(slot);
      if (log.blocks.length > 0 && log.sequence !== state.sequence) {
        throw broken(`slot ${slot} ends at ${log.sequence}, its checkpoint at ${state.sequence}`);
      }
      log.assign(state);
      log.records = records;
      log.tombstones = tombstones;
      log.digests = digests;
    }
    for (const log of this.#slots.values()) {
      if (known.has(log.slot)) continue;
      if (log.blocks.length > 0) throw broken(`slot ${log.slot} has entries but no checkpoint`);
      log.clear();
    }
  }

  /** Bytes of a kept block. */
  bytesOf(block: number): number {
    return this.#blockBytes.at(block - this.firstBlock);
  }

  /** Slots of which the block holds entries above `safe`. Dropped entries do not count. */
  unsafeSlots(block: number, index: BlockIndex, safe: (slot: Slot) => number): Set<Slot> {
    const slots = new Set<Slot>();
    const rows = index.rows();
    while (rows.advance()) {
      const { slot, sequence } = rows;
      if (sequence > safe(slot) && this.blockOf(slot, sequence) === block) slots.add(slot);
    }
    return slots;
  }

  /** Lets go of the oldest block, after it was deleted. */
  free(index: BlockIndex): void {
    const block = this.firstBlock;
    const rows = index.rows();
    while (rows.advance()) {
      const log = this.#slots.get(rows.slot);
      if (log === undefined || this.blockOf(rows.slot, rows.sequence) !== block) continue;
      assert(log.firstSequence === rows.sequence, "blocks are freed from the oldest entry of a slot");
      log.blocks.shift(1);
    }
    this.logBytes -= this.#blockBytes.at(0);
    this.#blockBytes.shift(1);
    this.firstBlock++;
  }

  /**
   * A block cannot be read: what it holds of every slot, and all before that, is in the log no more, as if
   * it were trimmed. False when no slot lost anything by it. Found out anew after a restart.
   */
  giveUp(block: number): boolean {
    let lost = false;
    for (const log of this.#slots.values()) {
      const count = this.#entriesUpTo(log, block);
      if (count === 0 || this.#blockAt(log, count - 1) !== block) continue;
      log.blocks.shift(count);
      lost = true;
    }
    return lost;
  }

  /** How many of the slot's entries lie in blocks up to this one: blocks rise along a log. */
  #entriesUpTo(log: SlotLog, block: number): number {
    let from = 0;
    let to = log.blocks.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#blockAt(log, middle) <= block) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Only the low 32 bits are kept: the log never spans that many blocks. */
  #blockAt(log: SlotLog, index: number): number {
    return this.firstBlock + ((log.blocks.at(index) - this.firstBlock) >>> 0);
  }

  #countBlock(index: BlockIndex): number {
    const block = this.nextBlock;
    const bytes = index.bytes.length + index.entriesBytes;
    assert(block - this.firstBlock < U32_RANGE, "the log spans fewer blocks than a u32 counts");
    this.#blockBytes.push(bytes);
    this.logBytes += bytes;
    this.nextBlock++;
    return block;
  }

  #foldRow(block: number, row: RowCursor): void {
    const log = this.obtain(row.slot);
    this.#touch(row.slot);
    append(log, block, row.sequence);
    log.noteEpoch(row.epoch, row.sequence);
    log.records += recordsOfChange(row.change);
    log.tombstones += tombstonesOfChange(row.change);
    if (changesPresence(row.change)) log.digests = (log.digests ^ row.foldedDigest) >>> 0;
    if (row.isOwn) log.changes++;
    if (notesConflict(row)) log.conflicts++;
    if (row.movesPosition) {
      const position = log.position(row.originId, row.originLogId);
      position.sequence = Math.max(position.sequence, row.originSequence);
      countInLedger(position.ledger, row, 1);
    }
  }

  #touch(slot: Slot): void {
    this.dirtyPages.add(Math.floor(slot / SLOTS_PER_PAGE));
  }
}

function append(log: SlotLog, block: number, sequence: number): void {
  if (sequence !== log.sequence + 1) {
    throw broken(`slot ${log.slot} goes from ${log.sequence} to ${sequence} in block ${block}`);
  }
  log.sequence = sequence;
  log.blocks.push(block >>> 0);
}

/** Effect of a control row on the log's place. */
function placeControl(log: SlotLog, row: Exclude<ControlRow, { type: "counts" }>): void {
  const sequence = row.type === "clear" ? 0 : row.state.sequence;
  const kept = row.type === "truncate" ? sequence - log.firstSequence + 1 : 0;
  if (kept > 0) log.blocks.truncate(Math.min(kept, log.blocks.length));
  else log.blocks.clear();
  log.sequence = sequence;
}

function broken(message: string): MeridianError {
  return new MeridianError("STORE_FAILED", `the change log is broken: ${message}`);
}
