/**
 * Proves which content is written again: the one that wins by the conflict order, a delete over what it
 * deleted and a record over nothing; of one version the content that most copies have; and none where that
 * cannot be told, or no primary has it.
 */
import { expect, test } from "vitest";
import type { RecordView } from "../client/record-version.ts";
import type { RecordCopy } from "./ask-copies.ts";
import { planRepair } from "./plan-repair.ts";

function version(lut: number, change: Partial<RecordView> = {}): RecordView {
  return {
    ...{ digest: "d", set: "demo", generation: lut, lut: String(lut), lutIso: "", sourceId: 1, voidTime: 0 },
    ...{ tombstone: false, seen: [{ sourceId: 1, lut: String(lut) }], imageBytes: 9, imageHash: `h${lut}` },
    ...change,
  };
}

/** Copies by node, each datacenter's first one its primary. */
function copies(sides: Readonly<Record<string, readonly (RecordView | null)[]>>): RecordCopy[] {
  return Object.entries(sides).flatMap(([datacenter, versions]) =>
    versions.map((one, index) => ({
      ...{ datacenter, node: `${datacenter}${index + 1}`, isPrimary: index === 0, version: one },
    })),
  );
}

const plan = (sides: Parameters<typeof copies>[0]) => planRepair("last-update-time", copies(sides));
const flipped = version(5, { imageHash: "other" });

test("a record that is missing is written again where it is", () => {
  const why = { why: "it was missing", byContent: false };
  const repair = { datacenter: "b", node: "b1", imageHash: "h5", ...why };
  expect(plan({ a: [null, null], b: [version(5), version(5)] })).toEqual(repair);
  expect(plan({ a: [null, version(5)], b: [version(5), version(5)] })).toEqual(repair);
});

test("a delete is written again over what it deleted", () => {
  const tombstone = version(6, { tombstone: true });
  expect(plan({ a: [version(5), version(5)], b: [tombstone, tombstone] })).toEqual({
    ...{ datacenter: "b", node: "b1", imageHash: "h6", why: "it was deleted", byContent: false },
  });
});

test("of two versions that never met, the order decides by the policy", () => {
  const later = version(9, { generation: 2, sourceId: 2, seen: [{ sourceId: 2, lut: "9" }] });
  const sides = copies({ a: [version(5)], b: [later] });
  expect(planRepair("last-update-time", sides)).toMatchObject({ datacenter: "b", imageHash: "h9" });
  expect(planRepair("generation", sides)).toMatchObject({ datacenter: "a", imageHash: "h5" });
});

test("of one version, what most copies have, wherever a primary has it", () => {
  expect(plan({ a: [flipped, version(5)], b: [version(5), version(5)] })).toMatchObject({
    ...{
      datacenter: "b",
      imageHash: "h5",
      why: "most copies of the version have this content",
      byContent: true,
    },
  });
  expect(plan({ a: [version(5), flipped], b: [version(5), version(5)] })).toMatchObject({ datacenter: "a" });
  expect(plan({ a: [flipped, flipped], b: [version(5), version(5)] })).toEqual({
    why: "2 copies of a version say one thing, and 2 another",
  });
  expect(plan({ a: [flipped, version(5), version(5)] })).toEqual({
    why: "no primary has the content that most copies have",
  });
  expect(plan({ a: [null], b: [null] })).toEqual({ why: "no copy is left" });
});

test("of one version where bins converge, what has seen more, and by content only what has seen as much", () => {
  const seen = (...luts: number[]) => luts.map((lut, index) => ({ sourceId: index + 1, lut: String(lut) }));
  const more = version(5, { seen: seen(5, 4), imageHash: "more" });
  expect(plan({ a: [version(5), version(5)], b: [more, more] })).toEqual({
    ...{ datacenter: "b", node: "b1", imageHash: "more", why: "it has seen more", byContent: false },
  });
  expect(plan({ a: [version(5), version(5), version(5)], b: [more] })).toMatchObject({ imageHash: "more" });
});
