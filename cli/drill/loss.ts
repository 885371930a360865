/**
 * Which acknowledged writes a record does not have, and how writes in doubt turned out. Pure.
 *
 * Each datacenter writes a key one write at a time, numbered from 1. A write is one atomic operation:
 * it reads the bin `n<source>` (the number of the write before it), sets it to its own number, and adds
 * 1 to the bin `c<source>` (its ordinal), which it returns as well. It leaves the other datacenters'
 * bins alone. So a record carries, for each datacenter, the last of its writes that it descends from
 * and how many; and every acknowledged write names the one before it. Walking back from the last
 * names them all. Whatever is not met is missing, however often a later write of the same datacenter
 * overwrote it: that one is missing, too.
 *
 * A write in doubt does not name the one before it, but its ordinal is known from the one behind it:
 * the walk goes on at the acknowledged write with the next lower ordinal. So a write in doubt that took
 * effect late, after a later sent one was acknowledged, is placed where it belongs.
 */

/** One write of one datacenter to one key. */
export interface KeyWrite {
  readonly number: number;
  readonly outcome: "applied" | "in-doubt";
  /** Of the write before it, 0 for none; known when applied. */
  readonly previous: number;
  /** Known when applied. */
  readonly ordinal: number;
}

/** What a record says of one datacenter's writes. */
export interface Descent {
  readonly last: number;
  readonly count: number;
}

/**
 * - end: of the record that all datacenters have in the end. What its own datacenter has taken back it does
 *   not descend from.
 * - survivor: of one that may be as it was before the last writes.
 */
export type RecordOf = "end" | "survivor";

export type DoubtEnd = "took effect" | "is not there" | "cannot be told";

export interface KeyJudgement<Write extends KeyWrite> {
  /** Acknowledged writes that the record does not have, in the order they were sent. */
  readonly missing: readonly Write[];
  readonly doubts: readonly { readonly write: Write; readonly end: DoubtEnd }[];
}

/**
 * Judges one datacenter's writes to one key, in the order they were sent, by a record; undefined where
 * there is none. Writes that were refused are left out: they took no effect. A survivor's record may be
 * judged wrong where a write in doubt took effect after a conflict that was lost since it was sent.
 */
export function judgeKey<Write extends KeyWrite>(
  writes: readonly Write[],
  record: Descent | undefined,
  of: RecordOf,
): KeyJudgement<Write> {
  const { met, unnamed } = walkBack(writes, record ?? { last: 0, count: 0 }, of);
  const inDoubt = writes.filter((write) => write.outcome === "in-doubt");
  const open = inDoubt.filter((write) => !met.has(write));
  // As many took effect without being named as ordinals are left over: all of the open ones, or some.
  const openEnd: DoubtEnd =
    unnamed === 0 ? "is not there" : unnamed === open.length ? "took effect" : "cannot be told";
  return {
    missing: writes.filter((write) => write.outcome === "applied" && !met.has(write)),
    doubts: inDoubt.map((write) => ({ write, end: met.has(write) ? "took effect" : openEnd })),
  };
}

/** The writes that a record descends from, and how many more there are that nothing names. */
function walkBack<Write extends KeyWrite>(
  writes: readonly Write[],
  { last, count }: Descent,
  of: RecordOf,
): { met: ReadonlySet<Write>; unnamed: number } {
  const byNumber = new Map(writes.map((write) => [write.number, write]));
  const met = new Set<Write>();
  let unnamed = 0;
  let ordinal = count;
  let current = byNumber.get(last);
  let latest = last;
  while (ordinal > 0) {
    let named = 0;
    if (current === undefined || met.has(current)) unnamed += 1;
    else {
      met.add(current);
      latest = current.number;
      if (current.outcome === "applied") named = current.previous;
    }
    ordinal -= 1;
    if (named > 0) current = byNumber.get(named);
    else {
      const sentBefore = of === "survivor" ? acknowledgedAt(writes, ordinal, met, latest) : undefined;
      current = sentBefore ?? acknowledgedAt(writes, ordinal, met);
    }
  }
  return { met, unnamed };
}

/**
 * The acknowledged write of an ordinal, of those sent before `number`, that was not taken back by then: an
 * ordinal that is given again, or a lower one, says that whatever had it or a higher one lost a conflict.
 */
function acknowledgedAt<Write extends KeyWrite>(
  writes: readonly Write[],
  ordinal: number,
  met: ReadonlySet<Write>,
  number = Number.POSITIVE_INFINITY,
): Write | undefined {
  const standing: Write[] = [];
  for (const write of writes) {
    if (write.outcome !== "applied" || write.number >= number) continue;
    while ((standing.at(-1)?.ordinal ?? 0) >= write.ordinal) standing.pop();
    standing.push(write);
  }
  return standing.find((write) => write.ordinal === ordinal && !met.has(write));
}
