/** Proves of the lanes: every lane has exactly one owner, and a change of instances moves few of them. */
import { expect, test } from "vitest";
import { SHIP_LANES } from "../common/limits.ts";
import { lanesOf } from "./lanes.ts";

const EVERY = Array.from({ length: SHIP_LANES }, (_, lane) => lane);

test("one instance has all lanes", () => {
  expect(lanesOf("s1", ["s1"])).toEqual(EVERY);
});

test("each lane goes to exactly one of several, in whatever order they are named", () => {
  for (let count = 2; count <= 6; count++) {
    const names = Array.from({ length: count }, (_, index) => `shipper-${index}`);
    const owned = names.flatMap((name) => lanesOf(name, names.toReversed()));
    expect(owned.toSorted()).toEqual(EVERY);
  }
});

test("when one leaves, the lanes of the others stay", () => {
  const names = ["a", "b", "c", "d"];
  for (const gone of names) {
    const left = names.filter((name) => name !== gone);
    for (const name of left)
      expect(lanesOf(name, left)).toEqual(expect.arrayContaining(lanesOf(name, names)));
  }
});
