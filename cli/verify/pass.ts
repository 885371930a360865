/**
 * One pass of the continuous verification over a namespace: all copies of all partitions, in every
 * datacenter, while writes go on. What is equal at once is certified up to the changes that all have covered;
 * the rest is looked at again, key by key, until it is equal, or its difference is proved to be real
 * (judge-copies.ts), or the time for changes on their way is over.
 *
 * Must guarantee: nothing is certified that was not read from the disks; no difference is reported that a
 * change on its way explains.
 */
import { setTimeout as pause } from "node:timers/promises";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { RecordView } from "../client/record-version.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askCopyDigests, askCopyKeys } from "./ask-copies.ts";
import { askLatestVoidTime, type LookAt } from "./ask-partitions.ts";
import { askFilters, commonFilter, isIncomparable, leftOutOf } from "./compared-sets.ts";
import type { KeyDifference } from "./compare.ts";
import { inParallel } from "./in-parallel.ts";
import { judgeDigests, type JudgedPartition, judgeKeys, lookAtKeys } from "./judge-copies.ts";
import { Evidence, type Route } from "./evidence.ts";

/** Partitions of one question: both sides of a comparison are soon after one another. */
const CHUNK_PARTITIONS = 64;
/** Partitions whose keys are asked for at once. */
const KEYS_IN_FLIGHT = 4;
const LOOK_INTERVAL_MS = 250;

export interface PassOptions {
  readonly datacenters: readonly LoggedDatacenter[];
  readonly namespace: string;
  /** How long a partition may take to become equal, or its difference to be proved. */
  readonly waitMs: number;
  /** Told of each real difference, once; whether something was done about it that makes it go away. */
  readonly onDifference: (difference: KeyDifference<RecordView>) => Promise<boolean>;
  readonly onProgress?: ((partitions: number) => void) | undefined;
}

export interface Pass {
  readonly namespace: string;
  readonly beganAt: string;
  readonly endedAt: string;
  readonly seconds: number;
  readonly records: number;
  readonly tombstones: number;
  /** Copies besides the primaries' that were compared. */
  readonly copies: number;
  /** By partition. */
  readonly certified: ReadonlyMap<number, JudgedPartition>;
  /** Partitions that are not certified. */
  readonly open: readonly number[];
  readonly differences: readonly KeyDifference<RecordView>[];
  /** What is not shipped between some datacenters, and so was compared between none. */
  readonly leftOut: readonly string[];
}

export async function verifyPass(options: PassOptions): Promise<Pass> {
  const beganAt = new Date();
  const { datacenters, namespace } = options;
  const filters = await askFilters(datacenters, namespace);
  const asOf = await askLatestVoidTime(datacenters);
  const run = new PassRun(options, filters, { asOf, sets: commonFilter(filters) });
  const comparable = isIncomparable(filters) ? 0 : PARTITION_COUNT;
  for (let at = 0; at < comparable; at += CHUNK_PARTITIONS) {
    const count = Math.min(CHUNK_PARTITIONS, PARTITION_COUNT - at);
    await run.settle(Array.from({ length: count }, (_, index) => at + index));
    options.onProgress?.(at + count);
  }
  // What was not equal at the first look: changes on their way have gone on meanwhile.
  await run.settle(run.open, options.waitMs);
  const endedAt = new Date();
  const judged = [...run.certified.values()];
  const sum = (pick: (one: JudgedPartition) => number): number =>
    judged.reduce((total, one) => total + pick(one), 0);
  return {
    namespace,
    beganAt: beganAt.toISOString(),
    endedAt: endedAt.toISOString(),
    seconds: (endedAt.getTime() - beganAt.getTime()) / 1000,
    records: sum(({ records }) => records),
    tombstones: sum(({ tombstones }) => tombstones),
    copies: sum(({ copies }) => copies),
    certified: run.certified,
    open: comparable === 0 ? Array.from({ length: PARTITION_COUNT }, (_, partition) => partition) : run.open,
    differences: [...run.differences.values()],
    leftOut: leftOutOf(filters),
  };
}

class PassRun {
  readonly certified = new Map<number, JudgedPartition>();
  /** By partition and digest. */
  readonly differences = new Map<string, KeyDifference<RecordView>>();
  readonly #options: PassOptions;
  readonly #lookAt: LookAt;
  readonly #names: readonly string[];
  readonly #routes: readonly Route[];
  readonly #evidence = new Map<number, Evidence>();
  readonly #open = new Set<number>();
  /** Differences that stay as they are. */
  readonly #left = new Set<string>();

  constructor(options: PassOptions, routes: readonly Route[], lookAt: LookAt) {
    this.#options = options;
    this.#routes = routes;
    this.#lookAt = lookAt;
    this.#names = options.datacenters.map(({ name }) => name);
  }

  /** Digests leave out what does not pass a filter, and differ where one version of a record passes only. */
  get #judgesByKeys(): boolean {
    return (this.#lookAt.sets?.expressions.length ?? 0) > 0;
  }

  get open(): number[] {
    return [...this.#open].sort((a, b) => a - b);
  }

  /** Looks at partitions until all are certified, or `waitMs` is over; without a time, once. */
  async settle(partitions: readonly number[], waitMs = 0): Promise<void> {
    for (const partition of partitions) this.#open.add(partition);
    const untilMs = performance.now() + waitMs;
    for (let open = partitions; open.length > 0; ) {
      const rest: number[] = [];
      for (let at = 0; at < open.length; at += CHUNK_PARTITIONS) {
        const { different, unknown } = await this.#compareDigests(open.slice(at, at + CHUNK_PARTITIONS));
        await inParallel(different, KEYS_IN_FLIGHT, async (partition) => {
          if (await this.#lookAtKeys(partition)) rest.push(partition);
        });
        rest.push(...unknown);
      }
      if (performance.now() >= untilMs) return;
      if (rest.length > 0) await pause(LOOK_INTERVAL_MS);
      open = rest;
    }
  }

  /** Certifies what is equal, and returns the rest. */
  async #compareDigests(
    partitions: readonly number[],
  ): Promise<{ readonly different: number[]; readonly unknown: number[] }> {
    const { datacenters, namespace } = this.#options;
    const [different, unknown]: [number[], number[]] = [[], []];
    const digests = await Promise.all(
      datacenters.map((one) => askCopyDigests(one, namespace, partitions, this.#lookAt)),
    );
    const byPartition = Map.groupBy(digests.flat(), ({ partition }) => partition);
    for (const partition of partitions) {
      const judged = judgeDigests(this.#names, byPartition.get(partition) ?? []);
      if (judged.state === "unknown") unknown.push(partition);
      else if (judged.state === "different") different.push(partition);
      else {
        this.certified.set(partition, judged);
        this.#open.delete(partition);
        this.#evidence.delete(partition);
      }
    }
    return { different, unknown };
  }

  /** Tells of real differences; whether another look can find something else. */
  async #lookAtKeys(partition: number): Promise<boolean> {
    const { datacenters, namespace, onDifference } = this.#options;
    const copies = await Promise.all(
      datacenters.map((one) => askCopyKeys(one, namespace, partition, this.#lookAt)),
    );
    const look = lookAtKeys(partition, this.#names, copies.flat());
    const evidence = this.#evidence.get(partition) ?? new Evidence(this.#names, this.#routes);
    this.#evidence.set(partition, evidence);
    const real = [...evidence.take(look), ...look.copyDifferences];
    const judged = this.#judgesByKeys ? judgeKeys(look) : undefined;
    if (judged !== undefined) {
      this.certified.set(partition, judged);
      this.#open.delete(partition);
      return false;
    }
    for (const difference of real) {
      const key = `${partition}/${difference.digest}`;
      if (this.differences.has(key)) continue;
      this.differences.set(key, difference);
      if (!(await onDifference(difference))) this.#left.add(key);
    }
    const all = [...(look.differences ?? []), ...look.copyDifferences];
    const isLeft = all.length > 0 && all.every(({ digest }) => this.#left.has(`${partition}/${digest}`));
    return !isLeft || look.passing > 0;
  }
}
