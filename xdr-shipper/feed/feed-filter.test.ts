/** Proves which changes a feed's filter lets through: none that may concern a wanted bin is left out. */
import { expect, test } from "vitest";
import { feedsSchema } from "../../common/config.ts";
import { Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { bin as exprBin, int as exprInt, op, str } from "../../test/expression/expression-bytes.ts";
import { bin, facts, type Given, int } from "../../test/xdr/change-samples.ts";
import { FeedFilter } from "./feed-filter.ts";

function filter(given: object): FeedFilter {
  const [feed] = feedsSchema.parse([{ name: "f", namespace: "test", ...given }]);
  if (feed === undefined) throw new Error("no feed");
  return new FeedFilter(feed);
}

function wants(given: object, change: Given): boolean {
  return filter(given).wants(facts(change));
}

test("sets: one, several, all", () => {
  const told = (set: unknown) => ["a", "b", ""].filter((one) => filter({ set }).hasSet(one));
  expect(told("a")).toEqual(["a"]);
  expect(told(["a", "b"])).toEqual(["a", "b"]);
  expect(told(undefined)).toEqual(["a", "b", ""]);
});

test("origins and operations", () => {
  expect(wants({ origins: ["dc-a"] }, {})).toBe(true);
  expect(wants({ origins: ["dc-a"] }, { originId: 2, outcome: Outcome.applied })).toBe(false);
  expect(wants({ origins: ["dc-a", "dc-b"] }, { originId: 2, outcome: Outcome.applied })).toBe(true);
  const ends = { operations: ["delete", "expire"] };
  expect(wants(ends, { operation: Operation.expire, tombstone: true })).toBe(true);
  expect(wants(ends, { operation: Operation.update })).toBe(false);
});

test("an expression: of the record after the change; a delete passes only if it is asked for", () => {
  const isBig = op(3, exprBin("int", "n"), exprInt(5));
  const passes = (part: Buffer, change: Given): boolean =>
    filter({ expression: part.toString("base64") }).passes(facts(change), Date.now());
  const [big, small] = [6n, 5n].map((n): Given => ({ bins: [bin("n", 1, int(n))] }));
  const deleted: Given = { operation: Operation.delete, tombstone: true };
  const [bigger = {}, smaller = {}] = [big, small];
  expect([bigger, smaller, deleted].map((change) => passes(isBig, change))).toEqual([true, false, false]);
  expect(passes(op(17, isBig, op(72)), deleted)).toBe(true);
  expect(passes(op(1, op(70), str('o"rders')), smaller)).toBe(true);
  expect(filter({}).passes(facts(deleted), 0)).toBe(true);
  expect(() => filter({ expression: "kwGT" })).toThrow(/shorter than it says/);
});

const arrived = { originId: 2, outcome: Outcome.applied };
test.each<[string, Given, boolean]>([
  ["names one", { changed: ["other", "total"] }, true],
  ["names none", { changed: ["other"] }, false],
  ["an insert that names none", { changed: ["other"], operation: Operation.insert, generation: 1 }, false],
  ["an insert where there was something", { changed: ["other"], operation: Operation.insert }, true],
  ["names are not known", { changed: [] }, true],
  ["a touch", { operation: Operation.touch }, false],
  ["a delete", { operation: Operation.delete, tombstone: true }, true],
  // What lies between may have been filtered, or come another way.
  ["came from another datacenter, names none", { ...arrived, changed: ["other"] }, true],
  // What it replaced here had bins of its own.
  ["won, names none", { ...arrived, outcome: Outcome.conflictWon, changed: ["other"] }, true],
  ["recovered, names none", { ...arrived, outcome: Outcome.none, changed: ["other"] }, true],
])("a change of bins, of which the feed wants one: %s", (_what, change, isTold) => {
  expect(wants({ bins: ["total"] }, change)).toBe(isTold);
});
