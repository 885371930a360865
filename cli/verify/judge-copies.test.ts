/**
 * Proves when partitions are equal, and up to which changes, and that copies of one datacenter are compared
 * only where they have applied the same log.
 */
import { expect, test } from "vitest";
import type { RecordView } from "../client/record-version.ts";
import type { CopyDigest, CopyKeys, CopyStanding } from "./ask-copies.ts";
import { judgeDigests, judgeKeys, lookAtKeys } from "./judge-copies.ts";

const DATACENTERS = ["a", "b"];

/** A copy in datacenter a (source id 1) or b (2), with own changes, and what it covers of the other's. */
function standing(datacenter: "a" | "b", changes: number, covered: number, more: Partial<CopyStanding> = {}) {
  const [sourceId, other] = datacenter === "a" ? [1, 2] : [2, 1];
  return {
    ...{ datacenter, sourceId, node: `${datacenter}1`, logId: 10 * sourceId, primary: true },
    ...{ sequence: changes + covered, epoch: 1, changes },
    covered: [{ originId: other, logId: 10 * other, changes: covered }],
    shipped: [],
    ...more,
  };
}

const digest = (all: string, of: CopyStanding): CopyDigest => ({
  ...{ partition: 7, live: all, all, records: 3, tombstones: 1, ...of },
});

function keys(of: CopyStanding, versions: Readonly<Record<string, string>>): CopyKeys {
  const rows = Object.entries(versions).map(([key, imageHash]): RecordView => {
    const version = { generation: 1, lut: "1", lutIso: "", sourceId: 1, voidTime: 0, tombstone: false };
    return { digest: key, set: "demo", key, ...version, seen: [], imageBytes: 1, imageHash };
  });
  return { ...of, rows };
}

const namesOf = (differences: readonly { digest: string }[]): string[] =>
  differences.map((difference) => difference.digest);

test("keys certify a partition when nothing of what is judged differs, and all copies are at one place", () => {
  const [a, b] = [standing("a", 5, 2), standing("b", 3, 4)];
  const copy = standing("a", 5, 2, { node: "a2", primary: false });
  const look = (given: CopyKeys[]) => judgeKeys(lookAtKeys(7, DATACENTERS, given));
  const [ofA, ofB] = [keys(a, { k: "1", l: "2" }), keys(b, { k: "1" })];
  expect(look([ofA, ofB])).toBeUndefined();
  const unjudged = { ...ofA, rows: ofA.rows.map((row) => ({ ...row, unjudged: row.digest === "l" })) };
  const judged = look([unjudged, { ...unjudged, ...copy }, ofB]);
  expect(judged).toMatchObject({ state: "equal", copies: 1, records: 1, tombstones: 0 });
  expect([...(judged?.upTo ?? [])]).toEqual([
    [1, 4],
    [2, 2],
  ]);
  expect(look([unjudged, { ...unjudged, ...copy, sequence: 1 }, ofB])).toBeUndefined();
  expect(look([unjudged])).toBeUndefined();
});

test("equal copies are certified up to what all have covered", () => {
  const copy = standing("a", 5, 2, { node: "a2", primary: false });
  const digests = [digest("x", standing("a", 5, 2)), digest("x", copy), digest("x", standing("b", 3, 4))];
  expect(judgeDigests(DATACENTERS, digests)).toEqual({
    ...{ state: "equal", copies: 1, records: 3, tombstones: 1 },
    upTo: new Map([
      [1, 4],
      [2, 2],
    ]),
  });
  expect(
    judgeDigests(DATACENTERS, [...digests.slice(0, 1), digest("y", copy), ...digests.slice(2)]).state,
  ).toBe("different");
  expect(judgeDigests(DATACENTERS, [...digests.slice(0, 2), digest("y", standing("b", 3, 4))]).state).toBe(
    "different",
  );
});

test("without one primary in each datacenter nothing is known", () => {
  const [a, b] = [digest("x", standing("a", 5, 2)), digest("x", standing("b", 2, 5))];
  expect(judgeDigests(DATACENTERS, [a]).state).toBe("unknown");
  expect(judgeDigests(DATACENTERS, [a, { ...a, node: "a2" }, b]).state).toBe("unknown");
});

test("a position in another log covers nothing", () => {
  const other = standing("b", 2, 0, { covered: [{ originId: 1, logId: 99, changes: 5 }] });
  const judged = judgeDigests(DATACENTERS, [digest("x", standing("a", 5, 2)), digest("x", other)]);
  expect(judged.upTo.get(1)).toBe(0);
});

test("copies are compared where they have applied the same log, tombstones included", () => {
  const copyOf = (more: Partial<CopyStanding>, rows: Record<string, string>) =>
    keys(standing("a", 5, 2, { node: "a2", primary: false, ...more }), rows);
  const look = (copy: CopyKeys) => {
    const [a, b] = [standing("a", 5, 2), standing("b", 2, 5)];
    return lookAtKeys(7, DATACENTERS, [keys(a, { k: "1" }), copy, keys(b, { k: "1" })]);
  };
  expect(look(copyOf({}, { k: "0" }))).toMatchObject({ differences: [], passing: 0 });
  expect(namesOf(look(copyOf({}, { k: "0" })).copyDifferences)).toEqual(["k"]);
  expect(look(copyOf({ sequence: 6 }, { k: "0" }))).toMatchObject({ copyDifferences: [], passing: 1 });
  expect(look(copyOf({ epoch: 2 }, { k: "0" }))).toMatchObject({ copyDifferences: [], passing: 1 });
  const gone = copyOf({}, {});
  expect(namesOf(look(gone).copyDifferences)).toEqual(["k"]);
});
