/** Makes the report of a drill from what it recorded. */
import { PARTITION_COUNT } from "../../../common/limits.ts";
import { codeName } from "../../client/datacenter-client.ts";
import { askRecordVersion, type RecordView } from "../../client/record-version.ts";
import { takeLedger } from "../../ledger/take-ledger.ts";
import type { Disturbance, Drill, Loss, Returned } from "../drill.ts";
import {
  explainByConflicts,
  historiesOf,
  type KeyConflict,
  lostWrites,
  type SentWrite,
} from "../findings.ts";
import type { Scenario } from "../scenario.ts";
import { bucketize, measureRecovery } from "../timeline.ts";
import { keyNameOf } from "../workload.ts";
import { type DrillReport, REPORT_FORMAT, REPORT_VERSION, type ReportedWrite } from "./report-schema.ts";
import { judge, type Objectives } from "./verdict.ts";

const BUCKET_MS = 500;
/** The rate before a fault is that of the time just before it. */
const BASELINE_MS = 5000;
/** Conflicts whose winner's version is asked for; all are listed. */
const VERSIONS_ASKED_MAX = 500;
const VERSIONS_IN_FLIGHT = 8;

export interface RunRecord {
  readonly scenario: Scenario;
  readonly steps: DrillReport["steps"];
  readonly failure: string | null;
  readonly repeat: string;
  readonly objectives: Objectives;
}

/** Builds it; asks the datacenters once more, for the versions of conflicts' winners. */
export async function buildReport(drill: Drill, run: RunRecord): Promise<DrillReport> {
  const endMs = drill.nowMs();
  const { datacenters } = drill.stage;
  const ending = endOfWrites(drill);
  const base: Omit<DrillReport, "verdict"> = {
    format: REPORT_FORMAT,
    version: REPORT_VERSION,
    scenario: run.scenario.name,
    summary: run.scenario.summary,
    stage: drill.stage.name,
    startedAt: drill.startedAt.toISOString(),
    durationMs: Math.round(endMs),
    seed: drill.options.seed,
    repeat: run.repeat,
    options: { ...optionsOf(drill), set: drill.set },
    steps: run.steps,
    marks: drill.marks.map((mark) => ({ ...mark, atMs: Math.round(mark.atMs) })),
    notes: [...drill.notes],
    failure: run.failure,
    totals: datacenters.map(({ name }, index) => totalsOf(drill, name, index)),
    recoveries: drill.disturbances.map((disturbance) => recoveryOf(drill, disturbance, endMs)),
    losses: drill.losses.map((loss) => reportLoss(drill, loss, ending?.missing)),
    returned: drill.returned.map((returned) => reportReturned(drill, returned)),
    unexplained: (ending?.unexplained ?? []).map((write) => reportWrite(drill, write)),
    inDoubt: doubtsOf(drill, ending).map(({ write, end }) => ({ ...reportWrite(drill, write), end })),
    conflicts: await reportConflicts(drill, ending?.conflicts ?? []),
    convergence: convergenceOf(drill),
    ledger: await ledgerOf(drill),
    bucketMs: BUCKET_MS,
    series: datacenters.map(({ name }, index) => ({
      datacenter: name,
      buckets: bucketize(drill.log, index, BUCKET_MS, endMs),
    })),
    lags: lagsOf(drill),
  };
  return { ...base, verdict: judge(base, objectivesOf(run, base)) };
}

/** What gives no datacenter up loses nothing, asked for or not. */
function objectivesOf(
  { scenario, objectives }: RunRecord,
  { losses }: Pick<DrillReport, "losses">,
): Objectives {
  if (scenario.mayLose || losses.length === 0) return objectives;
  return { ...objectives, rpo: objectives.rpo ?? { writes: 0 } };
}

interface EndOfWrites {
  readonly missing: ReadonlySet<string>;
  readonly unexplained: readonly SentWrite[];
  readonly conflicts: readonly KeyConflict[];
  readonly doubts: ReturnType<typeof lostWrites>["doubts"];
}

/** What became of every write, by the records that all datacenters have in the end. */
function endOfWrites(drill: Drill): EndOfWrites | undefined {
  const records = drill.finalRecords;
  if (records === undefined) return undefined;
  const sides = drill.stage.datacenters.map(({ sourceId }, index) => ({
    sourceId,
    datacenter: index,
    histories: historiesOf(drill.log, index),
  }));
  const found = sides.map((side) => lostWrites(side.histories, side.sourceId, records, "end"));
  const missing = found.flatMap(({ lost }) => lost);
  const explained = sides.map((side, index) =>
    explainByConflicts(
      found[index]?.lost ?? [],
      sides.filter((other) => other !== side),
      records,
    ),
  );
  return {
    missing: new Set(missing.map(identityOf)),
    unexplained: explained.flatMap(({ unexplained }) => unexplained),
    conflicts: explained.flatMap(({ conflicts }) => conflicts).sort((a, b) => a.key - b.key),
    doubts: found.flatMap(({ doubts }) => doubts),
  };
}

function identityOf({ datacenter, key, number }: SentWrite): string {
  return `${datacenter} ${key} ${number}`;
}

function optionsOf({ options }: Drill) {
  const { rate, keys, reads, hot, durationMs, namespace } = options;
  return { rate, keys, reads, hot, durationMs, namespace };
}

function reportWrite(drill: Drill, write: SentWrite): ReportedWrite {
  const at = (ms: number): string => new Date(drill.startedAt.getTime() + ms).toISOString();
  return {
    datacenter: nameOfIndex(drill, write.datacenter),
    key: keyNameOf(write.key),
    number: write.number,
    generation: write.outcome === "applied" ? write.generation : null,
    sentAt: at(write.startMs),
    endedAt: at(write.endMs),
  };
}

function nameOfIndex(drill: Drill, index: number): string {
  return drill.stage.datacenters[index]?.name ?? String(index);
}

function reportLoss(
  drill: Drill,
  loss: Loss,
  missing: ReadonlySet<string> | undefined,
): DrillReport["losses"][number] {
  const { lost, faultMs, origin, survivor } = loss;
  const oldest = Math.min(...lost.map(({ endMs }) => endMs));
  return {
    origin,
    survivor,
    writes: lost.length,
    keys: new Set(lost.map(({ key }) => key)).size,
    oldestMs: lost.length === 0 ? 0 : Math.max(0, Math.round(faultMs - oldest)),
    lost: lost.map((write) => ({
      ...reportWrite(drill, write),
      fate: missing === undefined ? null : missing.has(identityOf(write)) ? "lost a conflict" : "came back",
    })),
  };
}

/** Orphans know keys and generations, as acknowledgements do. */
function reportReturned(drill: Drill, returned: Returned): DrillReport["returned"][number] {
  const { origin, survivor, orphans, others, unknownPartitions } = returned;
  const found = new Set(orphans.map(({ key, generation }) => `${key} ${generation}`));
  const lost = drill.losses.filter((loss) => loss.origin === origin).flatMap((loss) => loss.lost);
  return {
    ...{ origin, survivor, others, unknownPartitions },
    orphans: orphans.map(({ key, kind, generation, lut, time, last }) => ({
      ...{ key, kind, generation, lut, time, last },
    })),
    notAmongThem: lost
      .filter(({ key, generation }) => !found.has(`${keyNameOf(key)} ${generation}`))
      .map((write) => reportWrite(drill, write)),
  };
}

/** By the final records; where there are none, by the survivor's. */
function doubtsOf(drill: Drill, ending: EndOfWrites | undefined): EndOfWrites["doubts"] {
  return ending?.doubts ?? drill.losses.flatMap(({ doubts }) => [...doubts]);
}

function totalsOf(drill: Drill, name: string, index: number): DrillReport["totals"][number] {
  const total = { reads: 0, applied: 0, refused: 0, inDoubt: 0 };
  const errors: Record<string, number> = {};
  for (const { datacenter, isWrite, outcome, code } of drill.log.rows()) {
    if (datacenter !== index) continue;
    if (outcome !== "applied") errors[codeName(code)] = (errors[codeName(code)] ?? 0) + 1;
    if (!isWrite) total.reads += 1;
    if (outcome === "in-doubt") total.inDoubt += 1;
    else total[outcome] += 1;
  }
  return { datacenter: name, ...total, shed: drill.shedOf(name), errors };
}

/** Until the next fault or repair: what follows has another cause. */
function recoveryOf(drill: Drill, after: Disturbance, endMs: number): DrillReport["recoveries"][number] {
  const before = drill.marks.filter(({ atMs }) => atMs < after.atMs);
  const next = drill.marks.find(({ atMs, kind }) => atMs > after.atMs && kind !== "load");
  const lastStop = drill.log.length === 0 ? endMs : drill.log.at(drill.log.length - 1).endMs;
  const recovery = measureRecovery({
    log: drill.log,
    faultMs: after.atMs,
    untilMs: Math.min(next?.atMs ?? endMs, lastStop),
    baselineFromMs: Math.max(before.at(-1)?.atMs ?? 0, after.atMs - BASELINE_MS),
    looks: drill.looks.nodes,
    datacenter: after.datacenter,
  });
  return { after: after.label, kind: after.kind, atMs: Math.round(after.atMs), ...recovery };
}

async function reportConflicts(
  drill: Drill,
  conflicts: readonly KeyConflict[],
): Promise<DrillReport["conflicts"]> {
  const [first] = drill.stage.datacenters;
  const reported: DrillReport["conflicts"] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < conflicts.length; at = next++) {
      const conflict = conflicts[at];
      if (conflict === undefined || first === undefined) return;
      const { key, winner, losers } = conflict;
      const { namespace } = drill.options;
      const asked =
        at < VERSIONS_ASKED_MAX
          ? await askRecordVersion(first, namespace, drill.set, keyNameOf(key))
          : undefined;
      const found = asked?.record ?? null;
      reported[at] = {
        key: keyNameOf(key),
        winner: nameOfSource(drill, winner),
        record: {
          writer: nameOfSource(drill, conflict.record.writer),
          version: found === null ? null : versionOf(found),
        },
        losers: losers.map((write) => reportWrite(drill, write)),
      };
    }
  };
  await Promise.all(Array.from({ length: VERSIONS_IN_FLIGHT }, lane));
  return reported;
}

function versionOf({ generation, lut, lutIso, sourceId }: RecordView) {
  return { generation, lut, lutIso, sourceId };
}

function nameOfSource(drill: Drill, id: number): string {
  return drill.stage.datacenters.find(({ sourceId }) => sourceId === id)?.name ?? `source id ${id}`;
}

function convergenceOf({ convergence }: Drill): DrillReport["convergence"] {
  if (convergence === undefined) return null;
  return {
    verdict: convergence.verdict,
    equalPartitions: convergence.partitions.equal,
    partitions: PARTITION_COUNT,
    differingKeys: convergence.differingKeys,
    records: { ...convergence.records },
    seconds: Math.round(convergence.seconds * 10) / 10,
  };
}

/** As of now: everything is put back, and what was under way may still arrive. */
async function ledgerOf({ stage, options }: Drill): Promise<DrillReport["ledger"]> {
  const ledger = await takeLedger(stage.datacenters, [options.namespace]);
  const { length } = ledger.links;
  if (length > 0 && ledger.links.every(({ partitions }) => partitions === 0)) return null;
  const links = ledger.links.map((link) => ({ ...link, ended: { ...link.ended } }));
  return { ...ledger, links };
}

function lagsOf(drill: Drill): DrillReport["lags"] {
  const byLink = new Map<string, DrillReport["lags"][number]>();
  for (const { from, to, atMs, records, lagMs } of drill.looks.lags) {
    const link = byLink.get(`${from} ${to}`) ?? { from, to, points: [] };
    link.points.push({ atMs: Math.round(atMs), records, lagMs });
    byLink.set(`${from} ${to}`, link);
  }
  return [...byLink.values()];
}
