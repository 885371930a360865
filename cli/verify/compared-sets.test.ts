/** Proves that only what every datacenter ships to every other one is compared, and that the rest is told. */
import { expect, test } from "vitest";
import { bin, int, op } from "../../test/expression/expression-bytes.ts";
import { shipsBin } from "../../common/xdr/xdr-bins.ts";
import { shipSettingsSchema, shipsSet } from "../../common/xdr/xdr-settings.ts";
import { commonFilter, isIncomparable, leftOutOf } from "./compared-sets.ts";

function link(from: string, to: string, given: object) {
  return { from, to, filter: shipSettingsSchema.parse(given), ships: "own" as const };
}

const only = (...sets: string[]) => ({ "ship-only-specified-sets": true, "ship-set": sets });

test("nothing filtered: everything is compared", () => {
  const links = [link("dc-a", "dc-b", {}), link("dc-b", "dc-a", { "ship-set": ["a"] })];
  expect([commonFilter(links), leftOutOf(links)]).toEqual([undefined, []]);
});

test("a set is compared if all filters let it through", () => {
  const given = [
    { "ignore-set": ["a"] },
    { "ignore-set": ["b"] },
    only("a", "b", "c", "d"),
    only("c", "d", "e"),
  ];
  for (let chosen = 1; chosen < 16; chosen++) {
    const links = given.flatMap((one, bit) => ((chosen >> bit) & 1 ? [link("x", `y${bit}`, one)] : []));
    const filter = commonFilter(links);
    for (const set of ["", "a", "b", "c", "d", "e"]) {
      const all = links.every((one) => shipsSet(one.filter, set));
      expect(filter === undefined || shipsSet(filter, set)).toBe(all);
    }
  }
});

test("what is not shipped at all filters nothing", () => {
  const off = { ...link("dc-b", "dc-a", only("c")), ships: "nothing" as const };
  expect([commonFilter([off]), leftOutOf([off])]).toEqual([undefined, []]);
});

test("what is left out is said by link", () => {
  const links = [link("dc-a", "dc-b", { "ignore-set": ["a", "b"] }), link("dc-b", "dc-a", only("c"))];
  expect(leftOutOf(links)).toEqual([
    "dc-a -> dc-b: set a, b is not shipped",
    "dc-b -> dc-a: only set c is shipped",
  ]);
});

test("records that do not pass an expression of any link are left out; by one on the time nothing is said", () => {
  const filter = op(3, bin("int", "n"), int(5)).toString("base64");
  const links = [link("dc-a", "dc-b", { filter, "ignore-set": ["x"] }), link("dc-b", "dc-a", { filter })];
  expect(commonFilter(links)).toMatchObject({ "ignore-set": ["x"], expressions: [filter] });
  expect(isIncomparable(links)).toBe(false);
  expect(leftOutOf(links)).toEqual([
    "dc-a -> dc-b: set x is not shipped",
    'dc-a -> dc-b: records that do not pass gt(bin_int("n"), 5)',
    'dc-b -> dc-a: records that do not pass gt(bin_int("n"), 5)',
  ]);
  const young = op(18, op(5, op(67), int(1000))).toString("base64");
  const timed = [...links, link("dc-a", "dc-c", { filter: young })];
  expect(isIncomparable(timed)).toBe(true);
  expect(leftOutOf(timed).at(-1)).toBe(
    "dc-a -> dc-c: everything: what passes changes with the time, by not(lt(since_update(), 1000))",
  );
});

test("a bin is compared if all ship it with some change, and what is left out is said", () => {
  const given = [
    { "ignore-bin": ["a"] },
    { "bin-policy": "changed-or-specified", "ignore-bin": ["b"], "ship-bin": ["a"] },
    { "bin-policy": "changed-and-specified", "ship-bin": ["a", "b", "c"] },
    { "bin-policy": "changed-and-specified", "ship-bin": ["c", "d"] },
    { "bin-policy": "only-changed" },
  ];
  for (let chosen = 1; chosen < 32; chosen++) {
    const links = given.flatMap((one, bit) => ((chosen >> bit) & 1 ? [link("x", `y${bit}`, one)] : []));
    const filter = commonFilter(links);
    for (const bin of ["a", "b", "c", "d", "e"]) {
      const all = links.every((one) => shipsBin(one.filter, bin, true));
      expect(filter === undefined || shipsBin(filter, bin, true)).toBe(all);
      expect(filter === undefined || shipsSet(filter, "any")).toBe(true);
    }
  }
  expect(leftOutOf(given.map((one) => link("x", "y", one)))).toEqual([
    "x -> y: bin a is not shipped",
    "x -> y: bin b is not shipped",
    "x -> y: only bin a, b, c is shipped",
    "x -> y: only bin c, d is shipped",
  ]);
});
