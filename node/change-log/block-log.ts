/**
 * The change log as its readers see it: blocks of entries in the node's commit order, each with an
 * index of its entries, and the block of every (slot, sequence). Implemented by the storage.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { BlockIndex } from "../store/block-index.ts";

export interface LogBlock {
  readonly index: BlockIndex;
  /** The entries, concatenated, in the order of the index's rows. */
  readonly entries: Buffer;
  /** In the storage's own memory: not to be verified, but to be copied before the turn ends. */
  readonly inMemory: boolean;
}

export interface BlockLog {
  /** Oldest block kept; older ones are trimmed. */
  firstBlock(): number;
  /** Number one above the newest block. */
  nextBlock(): number;
  /** Block of an entry; 0 when the log does not hold it. An entry that was dropped is not held. */
  blockOf(slot: Slot, sequence: number): number;
  /** Bytes of a block; 0 when it is trimmed. */
  bytesOf(block: number): number;
  firstSequence(slot: Slot): number;
  lastSequence(slot: Slot): number;
  /** A block that is in memory; valid in this turn of the event loop only. */
  recent(block: number): LogBlock | undefined;
  /** Blocks by number; those that are trimmed (meanwhile), or damaged and so given up, are missing. */
  load(blocks: readonly number[]): Promise<Map<number, LogBlock>>;
  /**
   * Bytes of the block are damaged, as `cause` says: it counts as trimmed from now on. Who needs what was
   * in it is helped as if it were: a replica by a copy, a datacenter by a scan.
   */
  giveUp(block: number, cause: unknown): void;
  /** Calls back for every block that is given up. */
  onDamaged(listener: (block: number, reason: string) => void): void;
}
