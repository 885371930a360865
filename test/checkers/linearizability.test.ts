/**
 * Proves that the linearizability checker passes histories that are right and fails those that are
 * wrong, the classic ones by name; that it says `unknown`, not "fine", when its budget ends; and that
 * a report shows how far an order was found.
 */
import { describe, expect, test } from "vitest";
import { checkLinearizable, linearizabilityProblems } from "./linearizability.ts";
import type { Operation, Outcome, Value } from "./operation.ts";

type Times = readonly [call: number, end: number];

let clients = 0;
function base(
  [call, end]: Times,
  outcome: Outcome,
): Pick<Operation, "key" | "client" | "call" | "end" | "outcome"> {
  clients += 1;
  return { key: "k", client: `c${clients}`, call, end, outcome };
}
function read(times: Times, value: Value | undefined, generation?: number): Operation {
  return { ...base(times, "applied"), kind: "read", value, generation };
}
function write(times: Times, value: Value, outcome: Outcome = "applied", generation?: number): Operation {
  return { ...base(times, outcome), kind: "write", value, generation };
}
function remove(times: Times, outcome: Outcome = "applied", existed?: boolean): Operation {
  return { ...base(times, outcome), kind: "delete", existed };
}
function append(times: Times, token: string, outcome: Outcome = "applied"): Operation {
  return { ...base(times, outcome), kind: "append", token };
}
function swap(
  times: Times,
  expected: number | "absent",
  value: Value,
  outcome: Outcome = "applied",
): Operation {
  return { ...base(times, outcome), kind: "compare-and-set", expected, value };
}

const good: Record<string, Operation[]> = {
  "nothing at all": [],
  "one after the other": [write([0, 1], 1), read([2, 3], 1), remove([4, 5]), read([6, 7], undefined)],
  "a read during a write sees either value": [
    write([0, 1], 1),
    write([2, 10], 2),
    read([3, 4], 1),
    read([5, 6], 2),
  ],
  "an interval is closed: called when another ends, still before it": [
    write([0, 5], 1),
    read([5, 6], undefined),
  ],
  "a write in doubt that appears later": [
    write([0, 1], 1),
    write([2, 3], 2, "unknown"),
    read([4, 5], 1),
    write([6, 7], 3),
    read([8, 9], 3),
    read([10, 11], 2),
  ],
  "a write in doubt that never appears": [write([0, 1], 1), write([2, 3], 2, "unknown"), read([4, 5], 1)],
  "a refused write that nobody sees": [write([0, 1], 1), write([2, 3], 2, "refused"), read([4, 5], 1)],
  "a read without an answer says nothing": [
    write([0, 1], 1),
    { ...base([2, 3], "unknown"), kind: "read", value: undefined },
  ],
  "two compare-and-sets of one generation, of which one is told of a mismatch": [
    write([0, 1], 1),
    swap([2, 5], 1, 2),
    swap([2, 5], 1, 3, "mismatch"),
    read([6, 7], 2, 2),
  ],
  "create if absent, twice, with a delete between": [
    swap([0, 1], "absent", 1),
    remove([2, 3]),
    swap([4, 5], "absent", 2),
    read([6, 7], 2, 3),
  ],
  "a generation goes on through a delete": [write([0, 1], 1), remove([2, 3]), write([4, 5], 2, "applied", 3)],
  "appends in an order of their own while they overlap": [
    append([0, 10], "a"),
    append([0, 10], "b"),
    read([11, 12], ["b", "a"]),
  ],
  "an append in doubt in the middle": [
    append([0, 1], "a"),
    append([2, 3], "b", "unknown"),
    append([4, 5], "c"),
    read([6, 7], ["a", "b", "c"]),
  ],
  "a generation that only a write in doubt explains": [
    write([0, 1], 1),
    write([2, 3], 2, "unknown"),
    write([4, 5], 3),
    read([6, 7], 3, 3),
  ],
  "a delete that found what a write in doubt left": [
    write([0, 1], 1, "unknown"),
    remove([2, 3], "applied", true),
    remove([4, 5], "applied", false),
  ],
};

const bad: Record<string, Operation[]> = {
  "a stale read after a failover": [write([0, 1], 1), write([2, 3], 2), read([4, 5], 2), read([6, 7], 1)],
  "a lost write": [write([0, 1], 1), read([2, 3], undefined)],
  "a lost update: two writers saw the same and both were told yes": [
    write([0, 1], 1),
    swap([2, 5], 1, 2),
    swap([2, 5], 1, 3),
  ],
  "a dirty read of a refused write": [write([0, 1], 1), write([2, 3], 2, "refused"), read([4, 5], 2)],
  "a value out of nowhere": [write([0, 1], 1), read([2, 3], 7)],
  "a compare-and-set that took effect twice": [
    write([0, 1], 1),
    swap([2, 3], 1, 2),
    write([4, 5], 3),
    read([6, 7], 2, 4),
  ],
  "a compare-and-set that was told of a mismatch where there was none": [
    write([0, 1], 1),
    swap([2, 3], 1, 2, "mismatch"),
    read([4, 5], 1, 1),
  ],
  "an append that took effect twice": [
    append([0, 1], "a"),
    append([2, 3], "b"),
    read([4, 5], ["a", "b", "a"]),
  ],
  "an append in doubt that took effect twice": [
    append([0, 1], "a", "unknown"),
    read([2, 3], ["a"]),
    append([4, 5], "b"),
    read([6, 7], ["a", "b", "a"]),
  ],
  "an acknowledged append that is not there": [append([0, 1], "a"), append([2, 3], "b"), read([4, 5], ["b"])],
  "appends against the order of time": [append([0, 1], "a"), append([2, 3], "b"), read([4, 5], ["b", "a"])],
  "two readers that disagree on an order": [
    append([0, 10], "a"),
    append([0, 10], "b"),
    read([2, 3], ["a"]),
    read([4, 5], ["b"]),
  ],
  "a write in doubt that appears, goes and comes back": [
    write([0, 1], 1),
    write([2, 3], 2, "unknown"),
    read([4, 5], 2),
    write([6, 7], 3),
    read([8, 9], 3),
    read([10, 11], 2),
  ],
  "a deleted record that comes back": [
    write([0, 1], 1),
    remove([2, 3]),
    read([4, 5], undefined),
    read([6, 7], 1),
  ],
  "a generation that runs back": [
    write([0, 1], 1, "applied", 1),
    write([2, 3], 2, "applied", 2),
    remove([4, 5]),
    write([6, 7], 3, "applied", 1),
  ],
  "a write in doubt seen before it was asked for": [read([0, 1], 2), write([2, 3], 2, "unknown")],
  "a new reader sees the old value after another saw the new one, both during the write": [
    write([0, 1], 1),
    write([2, 20], 2),
    read([3, 4], 2),
    read([5, 6], 1),
  ],
  "one write in doubt cannot explain two generations": [
    write([0, 1], 1),
    write([2, 3], 2, "unknown"),
    read([4, 5], 1, 1),
    write([6, 7], 3, "applied", 4),
  ],
};

describe("linearizable", () => {
  test.each(Object.entries(good))("%s", (_, history) => {
    expect(linearizabilityProblems(history)).toEqual([]);
    expect(linearizabilityProblems(history.toReversed())).toEqual([]);
  });
});

describe("not linearizable", () => {
  test.each(Object.entries(bad))("%s", (_, history) => {
    expect(checkLinearizable(history).map((report) => report.verdict)).toEqual(["violation"]);
    expect(checkLinearizable(history.toReversed()).map((report) => report.verdict)).toEqual(["violation"]);
  });
});

test("keys are judged each by itself", () => {
  const other = (operation: Operation): Operation => ({ ...operation, key: "other" });
  const history = [write([0, 1], 1), other(write([0, 1], 2)), read([2, 3], 1), other(read([2, 3], 1))];
  expect(checkLinearizable(history).map(({ key, verdict }) => [key, verdict])).toEqual([
    ["k", "linearizable"],
    ["other", "violation"],
  ]);
});

test("a history may begin with a record", () => {
  const initial = { value: 4, generation: 9 };
  expect(linearizabilityProblems([read([0, 1], 4, 9), swap([2, 3], 9, 5)], { initial })).toEqual([]);
  expect(linearizabilityProblems([read([0, 1], undefined)], { initial })).toHaveLength(1);
});

test("a report shows the longest order, the record after it, and what cannot follow", () => {
  const [report] = checkLinearizable(bad["a stale read after a failover"] ?? []);
  expect(report?.explanation).toMatch(
    /^key k: not linearizable; the longest order has \d of 4 operations, and ends\n(.*\n)+ {2}with \d+\. Of these/,
  );
  expect(report?.explanation).toMatch(/\[2, 3\] c\d+ write 2/);
});

test("a budget that ends first reads unknown, with what was found, and is no pass", () => {
  const history = Array.from({ length: 600 }, (_, index) => [
    write([10 * index, 10 * index + 1], index),
    read([10 * index + 2, 10 * index + 3], index),
  ]).flat();
  expect(linearizabilityProblems(history)).toEqual([]);
  const [report] = checkLinearizable(history, { stepsMax: 500 });
  expect([report?.verdict, report?.steps]).toEqual(["unknown", 500]);
  expect(report?.explanation).toContain("key k: unknown, no order found within 500 steps");
  expect(report?.explanation).toContain("[4982, 4983] c");
  expect(linearizabilityProblems(history, { stepsMax: 500 })).toHaveLength(1);
  const [timed] = checkLinearizable(history, { millisecondsMax: -1 });
  expect(timed?.verdict).toBe("unknown");
});
