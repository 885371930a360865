/**
 * What a drill's operations and looks at the processes say over time: throughput by time bucket, and
 * how long the service needed to recover from a fault, phase by phase. Pure.
 */
import type { Operation, OperationLog, Outcome } from "./operation-log.ts";

/** A look at one node: what it said of its cluster at a time. */
export interface NodeLook {
  readonly atMs: number;
  readonly datacenter: string;
  readonly node: string;
  readonly mapVersion: number;
  /** Partitions without a primary, over its namespaces. */
  readonly unavailable: number;
}

/** Milliseconds after the fault; null for what was not seen. */
export interface Recovery {
  /** The first operation that failed, or the first change of the cluster map. */
  readonly detectedMs: number | null;
  /** All partitions have primaries by a map that is newer than the fault. */
  readonly newPrimariesMs: number | null;
  /** The first success on a key that had failed. */
  readonly firstSuccessMs: number | null;
  /** From here on for a second the rate is 90 % of what it was; 0 when it never fell. */
  readonly fullRateMs: number | null;
  readonly lastFailureMs: number | null;
  readonly failed: number;
  /** Applied operations a second before the fault. */
  readonly rateBefore: number;
}

export interface RecoveryInput {
  readonly log: OperationLog;
  readonly faultMs: number;
  /** What happened later belongs to other steps. */
  readonly untilMs: number;
  /** The rate before is measured from here to the fault. */
  readonly baselineFromMs: number;
  readonly looks: readonly NodeLook[];
  /** The datacenter whose primaries must be found anew; undefined when none must. */
  readonly datacenter?: string | undefined;
}

const STEP_MS = 50;
/** A rate is full when it holds over the long window, and in the short one at its beginning. */
const LONG_MS = 1000;
const SHORT_MS = 200;
const FULL = 0.9;

/** Measures the recovery from one fault. */
export function measureRecovery(input: RecoveryInput): Recovery {
  const { log, faultMs, untilMs } = input;
  const failedKeys = new Set<number>();
  const failures: number[] = [];
  let firstSuccess: number | null = null;
  const applied: number[] = [];
  for (let row = log.rowAt(faultMs); row < log.length; row++) {
    const { outcome, key, endMs, startMs } = log.at(row);
    if (endMs >= untilMs) break;
    if (outcome === "applied") {
      applied.push(endMs);
      if (firstSuccess === null && failedKeys.has(key) && startMs >= faultMs) firstSuccess = endMs;
    } else {
      failures.push(endMs);
      failedKeys.add(key);
    }
  }
  const rateBefore = rateBetween(log, input.baselineFromMs, faultMs);
  const mapChange = firstMapChange(input);
  const detected = [failures[0], mapChange?.changedMs].filter((time) => time !== undefined);
  const since = (time: number | null | undefined): number | null =>
    time === null || time === undefined ? null : Math.round(time - faultMs);
  return {
    detectedMs: detected.length === 0 ? null : since(Math.min(...detected)),
    newPrimariesMs: since(mapChange?.servedMs),
    firstSuccessMs: since(firstSuccess),
    fullRateMs: since(fullRateAt(applied, rateBefore, faultMs, untilMs)),
    lastFailureMs: since(failures.at(-1)),
    failed: failures.length,
    rateBefore: Math.round(rateBefore),
  };
}

/** Applied operations a second between two times. */
function rateBetween(log: OperationLog, fromMs: number, toMs: number): number {
  let applied = 0;
  for (let row = log.rowAt(fromMs); row < log.length; row++) {
    const { outcome, endMs } = log.at(row);
    if (endMs >= toMs) break;
    if (outcome === "applied") applied += 1;
  }
  return toMs > fromMs ? (applied / (toMs - fromMs)) * 1000 : 0;
}

/**
 * The fault itself when the rate never fell; else the first time after the fall that opens a full
 * window. Null when there is none before the end.
 */
function fullRateAt(
  applied: readonly number[],
  rateBefore: number,
  faultMs: number,
  untilMs: number,
): number | null {
  if (rateBefore === 0) return null;
  const isFull = (fromMs: number): boolean =>
    [LONG_MS, SHORT_MS].every((window) => {
      const count = indexOf(applied, fromMs + window) - indexOf(applied, fromMs);
      return count >= Math.floor((FULL * rateBefore * window) / 1000);
    });
  let fallen = false;
  let at: number | null = null;
  for (let from = faultMs; from + LONG_MS <= untilMs; from += STEP_MS) {
    if (!isFull(from)) {
      fallen = true;
      // A short recovery between two falls does not count until a whole second has held.
      if (at !== null && from < at + LONG_MS) at = null;
    } else if (at === null) at = fallen ? from : null;
    if (at !== null && from >= at + LONG_MS) return at;
  }
  return fallen ? at : faultMs;
}

/** How many of the ascending times lie before `timeMs`. */
function indexOf(times: readonly number[], timeMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstMapChange(input: RecoveryInput): { changedMs: number; servedMs: number | null } | undefined {
  const looks = input.looks.filter(({ datacenter }) => datacenter === input.datacenter);
  const versionBefore = Math.max(
    0,
    ...looks.filter(({ atMs }) => atMs < input.faultMs).map(({ mapVersion }) => mapVersion),
  );
  const newer = looks.filter(
    ({ atMs, mapVersion }) => atMs >= input.faultMs && atMs < input.untilMs && mapVersion > versionBefore,
  );
  const [first] = newer;
  if (first === undefined) return undefined;
  const served = newer.find(({ unavailable }) => unavailable === 0);
  return { changedMs: first.atMs, servedMs: served?.atMs ?? null };
}

/** One bucket of time, over all datacenters. */
export interface Bucket {
  readonly atMs: number;
  readonly applied: number;
  readonly refused: number;
  readonly inDoubt: number;
  /** Of applied operations, null when there were none. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** The operations of each datacenter by the time of their end. */
export function bucketize(
  log: OperationLog,
  datacenter: number,
  bucketMs: number,
  untilMs: number,
): Bucket[] {
  const count = Math.max(1, Math.ceil(untilMs / bucketMs));
  const latencies = Array.from({ length: count }, (): number[] => []);
  const counts = Array.from({ length: count }, () => ({ applied: 0, refused: 0, "in-doubt": 0 }));
  for (const operation of log.rows()) {
    if (operation.datacenter !== datacenter) continue;
    const at = Math.min(count - 1, Math.floor(operation.endMs / bucketMs));
    addTo(counts[at], operation);
    if (operation.outcome === "applied") latencies[at]?.push(operation.endMs - operation.startMs);
  }
  return counts.map((one, index) => {
    const sorted = (latencies[index] ?? []).sort((a, b) => a - b);
    return {
      atMs: index * bucketMs,
      applied: one.applied,
      refused: one.refused,
      inDoubt: one["in-doubt"],
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
    };
  });
}

function addTo(counts: Record<Outcome, number> | undefined, { outcome }: Operation): void {
  if (counts !== undefined) counts[outcome] += 1;
}

function quantile(sorted: readonly number[], share: number): number | null {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
