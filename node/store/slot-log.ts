/**
 * What the node keeps in memory of one slot: its log's place in the blocks, and the state that is a
 * function of its log. There are thousands of these, so fields are few and lists are short.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { AppliedPosition, EpochStart, SlotState } from "./storage.ts";
import { U32Queue } from "./u32-queue.ts";

/** An applied position; 0 until something of that origin and log is applied. */
class Position {
  readonly originId: number;
  readonly originLogId: number;
  sequence = 0;
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

  applied(): AppliedPosition[] {
    return this.positions
      .filter((position) => position.sequence > 0)
      .map(({ originId, originLogId, sequence }) => ({ originId, originLogId, sequence }));
  }

  state(): SlotState {
    return { sequence: this.sequence, epochHistory: [...this.epochs], applied: this.applied() };
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
    for (const position of this.positions) position.sequence = 0;
    for (const { originId, originLogId, sequence } of state.applied) {
      this.position(originId, originLogId).sequence = sequence;
    }
  }

  clear(): void {
    this.sequence = 0;
    this.blocks.clear();
    this.epochs = [];
    for (const position of this.positions) position.sequence = 0;
    this.records = 0;
    this.tombstones = 0;
    this.digests = 0;
  }
}
