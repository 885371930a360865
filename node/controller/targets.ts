/**
 * The target assignment of every row of a namespace: which members, and which of them first. Pure;
 * the costly part depends on the members alone and is kept for the next call with the same members.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Member, NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { evenFirsts, NOBODY, type ReplicaSets, replicaSets } from "./placement.ts";

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
 * that is even; a new namespace (no rows) starts from the order of the hash. Rows that do not hold
 * all of their set yet take no part in evening out: they will once they do, and to hand them over
 * twice would serve nobody.
 */
export function makeTargets(
  namespace: string,
  eligible: readonly Member[],
  replicas: number,
  rows: readonly PartitionRow[] | undefined,
): Targets {
  const members = [...eligible].sort((a, b) => (a.name < b.name ? -1 : 1));
  const sets = setsOf(namespace, members, replicas);
  const ids = members.map((member) => member.id);
  const idsOf = (partition: number): NodeId[] => {
    const set: NodeId[] = [];
    for (let rank = 0; rank < sets.width; rank++) {
      set.push(ids[sets.picks[partition * sets.width + rank] ?? 0] ?? "");
    }
    return set;
  };
  const indexes = new Map(ids.map((id, index) => [id, index]));
  const firsts = new Uint16Array(PARTITION_COUNT);
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const row = rows?.[partition];
    const set = idsOf(partition);
    const whole = row === undefined || set.every((id) => row.assigned.includes(id));
    firsts[partition] = whole ? (indexes.get(presentFirst(set, row)) ?? NOBODY) : NOBODY;
  }
  evenFirsts(sets, firsts, members.length);
  return {
    of: (partition) => {
      const row = rows?.[partition];
      const set = idsOf(partition);
      const first = ids[firsts[partition] ?? NOBODY] ?? presentFirst(set, row);
      const held = row?.assigned.filter((id) => id !== first && set.includes(id)) ?? [];
      return [first, ...held, ...set.filter((id) => id !== first && !held.includes(id))];
    },
  };
}

/** Who of the set is nearest to being first already. */
function presentFirst(set: readonly NodeId[], row: PartitionRow | undefined): NodeId {
  const ranked = row === undefined ? [] : [row.assigned[0], row.primary, ...row.assigned];
  return ranked.find((id) => id !== null && id !== undefined && set.includes(id)) ?? set[0] ?? "";
}
