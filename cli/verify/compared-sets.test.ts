/** Proves that only what every datacenter ships to every other one is compared, and that the rest is told. */
import { expect, test } from "vitest";
import { shipsBin } from "../../common/xdr/xdr-bins.ts";
import { shipSettingsSchema, shipsSet } from "../../common/xdr/xdr-settings.ts";
import { commonFilter, leftOutOf } from "./compared-sets.ts";

function link(from: string, to: string, given: object) {
  return { from, to, filter: shipSettingsSchema.parse(given) };
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

test("what is left out is said by link", () => {
  const links = [link("dc-a", "dc-b", { "ignore-set": ["a", "b"] }), link("dc-b", "dc-a", only("c"))];
  expect(leftOutOf(links)).toEqual([
    "dc-a -> dc-b: set a, b is not shipped",
    "dc-b -> dc-a: only set c is shipped",
  ]);
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
