/** What the admin listener asks of a node, and nothing else of it. Wired in `node/node.ts`. */
import type { NamespaceConfig } from "../../common/config.ts";
import type { ClusterMap, NodeId, Slot } from "../../proto/cluster-map.ts";
import type { Storage } from "../store/storage.ts";

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

export interface AdminSource {
  readonly name: string;
  readonly nodeId: NodeId;
  readonly datacenter: string;
  readonly sourceId: number;
  /** By namespace id. */
  readonly namespaces: readonly NamespaceConfig[];
  readonly storage: Storage;
  isPrimary(slot: Slot): boolean;
  map(): ClusterMap | undefined;
  counters(namespaceId: number): NamespaceCounters;
  isController(): boolean;
  natsConnected(): boolean;
  /** Seconds since 2010-01-01 UTC by this node's wall clock. */
  nowVoidTime(): number;
  /** Milliseconds of a clock that never runs back. */
  monotonicMs(): number;
}
