/**
 * Proves that the log checker passes what replication may do (uncommitted tails replaced, logs trimmed,
 * a copy that starts later) and finds holes, committed entries that differ, and ones that were cut off.
 */
import { expect, test } from "vitest";
import { LogChecker, type LogEntry, type LogView } from "./logs.ts";

/** Entries `1a 1b 2c`: epoch and content, from `base` + 1 on. */
function view(node: string, text: string, committed: number, base = 0): LogView {
  const entries = text
    .split(" ")
    .filter((word) => word !== "")
    .map((word, index): LogEntry => {
      return { sequence: base + index + 1, epoch: Number(word[0]), content: word.slice(1) };
    });
  return { partition: "7", node, base, entries, committed };
}

function logProblems(views: readonly LogView[]): string[] {
  const checker = new LogChecker();
  for (const one of views) checker.observe(one);
  return checker.problems;
}

test("a replica that lags, an uncommitted tail that is replaced, a trimmed log, a copy", () => {
  const views = [
    view("n1", "1a 1b 1x", 2),
    view("n2", "1a", 1),
    view("n2", "1a 1b 2c", 3),
    view("n1", "1a 1b 2c", 2),
    view("n2", "2c 2d", 4, 2),
    view("n3", "2d", 4, 3),
    view("n1", "1a 1b 2c 2d", 4),
  ];
  expect(logProblems(views)).toEqual([]);
});

test("a hole", () => {
  const hole: LogView = {
    ...view("n1", "1a 1b", 0),
    entries: [
      { sequence: 1, epoch: 1, content: "a" },
      { sequence: 3, epoch: 1, content: "b" },
    ],
  };
  expect(logProblems([hole])).toEqual(["n1, partition 7: has 3 of epoch 1 (b) where 2 belongs"]);
});

test("an epoch that falls along a log", () => {
  expect(logProblems([view("n1", "2a 1b", 0)])).toEqual([
    "n1, partition 7: has 2 of epoch 1 (b) after one of epoch 2",
  ]);
});

test("two replicas that call different entries committed", () => {
  expect(logProblems([view("n1", "1a 1b", 2), view("n2", "1a 2c", 2)])).toEqual([
    "n2, partition 7: calls 2 of epoch 2 (c) committed, n1 had 2 of epoch 1 (b)",
  ]);
});

test("a committed entry that was truncated: to the commit point after a restart, say", () => {
  expect(logProblems([view("n1", "1a 1b", 2), view("n1", "1a", 1)])).toEqual([
    "n1, partition 7: ends at 1 and has had 2, which is committed",
  ]);
});

test("a committed entry that was truncated and replaced", () => {
  expect(
    logProblems([
      view("n1", "1a 1b", 1),
      view("n2", "1a 1b", 2),
      view("n1", "1a 1b", 1),
      view("n1", "1a 2c", 1),
    ]),
  ).toEqual(["n1, partition 7: has 2 of epoch 2 (c) in place of 2 of epoch 1 (b), which it has had"]);
});

test("what is called committed and is not there", () => {
  expect(logProblems([view("n1", "1a", 2)])).toEqual([
    "n1, partition 7: calls 2 committed and has entries up to 1",
  ]);
});

test("a wiped replica is another one", () => {
  const checker = new LogChecker();
  checker.observe(view("n1", "1a 1b", 2));
  checker.forget("7", "n1");
  checker.observe(view("n1", "", 0));
  expect(checker.problems).toEqual([]);
});
