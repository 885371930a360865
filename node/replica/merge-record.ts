/**
 * What an arriving version of a record makes of the one that is here: the image that stands, and what was
 * lost. As a whole by THE order, or, in a namespace with `conflict-resolve-writes`, bin by bin. Pure.
 */
import {
  type BinLoss,
  type BinRecord,
  compareEntries,
  isDelete,
  joinRecords,
  lostTo,
} from "../../common/version/bins.ts";
import {
  type ConflictPolicy,
  compareVersions,
  merge,
  type MergeOutcome,
} from "../../common/version/order.ts";
import { covers, LUT_COUNTER_BITS } from "../../common/version/version.ts";
import type { RecordImage } from "../../proto/record.ts";
import { binRecordOf, encodeBinRecord, encodeNames } from "../../proto/record-bins.ts";
import { type Loss, lossBetween } from "./conflict.ts";

/** `merged`: neither had seen the other, and all bins of both stand. */
export type RecordOutcome = MergeOutcome | "merged";

export interface RecordMerge {
  readonly outcome: RecordOutcome;
  /** What stands; the bytes of the one or of the other where nothing has to be added. */
  readonly image: Buffer;
  /** Whether that is not what was here. */
  readonly changed: boolean;
  /** Names of the bins that changed here, as entries have them; undefined: those of the change. */
  readonly changedBins: Buffer | undefined;
  readonly losses: readonly Loss[];
}

export function mergeWhole(
  policy: ConflictPolicy,
  current: RecordImage | undefined,
  incoming: RecordImage,
): RecordMerge {
  const { outcome, changed, grew, seen } = merge(policy, current, incoming);
  const wins = outcome !== "stale" && outcome !== "lost";
  const survivor = wins || current === undefined ? incoming : current;
  const isConflict = current !== undefined && (outcome === "won" || outcome === "lost");
  return {
    ...{ outcome, changed, changedBins: wins ? undefined : Buffer.alloc(0) },
    image: grew ? survivor.withSeen(seen) : survivor.bytes,
    losses: isConflict ? [lossBetween(policy, current, incoming)] : [],
  };
}

/** Throws RECORD_CORRUPT when the incoming image is not what it says. */
export function mergeByBins(
  policy: ConflictPolicy,
  current: RecordImage | undefined,
  incoming: RecordImage,
): RecordMerge {
  const arriving = binRecordOf(incoming);
  if (current === undefined) {
    const { bytes: image } = incoming;
    return { outcome: "created", image, changed: true, changedBins: undefined, losses: [] };
  }
  const here = binRecordOf(current);
  const joined = joinRecords(policy, here, arriving);
  const losses = lossesOf([here, current], [arriving, incoming], isAlive(joined));
  const outcome = outcomeOf(policy, current, incoming, losses);
  const encoded = encodeBinRecord(joined);
  // An image that says the same already stays as it is, also one of format 1.
  const same = { outcome, losses };
  if (encoded.equals(canonical(current, here))) {
    return { ...same, image: current.bytes, changed: false, changedBins: Buffer.alloc(0) };
  }
  if (encoded.equals(canonical(incoming, arriving))) {
    return { ...same, image: incoming.bytes, changed: true, changedBins: undefined };
  }
  return { ...same, image: encoded, changed: true, changedBins: encodeNames(changedBetween(here, joined)) };
}

function canonical(image: RecordImage, record: BinRecord): Buffer {
  return image.isStamped ? image.bytes : encodeBinRecord(record);
}

function isAlive({ bins }: BinRecord): boolean {
  for (const { value } of bins.values()) if (value !== undefined) return true;
  return false;
}

type Side = readonly [record: BinRecord, image: RecordImage];

function lossesOf([here, current]: Side, [arriving, incoming]: Side, alive: boolean): Loss[] {
  const losses: Loss[] = [];
  const add = (winner: Side, loser: Side, incomingLost: boolean): void => {
    const loss = lostTo(winner[0], loser[0]);
    const undone = alive && isDelete(loser[0]) && !covers(winner[0].seen, loser[1]);
    if (loss === undefined && !undone) return;
    losses.push({
      ...{ winner: winner[1], loser: loser[1], incomingLost, bins: loss?.names ?? [] },
      ...decisionOf(loss ?? { names: [], margin: difference(winner[1], loser[1]) }),
    });
  };
  add([arriving, incoming], [here, current], false);
  add([here, current], [arriving, incoming], true);
  return losses;
}

function difference(a: RecordImage, b: RecordImage): bigint {
  return a.lut > b.lut ? a.lut - b.lut : b.lut - a.lut;
}

function decisionOf({ margin }: BinLoss): Pick<Loss, "rule" | "margin"> {
  if (margin === 0n) return { rule: "source-id", margin: 0 };
  return { rule: "last-update-time", margin: Number(margin) / 2 ** Number(LUT_COUNTER_BITS) };
}

function outcomeOf(
  policy: ConflictPolicy,
  current: RecordImage,
  incoming: RecordImage,
  losses: readonly Loss[],
): RecordOutcome {
  const [first, second] = losses;
  // Both have lost a bin: the version tells which of them the change is said to have done.
  if (second !== undefined) return compareVersions(policy, incoming, current) > 0 ? "won" : "lost";
  if (first !== undefined) return first.incomingLost ? "lost" : "won";
  if (covers(current.seen, incoming)) return "stale";
  return covers(incoming.seen, current) ? "overwrote" : "merged";
}

/** Names of the bins that are others, or gone, after a merge. */
function changedBetween(before: BinRecord, after: BinRecord): string[] {
  const names = new Set([...before.bins.keys(), ...after.bins.keys()]);
  return [...names].filter((name) => {
    const [was, is] = [before.bins.get(name), after.bins.get(name)];
    if (was?.value === undefined || is?.value === undefined) return was?.value !== is?.value;
    return compareEntries(was, is) !== 0 && (was.lut !== is.lut || was.sourceId !== is.sourceId);
  });
}
