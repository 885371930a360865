/**
 * THE order: the only place that decides which of two versions of a record wins. Pure.
 *
 * Strict and total: two different images never compare equal, generations and LUTs never wrap, and
 * a tie is never settled by "keep the local one". So every datacenter reaches the same winner
 * whatever the order of arrival, and `merge` is a join: commutative, associative, idempotent.
 *
 * Why a plain overwrite is consistent with it: a local write takes generation + 1 and a LUT above
 * every LUT in `seen` (DESIGN, section 3), so whatever covers a version is also greater than it
 * under either policy, and `merge` may always take the greater version and the joined `seen`.
 */
import { covers, joinSeen, LUT_COUNTER_BITS, type Lut, type Seen, type SourceId } from "./version.ts";

const LUT_COUNTS_PER_MS = 2 ** Number(LUT_COUNTER_BITS);

export type ConflictPolicy = "last-update-time" | "generation";

/** What the order looks at. `contentHash` is asked for only on a tie of all else. */
export interface Ordered {
  readonly generation: number;
  readonly lut: Lut;
  readonly sourceId: SourceId;
  contentHash(): Uint8Array;
}

/** Negative when `a` loses to `b`, positive when it wins, 0 only for equal content. */
export function compareVersions(policy: ConflictPolicy, a: Ordered, b: Ordered): number {
  if (policy === "last-update-time") {
    return (
      compareLut(a.lut, b.lut) ||
      a.generation - b.generation ||
      a.sourceId - b.sourceId ||
      compareBytes(a.contentHash(), b.contentHash())
    );
  }
  return (
    a.generation - b.generation ||
    compareLut(a.lut, b.lut) ||
    a.sourceId - b.sourceId ||
    compareBytes(a.contentHash(), b.contentHash())
  );
}

/** Which comparison decides, and by how much: milliseconds of LUT, or generations; else 0. */
export interface Decision {
  readonly rule: "last-update-time" | "generation" | "source-id" | "content-hash";
  readonly margin: number;
}

/** Says what `compareVersions` decides two versions by. */
export function decidedBy(policy: ConflictPolicy, a: Ordered, b: Ordered): Decision {
  const lut = a.lut > b.lut ? a.lut - b.lut : b.lut - a.lut;
  const byLut = { rule: "last-update-time" as const, margin: Number(lut) / LUT_COUNTS_PER_MS };
  const byGeneration = { rule: "generation" as const, margin: Math.abs(a.generation - b.generation) };
  const decisions = policy === "last-update-time" ? [byLut, byGeneration] : [byGeneration, byLut];
  const found = decisions.find(({ margin }) => margin > 0);
  if (found !== undefined) return found;
  return { rule: a.sourceId === b.sourceId ? "content-hash" : "source-id", margin: 0 };
}

/**
 * What an arriving version does to the current one:
 * - `created`: there was none.
 * - `overwrote`: it descends from the current one; a plain overwrite.
 * - `stale`: the current one descends from it (or is it); nothing to do but join `seen`.
 * - `won`, `lost`: concurrent, a conflict, decided by the order.
 */
export type MergeOutcome = "created" | "overwrote" | "stale" | "won" | "lost";

export interface Merge {
  readonly outcome: MergeOutcome;
  /** The joined `seen` that the surviving image must carry. */
  readonly seen: readonly Seen[];
  /** Whether that is more than the survivor carries already. */
  readonly grew: boolean;
  /** Whether the survivor's stored bytes change: another image, or a `seen` that grew. */
  readonly changed: boolean;
}

/** Decides an arriving version against the current one (undefined: no record, no tombstone). */
export function merge(
  policy: ConflictPolicy,
  current: (Ordered & { readonly seen: readonly Seen[] }) | undefined,
  incoming: Ordered & { readonly seen: readonly Seen[] },
): Merge {
  if (current === undefined) {
    return { outcome: "created", seen: incoming.seen, grew: false, changed: true };
  }
  // Read once: an image decodes its `seen` anew at each access, and `grew` compares identity.
  const currentSeen = current.seen;
  const incomingSeen = incoming.seen;
  if (covers(currentSeen, incoming)) return kept("stale", currentSeen, incomingSeen);
  if (covers(incomingSeen, current)) return replaced("overwrote", incomingSeen, currentSeen);
  return compareVersions(policy, incoming, current) > 0
    ? replaced("won", incomingSeen, currentSeen)
    : kept("lost", currentSeen, incomingSeen);
}

function kept(outcome: MergeOutcome, own: readonly Seen[], other: readonly Seen[]): Merge {
  const seen = joinSeen(own, other);
  const grew = seen !== own;
  return { outcome, seen, grew, changed: grew };
}

function replaced(outcome: MergeOutcome, own: readonly Seen[], other: readonly Seen[]): Merge {
  const seen = joinSeen(own, other);
  return { outcome, seen, grew: seen !== own, changed: true };
}

function compareLut(a: Lut, b: Lut): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Lexicographic comparison of two byte strings. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}
