/** The report in a few lines for the terminal. */
import { formatCount } from "../../overview/render.ts";
import type { DrillReport } from "./report-schema.ts";

const LISTED_MAX = 10;

/** The summary, line by line. */
export function summaryLines(report: DrillReport): string[] {
  return [
    "",
    ...report.totals
      .filter(({ applied, refused, inDoubt }) => applied + refused + inDoubt > 0)
      .map(totalLine),
    ...report.recoveries.map(recoveryLine),
    ...report.losses.flatMap(lossLines),
    ...report.returned.map(returnedLine),
    ...listOf("acknowledged writes gone without a conflict", report.unexplained, (write) => writeLine(write)),
    ...doubtLines(report),
    ...conflictLines(report),
    ...report.verdict.checks.map(checkLine),
    ...(report.failure === null ? [] : [`the drill did not end as planned: ${report.failure}`]),
    `${report.scenario}: ${report.verdict.result.toUpperCase()} (seed ${report.seed}; again: ${report.repeat})`,
  ];
}

function totalLine({ datacenter, applied, refused, inDoubt, shed }: DrillReport["totals"][number]): string {
  const parts = [
    `${formatCount(applied)} operations applied`,
    `${formatCount(refused)} refused`,
    `${formatCount(inDoubt)} in doubt`,
    ...(shed === 0 ? [] : [`${formatCount(shed)} not sent for too many in flight`]),
  ];
  return `${datacenter}: ${parts.join(", ")}`;
}

function recoveryLine(recovery: DrillReport["recoveries"][number]): string {
  const phase = (name: string, ms: number | null): string =>
    `${name} ${ms === null ? "not seen" : `${(ms / 1000).toFixed(2)} s`}`;
  const phases = [
    phase("detected", recovery.detectedMs),
    phase("new primaries", recovery.newPrimariesMs),
    phase("first success", recovery.firstSuccessMs),
    phase("full rate", recovery.fullRateMs),
  ];
  const name = recovery.kind === "fault" ? "RTO" : "repair";
  return `${name}, ${recovery.after}: ${phases.join(", ")} (${formatCount(recovery.failed)} operations failed)`;
}

function lossLines(loss: DrillReport["losses"][number]): string[] {
  const age = loss.writes === 0 ? "" : `, the oldest ${(loss.oldestMs / 1000).toFixed(2)} s before the fault`;
  return [
    `RPO: ${formatCount(loss.writes)} acknowledged writes of ${loss.origin} on ${formatCount(loss.keys)} keys ` +
      `were not in ${loss.survivor}${age}`,
    ...loss.lost
      .slice(0, LISTED_MAX)
      .map((write) => `  ${writeLine(write)}${write.fate === null ? "" : `: ${write.fate}`}`),
    ...moreLine(loss.writes),
  ];
}

function returnedLine({
  origin,
  orphans,
  others,
  unknownPartitions,
}: DrillReport["returned"][number]): string {
  const more = [
    ...(others === 0 ? [] : [`${formatCount(others)} of other traffic`]),
    ...(unknownPartitions === 0 ? [] : [`${formatCount(unknownPartitions)} partitions cannot be told`]),
  ];
  return [`${origin} came back with ${formatCount(orphans.length)} orphan writes`, ...more].join(", ");
}

function listOf<Item>(what: string, items: readonly Item[], line: (item: Item) => string): string[] {
  if (items.length === 0) return [];
  return [
    `${formatCount(items.length)} ${what}:`,
    ...items.slice(0, LISTED_MAX).map((item) => `  ${line(item)}`),
    ...moreLine(items.length),
  ];
}

function moreLine(count: number): string[] {
  return count > LISTED_MAX ? [`  and ${formatCount(count - LISTED_MAX)} more in the report`] : [];
}

function writeLine(write: DrillReport["unexplained"][number]): string {
  const generation = write.generation === null ? "" : `, generation ${write.generation}`;
  return `${write.key}: write ${write.number} of ${write.datacenter}${generation}, ${write.endedAt}`;
}

function doubtLines({ inDoubt }: DrillReport): string[] {
  if (inDoubt.length === 0) return [];
  const count = (end: string): number => inDoubt.filter((write) => write.end === end).length;
  const untold = count("cannot be told");
  const ends = [
    `${formatCount(count("took effect"))} took effect`,
    `${formatCount(count("is not there"))} did not`,
    ...(untold === 0 ? [] : [`${formatCount(untold)} cannot be told`]),
  ];
  return [`${formatCount(inDoubt.length)} writes in doubt: ${ends.join(", ")}`];
}

function conflictLines({ conflicts }: DrillReport): string[] {
  if (conflicts.length === 0) return [];
  const losers = conflicts.reduce((sum, conflict) => sum + conflict.losers.length, 0);
  const winners = new Map<string, number>();
  for (const { winner } of conflicts) winners.set(winner, (winners.get(winner) ?? 0) + 1);
  const won = [...winners].map(([name, count]) => `${name} won ${formatCount(count)}`).join(", ");
  return [
    `${formatCount(conflicts.length)} keys in conflict (${won}); ${formatCount(losers)} writes lost theirs`,
  ];
}

function checkLine({ what, wanted, found, held }: DrillReport["verdict"]["checks"][number]): string {
  const word = held === null ? "?" : held ? "ok" : "NO";
  return `${word.padEnd(2)} ${what}: ${found} (wanted: ${wanted})`;
}
