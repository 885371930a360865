/**
 * That a run was a test at all, and that things went on. Claims:
 * - in each window in which faults are within tolerance, at least one operation of each group (a
 *   datacenter, a kind, a partition: whatever is due to be served) began and succeeded;
 * - after the last fault is healed, each group succeeds again within a bound;
 * - the share of operations in doubt is below a limit: with too many, checkers say little.
 */

export interface TimedOutcome {
  readonly group: string;
  readonly call: number;
  readonly end: number;
  readonly outcome: "applied" | "refused" | "unknown" | "mismatch";
}

export interface Window {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface LivenessOptions {
  readonly groups: readonly string[];
  readonly windows: readonly Window[];
  /** When the last fault was healed, and how long any group may take from there. */
  readonly healed?: { readonly at: number; readonly within: number } | undefined;
  /** 0 to 1. */
  readonly inDoubtShareMax: number;
}

export interface LivenessReport {
  readonly inDoubtShare: number;
  /** By group: from heal to the end of the first success begun after it; Infinity: none. */
  readonly recovery: ReadonlyMap<string, number>;
  readonly problems: readonly string[];
}

export function checkLiveness(operations: readonly TimedOutcome[], options: LivenessOptions): LivenessReport {
  const problems: string[] = [];
  const succeeded = operations.filter(({ outcome }) => outcome === "applied" || outcome === "mismatch");
  for (const { name, from, to } of options.windows) {
    for (const group of options.groups) {
      const any = succeeded.some((one) => one.group === group && one.call >= from && one.end <= to);
      if (!any) problems.push(`nothing of ${group} succeeded in window ${name} (${from} to ${to})`);
    }
  }
  const recovery = new Map<string, number>();
  if (options.healed !== undefined) {
    const { at, within } = options.healed;
    for (const group of options.groups) {
      const ends = succeeded.filter((one) => one.group === group && one.call >= at).map(({ end }) => end);
      const took = ends.reduce((least, end) => Math.min(least, end), Number.POSITIVE_INFINITY) - at;
      recovery.set(group, took);
      if (took > within) problems.push(`${group} took ${took} after the heal, at most ${within} is due`);
    }
  }
  const inDoubt = operations.filter(({ outcome }) => outcome === "unknown").length;
  const inDoubtShare = operations.length === 0 ? 0 : inDoubt / operations.length;
  if (operations.length === 0) problems.push("nothing was tried at all");
  if (inDoubtShare > options.inDoubtShareMax) {
    problems.push(`${inDoubt} of ${operations.length} operations are in doubt: too many to judge by`);
  }
  return { inDoubtShare, recovery, problems };
}
