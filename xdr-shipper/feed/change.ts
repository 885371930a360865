/**
 * A committed change as a feed tells it, from its log entry: the facts that every format has, whatever
 * its layout.
 */
import { VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import { type Entry, Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { RecordImage } from "../../proto/record.ts";

const OPERATIONS: Readonly<Record<number, string>> = {
  [Operation.insert]: "insert",
  [Operation.update]: "update",
  [Operation.touch]: "touch",
  [Operation.delete]: "delete",
  [Operation.expire]: "expire",
  [Operation.merge]: "merge",
  [Operation.restore]: "restore",
};

/** Where a change stands: in this datacenter's log, and what of the log its message accounts for. */
export interface Place {
  readonly logId: number;
  readonly partition: number;
  /** No change of the feed lies in [from, sequence). */
  readonly from: number;
  readonly sequence: number;
  /** It may have been published before. */
  readonly again: boolean;
}

/**
 * - local: made in this datacenter. All others came by XDR:
 * - applied: the record here had been seen by it, or there was none; it stands here now.
 * - won, lost: it met a version that it had not seen, nor that had seen it. Of `lost` what stands is told.
 * - merged: the record here had been made from it already, and is what it was; what it has seen grew. Or,
 *   where bins converge: neither had seen the other, and the bins of both stand.
 * - recovered: by a scan, or after it had been parked: what it met then is not in the log.
 */
export type ChangeOutcome = "local" | "applied" | "won" | "lost" | "merged" | "recovered";

export interface ChangeFacts {
  readonly namespace: string;
  readonly set: string;
  readonly digest: Buffer;
  readonly image: RecordImage;
  /**
   * What the record was before; null: there was none; too-large: with it the message is larger than the bus
   * takes; undefined: the feed does not tell it, or the log does not have it.
   */
  readonly before?: RecordImage | null | "too-large" | undefined;
  readonly operation: string;
  /** Name of the datacenter where the change was made (of `lost`: the change that lost). */
  readonly origin: string;
  readonly outcome: ChangeOutcome;
  /** Names of the changed bins; empty when the log does not tell. */
  readonly changed: readonly string[];
  /** Its place in its origin's log; undefined when it was made here. */
  readonly source: { readonly logId: number; readonly sequence: number } | undefined;
  readonly place: Place;
}

/** Changes of a partition that the log no longer held when they were to be published. */
export interface GapFacts {
  readonly namespace: string;
  readonly logId: number;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Unix milliseconds of a LUT. */
export function lutMs(image: RecordImage): number {
  return Number(image.lut >> 16n);
}

/** Unix seconds, 0 = never. */
export function expirySeconds(image: RecordImage): number {
  return image.voidTime === 0 ? 0 : image.voidTime + VOID_TIME_EPOCH_SECONDS;
}

export function operationName(operation: number): string {
  return OPERATIONS[operation] ?? "update";
}

const OUTCOMES: Readonly<Record<Outcome, ChangeOutcome>> = {
  [Outcome.none]: "recovered",
  [Outcome.applied]: "applied",
  [Outcome.superseded]: "merged",
  [Outcome.conflictWon]: "won",
  [Outcome.conflictLost]: "lost",
};

export function outcomeOf(entry: Entry): ChangeOutcome {
  if (entry.originId === 0) return "local";
  const isMerge = entry.outcome === Outcome.applied && entry.operation === Operation.merge;
  return isMerge ? "merged" : OUTCOMES[entry.outcome];
}

/** Undefined: the log does not have it. */
export function beforeOf({ before }: Entry): RecordImage | null | undefined {
  if (before === undefined) return undefined;
  return before.length === 0 ? null : new RecordImage(before);
}

export function sourceOf({ originId, originLogId, originSequence }: Entry): ChangeFacts["source"] {
  return originId === 0 ? undefined : { logId: originLogId, sequence: originSequence };
}

/** Names of the changed bins; empty when the log does not tell. */
export function changedBins(entry: Entry): string[] {
  const bytes = entry.changedBins;
  const names: string[] = [];
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
    names.push(bytes.toString("utf8", at + 1, at + 1 + (bytes[at] ?? 0)));
  }
  return names;
}
