/**
 * What a drill finds out from its operations and the records that are left: lost writes, writes in
 * doubt, conflicts. Pure.
 */
import { type DoubtEnd, judgeKey, type RecordOf } from "./loss.ts";
import type { Operation, OperationLog } from "./operation-log.ts";
import type { SurvivorRecord } from "./survivor.ts";

/** A write of the workload that was not refused. */
export interface SentWrite extends Operation {
  readonly outcome: "applied" | "in-doubt";
}

export interface DoubtfulWrite {
  readonly write: SentWrite;
  readonly end: DoubtEnd;
}

/** A key's acknowledged writes that lost against writes of another datacenter. */
export interface KeyConflict {
  readonly key: number;
  /** Source id of the datacenter that won. */
  readonly winner: number;
  /** The record in the end, which descends from the winner's writes. */
  readonly record: SurvivorRecord;
  readonly losers: readonly SentWrite[];
}

export type KeyHistories = ReadonlyMap<number, readonly SentWrite[]>;

/** One datacenter's writes by key, in the order in which they were sent. */
export function historiesOf(log: OperationLog, datacenter: number): KeyHistories {
  const histories = new Map<number, SentWrite[]>();
  for (const operation of log.rows()) {
    if (!operation.isWrite || operation.datacenter !== datacenter) continue;
    const { outcome } = operation;
    if (outcome === "refused") continue;
    const writes = histories.get(operation.key) ?? [];
    writes.push({ ...operation, outcome });
    histories.set(operation.key, writes);
  }
  // Rows are in the order of their ends, and a key has one write at a time: that is the order already.
  return histories;
}

/** The acknowledged writes of a datacenter that these records do not have, by the time of their ends. */
export function lostWrites(
  histories: KeyHistories,
  sourceId: number,
  records: ReadonlyMap<number, SurvivorRecord>,
  of: RecordOf,
): { lost: SentWrite[]; doubts: DoubtfulWrite[] } {
  const lost: SentWrite[] = [];
  const doubts: DoubtfulWrite[] = [];
  for (const [key, writes] of histories) {
    const judged = judgeKey(writes, records.get(key)?.descent.get(sourceId), of);
    lost.push(...judged.missing);
    doubts.push(...judged.doubts);
  }
  lost.sort((a, b) => a.endMs - b.endMs);
  return { lost, doubts };
}

/**
 * Sorts missing writes into those that lost a conflict and those that are missing without a reason. A
 * conflict was lost when the record descends from a write of another datacenter to the same key that the
 * missing one did not know: it has more writes of that one than the missing one knew. Times say nothing (a
 * change may have been under way for long, and clocks differ), nor do numbers (a write in doubt may take
 * effect late, and be the last of its datacenter with a lower number than one before it).
 */
export function explainByConflicts(
  missing: readonly SentWrite[],
  others: readonly { readonly sourceId: number; readonly datacenter: number }[],
  records: ReadonlyMap<number, SurvivorRecord>,
): { conflicts: KeyConflict[]; unexplained: SentWrite[] } {
  const conflicts = new Map<
    string,
    { key: number; winner: number; record: SurvivorRecord; losers: SentWrite[] }
  >();
  const unexplained: SentWrite[] = [];
  for (const write of missing) {
    const { key } = write;
    const record = records.get(key);
    const unknownOf = ({ sourceId, datacenter }: (typeof others)[number]): number =>
      (record?.descent.get(sourceId)?.count ?? 0) - (write.known[datacenter] ?? 0);
    const other = others.toSorted((a, b) => unknownOf(b) - unknownOf(a))[0];
    if (record === undefined || other === undefined || unknownOf(other) <= 0) {
      unexplained.push(write);
      continue;
    }
    const winner = other.sourceId;
    const conflict = conflicts.get(`${key} ${winner}`) ?? { key, winner, record, losers: [] };
    conflict.losers.push(write);
    conflicts.set(`${key} ${winner}`, conflict);
  }
  return { conflicts: [...conflicts.values()], unexplained };
}
