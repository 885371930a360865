/**
 * Compares a namespace over all datacenters of a set-up: every partition by digest, what differs
 * key by key, again and again until it agrees or the time is over.
 */
import { setTimeout as pause } from "node:timers/promises";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { RecordFilter } from "../../common/xdr/xdr-settings.ts";
import type { RecordView } from "../client/record-version.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askDigests, askKeys, askLatestVoidTime } from "./ask-partitions.ts";
import { askFilters, commonFilter, leftOutOf } from "./compared-sets.ts";
import {
  compareKeys,
  comparePartition,
  countRows,
  DifferenceAges,
  type KeyDifference,
  type Verdict,
  verdictOf,
} from "./compare.ts";
import { inParallel } from "./in-parallel.ts";

/** Partitions of one request: bounds its time and lets progress be seen. */
const CHUNK_PARTITIONS = 256;
const LOOK_INTERVAL_MS = 500;
/** A difference whose versions did not change for this long stands. */
const STANDS_AFTER_MS = 2000;
const KEYS_IN_FLIGHT = 8;
/** Differing keys that are listed; all are counted. */
const KEYS_LISTED_MAX = 1000;

export interface NamespaceVerdict {
  readonly namespace: string;
  readonly verdict: Verdict;
  readonly partitions: { readonly equal: number; readonly different: number; readonly inconclusive: number };
  readonly records: Readonly<Record<string, number>>;
  readonly tombstones: Readonly<Record<string, number>>;
  readonly looks: number;
  readonly seconds: number;
  readonly differingKeys: number;
  /** Keys whose versions changed while they were compared. */
  readonly movingKeys: number;
  readonly unknownPartitions: number;
  readonly differences: readonly KeyDifference<RecordView>[];
  /** Sets that are not shipped between some datacenters, and so were compared between none. */
  readonly leftOut: readonly string[];
}

export interface VerifyOptions {
  readonly datacenters: readonly AdminDatacenter[];
  readonly namespace: string;
  readonly waitMs: number;
  readonly onProgress: (partitions: number) => void;
}

interface Look {
  /** Partitions not known to be equal. */
  readonly open: number[];
  readonly unknown: number[];
  readonly differences: KeyDifference<RecordView>[];
}

export async function verifyNamespace(options: VerifyOptions): Promise<NamespaceVerdict> {
  const startedMs = performance.now();
  const elapsedMs = (): number => performance.now() - startedMs;
  const filters = await askFilters(options.datacenters, options.namespace);
  const sets = commonFilter(filters);
  const totals = new Totals(options.datacenters);
  const ages = new DifferenceAges();
  const standsAfterMs = Math.min(STANDS_AFTER_MS, options.waitMs);
  let wanted = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
  // Counted from the end of the first look: before it nobody knew what to wait for.
  let deadlineMs = 0;
  for (let looks = 1; ; looks++) {
    const lookStartMs = elapsedMs();
    const found = await look(
      options,
      { wanted, sets },
      totals,
      looks === 1 ? options.onProgress : () => undefined,
    );
    if (looks === 1) deadlineMs = elapsedMs() + options.waitMs;
    const { standing, moving } = ages.sort(found.differences, elapsedMs(), standsAfterMs);
    const isOver = options.waitMs === 0 || (looks > 1 && lookStartMs >= deadlineMs);
    if (found.open.length === 0 || isOver) {
      const different = new Set(standing.map(({ partition }) => partition)).size;
      return {
        namespace: options.namespace,
        verdict: verdictOf(standing.length, moving.length, found.unknown.length),
        partitions: {
          equal: PARTITION_COUNT - found.open.length,
          different,
          inconclusive: found.open.length - different,
        },
        ...totals.sums(),
        looks,
        seconds: elapsedMs() / 1000,
        differingKeys: standing.length,
        movingKeys: moving.length,
        unknownPartitions: found.unknown.length,
        differences: standing.slice(0, KEYS_LISTED_MAX),
        leftOut: leftOutOf(filters),
      };
    }
    wanted = found.open;
    await pause(LOOK_INTERVAL_MS);
  }
}

async function look(
  options: VerifyOptions,
  {
    wanted: partitions,
    sets,
  }: { readonly wanted: readonly number[]; readonly sets: RecordFilter | undefined },
  totals: Totals,
  onProgress: (partitions: number) => void,
): Promise<Look> {
  const lookAt = { asOf: await askLatestVoidTime(options.datacenters), sets };
  const toNarrow: number[] = [];
  const unknown: number[] = [];
  for (let at = 0; at < partitions.length; at += CHUNK_PARTITIONS) {
    const chunk = partitions.slice(at, at + CHUNK_PARTITIONS);
    const sides = await Promise.all(
      options.datacenters.map((datacenter) => askDigests(datacenter, options.namespace, chunk, lookAt)),
    );
    for (const partition of chunk) {
      const digests = sides.map((side) => side.get(partition));
      totals.note(partition, digests);
      const outcome = comparePartition(digests);
      if (outcome === "unknown") unknown.push(partition);
      else if (outcome !== "equal") toNarrow.push(partition);
    }
    onProgress(at + chunk.length);
  }
  const differences: KeyDifference<RecordView>[] = [];
  await inParallel(toNarrow, KEYS_IN_FLIGHT, async (partition) => {
    const sides = await Promise.all(
      options.datacenters.map(async (datacenter) => ({
        datacenter: datacenter.name,
        rows: await askKeys(datacenter, options.namespace, partition, lookAt),
      })),
    );
    const known = sides.flatMap(({ datacenter, rows }) => (rows === undefined ? [] : [{ datacenter, rows }]));
    if (known.length < sides.length) {
      unknown.push(partition);
      return;
    }
    // What its digest counted may have changed since; if it is equal now, nobody counts it again.
    totals.note(
      partition,
      known.map(({ rows }) => countRows(rows)),
    );
    differences.push(...compareKeys(partition, known));
  });
  const open = new Set([...unknown, ...differences.map(({ partition }) => partition)]);
  return { open: [...open], unknown, differences };
}

/** Record counts by datacenter, from the latest digest or the latest keys of each partition. */
class Totals {
  readonly #datacenters: readonly AdminDatacenter[];
  readonly #latest = new Map<number, readonly { records: number; tombstones: number }[]>();

  constructor(datacenters: readonly AdminDatacenter[]) {
    this.#datacenters = datacenters;
  }

  note(partition: number, digests: readonly ({ records: number; tombstones: number } | undefined)[]): void {
    this.#latest.set(
      partition,
      digests.map((digest) => digest ?? { records: 0, tombstones: 0 }),
    );
  }

  sums(): { records: Record<string, number>; tombstones: Record<string, number> } {
    const records: Record<string, number> = {};
    const tombstones: Record<string, number> = {};
    for (const [index, { name }] of this.#datacenters.entries()) {
      let recordSum = 0;
      let tombstoneSum = 0;
      for (const counts of this.#latest.values()) {
        recordSum += counts[index]?.records ?? 0;
        tombstoneSum += counts[index]?.tombstones ?? 0;
      }
      records[name] = recordSum;
      tombstones[name] = tombstoneSum;
    }
    return { records, tombstones };
  }
}
