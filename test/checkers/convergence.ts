/**
 * Convergence of one record: what all datacenters hold after they have exchanged everything.
 *
 * What is claimed, of W, the set of all versions that some datacenter committed, each as its primary
 * wrote it:
 *
 * 1. Every datacenter holds the same: version, content and `seen`.
 * 2. The version is the greatest of W in the one total order (version-order.ts).
 * 3. `seen` is the join of the `seen` of all of W.
 * 4. Of two versions in W, one that has seen the other is the greater one.
 *
 * Why the greatest is the right oracle though the order decides conflicts only: a plain overwrite is
 * decided by `seen`, whatever the order says. If (4) holds, what has seen a version is greater than it;
 * so whatever `seen` decides, the order would have decided likewise, and of any sequence of overwrites,
 * stale arrivals and conflicts the greatest version is left, in whatever order they came. If (4) does
 * not hold, the result depends on the order of arrival, and no oracle is right: so (4) is checked first,
 * and a failure of it is named as what it is: a version that was issued wrongly. It follows from the
 * rule for local writes: generation + 1, and a LUT above all LUTs in `seen`. Both are checked of each
 * version as well:
 *
 * 5. A version's `seen` holds its own LUT for its own datacenter, and nothing above it.
 * 6. A datacenter gives one LUT to a record only once.
 *
 * What is in doubt may have been committed or not: then the record may also be a version in doubt
 * that beats all of W, and `seen` may have more, but nothing that nobody wrote.
 *
 * An expired record may be there as a tombstone of the same version, as removing it is no event of
 * its own; so its content is compared between datacenters only. Give `now` for records with a void time.
 */
import {
  compareByDesign,
  describeVersion,
  greatest,
  hasSeen,
  joinedSeen,
  type Policy,
  type RecordVersion,
} from "./version-order.ts";

export interface Holding {
  readonly datacenter: string;
  /** Undefined: neither record nor tombstone. */
  readonly version: RecordVersion | undefined;
}

export interface ConvergenceCase {
  readonly key: string;
  readonly policy: Policy;
  readonly committed: readonly RecordVersion[];
  readonly inDoubt?: readonly RecordVersion[] | undefined;
  readonly holdings: readonly Holding[];
  readonly now?: number | undefined;
  /** Bins converge one by one: claim 2 is of the version only, and 1 of the content, whole. */
  readonly byBins?: boolean | undefined;
}

/** One line per violation; empty when all is well. */
export function convergenceProblems(one: ConvergenceCase): string[] {
  return [...issueProblems(one), ...holdingProblems(one)].map((line) => `record ${one.key}: ${line}`);
}

/** Claims 4 to 6. */
function issueProblems({ policy, committed, inDoubt = [] }: ConvergenceCase): string[] {
  const problems: string[] = [];
  const all = [...committed, ...inDoubt];
  for (const [index, a] of all.entries()) {
    if (!a.seen.some(({ sourceId, lut }) => sourceId === a.sourceId && lut === a.lut)) {
      problems.push(`${describeVersion(a)} has not seen itself`);
    }
    if (a.seen.some(({ sourceId, lut }) => lut > a.lut || (lut === a.lut && sourceId !== a.sourceId))) {
      problems.push(`${describeVersion(a)} has seen a LUT that is not below its own`);
    }
    for (const b of all.slice(index + 1)) {
      if (a.sourceId === b.sourceId && a.lut === b.lut) {
        const isSame = a.generation === b.generation && a.contentHash === b.contentHash;
        if (!isSame)
          problems.push(`one LUT for two writes: ${describeVersion(a)}, and ${describeVersion(b)}`);
        continue;
      }
      for (const [newer, older] of [
        [a, b],
        [b, a],
      ] as const) {
        if (!hasSeen(newer, older) || compareByDesign(policy, newer, older) > 0) continue;
        problems.push(`${describeVersion(newer)} has seen ${describeVersion(older)} and does not beat it`);
      }
    }
  }
  return problems;
}

/** Claims 1 to 3. */
function holdingProblems(one: ConvergenceCase): string[] {
  const { policy, committed, inDoubt = [], holdings, now, byBins = false } = one;
  const problems: string[] = [];
  const winner = greatest(policy, committed);
  const mayWin = inDoubt.filter((one) => winner === undefined || compareByDesign(policy, one, winner) > 0);
  const allowed = winner === undefined ? mayWin : [winner, ...mayWin];
  const [first] = holdings;
  for (const { datacenter, version } of holdings) {
    if (version === undefined) {
      if (winner !== undefined)
        problems.push(`${datacenter} has nothing instead of ${describeVersion(winner)}`);
    } else if (!allowed.some((may) => isHeldAs(may, version, now, byBins))) {
      const expected = winner === undefined ? "nothing" : describeVersion(winner);
      problems.push(`${datacenter} has ${describeVersion(version)} instead of ${expected}`);
    } else problems.push(...seenProblems(datacenter, version, committed, inDoubt));
    if (byBins && first?.version?.contentHash !== version?.contentHash) {
      problems.push(`${first?.datacenter} and ${datacenter} have other bins of ${textOf(version)}`);
    }
    if (first !== undefined && textOf(first.version) !== textOf(version)) {
      problems.push(`${first.datacenter} has ${textOf(first.version)}, ${datacenter} has ${textOf(version)}`);
    }
  }
  return problems;
}

function isHeldAs(
  written: RecordVersion,
  held: RecordVersion,
  now: number | undefined,
  byBins: boolean,
): boolean {
  const { generation, lut, sourceId, contentHash, voidTime } = written;
  if (generation !== held.generation || lut !== held.lut || sourceId !== held.sourceId) return false;
  if ((byBins || contentHash === held.contentHash) && written.tombstone === held.tombstone) return true;
  return held.tombstone && voidTime !== 0 && now !== undefined && voidTime <= now;
}

function seenProblems(
  datacenter: string,
  version: RecordVersion,
  committed: readonly RecordVersion[],
  inDoubt: readonly RecordVersion[],
): string[] {
  const held = joinedSeen([version]);
  const least = joinedSeen(committed);
  const most = joinedSeen([...committed, ...inDoubt]);
  const isEnough = joinedSeen([version, ...committed]) === held;
  const isTooMuch = joinedSeen([version, ...committed, ...inDoubt]) !== most;
  if (isEnough && !isTooMuch) return [];
  return [`${datacenter} has seen ${held} instead of ${least}`];
}

function textOf(version: RecordVersion | undefined): string {
  return version === undefined ? "nothing" : `${describeVersion(version)}, seen ${joinedSeen([version])}`;
}
