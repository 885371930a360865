/**
 * Judges a world that has come to rest, by the independent checkers: what clients did and were told
 * (linearizability, durability, liveness), and what is held in the end (logs, convergence).
 */
import { convergenceProblems } from "../../checkers/convergence.ts";
import { checkDurability } from "../../checkers/durability.ts";
import { checkLinearizable } from "../../checkers/linearizability.ts";
import { checkLiveness } from "../../checkers/liveness.ts";
import type { Operation } from "../../checkers/operation.ts";
import { hasSeen, type Policy, type RecordVersion } from "../../checkers/version-order.ts";
import type { ClientOperation, SeenVersion } from "../history.ts";
import type { Key } from "./clients.ts";
import { type CommittedEntry, isShipped, type Oracle } from "./oracle.ts";
import type { Report } from "./judge.ts";

/** Search steps of one record in one datacenter: a number, not a time, so that a seed is one story. */
const STEPS_MAX = 20_000;

/** What an in-sync node holds of a record. */
export interface Copy {
  readonly datacenter: string;
  readonly node: string;
  readonly version: SeenVersion | undefined;
}

export interface RestingWorld {
  readonly policy: Policy;
  readonly byBins: boolean;
  readonly datacenters: readonly string[];
  readonly keys: readonly Key[];
  readonly operations: readonly ClientOperation[];
  readonly oracle: Oracle;
  readonly copies: (key: Key) => readonly Copy[];
  /** Virtual time at which all was healed, and how long a write may take from there. */
  readonly healed: { readonly at: number; readonly within: number };
  /** Clients ask, and nothing is broken on purpose. */
  readonly isCalm: boolean;
  /** In the clock of void times. */
  readonly now: number;
  readonly report: Report;
  readonly count: (what: string) => void;
}

export function judgeAtRest(resting: RestingWorld): void {
  judgeLogs(resting);
  const byKey = Map.groupBy(resting.operations, ({ key }) => key);
  for (const key of resting.keys) {
    const operations = byKey.get(key.name) ?? [];
    const logs = new Map(resting.datacenters.map((name) => [name, logOf(resting, name, key)]));
    judgeConvergence(resting, key, logs);
    for (const [name, log] of logs) {
      const here = operations.filter(({ datacenter }) => datacenter === name);
      judgeDurability(resting, key, name, here, log);
      judgeOrder(resting, key, name, here, operations, log);
    }
  }
  judgeLiveness(resting);
}

/** What a datacenter has committed of a record, in order. */
function logOf({ oracle }: RestingWorld, datacenter: string, key: Key): readonly CommittedEntry[] {
  const digest = key.digest.toString("latin1");
  return oracle.committed(datacenter, key.slot).filter(({ entry }) => entry.key === digest);
}

function judgeLogs({ oracle, copies, keys }: RestingWorld): void {
  const slots = new Map(keys.map((key) => [key.slot, key]));
  for (const [slot, key] of slots) for (const { node } of copies(key)) oracle.checkLog(node, slot);
}

/** CONV: all copies are equal, and hold the greatest version of all that any datacenter has committed. */
function judgeConvergence(
  { policy, byBins, copies, now, report }: RestingWorld,
  key: Key,
  logs: ReadonlyMap<string, readonly CommittedEntry[]>,
): void {
  const committed = [...logs.values()].flatMap((log) => log.flatMap(({ entry }) => writtenIn(entry)));
  const holdings = copies(key).map(({ node, version }) => ({ datacenter: node, version: version?.whole }));
  const problems = convergenceProblems({ key: key.name, policy, byBins, committed, holdings, now });
  for (const problem of problems) report("CONV", problem);
}

function writtenIn(entry: CommittedEntry["entry"]): RecordVersion[] {
  return isShipped(entry) && entry.version !== undefined ? [entry.version.whole] : [];
}

/**
 * DUR, ACK: what a datacenter's clients were told is in its log once or not at all, and what is in its
 * log is part of what every datacenter holds.
 */
function judgeDurability(
  { copies, report }: RestingWorld,
  key: Key,
  datacenter: string,
  operations: readonly ClientOperation[],
  log: readonly CommittedEntry[],
): void {
  const writes = operations.filter(({ kind, outcome }) => kind !== "read" && outcome !== "mismatch");
  const attempts = writes
    .toSorted((a, b) => a.end - b.end)
    .map(({ token = "", outcome }) => ({ element: token, outcome: attempted(outcome) }));
  const own = log.filter(({ entry }) => isShipped(entry));
  const inLog = own.map(({ entry }) => entry.version?.token ?? "");
  const held = copies(key).map(({ node, version }) => ({
    where: `${key.name} on ${node}`,
    elements: own.flatMap(({ entry }) => {
      const isIn = entry.version !== undefined && version !== undefined;
      return isIn && hasSeen(version.whole, entry.version.whole) ? [entry.version.token] : [];
    }),
  }));
  const where = `${key.name} in the log of ${datacenter}`;
  const { lost, unexpected, doubled, problems } = checkDurability(attempts, [
    { where, elements: inLog },
    ...held,
  ]);
  const checker = lost.length > 0 ? "DUR" : "ACK";
  if (lost.length + unexpected.length + doubled.length > 0) report(checker, problems.join("; "));
}

function attempted(outcome: ClientOperation["outcome"]): "applied" | "refused" | "unknown" {
  return outcome === "mismatch" ? "refused" : outcome;
}

/**
 * LIN: what clients of a datacenter did with a record, in one order. A tombstone has a token, too, so a
 * delete is a write. What came from another datacenter is a write that took effect between the call of
 * its client there and its commit here; it brings a generation of its own, so generations, and what asks
 * for one, say something only where nothing comes from elsewhere.
 */
function judgeOrder(
  { datacenters, report, count }: RestingWorld,
  key: Key,
  datacenter: string,
  operations: readonly ClientOperation[],
  everywhere: readonly ClientOperation[],
  log: readonly CommittedEntry[],
): void {
  const isAlone = datacenters.length === 1;
  const calls = new Map(everywhere.map(({ token, kind, call }) => [kind === "read" ? "" : token, call]));
  const name = `${key.name} in ${datacenter}`;
  const history = operations.flatMap((operation) => asHistory(name, operation, isAlone));
  let before = "";
  for (const { entry, atMs } of log) {
    const { version, originId } = entry;
    const token = version?.token ?? "";
    // Where the version stays, only what it has seen has grown, or it has expired.
    if (originId !== 0 && token !== before) {
      const call = calls.get(token) ?? 0;
      const timed = { key: name, client: "elsewhere", call, end: atMs };
      history.push({ ...timed, outcome: "applied", kind: "write", value: token });
    }
    before = token;
  }
  for (const { verdict, explanation } of checkLinearizable(history, { stepsMax: STEPS_MAX })) {
    if (verdict === "unknown") count("order not found in time");
    else count("order found");
    if (verdict === "violation") report("LIN", explanation);
  }
}

function asHistory(key: string, operation: ClientOperation, isAlone: boolean): Operation[] {
  const { client, call, end, outcome, kind, token, expected } = operation;
  const timed = { key, client, call, end, outcome };
  const generation = isAlone ? operation.generation : undefined;
  if (kind === "read") return [{ ...timed, kind, value: token, generation }];
  const value = token ?? "";
  if (kind === "compare-and-set" && isAlone) {
    return [{ ...timed, kind, expected: expected ?? "absent", value, generation }];
  }
  return outcome === "mismatch" ? [] : [{ ...timed, kind: "write", value, generation }];
}

/**
 * LIVE: after the heal every record is written everywhere in time; and before it, where nothing is broken on
 * purpose, clients of every datacenter are answered.
 */
function judgeLiveness({ operations, datacenters, keys, healed, isCalm, report }: RestingWorld): void {
  const timed = operations.map(({ client, datacenter, key, call, end, outcome }) => {
    return { group: client === "probe" ? `${key} in ${datacenter}` : datacenter, call, end, outcome };
  });
  const probes = datacenters.flatMap((name) => keys.map((key) => `${key.name} in ${name}`));
  const limits = { windows: [], inDoubtShareMax: 1 };
  const before = { name: "before the heal", from: 0, to: healed.at };
  const after = checkLiveness(timed, { ...limits, groups: probes, healed });
  const calm = checkLiveness(timed, { ...limits, groups: isCalm ? datacenters : [], windows: [before] });
  for (const problem of new Set([...after.problems, ...calm.problems])) report("LIVE", problem);
}
