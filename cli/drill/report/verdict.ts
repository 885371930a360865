/** Whether a drill held what was asked of it. Pure. */
import type { DrillReport, ReportedCheck } from "./report-schema.ts";

export interface Objectives {
  /** Longest time to the full rate after a fault. */
  readonly rtoMs?: number | undefined;
  /** Most acknowledged writes that may be lost, or the oldest age of one. */
  readonly rpo?: { readonly writes: number } | { readonly ageMs: number } | undefined;
}

type Judged = Pick<
  DrillReport,
  "failure" | "recoveries" | "losses" | "returned" | "unexplained" | "convergence" | "ledger" | "series"
>;

/** Judges a report: failed when a check did not hold, inconclusive when one could not be judged. */
export function judge(report: Judged, objectives: Objectives): DrillReport["verdict"] {
  const checks = [
    ...convergenceChecks(report),
    traceCheck(report),
    ...ledgerChecks(report),
    ...report.returned.map(orphanCheck),
    ...(objectives.rtoMs === undefined ? [] : [rtoCheck(report, objectives.rtoMs)]),
    ...(objectives.rpo === undefined ? [] : [rpoCheck(report, objectives.rpo)]),
  ];
  const failed = checks.some(({ held }) => held === false);
  const open = report.failure !== null || checks.some(({ held }) => held === null);
  return { result: failed ? "failed" : open ? "inconclusive" : "passed", checks };
}

function convergenceChecks({ convergence, series }: Judged): ReportedCheck[] {
  if (series.length < 2) return [];
  const what = "datacenters equal at the end, versions included";
  if (convergence === null) return [{ what, wanted: "equal", found: "not compared", held: null }];
  const { verdict, equalPartitions, partitions, differingKeys } = convergence;
  const found = `${verdict}: ${equalPartitions} of ${partitions} partitions, ${differingKeys} keys differ`;
  return [{ what, wanted: "equal", found, held: verdict === "inconclusive" ? null : verdict === "equal" }];
}

function traceCheck({ convergence, unexplained }: Judged): ReportedCheck {
  const what = "acknowledged writes gone for good without a conflict";
  if (convergence === null) return { what, wanted: "0", found: "not looked for", held: null };
  return { what, wanted: "0", found: String(unexplained.length), held: unexplained.length === 0 };
}

function orphanCheck(returned: Judged["returned"][number]): ReportedCheck {
  const { origin, notAmongThem, unknownPartitions, orphans } = returned;
  const found = `${notAmongThem.length} of ${origin}'s are not among ${orphans.length} orphans`;
  const held = notAmongThem.length > 0 && unknownPartitions > 0 ? null : notAmongThem.length === 0;
  return { what: "every lost write came back as an orphan", wanted: "all", found, held };
}

function rtoCheck(report: Judged, rtoMs: number): ReportedCheck {
  const recoveries = report.recoveries.filter(({ kind }) => kind === "fault");
  const check = { what: "RTO: full rate after a fault", wanted: `within ${rtoMs / 1000} s` };
  if (recoveries.length === 0) return { ...check, found: "no fault was measured", held: null };
  const unseen = recoveries.find(({ fullRateMs }) => fullRateMs === null);
  if (unseen !== undefined) return { ...check, found: `not seen after: ${unseen.after}`, held: false };
  const worst = Math.max(...recoveries.map(({ fullRateMs }) => fullRateMs ?? 0));
  return { ...check, found: `${(worst / 1000).toFixed(2)} s`, held: worst <= rtoMs };
}

function rpoCheck(report: Judged, rpo: NonNullable<Objectives["rpo"]>): ReportedCheck {
  const what = "RPO: acknowledged writes lost by a failover";
  const writes =
    report.losses.reduce((sum, loss) => sum + loss.writes, 0) +
    (report.losses.length === 0 ? report.unexplained.length : 0);
  const oldestMs = Math.max(0, ...report.losses.map((loss) => loss.oldestMs));
  const known = report.convergence !== null || report.losses.length > 0;
  if ("writes" in rpo) {
    const held = known ? writes <= rpo.writes : null;
    return { what, wanted: `at most ${rpo.writes}`, found: known ? String(writes) : "not counted", held };
  }
  const found = `${writes}, the oldest ${(oldestMs / 1000).toFixed(2)} s before the fault`;
  return {
    what,
    wanted: `none older than ${rpo.ageMs / 1000} s`,
    found: known ? found : "not counted",
    held: known ? oldestMs <= rpo.ageMs : null,
  };
}

function ledgerChecks({ ledger, series }: Judged): ReportedCheck[] {
  if (series.length < 2) return [];
  const what = "changes accounted for";
  const wanted = "all, each in one state";
  if (ledger === null) return [{ what, wanted, found: "no node answered", held: null }];
  const { unaccounted, links } = ledger;
  if (unaccounted > 0) return [{ what, wanted, found: `${unaccounted} are not`, held: false }];
  const dealtWith = links.reduce((sum, { made, pending }) => sum + made - pending, 0);
  return [{ what, wanted, found: `all of ${dealtWith}`, held: true }];
}
