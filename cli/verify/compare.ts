/**
 * When two datacenters are equal: the rules of `meridian verify`, without IO.
 *
 * A record that readers can see must have the same image everywhere, version included. Where nobody
 * can see it, a tombstone on one side and nothing on the other is no difference (it is freed at its
 * own time in each datacenter), but two different tombstones are.
 */

export interface PartitionDigest {
  readonly partition: number;
  /** Hash over what readers can see. */
  readonly live: string;
  /** Hash over that and the tombstones. */
  readonly all: string;
  readonly records: number;
  readonly tombstones: number;
}

/** What the comparison needs of a record's version; more may be carried along to be shown. */
export interface KeyVersion {
  readonly digest: string;
  readonly set: string;
  readonly key?: string | undefined;
  readonly tombstone: boolean;
  readonly imageHash: string;
  /** It does not pass a filter that datacenters ship by: others may have an earlier version, or none. */
  readonly unjudged?: boolean | undefined;
}

export interface KeyDifference<Version extends KeyVersion> {
  readonly partition: number;
  readonly digest: string;
  readonly set: string;
  readonly key: string | null;
  /** By datacenter, null where there is nothing. */
  readonly versions: readonly { readonly datacenter: string; readonly version: Version | null }[];
}

/** `tombstones`: what readers see is equal, the tombstones must be looked at key by key. */
export type PartitionOutcome = "equal" | "tombstones" | "different" | "unknown";

/** Compares one partition's digests, one a datacenter; undefined where no primary answered. */
export function comparePartition(digests: readonly (PartitionDigest | undefined)[]): PartitionOutcome {
  const known = digests.filter((digest) => digest !== undefined);
  const first = known[0];
  if (first === undefined || known.length < digests.length) return "unknown";
  if (known.every(({ all }) => all === first.all)) return "equal";
  return known.every(({ live }) => live === first.live) ? "tombstones" : "different";
}

/** What a digest counts, of a partition's keys. */
export function countRows(rows: readonly KeyVersion[]): Pick<PartitionDigest, "records" | "tombstones"> {
  const judged = rows.filter(({ unjudged }) => unjudged !== true);
  const tombstones = judged.filter(({ tombstone }) => tombstone).length;
  return { records: judged.length - tombstones, tombstones };
}

/**
 * The keys of a partition that differ, in digest order; those with a version that is not judged do not. Of
 * copies of one datacenter (`strict`) all must be equal, and a tombstone on one side and nothing on the other
 * is a difference, too.
 */
export function compareKeys<Version extends KeyVersion>(
  partition: number,
  sides: readonly { readonly datacenter: string; readonly rows: readonly Version[] }[],
  strict = false,
): KeyDifference<Version>[] {
  const byDigest = sides.map(({ rows }) => new Map(rows.map((row) => [row.digest, row])));
  const digests = [...new Set(sides.flatMap(({ rows }) => rows.map(({ digest }) => digest)))].sort();
  const differences: KeyDifference<Version>[] = [];
  for (const digest of digests) {
    const versions = sides.map(({ datacenter }, index) => ({
      datacenter,
      version: byDigest[index]?.get(digest) ?? null,
    }));
    const present = versions.map(({ version }) => version).filter((version) => version !== null);
    if (!strict && present.some(({ unjudged }) => unjudged === true)) continue;
    if (areEqual(present, versions.length, strict)) continue;
    const named = present.find(({ key }) => key !== undefined);
    differences.push({ partition, digest, set: present[0]?.set ?? "", key: named?.key ?? null, versions });
  }
  return differences;
}

function areEqual(present: readonly KeyVersion[], sides: number, strict: boolean): boolean {
  if (present.length < sides && strict) return false;
  if (present.length < sides && present.some(({ tombstone }) => !tombstone)) return false;
  return present.every(({ imageHash }) => imageHash === present[0]?.imageHash);
}

/** Changes whenever a side's version of the key changes. */
export function signatureOf<Version extends KeyVersion>(difference: KeyDifference<Version>): string {
  const hashes = difference.versions.map(({ version }) => version?.imageHash ?? "-");
  return `${difference.partition}/${difference.digest}/${hashes.join("/")}`;
}

export type Verdict = "equal" | "different" | "inconclusive";

/** Remembers since when each difference stands, to tell a standing one from one on its way. */
export class DifferenceAges {
  #since = new Map<string, number>();

  /**
   * Takes the differences of a look at `nowMs` and sorts them: `standing` ones were there, with the
   * same versions, `standsAfterMs` earlier; the others may be changes that are still travelling.
   */
  sort<Version extends KeyVersion>(
    differences: readonly KeyDifference<Version>[],
    nowMs: number,
    standsAfterMs: number,
  ): { standing: KeyDifference<Version>[]; moving: KeyDifference<Version>[] } {
    const since = new Map<string, number>();
    const standing: KeyDifference<Version>[] = [];
    const moving: KeyDifference<Version>[] = [];
    for (const difference of differences) {
      const signature = signatureOf(difference);
      const firstMs = this.#since.get(signature) ?? nowMs;
      since.set(signature, firstMs);
      if (nowMs - firstMs >= standsAfterMs) standing.push(difference);
      else moving.push(difference);
    }
    this.#since = since;
    return { standing, moving };
  }
}

/** A standing difference outweighs what could not be judged. */
export function verdictOf(standing: number, moving: number, unknown: number): Verdict {
  if (standing > 0) return "different";
  return moving > 0 || unknown > 0 ? "inconclusive" : "equal";
}

/** Partitions as `0-511,700`, the shortest way to ask for them. */
export function partitionRanges(partitions: readonly number[]): string {
  const sorted = partitions.toSorted((a, b) => a - b);
  const ranges: { from: number; to: number }[] = [];
  for (const partition of sorted) {
    const last = ranges.at(-1);
    if (last !== undefined && partition === last.to + 1) last.to = partition;
    else ranges.push({ from: partition, to: partition });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

/** Of several namespaces: a difference outweighs what is not known, and that what is equal. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("different")) return "different";
  return verdicts.includes("inconclusive") ? "inconclusive" : "equal";
}
