/** Proves that the cursor checker passes shipping as it should be and finds each way to be ahead. */
import { expect, test } from "vitest";
import { CursorChecker, type DestinationView, type OriginView } from "./cursors.ts";
import type { RecordVersion } from "./version-order.ts";

function origin(base: number, committed: number, logId = "log"): OriginView {
  return { datacenter: "dc-a", partition: "7", logId, base, committed };
}
function destination(durable: number | undefined, more: Partial<DestinationView> = {}): DestinationView {
  return {
    datacenter: "dc-b",
    configured: true,
    durable: durable === undefined ? undefined : { logId: "log", sequence: durable },
    believed: undefined,
    declaredGap: 0,
    ...more,
  };
}
function problems(...views: (readonly [OriginView, DestinationView])[]): string[] {
  const checker = new CursorChecker();
  for (const [from, to] of views) checker.observe(from, [to]);
  return checker.problems;
}
const about = "dc-b, for partition 7 of dc-a,";

test("positions that rise, an origin that knows less, a log trimmed below all of them", () => {
  const believed = { logId: "log", sequence: 3 };
  expect(
    problems(
      [origin(0, 5), destination(undefined)],
      [origin(0, 5), destination(4, { believed })],
      [origin(4, 9), destination(9, { believed })],
    ),
  ).toEqual([]);
});

test("positions of an older log say nothing of the new one", () => {
  const old = { logId: "old", sequence: 90 };
  expect(problems([origin(0, 5), destination(undefined, { durable: old, believed: old })])).toEqual([]);
  expect(problems([origin(2, 5), destination(undefined, { durable: old })])).toHaveLength(1);
});

test("a cursor moved on the publish acknowledgement: the origin believes more than is durable", () => {
  const believed = { logId: "log", sequence: 5 };
  expect(problems([origin(0, 5), destination(4, { believed })])).toEqual([
    `${about} is believed to be at 5, and 4 is durable`,
  ]);
});

test("a position above what is committed, and one that falls", () => {
  expect(problems([origin(0, 5), destination(6)])).toEqual([`${about} is at 6, and only 5 is committed`]);
  expect(problems([origin(0, 5), destination(5)], [origin(0, 5), destination(3)])).toEqual([
    `${about} falls from 5 to 3`,
  ]);
});

test("a log trimmed above a position: only where declared, or to whom it does not ship", () => {
  expect(problems([origin(5, 9), destination(4)])).toEqual([
    `${about} is at 4, and the log is trimmed up to 5, undeclared`,
  ]);
  expect(problems([origin(5, 9), destination(4, { declaredGap: 5 })])).toEqual([]);
  expect(problems([origin(5, 9), destination(4, { configured: false })])).toEqual([]);
});

test("a position written apart from the data: it covers what is not there", () => {
  const version = (lut: bigint): RecordVersion => {
    return { generation: 1, lut, sourceId: 1, contentHash: "0", seen: [], tombstone: false, voidTime: 0 };
  };
  const changes = [
    { sequence: 1, key: "x", version: version(10n) },
    { sequence: 2, key: "y", version: version(11n) },
    { sequence: 3, key: "x", version: version(12n) },
  ];
  const checker = new CursorChecker();
  const seen = (xLut: bigint) => (key: string) =>
    key === "x" ? [{ sourceId: 1, lut: xLut }] : [{ sourceId: 1, lut: 11n }];
  checker.checkApplied(origin(0, 3), destination(2), changes, seen(10n));
  checker.checkApplied(origin(0, 3), destination(3), changes, seen(12n));
  expect(checker.problems).toEqual([]);
  checker.checkApplied(origin(0, 3), destination(3), changes, seen(10n));
  expect(checker.problems).toEqual([`${about} is at 3, but change 3 of record x is not in its data`]);
});
