/** Proves that the checker of shut-outs passes what was there before and what others bring, nothing else. */
import { expect, test } from "vitest";
import { ShutOutChecker } from "./shut-outs.ts";

const change = { destination: "dc-b", origin: "dc-a", partition: "3", sequence: 8 };

function shutOut(): ShutOutChecker {
  const checker = new ShutOutChecker();
  checker.holds("dc-b", "dc-a", new Map([["3", 7]]));
  return checker;
}

test("what was in the log, and what comes from others or to others, is none", () => {
  const checker = shutOut();
  checker.commits({ ...change, sequence: 7 });
  checker.commits({ ...change, origin: "dc-c" });
  checker.commits({ ...change, destination: "dc-c" });
  expect(checker.problems).toEqual([]);
});

test("what came from the origin after it held is found, and named", () => {
  const checker = shutOut();
  checker.commits(change);
  expect(checker.problems).toEqual(["dc-b commits 8 in partition 3, which came from dc-a, shut out since 7"]);
});

test("before it holds and after it is lifted everything may come", () => {
  const checker = new ShutOutChecker();
  checker.commits(change);
  checker.holds("dc-b", "dc-a", new Map([["3", 7]]));
  checker.lifted("dc-b", "dc-a");
  checker.commits(change);
  expect(checker.problems).toEqual([]);
});
