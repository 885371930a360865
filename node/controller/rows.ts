/**
 * What becomes of one row of the map. Pure. Three steps, each returning the same object when there
 * is nothing to do: `settleRow` keeps the row safe (failover, in-sync changes), `retireSurplus` and
 * `handOver` bring it nearer to its target. Guaranteed by all: the primary is in sync; the in-sync
 * set never loses its last member; the epoch rises exactly when the primary changes or restarts; no
 * in-sync copy is given up for placement before the target's members all are in sync.
 */
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import type { InSyncAsk } from "./observed.ts";
import type { Judged } from "./liveness.ts";

/** What the steps need to know of the members, and the running count of primaries. */
export class Standing {
  readonly #judged: ReadonlyMap<NodeId, Judged>;
  /** Members whose rows need a look: not plainly up. */
  readonly troubled: ReadonlySet<NodeId>;
  /** Some member wants to be rid of its primaries, now. */
  readonly someLeave: boolean;
  readonly #loads = new Map<NodeId, number>();

  constructor(judged: readonly Judged[]) {
    this.#judged = new Map(judged.map((entry) => [entry.member.id, entry]));
    const isPlain = (entry: Judged): boolean => entry.member.state === "up" && !entry.rebooted && !entry.gone;
    this.someLeave = judged.some((entry) => entry.member.state === "leaving");
    this.troubled = new Set(judged.filter((entry) => !isPlain(entry)).map((entry) => entry.member.id));
  }

  get(id: NodeId): Judged | undefined {
    return this.#judged.get(id);
  }
  /** Up or leaving: replicates. */
  alive(id: NodeId): boolean {
    const entry = this.#judged.get(id);
    return entry !== undefined && !entry.gone && entry.member.state !== "down";
  }
  /** May be made primary. */
  electable(id: NodeId): boolean {
    return this.alive(id) && this.#judged.get(id)?.member.state === "up";
  }
  gone(id: NodeId): boolean {
    return this.#judged.get(id)?.gone ?? true;
  }
  rebooted(id: NodeId): boolean {
    return this.#judged.get(id)?.rebooted ?? false;
  }

  countPrimaries(rows: readonly PartitionRow[]): void {
    this.#loads.clear();
    for (const { primary } of rows) if (primary !== null) this.#add(primary, 1);
  }
  moved(from: NodeId | null, to: NodeId | null): void {
    if (from !== null) this.#add(from, -1);
    if (to !== null) this.#add(to, 1);
  }
  #add(id: NodeId, by: number): void {
    this.#loads.set(id, (this.#loads.get(id) ?? 0) + by);
  }

  /**
   * The next primary out of `candidates` (in order of preference): the row's first choice if it is
   * one of them, else the one with the fewest primaries; a leaving member only when nobody else can.
   */
  elect(candidates: readonly NodeId[], firstChoice: NodeId | undefined): NodeId | null {
    const willing = candidates.filter((id) => this.electable(id));
    const pool = willing.length > 0 ? willing : candidates.filter((id) => this.alive(id));
    if (firstChoice !== undefined && pool.includes(firstChoice)) return firstChoice;
    let best: NodeId | null = null;
    for (const id of pool) {
      if (best === null || (this.#loads.get(id) ?? 0) < (this.#loads.get(best) ?? 0)) best = id;
    }
    return best;
  }
}

/** Failover and asked in-sync changes. */
export function settleRow(
  row: PartitionRow,
  standing: Standing,
  asks: readonly InSyncAsk[] | undefined,
): PartitionRow {
  const { troubled } = standing;
  const calm =
    row.primary !== null &&
    !row.inSync.some((id) => troubled.has(id)) &&
    !row.assigned.some((id) => troubled.has(id) && standing.gone(id));
  if (calm && asks === undefined) return row;

  let inSync = survivors(row.inSync, standing);
  const { primary: before } = row;
  const stays =
    before !== null && standing.alive(before) && inSync.includes(before) && !standing.rebooted(before);
  if (stays && asks !== undefined) inSync = applyAsks(row, inSync, standing, asks);
  const assigned = keepIf(row.assigned, (id) => inSync.includes(id) || !standing.gone(id));
  if (stays) return same(row, row.epoch, before, inSync, assigned);

  const candidates = assigned.filter((id) => inSync.includes(id) && standing.alive(id));
  const elected = standing.elect(candidates, row.assigned[0]);
  const primary = elected ?? returning(before, inSync, standing);
  if (primary === before && (before === null || !standing.rebooted(before))) {
    return same(row, row.epoch, before, inSync, assigned);
  }
  standing.moved(before, primary);
  return { epoch: row.epoch + 1, primary, inSync, assigned };
}

/**
 * A primary that is down keeps its row as long as nobody can take it: a short silence of the only
 * one in sync then changes no epoch, and so costs nothing when it is over. With an epoch raised for
 * all of its rows, it would fall silent again over the work of serving them anew.
 */
function returning(before: NodeId | null, inSync: readonly NodeId[], standing: Standing): NodeId | null {
  const stays =
    before !== null && inSync.includes(before) && !standing.gone(before) && !standing.rebooted(before);
  return stays ? before : null;
}

/** `inSync` without those that are gone or down, as long as something stays. */
function survivors(inSync: readonly NodeId[], standing: Standing): readonly NodeId[] {
  const rank = [(id: NodeId) => !standing.gone(id), (id: NodeId) => standing.alive(id)];
  let left = inSync;
  for (const passes of rank) {
    const next = keepIf(left, passes);
    if (next.length > 0) left = next;
  }
  return left;
}

function applyAsks(
  row: PartitionRow,
  inSync: readonly NodeId[],
  standing: Standing,
  asks: readonly InSyncAsk[],
): readonly NodeId[] {
  const valid = asks.filter((ask) => ask.epoch === row.epoch && ask.from === row.primary);
  const added = valid
    .filter((ask) => !ask.remove && !inSync.includes(ask.member) && row.assigned.includes(ask.member))
    .filter((ask) => standing.alive(ask.member))
    // An ask overtaken by the member's death, or by its being counted out, must never be granted:
    // the primary has gone on without it.
    .filter((ask) => ask.mapVersion >= (standing.get(ask.member)?.member.changedAt ?? Infinity))
    .map((ask) => ask.member);
  // Removals last: a late copy of an ask must not undo one.
  const removed = new Set(valid.filter((ask) => ask.remove).map((ask) => ask.member));
  if (row.primary !== null) removed.delete(row.primary);
  return keepIf(added.length === 0 ? inSync : [...new Set([...inSync, ...added])], (id) => !removed.has(id));
}

/**
 * Members that `after` takes a place from that `before` gave them, as a copy or as a learner. What
 * was asked for them until now must not be granted any more, or it could be after they got the
 * place again: their `changedAt` is raised.
 */
export function displaced(before: PartitionRow, after: PartitionRow): NodeId[] {
  if (before.inSync === after.inSync && before.assigned === after.assigned) return [];
  return before.assigned.filter(
    (id) => !after.assigned.includes(id) || (before.inSync.includes(id) && !after.inSync.includes(id)),
  );
}

/** Lets go of replicas outside `target` once the target stands on its own feet. */
export function retireSurplus(
  row: PartitionRow,
  target: readonly NodeId[],
  standing: Standing,
): PartitionRow {
  if (row.assigned.every((id) => target.includes(id))) return row;
  const whole = isWhole(row, target, standing);
  const keep = (id: NodeId): boolean =>
    target.includes(id) || id === row.primary || (row.inSync.includes(id) && !whole);
  return same(row, row.epoch, row.primary, keepIf(row.inSync, keep), keepIf(row.assigned, keep));
}

/** Every member of the target is in sync and alive. */
function isWhole(row: PartitionRow, target: readonly NodeId[], standing: Standing): boolean {
  return target.every((id) => row.inSync.includes(id) && standing.alive(id));
}

/**
 * Whom the row's primary should be handed to, if to anyone: the first choice when it is in sync, or
 * anyone fit when the present primary leaves or is no part of the target any more.
 */
export function heir(row: PartitionRow, target: readonly NodeId[], standing: Standing): NodeId | undefined {
  const { primary } = row;
  const first = row.assigned[0];
  if (primary === null) return undefined;
  const fit = row.assigned.filter(
    (id) => id !== primary && target.includes(id) && row.inSync.includes(id) && standing.electable(id),
  );
  const leaves = !standing.electable(primary);
  // A primary that the target has no place for stays until the target stands without it.
  const displaced = !target.includes(primary);
  if (displaced && !leaves && !isWhole(row, target, standing)) return undefined;
  if (first !== undefined && fit.includes(first)) return first;
  if (!leaves && !displaced) return undefined;
  const others = leaves ? row.inSync.filter((id) => id !== primary && standing.electable(id)) : fit;
  return standing.elect(others, undefined) ?? undefined;
}

export function handOver(row: PartitionRow, to: NodeId, standing: Standing): PartitionRow {
  standing.moved(row.primary, to);
  return { ...row, epoch: row.epoch + 1, primary: to };
}

/**
 * The row's assignment in the order of `target`, with its members added as learners, and what is
 * still needed besides kept behind them.
 */
export function assign(row: PartitionRow, target: readonly NodeId[], standing: Standing): PartitionRow {
  const added = target.filter((id) => row.assigned.includes(id) || standing.alive(id));
  const kept = row.assigned.filter((id) => !target.includes(id));
  return same(row, row.epoch, row.primary, row.inSync, [...added, ...kept]);
}

/** Members of the target that the row lacks and that could start to learn now. */
export function missing(row: PartitionRow, target: readonly NodeId[], standing: Standing): NodeId[] {
  if (row.primary === null || !standing.alive(row.primary)) return [];
  return target.filter((id) => !row.assigned.includes(id) && standing.alive(id));
}

/** `list` itself when everything passes, so that unchanged rows stay the same objects. */
function keepIf(list: readonly NodeId[], passes: (id: NodeId) => boolean): readonly NodeId[] {
  return list.every(passes) ? list : list.filter(passes);
}

function sameList(a: readonly NodeId[], b: readonly NodeId[]): boolean {
  return a === b || (a.length === b.length && a.every((id, index) => id === b[index]));
}

function same(
  row: PartitionRow,
  epoch: number,
  primary: NodeId | null,
  inSync: readonly NodeId[],
  assigned: readonly NodeId[],
): PartitionRow {
  const unchanged =
    epoch === row.epoch &&
    primary === row.primary &&
    sameList(inSync, row.inSync) &&
    sameList(assigned, row.assigned);
  return unchanged ? row : { epoch, primary, inSync, assigned };
}
