/** Proves that the liveness checker finds vacuous windows, late recoveries and too much doubt. */
import { expect, test } from "vitest";
import { checkLiveness, type TimedOutcome } from "./liveness.ts";

function did(
  group: string,
  call: number,
  end: number,
  outcome: TimedOutcome["outcome"] = "applied",
): TimedOutcome {
  return { group, call, end, outcome };
}
const window = { name: "one", from: 10, to: 20 };
const base = { groups: ["dc-a"], windows: [window], inDoubtShareMax: 0.5 };

test("a success within the window, from call to end", () => {
  expect(checkLiveness([did("dc-a", 10, 20)], base)).toMatchObject({ problems: [], inDoubtShare: 0 });
  expect(checkLiveness([did("dc-a", 12, 13, "mismatch")], base).problems).toEqual([]);
});

test("a window in which nothing succeeded is no pass", () => {
  const nothing = ["nothing of dc-a succeeded in window one (10 to 20)"];
  expect(checkLiveness([did("dc-a", 9, 11), did("dc-a", 19, 21)], base).problems).toEqual(nothing);
  expect(checkLiveness([did("dc-b", 12, 13)], base).problems).toEqual(nothing);
  expect(checkLiveness([did("dc-a", 12, 13, "refused")], base).problems).toEqual(nothing);
  expect(checkLiveness([], { ...base, windows: [] }).problems).toEqual(["nothing was tried at all"]);
});

test("from the heal on, each group succeeds within the bound", () => {
  const options = { ...base, windows: [], groups: ["dc-a", "dc-b"], healed: { at: 100, within: 5 } };
  const early = did("dc-b", 90, 101);
  const fine = checkLiveness([early, did("dc-a", 101, 104), did("dc-b", 100, 105)], options);
  expect([fine.problems, ...fine.recovery]).toEqual([[], ["dc-a", 4], ["dc-b", 5]]);
  const late = checkLiveness([early, did("dc-a", 104, 106)], options);
  expect(late.problems).toEqual([
    "dc-a took 6 after the heal, at most 5 is due",
    "dc-b took Infinity after the heal, at most 5 is due",
  ]);
});

test("the share in doubt is told, and limited", () => {
  const operations = [did("dc-a", 11, 12), did("dc-a", 13, 14, "unknown"), did("dc-a", 15, 16, "unknown")];
  const report = checkLiveness(operations, base);
  expect(report.inDoubtShare).toBeCloseTo(2 / 3);
  expect(report.problems).toEqual(["2 of 3 operations are in doubt: too many to judge by"]);
  expect(checkLiveness(operations, { ...base, inDoubtShareMax: 0.7 }).problems).toEqual([]);
});
