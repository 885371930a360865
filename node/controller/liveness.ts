/**
 * Who is up. Pure. A member is down when the controller and at least half of the other members
 * that report see it down (connection refused: at once; silence: after `dead-after-ms`), when it
 * said that it stops, or when it stopped reporting. A controller with broken eyes therefore takes
 * nobody down against the others, and two dead nodes do not vouch for each other for long.
 */
import type { ClusterMap, Member, NodeId } from "../../proto/cluster-map.ts";
import type { MemberReport, Observed } from "./observed.ts";

export type MemberState = Member["state"];

/** A member that is silent on NATS but answers its peers gets this many times `dead-after-ms`. */
const REPORTLESS_FACTOR = 8;
/**
 * And one that was never heard since the controller's process listens gets so many times as much, also
 * when it refuses connections: after a power cut of all, whoever starts first would count the others out.
 */
const STARTING_FACTOR = 2;

type Sight = "up" | "down" | "unknown";

/** What the reporter of `report` sees of `peer` now. */
function sight(report: MemberReport | undefined, peer: NodeId, observed: Observed, nowMs: number): Sight {
  const link = report?.links.find((state) => state.peer === peer);
  if (report === undefined || link === undefined) return "unknown";
  if (link.up) return "up";
  // Beyond a few beacons a late report says that its sender, perhaps this node, gets no processor.
  const ageMs = Math.min(nowMs - report.receivedAtMs, 3 * observed.timing.beaconIntervalMs);
  const silentMs = link.silentMs + ageMs;
  return link.refused || silentMs > deadAfterMs(observed, peer) ? "down" : "unknown";
}

/** How long a member may be silent. */
function deadAfterMs({ timing, patience }: Observed, id: NodeId): number {
  return timing.deadAfterMs * (patience.get(id) ?? 1);
}

/** Reports older than this have no vote: their sender may be dead itself. */
function votingAgeMs(observed: Observed): number {
  return Math.max(4 * observed.timing.beaconIntervalMs, 300);
}

/** Members other than the controller and `subject` whose recent report has an opinion on it. */
function votes(observed: Observed, subject: NodeId, nowMs: number): { down: number; all: number } {
  let down = 0;
  let all = 0;
  for (const report of observed.reports.values()) {
    if (report.from === observed.self || report.from === subject || report.stopping) continue;
    if (nowMs - report.receivedAtMs > votingAgeMs(observed)) continue;
    const seen = sight(report, subject, observed, nowMs);
    if (seen === "unknown") continue;
    all++;
    if (seen === "down") down++;
  }
  return { down, all };
}

/** Whether every other member, two of them at least, sees the controller's own node down. */
export function isCutOff(observed: Observed, nowMs: number): boolean {
  const { down, all } = votes(observed, observed.self, nowMs);
  return all >= 2 && down === all;
}

/**
 * The state of a member now. `current` is its state in the map, undefined if it is not in it.
 * A member that is not up yet must have reported since; one that is up stays so until something
 * speaks against it. One that was taken for dead by mistake lately may be silent for longer.
 */
export function stateOf(
  observed: Observed,
  id: NodeId,
  boot: number,
  current: MemberState | undefined,
  nowMs: number,
): MemberState {
  const report = observed.reports.get(id);
  const live = report !== undefined && report.boot >= boot ? report : undefined;
  const alive: MemberState = live?.leaving ? "leaving" : "up";
  if (id === observed.self) return alive;
  if (live?.stopping) return "down";
  const seen = sight(observed.reports.get(observed.self), id, observed, nowMs);
  const silenceMs = deadAfterMs(observed, id) * (report === undefined ? STARTING_FACTOR : 1);
  const mayStillStart = report === undefined && nowMs - observed.listeningSinceMs <= silenceMs;
  if (seen === "down" && !mayStillStart) {
    const { down, all } = votes(observed, id, nowMs);
    if (down * 2 >= all) return "down";
  }
  if (current === undefined || current === "down") {
    const sinceMs = Math.max(observed.downSinceMs.get(id) ?? -Infinity, nowMs - observed.timing.deadAfterMs);
    return live !== undefined && live.receivedAtMs > sinceMs ? alive : "down";
  }
  const heardMs = Math.max(live?.receivedAtMs ?? -Infinity, observed.listeningSinceMs);
  if (nowMs - heardMs > (seen === "up" ? REPORTLESS_FACTOR * silenceMs : silenceMs)) return "down";
  return live === undefined ? current : alive;
}

/** A member as the next map should know it. */
export interface Judged {
  readonly member: Member;
  /** The member was started anew since the map was made. */
  readonly rebooted: boolean;
  /** It holds nothing any more and never will: wiped, or declared lost. Counts nowhere. */
  readonly gone: boolean;
  /** It should hold nothing in the end: an operator took it out. Drained before it goes. */
  readonly unwanted: boolean;
}

/**
 * Every member that the next map may hold, in order: those of the map, then new ones by name.
 * Refusals go to `reasons`.
 */
export function judgeMembers(observed: Observed, nowMs: number, reasons: string[]): Judged[] {
  const version = (observed.map?.version ?? 0) + 1;
  const registered = new Map(observed.registered.map((entry) => [entry.member.id, entry]));
  const judged: Judged[] = [];
  for (const member of observed.map?.members ?? []) {
    const fresh = registered.get(member.id)?.member;
    const reportedBoot = observed.reports.get(member.id)?.boot ?? 0;
    const rebooted = fresh !== undefined && fresh.boot > member.boot && reportedBoot >= fresh.boot;
    const base = rebooted ? fresh : member;
    const state = stateOf(observed, member.id, base.boot, member.state, nowMs);
    const same = state === member.state && !rebooted;
    const unwanted = observed.forgotten.has(member.id) || isRetired(observed, member, state, nowMs);
    judged.push({
      member: same ? member : { ...base, state, changedAt: version },
      rebooted,
      gone: unwanted && state === "down",
      unwanted,
    });
  }
  return [...settleOldNames(judged), ...newcomers(observed, judged, version, nowMs, reasons)];
}

/** Taken out of the configuration, and away for longer than replicas wait for a return. */
function isRetired(observed: Observed, member: Member, state: MemberState, nowMs: number): boolean {
  return (
    state === "down" &&
    !observed.configured.includes(member.name) &&
    downForMs(observed, member.id, nowMs) >= observed.timing.migrateFillDelayMs
  );
}

export function downForMs(observed: Observed, id: NodeId, nowMs: number): number {
  return nowMs - (observed.downSinceMs.get(id) ?? nowMs);
}

/** A name belongs to one disk: of two members of the map with one name, the later made stands. */
function settleOldNames(judged: readonly Judged[]): Judged[] {
  const owners = new Map(judged.map((entry) => [entry.member.name, entry.member.id]));
  return judged.map((entry) =>
    owners.get(entry.member.name) === entry.member.id ? entry : { ...entry, gone: true, unwanted: true },
  );
}

/**
 * Members that the map does not have yet. One that brings the name of a member that is down has a
 * new disk: the old id must never count as a copy again, which `settleOldNames` sees to once both
 * are in the map. While the owner of the name is up, the newcomer is refused.
 */
function newcomers(
  observed: Observed,
  judged: readonly Judged[],
  version: number,
  nowMs: number,
  reasons: string[],
): Judged[] {
  const owners = new Map(judged.map(({ member }) => [member.name, member]));
  const known = new Set(judged.map((entry) => entry.member.id));
  const added: Judged[] = [];
  const candidates = observed.registered
    .filter(({ member }) => !known.has(member.id) && !observed.forgotten.has(member.id))
    .filter(({ member }) => stateOf(observed, member.id, member.boot, undefined, nowMs) === "up")
    .sort((a, b) => (a.member.name < b.member.name ? -1 : 1));
  for (const { member, namespaces } of candidates) {
    const owner = owners.get(member.name);
    if (!sameNumbering(observed.map, namespaces)) {
      reasons.push(`${member.name} (${member.id}) is refused: it numbers the namespaces differently`);
    } else if (owner !== undefined && owner.state !== "down") {
      reasons.push(`${member.name} (${member.id}) is refused: ${owner.id} has this name and is up`);
    } else {
      if (owner !== undefined) reasons.push(`${member.name} came back as ${member.id}: ${owner.id} is gone`);
      const joined: Member = { ...member, state: "up", changedAt: version };
      owners.set(member.name, joined);
      added.push({ member: joined, rebooted: false, gone: false, unwanted: false });
    }
  }
  return added;
}

/** Whether the namespaces common to both have the same ids. */
function sameNumbering(map: ClusterMap | undefined, namespaces: readonly string[]): boolean {
  return (map?.namespaces ?? []).every(({ name }, id) => (namespaces[id] ?? name) === name);
}
