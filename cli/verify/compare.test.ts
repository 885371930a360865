/**
 * Proves when `verify` calls partitions and keys equal: versions count, also of tombstones, but a
 * tombstone against nothing does not; a datacenter that did not answer is unknown and never equal;
 * a difference stands only once it is old with unchanged versions. Compared against a plain
 * restatement of the rule over random contents.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareKeys,
  comparePartition,
  countRows,
  DifferenceAges,
  type KeyVersion,
  partitionRanges,
  verdictOf,
} from "./compare.ts";

const digest = (live: string, all: string) => ({ partition: 7, live, all, records: 1, tombstones: 0 });
const row = (name: string, imageHash: string, tombstone = false): KeyVersion => ({
  digest: name,
  set: "demo",
  tombstone,
  imageHash,
});
const differing = (a: KeyVersion[], b: KeyVersion[]): string[] =>
  compareKeys(7, [
    { datacenter: "dc-a", rows: a },
    { datacenter: "dc-b", rows: b },
  ]).map((difference) => difference.digest);

test("partitions are equal by both hashes, and tell tombstones from live records", () => {
  expect(comparePartition([digest("x", "y"), digest("x", "y")])).toBe("equal");
  expect(comparePartition([digest("x", "y"), digest("x", "z")])).toBe("tombstones");
  expect(comparePartition([digest("x", "y"), digest("w", "z")])).toBe("different");
  expect(comparePartition([digest("x", "y"), digest("x", "y"), digest("x", "z")])).toBe("tombstones");
});

test("a datacenter without an answer makes the partition unknown", () => {
  expect(comparePartition([digest("x", "y"), undefined])).toBe("unknown");
  expect(comparePartition([undefined, undefined])).toBe("unknown");
});

test("keys differ by version, by absence, and by tombstone against live", () => {
  expect(differing([row("k", "1")], [row("k", "1")])).toEqual([]);
  expect(differing([row("k", "1")], [row("k", "2")])).toEqual(["k"]);
  expect(differing([row("k", "1")], [])).toEqual(["k"]);
  expect(differing([], [row("k", "1")])).toEqual(["k"]);
  expect(differing([row("k", "1")], [row("k", "2", true)])).toEqual(["k"]);
});

test("a tombstone against nothing is no difference, two different tombstones are", () => {
  expect(differing([row("k", "1", true)], [])).toEqual([]);
  expect(differing([row("k", "1", true)], [row("k", "1", true)])).toEqual([]);
  expect(differing([row("k", "1", true)], [row("k", "2", true)])).toEqual(["k"]);
});

test("a key that one side has not judged is no difference between datacenters, but between copies", () => {
  const unjudged = { ...row("k", "2"), unjudged: true };
  expect(differing([unjudged], [row("k", "1")])).toEqual([]);
  expect(differing([unjudged], [])).toEqual([]);
  expect(differing([unjudged, row("l", "1")], [row("k", "1")])).toEqual(["l"]);
  const copies = [row("k", "1"), unjudged].map((one) => ({ datacenter: one.imageHash, rows: [one] }));
  expect(compareKeys(7, copies, true)).toHaveLength(1);
  expect(countRows([unjudged, row("l", "1")])).toEqual({ records: 1, tombstones: 0 });
});

test("keys are counted as digests count them", () => {
  const rows = [row("a", "1"), row("b", "2", true), row("c", "3")];
  expect(countRows(rows)).toEqual({ records: 2, tombstones: 1 });
  expect(countRows([])).toEqual({ records: 0, tombstones: 0 });
});

test("a difference carries both versions, and the key when any side stored it", () => {
  const [difference] = compareKeys(7, [
    { datacenter: "dc-a", rows: [row("k", "1")] },
    { datacenter: "dc-b", rows: [{ ...row("k", "2"), key: "ada" }] },
  ]);
  expect(difference).toMatchObject({ partition: 7, digest: "k", set: "demo", key: "ada" });
  expect(difference?.versions.map(({ version }) => version?.imageHash)).toEqual(["1", "2"]);
});

test("random contents: a key differs exactly when the rule says so", () => {
  const side = fc.dictionary(
    fc.constantFrom("a", "b", "c", "d"),
    fc.record({ imageHash: fc.constantFrom("1", "2"), tombstone: fc.boolean() }),
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(side, { minLength: 2, maxLength: 3 }), (sides) => {
      const found = compareKeys(
        0,
        sides.map((content, index) => ({
          datacenter: `dc-${index}`,
          rows: Object.entries(content).map(([name, { imageHash, tombstone }]) =>
            // A tombstone and a record never have the same image.
            row(name, `${imageHash}${tombstone}`, tombstone),
          ),
        })),
      ).map((difference) => difference.digest);
      const expected = ["a", "b", "c", "d"].filter((name) => {
        const all = sides.map((content) => content[name]);
        // What a reader of each datacenter sees, and then which tombstones there are.
        const seen = all.map((one) => (one === undefined || one.tombstone ? "nothing" : one.imageHash));
        const tombstones = all.filter((one) => one?.tombstone).map((one) => one?.imageHash);
        return new Set(seen).size > 1 || new Set(tombstones).size > 1;
      });
      expect(found).toEqual(expected);
    }),
  );
});

test("a difference stands once it is old with the same versions, and moves otherwise", () => {
  const ages = new DifferenceAges();
  const at = (hash: string) =>
    compareKeys(7, [
      { datacenter: "dc-a", rows: [row("k", hash)] },
      { datacenter: "dc-b", rows: [] },
    ]);
  const counts = (hash: string, nowMs: number): number[] => {
    const { standing, moving } = ages.sort(at(hash), nowMs, 2000);
    return [standing.length, moving.length];
  };
  expect(counts("1", 0)).toEqual([0, 1]);
  expect(counts("1", 1999)).toEqual([0, 1]);
  expect(counts("2", 2500)).toEqual([0, 1]);
  expect(counts("2", 4500)).toEqual([1, 0]);
  // Gone in between: its age starts anew.
  ages.sort([], 5000, 2000);
  expect(counts("2", 9000)).toEqual([0, 1]);
});

test("a standing difference outweighs what is unknown", () => {
  expect(verdictOf(0, 0, 0)).toBe("equal");
  expect(verdictOf(1, 5, 5)).toBe("different");
  expect(verdictOf(0, 1, 0)).toBe("inconclusive");
  expect(verdictOf(0, 0, 1)).toBe("inconclusive");
});

test("partitions are asked for as ranges", () => {
  expect(partitionRanges([3, 1, 2, 7, 9, 8, 4095])).toBe("1-3,7-9,4095");
  expect(partitionRanges([])).toBe("");
});
