/**
 * Proves of a reader's places: what they cover, that they only grow, and that what is saved is what is read.
 */
import { expect, test } from "vitest";
import type { Change } from "./change.ts";
import { Places } from "./places.ts";

const CHANGE: Change = {
  kind: "write",
  ...{ namespace: "test", set: "", userKey: null, digest: "", generation: 1, lut: 0, expiry: 0 },
  ...{
    tooLarge: false,
    beforeTooLarge: false,
    operation: "update",
    outcome: "local",
    origin: "dc-a",
    redelivered: false,
  },
  position: { log: 11, partition: 5, from: 1, sequence: 7 },
};
const ARRIVED: Change = {
  ...CHANGE,
  ...{ outcome: "applied", origin: "dc-b" },
  position: { ...CHANGE.position, sequence: 8, originLog: 22, originSequence: 3 },
};

/** The same change as the other datacenter tells it. */
function there(sequence: number): Change {
  return { ...CHANGE, origin: "dc-b", position: { log: 22, partition: 5, from: 1, sequence } };
}

test("a change that was dealt with here is covered there, and what follows is not", () => {
  const places = new Places();
  expect([places.isEmpty, places.covers(there(1))]).toEqual([true, false]);
  places.take(CHANGE);
  places.take(ARRIVED);
  expect([1, 3, 4].map((sequence) => places.covers(there(sequence)))).toEqual([true, true, false]);
  const ours = { log: 22, partition: 5, from: 1, sequence: 99, originLog: 11 };
  const asThere = (originSequence: number): Change => ({ ...ARRIVED, position: { ...ours, originSequence } });
  expect([7, 8, 9].map((sequence) => places.covers(asThere(sequence)))).toEqual([true, true, false]);
  expect(places.covers({ ...there(1), position: { ...there(1).position, partition: 6 } })).toBe(false);
});

test("what is recovered moves nothing of its origin, and counts as repeated where there is something", () => {
  const places = new Places();
  places.take({ ...ARRIVED, outcome: "recovered" });
  expect([places.of(5).get(11), places.of(5).get(22)]).toEqual([8, undefined]);
  places.take(ARRIVED);
  expect(places.covers({ ...ARRIVED, outcome: "recovered" })).toBe(true);
});

test("saved and read again they are the same, and never run back", () => {
  const places = new Places();
  places.take(ARRIVED);
  places.take(CHANGE);
  places.take({ kind: "gap", namespace: "test", position: { log: 11, partition: 9, from: 1, sequence: 4 } });
  const again = Places.parse(JSON.stringify(places));
  expect(again.toJSON()).toEqual(places.toJSON());
  expect(again.of(5)).toEqual(
    new Map([
      [11, 8],
      [22, 3],
    ]),
  );
  for (const text of ["", "{}", '{"version":2,"partitions":[]}', '{"version":1,"partitions":[[4096,[]]]}']) {
    expect(() => Places.parse(text)).toThrow(/no places/);
  }
});
