/**
 * When the copies of a partition, of one datacenter and of several, are equal; when a difference between
 * datacenters is real although writes go on is told by evidence.ts. Copies of one datacenter apply one log:
 * with equal ends of it they must be equal at once. Pure.
 */
import type { CopyDigest, CopyKeys, CopyStanding } from "./ask-copies.ts";
import { compareKeys, comparePartition, countRows, type KeyDifference } from "./compare.ts";
import { coveredBy } from "./evidence.ts";
import type { RecordView } from "../client/record-version.ts";

/** What of a partition is known after its digests were compared. */
export type PartitionState = "equal" | "different" | "unknown";

export interface JudgedPartition {
  readonly state: PartitionState;
  /** Copies besides the primaries'. */
  readonly copies: number;
  readonly records: number;
  readonly tombstones: number;
  /** Of each datacenter, the number of its last change that all copies have covered; by source id. */
  readonly upTo: ReadonlyMap<number, number>;
}

/** Judges one partition by the digests of all its copies. */
export function judgeDigests(
  datacenters: readonly string[],
  digests: readonly CopyDigest[],
): JudgedPartition {
  const primaries = datacenters.map((name) => onlyPrimary(digests.filter((one) => one.datacenter === name)));
  const [first] = primaries;
  const known = primaries.filter((one) => one !== undefined);
  const counts = { copies: digests.length - known.length };
  if (first === undefined || known.length < primaries.length) {
    return { state: "unknown", ...counts, records: 0, tombstones: 0, upTo: new Map() };
  }
  const { records, tombstones } = first;
  const judged = { ...counts, records, tombstones, upTo: coveredByAll(known) };
  const copies = digests.filter(({ primary }) => !primary);
  const equalCopies = copies.every((copy) => {
    const primary = known.find(({ datacenter }) => datacenter === copy.datacenter);
    return primary !== undefined && copy.all === primary.all;
  });
  const outcome = comparePartition(known);
  return { state: outcome === "equal" && equalCopies ? "equal" : "different", ...judged };
}

function onlyPrimary<Copy extends CopyStanding>(copies: readonly Copy[]): Copy | undefined {
  const primaries = copies.filter(({ primary }) => primary);
  // Claimed by two nodes: it is just moving.
  return primaries.length === 1 ? primaries[0] : undefined;
}

/** By source id: the last change that its datacenter and all others have. */
function coveredByAll(primaries: readonly CopyStanding[]): Map<number, number> {
  const covered = new Map<number, number>();
  for (const { sourceId, logId, changes } of primaries) {
    // Whoever is not shipped to by it has its changes from others, without their numbers.
    const others = primaries.filter((one) => one.covered.some(({ originId }) => originId === sourceId));
    covered.set(sourceId, Math.min(changes, ...others.map((one) => coveredBy(one, sourceId, logId))));
  }
  return covered;
}

/** A look at the keys of a partition that is not equal. */
export interface Look {
  /** Between datacenters, by their primaries; undefined: one has none. */
  readonly differences: readonly KeyDifference<RecordView>[] | undefined;
  readonly primaries: readonly CopyStanding[];
  /** Keys of which copies of a datacenter differ that have applied the same log. */
  readonly copyDifferences: readonly KeyDifference<RecordView>[];
  /** Copies that are somewhere else in their log than their primary: to be looked at again. */
  readonly passing: number;
  /** Copies besides the primaries' that were looked at. */
  readonly copies: number;
  readonly counts: Pick<JudgedPartition, "records" | "tombstones">;
}

export function lookAtKeys(
  partition: number,
  datacenters: readonly string[],
  copies: readonly CopyKeys[],
): Look {
  const primaries: CopyKeys[] = [];
  const copyDifferences: KeyDifference<RecordView>[] = [];
  let passing = 0;
  for (const name of datacenters) {
    const own = copies.filter(({ datacenter }) => datacenter === name);
    const primary = onlyPrimary(own);
    if (primary === undefined) continue;
    primaries.push(primary);
    for (const copy of own) {
      if (copy === primary) continue;
      if (copy.sequence !== primary.sequence || copy.epoch !== primary.epoch) {
        passing++;
        continue;
      }
      const sides = [primary, copy].map(({ node, rows }) => ({ datacenter: `${name}/${node}`, rows }));
      // A tombstone that only one of them has is a difference, too: both have applied the same log.
      copyDifferences.push(...compareKeys(partition, sides, true));
    }
  }
  const sides = primaries.map(({ datacenter, rows }) => ({ datacenter, rows }));
  const differences = sides.length === datacenters.length ? compareKeys(partition, sides) : undefined;
  const counts = countRows(primaries[0]?.rows ?? []);
  return {
    differences,
    primaries,
    copyDifferences,
    passing,
    copies: copies.length - primaries.length,
    counts,
  };
}

/** Judges a partition by a look at its keys; undefined unless nothing differs and all was looked at. */
export function judgeKeys(look: Look): JudgedPartition | undefined {
  const { differences, copyDifferences, passing, primaries, copies, counts } = look;
  if (differences === undefined || differences.length + copyDifferences.length + passing > 0)
    return undefined;
  return { state: "equal", copies, ...counts, upTo: coveredByAll(primaries) };
}
