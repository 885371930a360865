/** Proves that the resurrection checker passes overwrites and recreations, and finds what comes back. */
import { expect, test } from "vitest";
import { ResurrectionChecker } from "./resurrection.ts";
import type { Policy, RecordVersion } from "./version-order.ts";

function version(generation: number, lut: number, tombstone = false, sourceId = 1): RecordVersion {
  const seen = [{ sourceId, lut: BigInt(lut) }];
  return { generation, lut: BigInt(lut), sourceId, contentHash: `${lut}0`, seen, tombstone, voidTime: 0 };
}

function problems(
  held: readonly (RecordVersion | undefined)[],
  policy: Policy = "last-update-time",
): string[] {
  const checker = new ResurrectionChecker(policy);
  for (const one of held) checker.observe("dc-a", "k", one);
  return checker.problems;
}
const one = version(1, 10);
const dead = version(2, 20, true);

test("written, overwritten, deleted, freed, written anew", () => {
  const checker = new ResurrectionChecker("last-update-time");
  for (const held of [undefined, one, one, dead, dead, undefined, version(3, 30)])
    checker.observe("dc-a", "k", held);
  checker.observe("dc-b", "k", one);
  expect([checker.problems, checker.deletes]).toEqual([[], 1]);
});

test("an expired record becomes a tombstone of its own version", () => {
  expect(problems([one, { ...one, tombstone: true, contentHash: "0" }])).toEqual([]);
  expect(problems([{ ...one, tombstone: true }, one])).toHaveLength(1);
});

test("an old write arrives after the delete, and after its tombstone was freed", () => {
  expect(problems([one, dead, one])[0]).toMatch(
    /^dc-a, record k: generation 1, LUT 10.* came back over generation 2/,
  );
  expect(problems([one, dead, undefined, one])).toHaveLength(1);
});

test("policy generation: a recreation that starts at generation 1 does not beat the delete", () => {
  expect(problems([dead, version(1, 30)], "generation")).toHaveLength(1);
  expect(problems([dead, version(1, 30)])).toEqual([]);
});

test("a record that goes back in the order, or vanishes", () => {
  expect(problems([version(2, 20), one])[0]).toMatch(/is held after/);
  expect(problems([one, undefined])[0]).toMatch(/vanished without a delete$/);
});

test("a version that nobody wrote", () => {
  const checker = new ResurrectionChecker("generation");
  checker.written("k", one);
  checker.observe("dc-a", "k", one);
  checker.observe("dc-a", "k", version(2, 30));
  expect(checker.problems).toHaveLength(1);
});
