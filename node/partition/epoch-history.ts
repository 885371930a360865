/**
 * Epoch history: which epoch every sequence of a log was made in. Pure.
 *
 * Two logs agree up to a sequence if it has the same epoch in both, since an epoch has one primary
 * and a primary gives each sequence once (KIP-101 and KIP-279; truncating by sequence alone loses
 * committed entries). All epochs are known on both sides, so one comparison is enough.
 */
import type { EpochStart } from "../store/storage.ts";

export interface LogExtent {
  readonly history: readonly EpochStart[];
  /** Last sequence of the log, 0 when empty. */
  readonly last: number;
}

/** The highest sequence up to which both logs hold the same entries, 0 when there is none. */
export function commonPrefix(a: LogExtent, b: LogExtent): number {
  let common = 0;
  for (let indexA = a.history.length - 1; indexA >= 0; indexA--) {
    const startA = a.history[indexA] as EpochStart;
    const indexB = b.history.findIndex((start) => start.epoch === startA.epoch);
    if (indexB < 0) continue;
    const startB = b.history[indexB] as EpochStart;
    const first = Math.max(startA.firstSequence, startB.firstSequence);
    const end = Math.min(endOf(a, indexA), endOf(b, indexB));
    if (end >= first) common = Math.max(common, end);
  }
  return common;
}

function endOf(log: LogExtent, index: number): number {
  const next = log.history[index + 1];
  return next === undefined ? log.last : Math.min(log.last, next.firstSequence - 1);
}
