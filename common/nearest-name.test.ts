/** Proves that a slip of a few letters finds the name that was meant, and that a wild guess finds none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestName } from "./nearest-name.ts";

const NAMES = ["ship-set", "ignore-set", "max-throughput", "delay-ms", "forward"];

test.each([
  ["ship-sets", "ship-set"],
  ["shipSet", "ship-set"],
  ["SHIP_SET", "ship-set"],
  ["max-troughput", "max-throughput"],
  ["max-throuhgput", "max-throughput"],
  ["dely-ms", "delay-ms"],
  ["forwrad", "forward"],
])("%s means %s", (slip, name) => expect(nearestName(slip, NAMES)).toBe(name));

test.each(["", "x", "window-bytes", "namespaces"])("%s means none of them", (name) => {
  expect(nearestName(name, NAMES)).toBeUndefined();
});

test("one letter more, less or other is always found; a name means itself", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES),
      fc.nat(),
      fc.constantFrom("drop", "add", "change"),
      (name, at, how) => {
        const letters = [...name];
        letters.splice(at % name.length, how === "add" ? 0 : 1, ...(how === "drop" ? [] : ["q"]));
        expect(nearestName(letters.join(""), NAMES)).toBe(name);
        expect(nearestName(name, NAMES)).toBe(name);
      },
    ),
  );
});
