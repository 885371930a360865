/**
 * Proves what is concluded from positions and logs, against admin listeners that answer as told: every
 * partition is applied, behind with its changes told, or unknown with the reason; a log is walked to
 * the position of the first look; and a position of another log, a trimmed log, or silence never count
 * as applied.
 */
import { Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { type AdminServer, startAdminServer } from "../../common/admin-http.ts";
import { MeridianError } from "../../common/errors.ts";
import { type DatacenterLayout, planLayout, SETUP_DEFAULTS } from "../setup/layout.ts";
import { compareLogs } from "./unapplied.ts";

interface Told {
  readonly logId: number;
  readonly committed: number;
  /** Sequences of changes; only these are ours. */
  readonly changes: readonly number[];
  readonly trimmedTo?: number;
  readonly applied?: { readonly logId: number; readonly sequence: number; readonly changes: number };
  /** Changes were not counted when they were made. */
  readonly uncounted?: boolean;
  /** It stops being the primary once its position was told. */
  readonly deposed?: boolean;
}
type Partitions = Readonly<Record<number, Told>>;

const servers: AdminServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const PAGE = 2;

/** A datacenter of one node, which leads these partitions. */
async function datacenter(index: number, partitions: Partitions): Promise<DatacenterLayout> {
  const server = await startAdminServer({
    address: "127.0.0.1",
    port: 0,
    registry: new Registry(),
    health: () => ({ ok: true, detail: null }),
    ready: () => ({ ok: true, detail: null }),
    routes: {
      "/positions": () => ({
        logId: Object.values(partitions)[0]?.logId ?? 0,
        partitions: Object.entries(partitions).map(([partition, { committed, applied }]) => ({
          partition: Number(partition),
          committed,
          applied: applied === undefined ? [] : [{ originId: 1, ...applied }],
        })),
      }),
      "/changes": (query) => ({ partitions: changesOf(partitions, query) }),
    },
  });
  servers.push(server);
  const layout = planLayout("/data", { ...SETUP_DEFAULTS, nodes: 1 }).datacenters[index];
  const node = layout?.nodes[0];
  if (layout === undefined || node === undefined) throw new MeridianError("NOT_FOUND", "no such datacenter");
  return { ...layout, nodes: [{ ...node, adminPort: server.port }] };
}

function changesOf(partitions: Partitions, query: URLSearchParams): unknown[] {
  return (query.get("after") ?? "").split(",").flatMap((part) => {
    const [partition = -1, after = 0] = part.split(":").map(Number);
    const told = partitions[partition];
    if (told === undefined || told.deposed) return [];
    const from = Math.max(after, told.trimmedTo ?? 0);
    const next = Math.min(told.committed, from + PAGE);
    const numberOf = (sequence: number): number => (told.uncounted ? 0 : told.changes.indexOf(sequence) + 1);
    const listed = told.changes.filter((sequence) => sequence > from && sequence <= next);
    const [first] = listed;
    const atEnd = next === told.committed ? numberOf(told.changes.at(-1) ?? 0) + 1 : null;
    return [
      {
        ...{ partition, committed: told.committed, trimmed: from > after, next },
        nextNumber: first === undefined ? atEnd : numberOf(first),
        changes: listed.map((sequence) => changeOf(sequence, numberOf(sequence))),
      },
    ];
  });
}

function changeOf(sequence: number, number: number): unknown {
  return {
    ...{ sequence, number, kind: "put", digest: "00", set: "demo", generation: 1, lut: "1", lutIso: "" },
    ...{ sourceId: 1, voidTime: 0, seen: [], imageBytes: 1, imageHash: "" },
  };
}

async function compare(origin: Partitions, survivor: Partitions, firstOnly = false) {
  const [a, b] = [await datacenter(0, origin), await datacenter(1, survivor)];
  const behind: [number, number][] = [];
  const { applied, unknown } = await compareLogs({
    origin: a,
    survivor: b,
    namespace: "test",
    partitions: new Set([...Object.keys(origin), ...Object.keys(survivor)].map(Number)),
    firstOnly,
    onChange: (partition, { sequence }) => behind.push([partition, sequence]),
  });
  return { applied: [...applied], unknown: Object.fromEntries(unknown), behind };
}

const nothing = { logId: 9, committed: 0, changes: [] };
/** What has applied up to `sequence`, the `changes`th change. */
const at = (sequence: number, changes = 0, logId = 5): Told => ({
  ...nothing,
  applied: { logId, sequence, changes },
});

test("every change above the position is told, through all pages; what is none of ours is passed over", async () => {
  const found = await compare(
    {
      1: { logId: 5, committed: 9, changes: [1, 2, 4, 5, 9] },
      2: { logId: 5, committed: 9, changes: [1, 2] },
      3: { logId: 5, committed: 3, changes: [3] },
      4: { logId: 5, committed: 3, changes: [3] },
    },
    { 1: at(2), 2: at(2), 3: at(3), 4: nothing },
  );
  expect(found.behind.filter(([partition]) => partition === 1)).toEqual([
    [1, 4],
    [1, 5],
    [1, 9],
  ]);
  expect(found.behind.filter(([partition]) => partition !== 1)).toEqual([[4, 3]]);
  expect(found.applied.sort()).toEqual([2, 3]);
  expect(found.unknown).toEqual({});
});

test("one change is enough when it is only asked whether there is any", async () => {
  const found = await compare({ 1: { logId: 5, committed: 9, changes: [3, 4, 7] } }, { 1: at(2) }, true);
  expect(found).toMatchObject({
    behind: [
      [1, 3],
      [1, 4],
    ],
    applied: [],
  });
});

const TRIMMED = "the origin's log is trimmed above the survivor's position";

test("a trimmed log is declared where changes are gone that are not applied, with what is left", async () => {
  const origin = { logId: 5, committed: 9, changes: [2, 4, 8], trimmedTo: 6 };
  const found = await compare(
    { 1: origin, 2: { ...origin, changes: [2, 4] }, 3: { ...origin, uncounted: true } },
    { 1: at(2, 1), 2: at(2, 1), 3: at(2) },
  );
  expect(found.applied).toEqual([]);
  expect(found.behind).toContainEqual([1, 8]);
  expect(found.unknown).toEqual({ 1: TRIMMED, 2: TRIMMED, 3: TRIMMED });
});

test("what is trimmed above the position is no loss if its number says that no change is gone", async () => {
  const origin = { logId: 5, committed: 19, changes: [2, 4, 18], trimmedTo: 6 };
  const found = await compare(
    {
      1: origin,
      2: { ...origin, changes: [2, 4] },
      3: { ...origin, changes: [] },
      // The next change is some pages away.
      4: { ...origin, trimmedTo: 8 },
    },
    { 1: at(5, 2), 2: at(4, 2), 3: nothing, 4: at(4, 2) },
  );
  expect(found.unknown).toEqual({});
  expect(found.behind.sort()).toEqual([
    [1, 18],
    [4, 18],
  ]);
  expect(found.applied.sort()).toEqual([2, 3]);
});

test("a position of another log counts for nothing, and matters only if there are changes", async () => {
  const found = await compare(
    { 1: { logId: 5, committed: 4, changes: [2] }, 2: { logId: 5, committed: 4, changes: [] } },
    { 1: at(4, 1, 77), 2: at(4, 1, 77) },
  );
  expect(found).toEqual({
    applied: [2],
    behind: [[1, 2]],
    unknown: { 1: "the survivor's position is of another log" },
  });
});

test("partitions that nobody answers for are unknown, never applied", async () => {
  const found = await compare(
    {
      1: { logId: 5, committed: 4, changes: [2] },
      3: { logId: 5, committed: 4, changes: [2], deposed: true },
    },
    { 2: at(4), 3: at(1) },
  );
  expect(found).toEqual({
    applied: [],
    behind: [],
    unknown: {
      1: "no primary in the survivor answers",
      2: "no primary in the origin answers",
      3: "no primary in the origin answers",
    },
  });
});
