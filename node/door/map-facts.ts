/**
 * Numbers that follow from a cluster map, counted once a map: some need a walk over all partitions,
 * and anybody may ask for them, thousands of times in one request.
 */
import { createHash } from "node:crypto";
import type { ClusterMap, NamespaceMap, NodeId } from "../../proto/cluster-map.ts";
import { replicaCount } from "./info-replicas.ts";

export interface NamespaceFacts {
  readonly replicas: number;
  /** Partitions whose primary this node is. */
  readonly primaries: number;
  /** Partitions without a primary. */
  readonly unavailable: number;
  /** Partitions that lack an in-sync replica which they should have. */
  readonly migrating: number;
}

export interface MapFacts {
  /** Members that are not down. */
  readonly size: number;
  /** Names the set of members that are up: equal on all of them when they agree. */
  readonly clusterKey: string;
  /** Over all namespaces. */
  readonly migrating: number;
  readonly unavailable: number;
  /** By namespace id. */
  readonly namespaces: readonly NamespaceFacts[];
}

export const NO_MAP_FACTS: MapFacts = {
  size: 0,
  clusterKey: "0",
  migrating: 0,
  unavailable: 0,
  namespaces: [],
};

export function mapFacts(map: ClusterMap, nodeId: NodeId): MapFacts {
  const namespaces = map.namespaces.map((namespace) => namespaceFacts(namespace, nodeId));
  return {
    size: map.members.filter((member) => member.state !== "down").length,
    clusterKey: clusterKey(map),
    migrating: namespaces.reduce((sum, facts) => sum + facts.migrating, 0),
    unavailable: namespaces.reduce((sum, facts) => sum + facts.unavailable, 0),
    namespaces,
  };
}

function namespaceFacts(namespace: NamespaceMap, nodeId: NodeId): NamespaceFacts {
  let primaries = 0;
  let unavailable = 0;
  let migrating = 0;
  for (const row of namespace.rows) {
    if (row.primary === nodeId) primaries += 1;
    if (row.primary === null) unavailable += 1;
    if (row.assigned.some((id) => !row.inSync.includes(id))) migrating += 1;
  }
  return { replicas: replicaCount(namespace), primaries, unavailable, migrating };
}

function clusterKey(map: ClusterMap): string {
  const up = map.members.filter((member) => member.state !== "down");
  const ids = up.map((member) => `${member.id}/${member.boot}`).sort();
  const hash = createHash("sha256")
    .update(`${map.clusterId} ${ids.join(" ")}`)
    .digest("hex");
  return hash.slice(0, 12).toUpperCase();
}
