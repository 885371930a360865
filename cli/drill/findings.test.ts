/**
 * Proves that writes in the log become histories by key, that what records lack is found over all keys,
 * and that a missing write is called a conflict's loser only when the record has a write of another
 * datacenter that it did not know.
 */
import { expect, test } from "vitest";
import { explainByConflicts, historiesOf, lostWrites } from "./findings.ts";
import { type Operation, OperationLog } from "./operation-log.ts";
import type { SurvivorRecord } from "./survivor.ts";

function logOf(...rows: Partial<Operation>[]): OperationLog {
  const log = new OperationLog(3);
  for (const row of rows) {
    const number = row.number ?? 1;
    log.add({
      ...{ datacenter: 0, isWrite: true, outcome: "applied", key: 1, number, previous: number - 1 },
      ...{
        ordinal: number,
        known: [],
        generation: number,
        startMs: number * 10,
        endMs: number * 10 + 2,
        code: 0,
      },
      ...row,
    });
  }
  return log;
}

const record = (writer: number, ...descent: [number, { last: number; count: number }][]): SurvivorRecord => ({
  ...{ generation: 9, writer, descent: new Map(descent) },
});

test("histories hold a datacenter's writes that may have taken effect, in order", () => {
  const log = logOf(
    { number: 1 },
    { number: 2, outcome: "refused" },
    { number: 3, outcome: "in-doubt" },
    { key: 2 },
    { isWrite: false },
    { datacenter: 1 },
  );
  const histories = historiesOf(log, 0);
  expect([...histories.keys()]).toEqual([1, 2]);
  expect(histories.get(1)?.map(({ number }) => number)).toEqual([1, 3]);
});

test("lost writes are listed over all keys by the time of their acknowledgement", () => {
  const log = logOf({ number: 1 }, { number: 2, key: 2 }, { number: 1, key: 2 }, { number: 3 });
  const histories = historiesOf(log, 0);
  const records = new Map([[1, record(1, [1, { last: 1, count: 1 }])]]);
  const { lost } = lostWrites(histories, 1, records, "end");
  expect(lost.map(({ key, number }) => [key, number])).toEqual([
    [2, 1],
    [2, 2],
    [1, 3],
  ]);
});

test("a write that another datacenter's write replaced unseen lost a conflict, whichever came first", () => {
  const log = logOf(
    { datacenter: 1, number: 1, startMs: 10, endMs: 20 },
    { number: 1, startMs: 100, endMs: 110 },
  );
  const missing = historiesOf(log, 0).get(1) ?? [];
  const others = [{ sourceId: 2, datacenter: 1 }];
  const won = new Map([[1, record(2, [2, { last: 1, count: 1 }])]]);
  expect(explainByConflicts(missing, others, won)).toMatchObject({
    conflicts: [{ key: 1, winner: 2, record: { writer: 2 }, losers: [{ number: 1 }] }],
    unexplained: [],
  });
});

test("no record, or one that has no more of others than the missing write knew, explains nothing", () => {
  const log = logOf(
    { datacenter: 1, number: 1, startMs: 105, endMs: 120 },
    { number: 1, startMs: 100, endMs: 110, known: [0, 1] },
  );
  const missing = historiesOf(log, 0).get(1) ?? [];
  const others = [{ sourceId: 2, datacenter: 1 }];
  for (const records of [new Map(), new Map([[1, record(2, [2, { last: 1, count: 1 }])]])]) {
    expect(explainByConflicts(missing, others, records)).toMatchObject({
      conflicts: [],
      unexplained: [{ number: 1 }],
    });
  }
});

test("a write in doubt that took effect late is one more, though its number is lower than what was known", () => {
  // The other datacenter's write 9 is known; its write 8, in doubt, takes effect behind it, and wins.
  const log = logOf({ number: 20, known: [19, 8] });
  const missing = historiesOf(log, 0).get(1) ?? [];
  const others = [{ sourceId: 2, datacenter: 1 }];
  const records = new Map([[1, record(2, [1, { last: 19, count: 19 }], [2, { last: 8, count: 9 }])]]);
  expect(explainByConflicts(missing, others, records)).toMatchObject({
    conflicts: [{ key: 1, winner: 2, losers: [{ number: 20 }] }],
    unexplained: [],
  });
});

test("of several others, what is unknown of one explains, whatever more was known of another", () => {
  const log = logOf({ number: 1, known: [0, 1, 5] });
  const missing = historiesOf(log, 0).get(1) ?? [];
  const others = [
    { sourceId: 2, datacenter: 1 },
    { sourceId: 3, datacenter: 2 },
  ];
  const records = new Map([[1, record(2, [2, { last: 2, count: 2 }], [3, { last: 4, count: 4 }])]]);
  expect(explainByConflicts(missing, others, records)).toMatchObject({
    conflicts: [{ key: 1, winner: 2, losers: [{ number: 1 }] }],
    unexplained: [],
  });
});
