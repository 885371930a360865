/**
 * Where replicas should live. Pure. Rendezvous hashing over member *names* (so that a node with a
 * new disk takes the places of the old one, and a member coming or going moves only its own share),
 * replicas on different racks as far as there are racks, and primaries evened out by moving no more
 * of them than that takes.
 */
import { assert } from "../../common/assert.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";

export interface Candidate {
  readonly name: string;
  readonly rackId: number;
}

/** For each partition `width` candidates (by index), best first: partition * width + rank. */
export interface ReplicaSets {
  readonly width: number;
  readonly picks: Uint16Array;
}

/** The replica sets of a namespace. Depends on nothing but its arguments. */
export function replicaSets(
  namespace: string,
  candidates: readonly Candidate[],
  replicas: number,
): ReplicaSets {
  const width = Math.min(replicas, candidates.length);
  const picks = new Uint16Array(PARTITION_COUNT * width);
  const names = candidates.map((candidate) => hashString(candidate.name));
  const salt = hashString(namespace);
  const order = candidates.map((_, index) => index);
  const scores = new Uint32Array(candidates.length);
  const byScore = (a: number, b: number): number =>
    (scores[b] ?? 0) - (scores[a] ?? 0) ||
    ((candidates[a]?.name ?? "") < (candidates[b]?.name ?? "") ? -1 : 1);
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const seed = mix(salt + Math.imul(partition + 1, 0x9e3779b1));
    for (let index = 0; index < scores.length; index++) scores[index] = mix((names[index] ?? 0) ^ seed);
    order.sort(byScore);
    picks.set(spreadOverRacks(order, candidates, width), partition * width);
  }
  return { width, picks };
}

/** The best `width` of `order`, taking a rack a second time only when every rack is taken. */
function spreadOverRacks(
  order: readonly number[],
  candidates: readonly Candidate[],
  width: number,
): number[] {
  const chosen: number[] = [];
  const racks = new Set<number>();
  for (const index of order) {
    if (chosen.length === width) return chosen;
    const rack = candidates[index]?.rackId ?? 0;
    if (racks.has(rack)) continue;
    racks.add(rack);
    chosen.push(index);
  }
  for (const index of order) {
    if (chosen.length === width) return chosen;
    if (!chosen.includes(index)) chosen.push(index);
  }
  return chosen;
}

/** In `firsts`: the partition takes no part. */
export const NOBODY = 0xffff;

/**
 * Evens the number of first places in place: `firsts` holds for each partition the candidate that
 * is to be primary, one of its set. A place moves only from a candidate to one that has at least
 * two fewer, so an even table is left alone. Chains of moves are found by going round again: each
 * move lowers the sum of squares, so this ends.
 */
export function evenFirsts(sets: ReplicaSets, firsts: Uint16Array, candidates: number): void {
  assert(firsts.length === PARTITION_COUNT, "a first place for every partition");
  const loads = new Uint32Array(candidates);
  for (const first of firsts) if (first !== NOBODY) loads[first] = (loads[first] ?? 0) + 1;
  for (let moved = true; moved; ) {
    moved = false;
    for (let partition = 0; partition < PARTITION_COUNT; partition++) {
      const first = firsts[partition] ?? NOBODY;
      if (first === NOBODY) continue;
      const best = leastLoaded(sets, partition, loads, first);
      if ((loads[first] ?? 0) - (loads[best] ?? 0) < 2) continue;
      loads[first] = (loads[first] ?? 0) - 1;
      loads[best] = (loads[best] ?? 0) + 1;
      firsts[partition] = best;
      moved = true;
    }
  }
}

function leastLoaded(sets: ReplicaSets, partition: number, loads: Uint32Array, first: number): number {
  let best = first;
  for (let rank = 0; rank < sets.width; rank++) {
    const pick = sets.picks[partition * sets.width + rank] ?? first;
    if ((loads[pick] ?? 0) < (loads[best] ?? 0)) best = pick;
  }
  return best;
}

/** FNV-1a of the UTF-16 units, then mixed: names differ in one digit, scores must differ in all. */
function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** The finaliser of MurmurHash3: every input bit reaches every output bit. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
