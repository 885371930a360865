/**
 * What the partition core asks of its shell. The core calls these synchronously from a step and
 * never waits: whatever comes of them returns as another step. The shell batches them over all
 * partitions of the node.
 */
import type { NodeId } from "../../proto/cluster-map.ts";
import type { LogExtent } from "./epoch-history.ts";
import type { Partition } from "./partition.ts";

/** What a node says when it asks its primary to join. */
export interface JoinRequest {
  readonly epoch: number;
  /** Number of the request; its answer repeats it, and an answer to an earlier one is void. */
  readonly attempt: number;
  /** Version of the asker's map. */
  readonly mapVersion: number;
  /** All of it on the asker's disk. */
  readonly log: LogExtent;
}

export interface JoinAnswer {
  /**
   * log: entries follow. truncate: to `truncateTo`, then join again. snapshot: copy everything, then
   * join again. again: no answer but the primary's wish; whoever follows is not sent entries.
   */
  readonly mode: "log" | "truncate" | "snapshot" | "again";
  /** With `truncate`: the last sequence that both logs share. */
  readonly truncateTo: number;
  readonly attempt: number;
}

export interface Effects {
  /** Append to the own log; `persisted` follows when it is durable. */
  persist(partition: Partition, sequence: number, entry: Buffer): void;
  /** Send one entry to a peer whose stream is open; `acked` follows. */
  replicate(partition: Partition, peer: NodeId, sequence: number, entry: Buffer): void;
  /** Send durable entries from `sequence` on out of the log; `caughtUpTo` follows. */
  catchUp(partition: Partition, peer: NodeId, sequence: number): void;
  /** Entries up to `partition.committed` are committed. */
  committed(partition: Partition): void;
  /**
   * The node is primary, but these nodes may still serve by what it promised them (null: any node
   * may); `promiseOver` follows.
   */
  awaitPromise(partition: Partition, predecessors: readonly NodeId[] | null): void;
  /** The primary serves from now on. */
  serving(partition: Partition): void;
  /** The node is primary no more: uncommitted writes are in doubt. */
  deposed(partition: Partition): void;
  /** Tell the new primary that this node, its predecessor, has stopped. */
  handOver(partition: Partition, successor: NodeId): void;
  /** Ask the primary to join its stream, by a JoinRequest; made when it is sent, if `mayJoin` still. */
  join(partition: Partition, primary: NodeId): void;
  answerJoin(partition: Partition, peer: NodeId, answer: JoinAnswer): void;
  /** Cut the log back and repair, in the same write, the records it touched; `repaired` follows. */
  truncate(partition: Partition, primary: NodeId, sequence: number): void;
  /** Copy the whole partition from the primary; `repaired` follows. */
  install(partition: Partition, primary: NodeId): void;
  requestInSync(partition: Partition, peer: NodeId): void;
  requestOutOfSync(partition: Partition, peer: NodeId): void;
  /** The node holds no replica any more: its data is to be removed; `repaired` follows. */
  drop(partition: Partition): void;
}
