/**
 * Proves that the epoch histories of two logs tell exactly how far they agree, against an oracle that
 * compares entry by entry, over all logs that epochs with one primary each can make (I6).
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { commonPrefix, type LogExtent } from "./epoch-history.ts";

/** A log as the epoch of each entry. */
type Epochs = readonly number[];

function extentOf(epochs: Epochs): LogExtent {
  const history: { epoch: number; firstSequence: number }[] = [];
  epochs.forEach((epoch, index) => {
    if (history.at(-1)?.epoch !== epoch) history.push({ epoch, firstSequence: index + 1 });
  });
  return { history, last: epochs.length };
}

/** Runs of entries, one a new epoch: `epochs` in order, each as often as `lengths` says. */
function runs(epochs: readonly number[], lengths: readonly number[]): number[] {
  return epochs.flatMap((epoch, index) => Array.from({ length: lengths[index] ?? 0 }, () => epoch));
}

function sharedPrefix(a: Epochs, b: Epochs): number {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared;
}

/** After a common prefix, each later epoch belongs to one of the logs only. */
const twoLogs = fc
  .record({
    shared: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    later: fc.array(fc.record({ mine: fc.boolean(), length: fc.integer({ min: 0, max: 4 }) }), {
      maxLength: 6,
    }),
    goesOn: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ shared, later, goesOn }) => {
    const prefix = runs(
      shared.map((_, index) => index + 1),
      shared,
    );
    const epochs = later.map((_, index) => shared.length + index + 1);
    const tail = (mine: boolean): number[] =>
      runs(
        epochs.filter((_, index) => later[index]?.mine === mine),
        later.filter((run) => run.mine === mine).map((run) => run.length),
      );
    const last = prefix.at(-1);
    // One of the two may have more of the last shared epoch: that primary reached only one of them.
    const more = last === undefined ? [] : Array.from({ length: goesOn }, () => last);
    return [
      [...prefix, ...more, ...tail(true)],
      [...prefix, ...tail(false)],
    ] as const;
  });

test("histories agree exactly as far as the logs do", () => {
  fc.assert(
    fc.property(twoLogs, ([a, b]) => {
      const expected = sharedPrefix(a, b);
      expect(commonPrefix(extentOf(a), extentOf(b))).toBe(expected);
      expect(commonPrefix(extentOf(b), extentOf(a))).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test("a log agrees with itself, and with nothing when it is empty", () => {
  const log = extentOf([1, 1, 4, 4, 9]);
  expect(commonPrefix(log, log)).toBe(5);
  expect(commonPrefix(log, extentOf([]))).toBe(0);
});

test("KIP-279: the highest epochs differ, an earlier one decides", () => {
  expect(commonPrefix(extentOf([1, 1, 2, 2, 2]), extentOf([1, 1, 3, 3]))).toBe(2);
});
