/**
 * The partition map as clients are told it: per namespace and replica rank a bitmap of the partitions
 * that this node holds in that rank, rank 0 being the primary.
 *
 * Each node claims its own. Ranks 1 and up are the in-sync members that are not primary, in order of
 * preference; learners are not claimed, as a read there could only be proxied.
 *
 * The regime is always 0. With another, clients ignore claims of a lower regime than they have seen,
 * and they keep what they have seen as long as they live: after a cluster was made anew its map
 * versions start low, and a client that outlived it would be deaf to it. The harm that a regime
 * prevents (a node with an outdated map claims what others took over) is prevented at its source: a
 * node whose leases lapsed claims nothing (`serving`), and what is asked of the wrong node in the
 * meantime is proxied.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { ClusterMap, NamespaceMap, NodeId, PartitionRow } from "../../proto/cluster-map.ts";

const BITMAP_BYTES = PARTITION_COUNT / 8;

/** Replica ranks of a partition: primary first. Empty ranks do not occur. */
function ranksOf(row: PartitionRow): NodeId[] {
  const replicas = row.assigned.filter((id) => id !== row.primary && row.inSync.includes(id));
  return row.primary === null ? [] : [row.primary, ...replicas];
}

/** Ranks that any partition of the namespace has: the same on every node with the same map. */
export function replicaCount(namespace: NamespaceMap): number {
  let count = 1;
  for (const row of namespace.rows) count = Math.max(count, ranksOf(row).length);
  return count;
}

/** `regime,count,bitmap,bitmap,...` of one namespace as this node claims it. */
function namespaceReplicas(namespace: NamespaceMap, nodeId: NodeId, serving: boolean): string {
  const bitmaps: Buffer[] = [];
  const count = replicaCount(namespace);
  for (let rank = 0; rank < count; rank++) bitmaps.push(Buffer.alloc(BITMAP_BYTES));
  if (serving) {
    for (let partition = 0; partition < namespace.rows.length; partition++) {
      const row = namespace.rows[partition];
      if (row === undefined) continue;
      const bitmap = bitmaps[ranksOf(row).indexOf(nodeId)];
      if (bitmap === undefined) continue;
      const index = partition >> 3;
      bitmap[index] = (bitmap[index] ?? 0) | (0x80 >> (partition & 7));
    }
  }
  return `0,${count},${bitmaps.map((bitmap) => bitmap.toString("base64")).join(",")}`;
}

/** The value of `replicas`. */
export function replicasValue(map: ClusterMap, nodeId: NodeId, serving: boolean): string {
  return map.namespaces
    .map((namespace) => `${namespace.name}:${namespaceReplicas(namespace, nodeId, serving)}`)
    .join(";");
}
