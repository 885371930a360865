/**
 * A committed change as a feed tells it, from its log entry: the facts that every format has, whatever
 * its layout.
 */
import { VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import { type Entry, Operation } from "../../proto/entry.ts";
import type { RecordImage } from "../../proto/record.ts";

const OPERATIONS: Readonly<Record<number, string>> = {
  [Operation.insert]: "insert",
  [Operation.update]: "update",
  [Operation.touch]: "touch",
  [Operation.delete]: "delete",
  [Operation.expire]: "expire",
  [Operation.merge]: "merge",
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

export interface ChangeFacts {
  readonly namespace: string;
  readonly set: string;
  readonly entry: Entry;
  readonly image: RecordImage;
  readonly operation: string;
  /** Name of the datacenter where the change was made (of `lost`: the change that lost). */
  readonly origin: string;
  /**
   * local: made in this datacenter. applied: came by XDR, and the record here is now what came. lost: what
   * came met a concurrent version and lost to it; the record is what it was, and that is what is told.
   */
  readonly outcome: "local" | "applied" | "lost";
  readonly place: Place;
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

export function outcomeOf(entry: Entry): ChangeFacts["outcome"] {
  if (entry.operation === Operation.merge) return "lost";
  return entry.originId === 0 ? "local" : "applied";
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
