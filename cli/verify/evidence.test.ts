/**
 * Proves that a difference is real only when it is still there after every datacenter has what all had made
 * when it was seen: by numbers where they ship to each other, by what each log was passed on up to in a
 * chain; and that what a topology lets nowhere is not waited for.
 */
import { expect, test } from "vitest";
import type { RecordView } from "../client/record-version.ts";
import type { CopyKeys } from "./ask-copies.ts";
import { Evidence, type Route } from "./evidence.ts";
import { type Look, lookAtKeys } from "./judge-copies.ts";

const SOURCE_IDS: Readonly<Record<string, number>> = { a: 1, b: 2, c: 3 };

interface Said {
  readonly changes: number;
  readonly sequence?: number;
  readonly logId?: number;
  /** Of other datacenters, the numbers that are covered. */
  readonly covers?: Readonly<Record<string, number>>;
  /** To other datacenters, the sequences up to which they have all. */
  readonly shipped?: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, string>>;
}

const idOf = (name: string): number => SOURCE_IDS[name] ?? 0;

function copy(datacenter: string, said: Said): CopyKeys {
  const rows = Object.entries(said.versions).map(([key, imageHash]): RecordView => {
    const version = { generation: 1, lut: "1", lutIso: "", sourceId: 1, voidTime: 0, tombstone: false };
    return { digest: key, set: "demo", key, ...version, seen: [], imageBytes: 1, imageHash };
  });
  return {
    ...{ datacenter, sourceId: idOf(datacenter), node: `${datacenter}1`, primary: true, epoch: 1 },
    ...{ logId: said.logId ?? idOf(datacenter) * 10, changes: said.changes },
    sequence: said.sequence ?? said.changes,
    covered: Object.entries(said.covers ?? {}).map(([from, changes]) => ({
      ...{ originId: idOf(from), logId: idOf(from) * 10, changes },
    })),
    shipped: Object.entries(said.shipped ?? {}).map(([to, sequence]) => ({
      ...{ destinationId: idOf(to), sequence },
    })),
    rows,
  };
}

function look(said: Readonly<Record<string, Said>>): Look {
  const copies = Object.entries(said).map(([name, one]) => copy(name, one));
  return lookAtKeys(7, Object.keys(said), copies);
}

function taken(evidence: Evidence, said: Readonly<Record<string, Said>>): string[] {
  return evidence.take(look(said)).map(({ digest }) => digest);
}

const MESH: readonly Route[] = [
  { from: "a", to: "b", ships: "own" },
  { from: "b", to: "a", ships: "own" },
];

test("a difference is real once all has arrived and it is still the same", () => {
  const evidence = new Evidence(["a", "b"], MESH);
  const a = { changes: 5, covers: { b: 2 }, versions: { k: "1", l: "1" } };
  const b = { changes: 2, covers: { a: 4 }, versions: { k: "0", l: "0" } };
  expect(taken(evidence, { a, b })).toEqual([]);
  // b has not covered the fifth change of a yet.
  expect(taken(evidence, { a, b })).toEqual([]);
  // It has, and k has become another version: whether that is on its way is for the next look.
  const later = { b: { changes: 2, covers: { a: 5 }, versions: { k: "2", l: "0" } } };
  expect(taken(evidence, { a: { ...a, changes: 6 }, ...later })).toEqual(["l"]);
});

test("a log that began anew says nothing about what was seen before", () => {
  const evidence = new Evidence(["a", "b"], MESH);
  const a = { changes: 5, covers: { b: 2 }, versions: { k: "1" } };
  const b = { changes: 2, covers: { a: 5 }, versions: { k: "0" } };
  expect(taken(evidence, { a, b })).toEqual([]);
  expect(taken(evidence, { a: { ...a, logId: 99 }, b })).toEqual([]);
});

test("in a chain what was made at one end is waited for at the other, from log to log", () => {
  const chain: readonly Route[] = [
    { from: "a", to: "b", ships: "own" },
    { from: "b", to: "c", ships: "all" },
  ];
  const evidence = new Evidence(["a", "b", "c"], chain);
  const c = { changes: 0, covers: { b: 1 }, versions: { k: "0" } };
  const b = { changes: 1, sequence: 5, covers: { a: 3 }, shipped: { c: 5 }, versions: { k: "0" } };
  const a = { changes: 4, versions: { k: "1" } };
  expect(taken(evidence, { a, b, c })).toEqual([]);
  // All that b had then is at c; what a had made is not yet in the log of b.
  expect(taken(evidence, { a, b, c })).toEqual([]);
  const reached = { ...b, sequence: 7, covers: { a: 4 }, versions: { k: "1" } };
  expect(taken(evidence, { a, b: reached, c })).toEqual([]);
  // Somewhere before its seventh entry: at c are six of them.
  expect(taken(evidence, { a, b: { ...reached, shipped: { c: 6 } }, c })).toEqual([]);
  expect(taken(evidence, { a, b: { ...reached, shipped: { c: 7 } }, c })).toEqual([]);
  // Told of c before this look, so it holds for what is read of c now; then all is seen anew at b.
  expect(taken(evidence, { a, b: { ...reached, shipped: { c: 7 } }, c })).toEqual([]);
  expect(taken(evidence, { a, b: { ...reached, shipped: { c: 9 } }, c })).toEqual([]);
  expect(taken(evidence, { a, b: { ...reached, shipped: { c: 9 } }, c })).toEqual(["k"]);
});

test("what no route brings anywhere is a difference", () => {
  const evidence = new Evidence(["a", "b"], [{ from: "a", to: "b", ships: "own" }]);
  const a = { changes: 5, versions: { k: "1" } };
  const b = { changes: 2, covers: { a: 5 }, versions: { k: "0" } };
  expect(taken(evidence, { a, b })).toEqual([]);
  expect(taken(evidence, { a, b })).toEqual(["k"]);
});
