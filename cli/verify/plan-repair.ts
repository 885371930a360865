/**
 * Which content of a record that differs is the right one, and where it is written again. Pure.
 *
 * Between versions the conflict order decides, as it would have if each had arrived everywhere: so a delete
 * wins over what it deleted, and a record over nothing. Between copies of one version, which no write makes,
 * most copies decide; the content that more of them have was not changed behind the log's back.
 */
import { type ConflictPolicy, merge } from "../../common/version/order.ts";
import { joinSeen } from "../../common/version/version.ts";
import type { RecordView } from "../client/record-version.ts";
import type { RecordCopy } from "./ask-copies.ts";

export interface Repair {
  readonly datacenter: string;
  readonly node: string;
  readonly imageHash: string;
  readonly why: string;
  /** Copies of one version differ: where bins converge, the content must stand as that of a later write. */
  readonly byContent: boolean;
}

/** Why nothing can be decided. */
export interface NoRepair {
  readonly why: string;
}

export function planRepair(policy: ConflictPolicy, copies: readonly RecordCopy[]): Repair | NoRepair {
  const present = copies.flatMap(({ version }) => (version === null ? [] : [version]));
  const [first, ...more] = present;
  if (first === undefined) return { why: "no copy is left" };
  const winner = more.reduce((best, other) => (beats(policy, other, best) ? other : best), first);
  const contents = new Map<string, number>();
  for (const version of present) {
    if (!isSameVersion(version, winner) || hasSeenMore(winner, version)) continue;
    contents.set(version.imageHash, (contents.get(version.imageHash) ?? 0) + 1);
  }
  const [most, next] = [...contents].sort(([, a], [, b]) => b - a);
  if (most === undefined) return { why: "no copy is left" };
  const [imageHash, count] = most;
  if (next !== undefined && next[1] === count) {
    return { why: `${count} copies of a version say one thing, and ${count} another` };
  }
  const holder = copies.find(({ isPrimary, version }) => isPrimary && version?.imageHash === imageHash);
  if (holder === undefined) return { why: "no primary has the content that most copies have" };
  const { datacenter, node } = holder;
  const why = reasonFor(copies, winner, contents.size);
  return { datacenter, node, imageHash, why, byContent: contents.size > 1 };
}

function reasonFor(copies: readonly RecordCopy[], winner: RecordView, contents: number): string {
  if (contents > 1) return "most copies of the version have this content";
  if (winner.tombstone) return "it was deleted";
  if (copies.some(({ version }) => version !== null && hasSeenMore(winner, version)))
    return "it has seen more";
  const missing = copies.every(({ version }) => version === null || isSameVersion(version, winner));
  return missing ? "it was missing" : "it wins by the conflict order";
}

/** Of one version where bins converge, what has seen more has more of the others' bins in it. */
function hasSeenMore(a: RecordView, b: RecordView): boolean {
  const { seen } = orderedOf(a);
  const other = orderedOf(b).seen;
  const joined = joinSeen(seen, other);
  return joined === seen && joinSeen(other, seen) !== other;
}

function isSameVersion(a: RecordView, b: RecordView): boolean {
  return (
    a.generation === b.generation &&
    a.lut === b.lut &&
    a.sourceId === b.sourceId &&
    a.tombstone === b.tombstone
  );
}

function beats(policy: ConflictPolicy, challenger: RecordView, current: RecordView): boolean {
  if (isSameVersion(challenger, current)) return hasSeenMore(challenger, current);
  const { outcome } = merge(policy, orderedOf(current), orderedOf(challenger));
  return outcome === "overwrote" || outcome === "won";
}

function orderedOf({ generation, lut, sourceId, seen, imageHash }: RecordView) {
  return {
    generation,
    lut: BigInt(lut),
    sourceId,
    seen: seen.map((field) => ({ sourceId: field.sourceId, lut: BigInt(field.lut) })),
    contentHash: () => Buffer.from(imageHash, "hex"),
  };
}
