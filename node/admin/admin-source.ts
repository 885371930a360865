/** What the admin listener asks of a node, and nothing else of it. Wired in `node/node.ts`. */
import type { NamespaceConfig } from "../../common/config.ts";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { ClusterMap, Fence, NodeId, ShutOuts, Slot } from "../../proto/cluster-map.ts";
import type { WriteCommand } from "../records.ts";
import type { CountedPosition, Storage } from "../store/storage.ts";

/** Totals since the process started. */
export interface NamespaceCounters {
  /** Writes and deletes of clients that were applied here as the primary. */
  readonly clientWrites: number;
  readonly clientReads: number;
  /** Client writes whose outcome was answered as unknown. */
  readonly inDoubt: number;
  readonly refused: number;
  /** Changes taken from other datacenters, by outcome (ApplyCounts of `xdr/remote-apply.ts`). */
  readonly applied: number;
  readonly superseded: number;
  readonly conflictWon: number;
  readonly conflictLost: number;
  readonly duplicate: number;
  readonly parked: number;
}

/**
 * What a node knows of the orders in its map. A fence holds in the whole datacenter once, for one version
 * of the map with it, every row's primary has followed it, serves, and has answered what it took before;
 * a shut-out once it has also committed what it took before.
 */
export interface FenceReport extends Fence {
  readonly node: string;
  readonly nodeId: NodeId;
  /** Version of the map that is followed. */
  readonly mapVersion: number;
  /** Rows that the followed map gives this node as primary, and those of them not served yet. */
  readonly primaries: number;
  readonly waiting: number;
  /** Writes of clients that were taken and are not answered yet. */
  readonly clientWrites: number;
  readonly shutOuts: ShutOuts;
  /** Primaries in which a change taken before the latest of them is not committed yet. */
  readonly unsettled: number;
}

export interface AdminSource {
  readonly name: string;
  readonly nodeId: NodeId;
  readonly datacenter: string;
  readonly sourceId: number;
  /** By namespace id. */
  readonly namespaces: readonly NamespaceConfig[];
  readonly storage: Storage;
  isPrimary(slot: Slot): boolean;
  /** The same, and no other node can have taken its place yet. */
  leads(slot: Slot): boolean;
  /** Of a slot this node is primary of. */
  committedSequence(slot: Slot): number;
  /** What is committed of other datacenters' changes. */
  appliedPositions(slot: Slot): readonly CountedPosition[];
  /** Source ids of the datacenters that a namespace is shipped to. */
  destinations(namespaceId: number): readonly number[];
  /** Up to which sequence of a slot's log a destination has applied all that it is shipped. */
  shipped(destinationId: number, slot: Slot): number;
  fence(): FenceReport;
  map(): ClusterMap | undefined;
  counters(namespaceId: number): NamespaceCounters;
  /** Shifts the wall clock from the machine's by so many milliseconds, until the node ends. */
  shiftClock(offsetMs: number): void;
  /** As the primary, as a client's write is. */
  write(command: WriteCommand): void;
  /**
   * Applies a parked change after all; how it ended. Throws NOT_FOUND, NOT_PRIMARY, UNAVAILABLE, and
   * RECORD_CORRUPT with the reason when it still cannot be applied.
   */
  retryParked(slot: Slot, sequence: number): Promise<string>;
  /** Settings of shipping. */
  readonly xdr: { report(): object; change(changes: readonly XdrChange[]): Promise<number> };
  /** Change feeds. */
  readonly feeds: { report(): object; change(changes: readonly FeedChange[]): Promise<number> };
  isController(): boolean;
  natsConnected(): boolean;
  /** Seconds since 2010-01-01 UTC by this node's wall clock. */
  nowVoidTime(): number;
  /** Milliseconds of a clock that never runs back. */
  monotonicMs(): number;
}
