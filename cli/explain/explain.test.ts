/**
 * Proves what is said of a version: written where it was; applied, superseded, lost or on its way
 * elsewhere, by what logs, notes and positions tell; and not known where none of them does.
 */
import { expect, test } from "vitest";
import { conflictSchema } from "../notes/note-schema.ts";
import type { History } from "./ask-history.ts";
import { explain, type Side } from "./explain.ts";

const LOG = 70;

function version(sourceId: number, lut: number) {
  const place = { generation: lut, lut: String(lut), lutIso: "2026-01-02T03:04:05.000Z" };
  return { ...place, sourceId, tombstone: false };
}

function record(sourceId: number, lut: number) {
  const rest = { digest: "d", set: "demo", voidTime: 0, seen: [], imageBytes: 9, imageHash: "h" };
  return { ...version(sourceId, lut), ...rest };
}

function entry(sourceId: number, lut: number, sequence: number, arrived?: { id: number; sequence: number }) {
  const origin = arrived === undefined ? null : { ...arrived, logId: LOG };
  const outcome = arrived === undefined ? "none" : "applied";
  return { ...version(sourceId, lut), sequence, origin, operation: "update", outcome };
}

function side(name: string, sourceId: number, history: Partial<History>, rest: Partial<Side> = {}): Side {
  const whole = { digest: "d", partition: 7, logId: LOG, committed: 9, first: 1, record: null };
  return {
    ...{ name, sourceId, conflicts: [], parked: [] },
    history: { ...whole, entries: [], bins: [], positions: [], ...history },
    ...rest,
  };
}

/** The fates of the only version, by datacenter. */
function fates(...sides: Side[]): string[] {
  const [story, ...more] = explain(sides);
  expect(more).toEqual([]);
  return story?.fates.map(({ what }) => what) ?? [];
}

test("a version that went the usual way", () => {
  const a = side("dc-a", 1, { entries: [entry(1, 5, 3)], record: record(1, 5) });
  const arrived = { entries: [entry(1, 5, 8, { id: 1, sequence: 3 })], record: record(1, 5) };
  const b = side("dc-b", 2, arrived);
  expect(fates(a, b)).toEqual([
    "written, entry 3 (update)",
    "arrived and was applied, entry 3 of its origin",
  ]);
  expect(explain([a, b])[0]?.fates.map(({ current }) => current)).toEqual([true, true]);
});

test("without an entry the position tells: on its way, filtered, or superseded by what has seen it", () => {
  const a = side("dc-a", 1, { entries: [entry(1, 5, 3)] });
  const at = (sequence: number, newest: History["record"] = null) =>
    side("dc-b", 2, { positions: [{ originId: 1, logId: LOG, sequence }], record: newest });
  const newer = (lut: string) => ({ ...record(2, 9), seen: [{ sourceId: 1, lut }] });
  const fateAt3 = (newest: History["record"]) => explain([a, at(3, newest)])[0]?.fates[1]?.what;
  expect(fates(a, at(2))[1]).toBe("not applied yet (position 2 of 3)");
  expect(fateAt3(newer("5"))).toBe("arrived and was superseded: what was here had seen it");
  const filtered = "not shipped: filtered by its origin's settings of then";
  expect([fateAt3(newer("4")), fateAt3(null)]).toEqual([filtered, filtered]);
  const note = { id: "dc-b/test/7.1", parkedAt: "", reason: "too large", digest: "d", bytes: 9 };
  const parked = [{ ...note, originId: 1, originSequence: 3 }];
  expect(fates(a, { ...at(3), parked })[1]).toBe("arrived and is parked");
  const otherLog = side("dc-b", 2, { positions: [{ originId: 1, logId: 8, sequence: 99 }] });
  expect(fates(a, otherLog)[1]).toBe("not applied yet (position 0 of 3)");
});

test("a conflict's loser is told with what decided, on either side of its arrival", () => {
  const conflict = conflictSchema.parse({
    ...{ id: "7.9", decidedAt: "", policy: "last-update-time", rule: "last-update-time", margin: 2 },
    ...{ skew: { ahead: 5, error: 1 }, ambiguous: true, incomingLost: true, originId: 1, originSequence: 3 },
    ...{ winner: version(2, 6), loser: record(1, 5) },
  });
  const a = side("dc-a", 1, { entries: [entry(1, 5, 3)] });
  expect(fates(a, side("dc-b", 2, {}, { conflicts: [conflict] }))[1]).toBe(
    "arrived and lost a conflict (last-update-time, by 2, within the clocks' skew)",
  );
  const before = { entries: [entry(1, 5, 8, { id: 1, sequence: 3 })] };
  const overwritten = { conflicts: [{ ...conflict, incomingLost: false, ambiguous: false }] };
  expect(fates(a, side("dc-b", 2, before, overwritten))[1]).toContain(
    "later lost to a change that arrived (last-update-time, by 2)",
  );
});

test("what nobody tells of is said to be unknown", () => {
  const gone = side("dc-a", 1, { first: 9 });
  const b = side("dc-b", 2, { record: record(1, 5) });
  const c = side("dc-c", 3, {});
  expect(fates(gone, b, c)).toEqual([
    "written; its log entry is trimmed",
    "here; its log entry is trimmed, or it was copied",
    "not known: its origin's log is trimmed",
  ]);
  expect(fates({ ...gone, history: undefined }, b)[0]).toBe("not known: no primary answers");
});

test("a version that was merged bin by bin, whichever of the two gives the record its version", () => {
  const merge = { operation: "merge", outcome: "applied" };
  const fateIn = (...entries: History["entries"]) =>
    explain([
      side("dc-a", 1, { entries: [entry(1, 5, 3)] }),
      side("dc-b", 2, { entries, positions: [{ originId: 1, logId: LOG, sequence: 3 }] }),
    ]).find(({ sourceId }) => sourceId === 1)?.fates[1]?.what;
  const merged = /^arrived and was merged, bin by bin, with a version that had not seen it/;
  expect(fateIn(entry(2, 9, 7), { ...entry(2, 9, 8, { id: 1, sequence: 3 }), ...merge })).toMatch(merged);
  expect(fateIn(entry(2, 4, 7), { ...entry(1, 5, 8, { id: 1, sequence: 3 }), ...merge })).toMatch(merged);
});
