/**
 * The target assignment of every row of a namespace: which members, and which of them first. Pure;
 * the costly part depends on the members alone and is kept for the next call with the same members.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Member, NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { evenFirsts, type ReplicaSets, replicaSets } from "./placement.ts";

/** Sets kept at most: a namespace or two over a few memberships. */
const KEPT_MAX = 64;
const kept = new Map<string, ReplicaSets>();

function setsOf(namespace: string, members: readonly Member[], replicas: number): ReplicaSets {
  const key = JSON.stringify([namespace, replicas, members.map((member) => [member.name, member.rackId])]);
  let sets = kept.get(key);
  if (sets === undefined) {
    sets = replicaSets(namespace, members, replicas);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, sets);
  }
  return sets;
}

export interface Targets {
  /** Members that partition `partition` should be assigned to, the future primary first. */
  of(partition: number): readonly NodeId[];
}

/**
 * The replica set follows from the members alone. Who is first stays as it is (`rows`) as long as
 * that is even; a new namespace (no rows) starts from the order of the hash.
 */
export function makeTargets(
  namespace: string,
  eligible: readonly Member[],
  replicas: number,
  rows: readonly PartitionRow[] | undefined,
): Targets {
  const members = [...eligible].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sets = setsOf(namespace, members, replicas);
  const { width, picks } = sets;
  const ids = members.map((member) => member.id);
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const inSet = (partition: number, index: number | undefined): index is number => {
    if (index === undefined) return false;
    for (let rank = 0; rank < width; rank++) if (picks[partition * width + rank] === index) return true;
    return false;
  };
  const holds = (partition: number, index: number): boolean =>
    rows?.[partition]?.assigned.includes(ids[index] ?? "") ?? true;
  const firsts = new Uint16Array(PARTITION_COUNT);
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const row = rows?.[partition];
    const preferred = indexes.get(row?.assigned[0] ?? "");
    const present = indexes.get(row?.primary ?? "");
    if (inSet(partition, preferred)) firsts[partition] = preferred;
    else if (inSet(partition, present)) firsts[partition] = present;
    else firsts[partition] = picks[partition * width] ?? 0;
  }
  evenFirsts(sets, firsts, members.length, holds);
  return {
    of: (partition) => {
      const list: NodeId[] = [];
      const first = ids[firsts[partition] ?? 0];
      if (first !== undefined) list.push(first);
      const rest = rows?.[partition]?.assigned.filter((id) => inSet(partition, indexes.get(id))) ?? [];
      for (const id of rest) if (!list.includes(id)) list.push(id);
      for (let rank = 0; rank < width; rank++) {
        const id = ids[picks[partition * width + rank] ?? 0];
        if (id !== undefined && !list.includes(id)) list.push(id);
      }
      return list;
    },
  };
}
