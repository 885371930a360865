/**
 * Which of two versions of a record wins, written anew from the words of the design, slowly and
 * obviously: a version is a list of numbers, the greater list is the greater version, compared from
 * its first number on.
 *
 * - policy last-update-time: LUT, generation, source id, content hash.
 * - policy generation: generation, LUT, source id, content hash.
 */

export type Policy = "last-update-time" | "generation";

/** Per datacenter the highest LUT that a version descends from. */
export interface SeenField {
  readonly sourceId: number;
  readonly lut: bigint;
}

/** A version of a record as a datacenter's primary wrote it, or as a datacenter holds it. */
export interface RecordVersion {
  readonly generation: number;
  readonly lut: bigint;
  readonly sourceId: number;
  /** Hexadecimal; of all but `seen`. */
  readonly contentHash: string;
  readonly seen: readonly SeenField[];
  readonly tombstone: boolean;
  /** In the clock of `now` where a checker asks for one; 0: never expires. */
  readonly voidTime: number;
}

/** What tells two writes apart, whatever they wrote. */
export type WriteVersion = Pick<RecordVersion, "generation" | "lut" | "sourceId">;

/** 1 when `a` wins, -1 when it loses, 0 for the same write: all numbers but the content's. */
function compareWrites(policy: Policy, a: WriteVersion, b: WriteVersion): number {
  const generations = a.generation - b.generation;
  const luts = a.lut === b.lut ? 0 : a.lut > b.lut ? 1 : -1;
  const first = policy === "generation" ? generations || luts : luts || generations;
  return Math.sign(first || a.sourceId - b.sourceId);
}

/** 1 when `a` wins, -1 when it loses, 0 for the same version. */
export function compareByDesign(policy: Policy, a: RecordVersion, b: RecordVersion): number {
  const writes = compareWrites(policy, a, b);
  if (writes !== 0 || a.contentHash === b.contentHash) return writes;
  return BigInt(`0x1${a.contentHash}`) > BigInt(`0x1${b.contentHash}`) ? 1 : -1;
}

/** Whether `a` is a later write than `b`, which may be none. */
export function isNewer(policy: Policy, a: WriteVersion, b: WriteVersion | undefined): boolean {
  return b === undefined || compareWrites(policy, a, b) > 0;
}

/** The greatest of all; undefined of none. */
export function greatest(policy: Policy, versions: readonly RecordVersion[]): RecordVersion | undefined {
  let best: RecordVersion | undefined;
  for (const version of versions) {
    if (best === undefined || compareByDesign(policy, version, best) > 0) best = version;
  }
  return best;
}

/** Whether `by` descends from `version`, or is it. */
export function hasSeen(by: { readonly seen: readonly SeenField[] }, version: RecordVersion): boolean {
  return by.seen.some(({ sourceId, lut }) => sourceId === version.sourceId && lut >= version.lut);
}

/** Per datacenter the highest of all, as text: equal text, equal `seen`. */
export function joinedSeen(versions: readonly { readonly seen: readonly SeenField[] }[]): string {
  const highest = new Map<number, bigint>();
  for (const { sourceId, lut } of versions.flatMap(({ seen }) => seen)) {
    if (lut > (highest.get(sourceId) ?? -1n)) highest.set(sourceId, lut);
  }
  const ids = [...highest.keys()].sort((a, b) => a - b);
  return ids.map((id) => `${id}:${highest.get(id)}`).join(" ");
}

export function describeVersion(version: RecordVersion): string {
  const { generation, lut, sourceId, contentHash, tombstone } = version;
  const dead = tombstone ? " deleted" : "";
  return `generation ${generation}, LUT ${lut}, source ${sourceId}, content ${contentHash.slice(0, 8)}${dead}`;
}
