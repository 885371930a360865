/**
 * The controller's decision: from what is observed to the next cluster map. Pure: no clock, no
 * randomness, no IO; the same observation gives the same map, so that a decision lost on its way to
 * the control KV is simply made again. Failover is never held back; moving replicas and primaries
 * for balance is, by `moveBudget` and by how much a member is already learning.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { ClusterMap, Member, NamespaceMap, NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { slotNamespaceId, slotPartitionId } from "../../proto/cluster-map.ts";
import { nextFence } from "./fencing.ts";
import { downForMs, isCutOff, type Judged, judgeMembers } from "./liveness.ts";
import type { Decision, InSyncAsk, NamespaceRule, Observed } from "./observed.ts";
import { assign, displaced, handOver, heir, missing, retireSurplus, Standing, settleRow } from "./rows.ts";
import { nextShutOuts } from "./shut-outs.ts";
import { nextFeedOrders, nextXdrOrders } from "./next-xdr-orders.ts";
import { makeTargets } from "./targets.ts";

/** How long a cluster that is to be formed waits for configured nodes that do not show up. */
export const FORMATION_DELAY_MS = 10_000;
/** Rows that one member may be learning before it is given more. */
const LEARNING_MAX = 512;

/**
 * Maps at which nothing was left to do, or only moves that wait for a budget, with the members it was
 * so for: the periodic look at an idle cluster must cost next to nothing. A memory of results, not a
 * state: dropping it changes no decision.
 */
const settled = new WeakMap<ClusterMap, { readonly key: string; readonly movesWait: boolean }>();

export function decide(observed: Observed, nowMs: number): Decision {
  if (isCutOff(observed, nowMs)) {
    return { reasons: ["every other member sees this node down"], abdicate: true };
  }
  const reasons: string[] = [];
  const judged = judgeMembers(observed, nowMs, reasons);
  if (observed.map === undefined) return form(observed, judged, reasons, nowMs);
  const { map } = observed;
  const eligible = judged
    .filter((entry) => !entry.unwanted && !entry.gone && isExpected(observed, entry.member, nowMs))
    .map((entry) => entry.member);
  const fence = nextFence(observed, judged, nowMs, reasons);
  const shutOuts = nextShutOuts(observed, reasons);
  const xdr = nextXdrOrders(observed, reasons);
  const feeds = nextFeedOrders(observed, reasons);
  const isOrdered =
    fence !== map.fence || shutOuts !== map.shutOuts || xdr !== map.xdr || feeds !== map.feeds;
  const changed = describeMembers(map, judged, reasons) || isOrdered;
  const key = JSON.stringify([eligible.map((member) => member.id), observed.namespaces]);
  const known = settled.get(map);
  const isSettled = known?.key === key && (observed.moveBudget === 0 || !known.movesWait);
  if (!changed && observed.asks.length === 0 && isSettled) return { reasons };

  const standing = new Standing(judged);
  const tally = new Tally(observed.moveBudget);
  const asks = groupAsks(observed.asks);
  const namespaces = map.namespaces.map((namespace, id) =>
    nextNamespace(namespace, observed.namespaces[id], { eligible, standing, tally, asks: asks.get(id) }),
  );
  namespaces.push(...newNamespaces(observed, map, eligible, reasons));
  const members = markDisplaced(map, remainingMembers(judged, namespaces), namespaces);
  tally.describe(reasons);
  const sameRows =
    namespaces.length === map.namespaces.length &&
    namespaces.every((namespace, id) => namespace === map.namespaces[id]);
  if (!changed && sameRows && members.length === map.members.length) {
    if (observed.namespaces.length <= map.namespaces.length) {
      if (!tally.held || observed.moveBudget === 0) settled.set(map, { key, movesWait: tally.held });
    }
    return { reasons };
  }
  return {
    map: { ...map, version: map.version + 1, fence, shutOuts, xdr, feeds, members, namespaces },
    reasons,
  };
}

/** Counts what a decision does, and stops what may wait. */
class Tally {
  readonly #left: { copies: number; primaries: number };
  /** Something was left for a later decision. */
  held = false;
  readonly counts = { failedOver: 0, lost: 0, handedOver: 0, inSync: 0, learners: 0, retired: 0 };

  constructor(budget: number) {
    this.#left = { copies: budget, primaries: budget };
  }
  /** Nothing that costs budget can be moved any more. */
  get spent(): boolean {
    return this.#left.copies === 0 && this.#left.primaries === 0;
  }

  /** Whether one more row may be moved. Primaries do not use up what copies need, nor copies theirs. */
  take(what: "copies" | "primaries"): boolean {
    if (this.#left[what] > 0) {
      this.#left[what]--;
      return true;
    }
    this.held = true;
    return false;
  }
  describe(reasons: string[]): void {
    const { failedOver, lost, handedOver, inSync, learners, retired } = this.counts;
    if (failedOver > 0) reasons.push(`${failedOver} primaries replaced or restarted`);
    if (lost > 0) reasons.push(`${lost} rows unavailable: no in-sync member is up`);
    if (inSync > 0) reasons.push(`in-sync sets of ${inSync} rows changed`);
    if (handedOver > 0) reasons.push(`${handedOver} primaries handed over`);
    if (learners > 0) reasons.push(`${learners} rows get a new replica`);
    if (retired > 0) reasons.push(`${retired} rows let a replica go`);
  }
}

function form(observed: Observed, judged: readonly Judged[], reasons: string[], nowMs: number): Decision {
  const members = judged.map((entry) => entry.member);
  const names = new Set(members.map((member) => member.name));
  const absent = observed.configured.filter((name) => !names.has(name));
  const enough = Math.max(...observed.namespaces.map((namespace) => namespace.replicationFactor));
  const waitedMs = nowMs - observed.listeningSinceMs;
  if (absent.length > 0 && (members.length < enough || waitedMs < FORMATION_DELAY_MS)) return { reasons };
  if (members.length === 0) return { reasons };
  const formed = members.map((member): Member => ({ ...member, state: "up", changedAt: 1 }));
  reasons.push(`cluster formed by ${formed.map((member) => member.name).join(", ")}`);
  const namespaces = observed.namespaces.map((rule, id) =>
    emptyNamespace(rule, observed.fresh.logIds[id] ?? 0, formed),
  );
  const fence = nextFence(observed, judged, nowMs, reasons);
  const shutOuts = nextShutOuts(observed, reasons);
  const xdr = nextXdrOrders(observed, reasons);
  const feeds = nextFeedOrders(observed, reasons);
  const { clusterId } = observed.fresh;
  return {
    map: { version: 1, clusterId, fence, shutOuts, xdr, feeds, members: formed, namespaces },
    reasons,
  };
}

/** All logs are empty, so every assigned member holds everything. */
function emptyNamespace(rule: NamespaceRule, logId: number, members: readonly Member[]): NamespaceMap {
  const targets = makeTargets(rule.name, members, rule.replicationFactor, undefined);
  const rows = Array.from({ length: PARTITION_COUNT }, (_, partition): PartitionRow => {
    const assigned = targets.of(partition);
    return { epoch: 1, primary: assigned[0] ?? null, inSync: assigned, assigned };
  });
  return { name: rule.name, logId, rows };
}

/** Namespaces appended to the configuration, once every eligible member that is up knows them. */
function newNamespaces(
  observed: Observed,
  map: ClusterMap,
  eligible: readonly Member[],
  reasons: string[],
): NamespaceMap[] {
  const added = observed.namespaces.slice(map.namespaces.length);
  if (added.length === 0) return [];
  const up = eligible.filter((member) => member.state === "up");
  const known = new Map(observed.registered.map((entry) => [entry.member.id, entry.namespaces]));
  return added
    .filter((rule, index) =>
      up.every((member) => known.get(member.id)?.[map.namespaces.length + index] === rule.name),
    )
    .map((rule, index) => {
      reasons.push(`namespace ${rule.name} added`);
      return emptyNamespace(rule, observed.fresh.logIds[map.namespaces.length + index] ?? 0, up);
    });
}

/** Counts on it for replicas: up, or down for so short that it is waited for. */
function isExpected(observed: Observed, member: Member, nowMs: number): boolean {
  return (
    member.state !== "down" || downForMs(observed, member.id, nowMs) < observed.timing.migrateFillDelayMs
  );
}

/** Whether any member changed; says so in `reasons`. */
function describeMembers(map: ClusterMap, judged: readonly Judged[], reasons: string[]): boolean {
  const before = new Map(map.members.map((member) => [member.id, member]));
  let changed = false;
  for (const { member, rebooted } of judged) {
    const old = before.get(member.id);
    if (old === member) continue;
    changed = true;
    if (old === undefined) reasons.push(`${member.name} (${member.id}) joined`);
    else if (rebooted) reasons.push(`${member.name} restarted (boot ${member.boot})`);
    if (old !== undefined && old.state !== member.state) reasons.push(`${member.name} is ${member.state}`);
  }
  return changed;
}

/** Members that no row refers to any more leave the map when they are gone or taken out. */
function remainingMembers(judged: readonly Judged[], namespaces: readonly NamespaceMap[]): Member[] {
  const leaving = new Set(judged.filter((entry) => entry.unwanted).map((entry) => entry.member.id));
  if (leaving.size > 0) {
    for (const { rows } of namespaces) {
      for (const row of rows) {
        for (const id of row.assigned) leaving.delete(id);
      }
    }
  }
  return judged.filter((entry) => !leaving.has(entry.member.id)).map((entry) => entry.member);
}

/** Members that lost a place in some row are marked as changed, which voids what was asked for them. */
function markDisplaced(map: ClusterMap, members: Member[], namespaces: readonly NamespaceMap[]): Member[] {
  const lost = new Set<NodeId>();
  for (const [id, { rows }] of map.namespaces.entries()) {
    for (const [partition, before] of rows.entries()) {
      const after = namespaces[id]?.rows[partition];
      if (after === undefined || after === before) continue;
      for (const member of displaced(before, after)) lost.add(member);
    }
  }
  const changedAt = map.version + 1;
  return members.map((member) =>
    lost.has(member.id) && member.changedAt !== changedAt ? { ...member, changedAt } : member,
  );
}

type AsksByPartition = ReadonlyMap<number, readonly InSyncAsk[]>;

/** By namespace id, then by partition id. */
function groupAsks(asks: readonly InSyncAsk[]): ReadonlyMap<number, AsksByPartition> {
  const groups = new Map<number, Map<number, InSyncAsk[]>>();
  for (const ask of asks) {
    const namespaceId = slotNamespaceId(ask.slot);
    const byPartition = groups.get(namespaceId) ?? new Map<number, InSyncAsk[]>();
    groups.set(namespaceId, byPartition);
    const partition = slotPartitionId(ask.slot);
    const list = byPartition.get(partition);
    if (list === undefined) byPartition.set(partition, [ask]);
    else list.push(ask);
  }
  return groups;
}

interface RowContext {
  readonly eligible: readonly Member[];
  readonly standing: Standing;
  readonly tally: Tally;
  readonly asks: AsksByPartition | undefined;
}

function nextNamespace(
  namespace: NamespaceMap,
  rule: NamespaceRule | undefined,
  context: RowContext,
): NamespaceMap {
  const { standing, tally, asks } = context;
  standing.countPrimaries(namespace.rows);
  const rows = namespace.rows.map((row, partition) => {
    const next = settleRow(row, standing, asks?.get(partition));
    if (next.primary === null || !standing.alive(next.primary)) tally.counts.lost++;
    else if (next.epoch !== row.epoch) tally.counts.failedOver++;
    if (next.inSync !== row.inSync) tally.counts.inSync++;
    return next;
  });
  const failedOver = rows.some((row, partition) => row.epoch !== namespace.rows[partition]?.epoch);
  // Safety first: a failover is written before balance is thought of. And a namespace that is not
  // in this controller's configuration is kept safe but not moved.
  // Nor is it thought of without a budget, which most looks are: it costs more than all the rest.
  if (failedOver || (tally.spent && !standing.someLeave)) tally.held = true;
  else if (rule !== undefined) moveRows(namespace, rule, rows, context);
  return rows.every((row, partition) => row === namespace.rows[partition])
    ? namespace
    : { ...namespace, rows };
}

/** Brings `rows` nearer to their targets; those short of copies first. */
function moveRows(
  namespace: NamespaceMap,
  rule: NamespaceRule,
  rows: PartitionRow[],
  { eligible, standing, tally }: RowContext,
): void {
  if (eligible.length === 0) return;
  const targets = makeTargets(rule.name, eligible, rule.replicationFactor, namespace.rows);
  const learning = countLearners(rows, standing);
  const short: number[] = [];
  const other: number[] = [];
  for (const [partition, row] of rows.entries()) {
    const before = namespace.rows[partition] ?? row;
    const target = targets.of(partition);
    const next = tidyRow(row, before, target, standing, tally);
    rows[partition] = next;
    if (next.epoch === row.epoch && missing(next, target, standing).length > 0) {
      (next.inSync.length < target.length ? short : other).push(partition);
    }
  }
  for (const partition of [...short, ...other]) {
    const row = rows[partition];
    const target = targets.of(partition);
    if (row === undefined) continue;
    const wanted = missing(row, target, standing);
    if (wanted.some((id) => (learning.get(id) ?? 0) >= LEARNING_MAX) || !tally.take("copies")) {
      tally.held = true;
      continue;
    }
    for (const id of wanted) learning.set(id, (learning.get(id) ?? 0) + 1);
    rows[partition] = assign(row, target, standing);
    tally.counts.learners++;
  }
}

/** Everything of a row's move but taking in new members: order, hand-over, letting go. */
function tidyRow(
  row: PartitionRow,
  before: PartitionRow,
  target: readonly NodeId[],
  standing: Standing,
  tally: Tally,
): PartitionRow {
  let ordered = target.every((id) => row.assigned.includes(id)) ? assign(row, target, standing) : row;
  const reordered = ordered.assigned[0] !== row.assigned[0];
  const urgent = row.primary !== null && !standing.electable(row.primary);
  if (reordered && !urgent && !tally.take("primaries")) ordered = row;
  const to = heir(ordered, target, standing);
  // Not in the same step as its admission: the old primary must have seen it in sync.
  if (to !== undefined && before.inSync.includes(to)) {
    if (!urgent && ordered.assigned[0] === row.assigned[0] && !tally.take("primaries")) return ordered;
    tally.counts.handedOver++;
    tally.held = true;
    return handOver(ordered, to, standing);
  }
  if (to !== undefined) tally.held = true;
  const next = retireSurplus(ordered, target, standing);
  if (next !== ordered) tally.counts.retired++;
  return next;
}

/** Rows that each member that is up is learning. */
function countLearners(rows: readonly PartitionRow[], standing: Standing): Map<NodeId, number> {
  const learning = new Map<NodeId, number>();
  for (const row of rows) {
    if (row.primary === null || !standing.alive(row.primary)) continue;
    if (row.assigned.length === row.inSync.length) continue;
    for (const id of row.assigned) {
      if (!row.inSync.includes(id) && standing.alive(id)) learning.set(id, (learning.get(id) ?? 0) + 1);
    }
  }
  return learning;
}
