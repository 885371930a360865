/**
 * What the node keeps in memory of one slot: its log's place in the blocks, and the state that is a
 * function of its log. There are thousands of these, so fields are few and lists are short.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { emptyLedger, LEDGER_FIELDS, type MutableLedger } from "../../proto/ledger.ts";
import type { EpochStart, LedgerPosition, SlotState } from "./storage.ts";
import { U32Queue } from "./u32-queue.ts";

/** An applied position; 0 until something of that origin and log is applied. */
class Position {
  readonly originId: number;
  readonly originLogId: number;
  sequence = 0;
  ledger: MutableLedger = emptyLedger();
  /** Within the group being prepared (GroupPlan): valid when `stamp` is the group's. */
  stamp = 0;
  pending = 0;

  constructor(originId: number, originLogId: number) {
    this.originId = originId;
    this.originLogId = originLogId;
  }
}

/** Older epochs than these are forgotten; who diverged in one of them is copied in full. */
const EPOCHS_MAX = 256;

export class SlotLog {
  readonly slot: Slot;
  /** Sequence of the last entry, 0 before the first. */
  sequence = 0;
  /** Block numbers (modulo 2^32) of the entries up to `sequence` that are still in the log. */
  readonly blocks = new U32Queue();
  epochs: EpochStart[] = [];
  positions: Position[] = [];
  records = 0;
  tombstones = 0;
  /** Exclusive or of the folded digests of all records and tombstones (keys.ts). */
  digests = 0;
  /** Number of the last own change, and conflicts noted. */
  changes = 0;
  conflicts = 0;
  /** Within the group being prepared: valid when `stamp` is the group's. */
  stamp = 0;
  pendingSequence = 0;
  pendingEpoch = 0;

  constructor(slot: Slot) {
    this.slot = slot;
  }

  get firstSequence(): number {
    return this.sequence + 1 - this.blocks.length;
  }
  get lastEpoch(): number {
    return this.epochs.at(-1)?.epoch ?? 0;
  }
  get holdsAnything(): boolean {
    return (
      this.sequence > 0 ||
      this.records + this.tombstones > 0 ||
      this.epochs.length > 0 ||
      this.positions.some((position) => position.sequence > 0)
    );
  }

  applied(): LedgerPosition[] {
    return this.positions
      .filter((position) => position.sequence > 0)
      .map(({ originId, originLogId, sequence, ledger }) => ({
        originId,
        originLogId,
        sequence,
        ledger: { ...ledger },
      }));
  }

  state(): SlotState {
    const { sequence, changes, conflicts } = this;
    return { sequence, epochHistory: [...this.epochs], applied: this.applied(), changes, conflicts };
  }

  position(originId: number, originLogId: number): Position {
    for (const position of this.positions) {
      if (position.originId === originId && position.originLogId === originLogId) return position;
    }
    const position = new Position(originId, originLogId);
    this.positions.push(position);
    return position;
  }

  noteEpoch(epoch: number, firstSequence: number): void {
    if (epoch <= this.lastEpoch) return;
    if (this.epochs.length >= EPOCHS_MAX) this.epochs.shift();
    this.epochs.push({ epoch, firstSequence });
  }

  /** Takes over a state; the log's place in the blocks is the caller's. */
  assign(state: SlotState): void {
    this.sequence = state.sequence;
    this.epochs = [...state.epochHistory];
    this.changes = state.changes;
    this.conflicts = state.conflicts;
    this.#forgetPositions();
    for (const { originId, originLogId, sequence, ledger } of state.applied) {
      const position = this.position(originId, originLogId);
      position.sequence = sequence;
      for (const field of LEDGER_FIELDS) position.ledger[field] = ledger[field];
    }
  }

  clear(): void {
    this.sequence = 0;
    this.blocks.clear();
    this.epochs = [];
    this.#forgetPositions();
    this.changes = 0;
    this.conflicts = 0;
    this.records = 0;
    this.tombstones = 0;
    this.digests = 0;
  }

  #forgetPositions(): void {
    for (const position of this.positions) {
      position.sequence = 0;
      position.ledger = emptyLedger();
    }
  }
}
