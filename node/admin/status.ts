/**
 * The node's `/status`: who it is, what it holds, how its cluster looks from here. Built on
 * request from what is in memory; the shape is read by the command line and by tests.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import {
  type ClusterMap,
  memberOf,
  NO_FENCE,
  NO_SHUT_OUTS,
  type PartitionRow,
  slotOf,
} from "../../proto/cluster-map.ts";
import { type NamespaceLedger, sumLedgers } from "./ledger.ts";
import type { AdminSource } from "./admin-source.ts";

/** Builds the JSON of `/status`. */
export function buildStatus(source: AdminSource): unknown {
  const map = source.map();
  return {
    kind: "node",
    name: source.name,
    nodeId: source.nodeId,
    datacenter: source.datacenter,
    sourceId: source.sourceId,
    pid: process.pid,
    uptimeSeconds: Math.round(process.uptime()),
    residentBytes: process.memoryUsage.rss(),
    logBytes: source.storage.logBytes(),
    nowVoidTime: source.nowVoidTime(),
    controller: source.isController(),
    natsConnected: source.natsConnected(),
    clusterId: map?.clusterId ?? null,
    mapVersion: map?.version ?? 0,
    fence: map?.fence ?? NO_FENCE,
    shutOuts: (map?.shutOuts ?? NO_SHUT_OUTS).origins,
    members:
      map?.members.map(({ id, name, state, service, admin }) => ({ id, name, state, service, admin })) ?? [],
    namespaces: source.namespaces.map((namespace, namespaceId) => ({
      name: namespace.name,
      policy: namespace["conflict-resolution-policy"],
      replicationFactor: namespace["replication-factor"],
      ...countSlots(source, namespaceId),
      ...judgeRows(map, namespaceId, namespace["replication-factor"]),
      counters: source.counters(namespaceId),
      unaccounted: unaccountedIn(sumLedgers(source, namespaceId)),
    })),
  };
}

/** Changes of all other datacenters that ended in no state. */
function unaccountedIn({ origins }: NamespaceLedger): number {
  return origins.reduce((sum, { unaccounted }) => sum + unaccounted, 0);
}

/** What this node holds of a namespace, as primary and as replica. */
export function countSlots(
  source: AdminSource,
  namespaceId: number,
): {
  primaries: number;
  replicas: number;
  records: number;
  tombstones: number;
  replicaRecords: number;
  replicaTombstones: number;
} {
  const total = {
    primaries: 0,
    replicas: 0,
    records: 0,
    tombstones: 0,
    replicaRecords: 0,
    replicaTombstones: 0,
  };
  const rows = source.map()?.namespaces[namespaceId]?.rows;
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const slot = slotOf(namespaceId, partition);
    const counts = source.storage.counts(slot);
    if (source.isPrimary(slot)) {
      total.primaries += 1;
      total.records += counts.records;
      total.tombstones += counts.tombstones;
    } else if (rows?.[partition]?.assigned.includes(source.nodeId)) {
      total.replicas += 1;
      total.replicaRecords += counts.records;
      total.replicaTombstones += counts.tombstones;
    }
  }
  return total;
}

/** The whole datacenter's partitions by this node's map. */
function judgeRows(
  map: ClusterMap | undefined,
  namespaceId: number,
  replicationFactor: number,
): { unavailable: number; underReplicated: number } {
  const rows = map?.namespaces[namespaceId]?.rows;
  if (map === undefined || rows === undefined) return { unavailable: PARTITION_COUNT, underReplicated: 0 };
  const isUp = (id: string): boolean => memberOf(map, id)?.state !== "down";
  const lacksPrimary = (row: PartitionRow): boolean => row.primary === null || !isUp(row.primary);
  const copiesWanted = Math.min(replicationFactor, map.members.length);
  return {
    unavailable: rows.filter(lacksPrimary).length,
    underReplicated: rows.filter((row) => row.inSync.filter(isUp).length < copiesWanted).length,
  };
}
