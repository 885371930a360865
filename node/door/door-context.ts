/**
 * What the door needs to know of the node around it to answer clients' questions about the cluster.
 * The door asks whenever a client does, so that nobody has to tell it about changes; what is costly
 * to make of the answers (the partition bitmaps) it keeps until `map()` gives another value.
 */
import type { NamespaceConfig } from "../../common/config.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";

import type { XdrDoor } from "./info-xdr.ts";

export type StatValue = string | number | boolean;

export interface DoorContext {
  readonly nodeId: NodeId;
  /** The cluster's name as configured; clients that were given one compare it. */
  readonly clusterName: string;
  /** By namespace id. */
  readonly namespaces: readonly NamespaceConfig[];
  /** The map this node works by; undefined until it has one: clients are told to wait. */
  map(): ClusterMap | undefined;
  /**
   * Whether this node may act as a primary at all: it is in the map and its leases hold. While it
   * may not, it claims no partition, so that clients believe the nodes that took over.
   */
  serving(): boolean;
  /** Numbers of a namespace that the door does not have itself (objects, tombstones, bytes used). */
  namespaceStatistics(namespaceId: number): Readonly<Record<string, StatValue>>;
  /** Numbers of the node (migrations, uptime and the like). */
  statistics(): Readonly<Record<string, StatValue>>;
  /** Settings of shipping, and of what namespaces take; a door without it takes everything. */
  readonly xdr?: XdrDoor;
}
