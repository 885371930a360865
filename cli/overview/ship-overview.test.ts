/**
 * Proves that the figures of shippers which share lanes add up, and are unknown, not zero, while some lane
 * is nobody's or its lag cannot be said.
 */
import { expect, test } from "vitest";
import type { ShipperStatus } from "./process-status.ts";
import { viewShip } from "./ship-overview.ts";

const UNREWOUND = { rewind: -1, rewindsPending: 0 };

interface Said {
  readonly lanes: readonly number[];
  readonly lagRecords: number;
  readonly lagMs: number | null;
  readonly connected?: boolean;
  readonly cause?: string;
  readonly stalledMs?: number | null;
}

function shipper(said: Said): ShipperStatus {
  const { lanes, lagRecords, lagMs, connected = true, cause = "behind", stalledMs = null } = said;
  const sums = {
    bytesShipped: 7,
    messagesLost: 0,
    shutOut: null,
    namespaces: { test: { held: null, ...UNREWOUND } },
  };
  const told = { records: lagRecords, bytes: 10 * lagRecords, seconds: lagMs === null ? null : lagMs / 1000 };
  const lag = { ...told, writesAtRisk: lagMs === null ? null : 4, atLeast: false, cause, stalledMs };
  const ship = { connected, lagRecords, lagBytes: 10 * lagRecords, lagMs, ...sums, lag };
  const lanesOf = { ship: [...lanes], apply: [] };
  const map = { order: 0 };
  return { name: "a-shipper", map, lanes: lanesOf, destinations: { "dc-b": ship }, origins: {} };
}

const UNKNOWN = { lagRecords: null, lagBytes: null, lagSeconds: null, writesAtRisk: null };

test("one shipper with all lanes: its own figures", () => {
  const links = [
    {
      ...{ origin: "dc-a", destination: "dc-b", state: "cut" as const },
      ...{ connections: 0, bytesToDestination: 0, bytesToOrigin: 0 },
    },
  ];
  const ship = viewShip("dc-a", "dc-b", links, [
    shipper({ lanes: [0, 1, 2, 3], lagRecords: 5, lagMs: 1500, connected: false }),
  ]);
  expect(ship).toEqual({
    ...{ from: "dc-a", to: "dc-b", link: "cut", connected: false, shutOut: false },
    ...{ lagRecords: 5, lagBytes: 50, lagSeconds: 1.5, bytesShipped: 7, clockSkew: null, held: [] },
    ...{ writesAtRisk: 4, cause: "behind", stalledSeconds: null },
  });
});

test("what any shipper says of settings that hold changes back is told once", () => {
  const said = [null, "paused", "paused"].map((held) => {
    const one = shipper({ lanes: [0], lagRecords: 1, lagMs: 1 });
    const [[dc, ship] = ["", undefined]] = Object.entries(one.destinations);
    expect(ship).toBeDefined();
    const cause = held === "paused" ? ("paused" as const) : null;
    const namespaces = { test: { held: cause, ...UNREWOUND }, other: { held: null, ...UNREWOUND } };
    return { ...one, destinations: ship === undefined ? {} : { [dc]: { ...ship, namespaces } } };
  });
  expect(viewShip("dc-a", "dc-b", undefined, said).held).toEqual([{ namespace: "test", cause: "paused" }]);
});

test("of what shippers measure of the clocks there, the surest is told", () => {
  const measured = [20, 3, null].map((error) => {
    const clockSkew = error === null ? null : { ahead: 60_000, error };
    const origin = { connected: true, pendingBytes: 0, messagesReceived: 1, clockSkew };
    return { ...shipper({ lanes: [0], lagRecords: 0, lagMs: 0 }), origins: { "dc-b": origin } };
  });
  expect(viewShip("dc-a", "dc-b", undefined, measured).clockSkew).toEqual({ ahead: 60_000, error: 3 });
});

test("two shippers: records add up, the oldest change is the lag", () => {
  const ship = viewShip("dc-a", "dc-b", undefined, [
    shipper({ lanes: [0, 2], lagRecords: 5, lagMs: 1500 }),
    shipper({ lanes: [1, 3], lagRecords: 2, lagMs: 4000 }),
  ]);
  expect(ship).toMatchObject({ lagRecords: 7, lagBytes: 70, lagSeconds: 4, bytesShipped: 14 });
  expect(ship).toMatchObject({ writesAtRisk: 8, link: "unknown" });
});

test("of several causes the one of what stands still is told", () => {
  const ship = viewShip("dc-a", "dc-b", undefined, [
    shipper({ lanes: [0, 2], lagRecords: 5, lagMs: 1500 }),
    shipper({ lanes: [1, 3], lagRecords: 2, lagMs: 4000, cause: "bus-down", stalledMs: 12_000 }),
  ]);
  expect(ship).toMatchObject({ cause: "bus-down", stalledSeconds: 12 });
});

test("one that has no lane says nothing about the lag", () => {
  const idle = shipper({ lanes: [], lagRecords: 0, lagMs: null });
  const ship = viewShip(
    "dc-a",
    "dc-b",
    [],
    [shipper({ lanes: [0, 1, 2, 3], lagRecords: 3, lagMs: 0 }), idle],
  );
  expect(ship).toMatchObject({ lagRecords: 3, lagSeconds: 0 });
});

test("unknown while a lane is nobody's, a lag is not known or nobody answers", () => {
  const half = shipper({ lanes: [0, 2], lagRecords: 0, lagMs: 0 });
  expect(viewShip("dc-a", "dc-b", [], [half])).toMatchObject({ ...UNKNOWN, bytesShipped: 7 });
  const lost = shipper({ lanes: [1, 3], lagRecords: 0, lagMs: null });
  expect(viewShip("dc-a", "dc-b", [], [half, lost])).toMatchObject(UNKNOWN);
  expect(viewShip("dc-a", "dc-b", [], [])).toMatchObject({
    ...UNKNOWN,
    connected: false,
    bytesShipped: null,
  });
  expect(viewShip("dc-a", "dc-c", [], [half])).toMatchObject({ ...UNKNOWN, bytesShipped: null });
});
