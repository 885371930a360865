/**
 * Proves the rates of the live view (a restarted node starts at zero, never below), and that what
 * is not known is shown as unknown and what is down with the way to bring it back.
 */
import { expect, test } from "vitest";
import { ratesBetween } from "./live-view.ts";
import type { NodeOverview, Overview } from "./overview.ts";
import { renderOverview } from "./render.ts";

const ZERO = {
  clientWrites: 0,
  clientReads: 0,
  inDoubt: 0,
  refused: 0,
  applied: 0,
  superseded: 0,
  conflictWon: 0,
  conflictLost: 0,
  duplicate: 0,
  parked: 0,
};

const DASHBOARD = "http://127.0.0.1:3910/";
const NO_ORDERS = { declaredLost: null, shutOuts: [] };

function node(name: string, clientWrites: number, applied = 0): NodeOverview {
  const namespace = {
    name: "test",
    policy: "generation",
    replicationFactor: 2,
    primaries: 4096,
    replicas: 0,
    records: 1234,
    tombstones: 0,
    replicaRecords: 0,
    unavailable: 0,
    underReplicated: 0,
    counters: { ...ZERO, clientWrites, applied },
    unaccounted: 0,
  };
  return {
    name,
    service: "127.0.0.1:3000",
    state: "up",
    controller: false,
    residentBytes: 1e8,
    namespaces: [namespace],
  };
}

function overview(nodes: readonly NodeOverview[], rest: Partial<Overview> = {}): Overview {
  return {
    dataFolder: "/data",
    phase: "running",
    startedAt: "",
    datacenters: [
      { name: "dc-a", sourceId: 1, dashboard: DASHBOARD, fence: "open", ...NO_ORDERS, nodes, namespaces: [] },
    ],
    ships: [],
    processes: [],
    down: [],
    ...rest,
  };
}

test("rates are per second, of clients and of XDR apart", () => {
  const rates = ratesBetween(
    { overview: overview([node("a1", 100, 10)]), atMs: 0 },
    { overview: overview([node("a1", 1100, 510)]), atMs: 2000 },
  );
  expect(rates.get("a1")).toEqual({ clients: 500, xdr: 250 });
});

test("a node that restarted counts from zero; one that was away has no rate", () => {
  const rates = ratesBetween(
    { overview: overview([node("a1", 5000), { ...node("a2", 0), state: "down" }]), atMs: 0 },
    { overview: overview([node("a1", 20), node("a2", 7)]), atMs: 1000 },
  );
  expect(rates.get("a1")).toEqual({ clients: 0, xdr: 0 });
  expect(rates.has("a2")).toBe(false);
});

test("unknown lag is no zero, a cut link is named, and what is down says how to bring it back", () => {
  const clockSkew = { ahead: -90_000, error: 20 };
  const idle = { lagBytes: null, bytesShipped: null, clockSkew: null, shutOut: false, held: [] };
  const well = { writesAtRisk: null, cause: null, stalledSeconds: null };
  const ship = { from: "dc-a", to: "dc-b", connected: false, ...idle, ...well };
  const seen = overview([node("a1", 0)], {
    ships: [
      { ...ship, link: "cut", lagRecords: null, lagSeconds: null },
      {
        ...{ ...ship, link: "up", connected: true, lagRecords: 1500, lagSeconds: 2.25, clockSkew },
        held: [{ namespace: "test", cause: "paused" }],
      },
      {
        ...{ ...ship, link: "up", connected: true, lagRecords: 20, lagSeconds: 31.04, lagBytes: 2_500_000 },
        ...{ writesAtRisk: 12, cause: "bus-down", stalledSeconds: 30.7 },
      },
    ],
    processes: [
      {
        name: "a2",
        kind: "node",
        datacenter: "dc-a",
        state: "down",
        pid: null,
        end: "SIGKILL",
        sinceMs: 0,
        lastLines: ["last words"],
        logPath: "",
      },
    ],
  });
  const text = renderOverview(seen);
  expect(text).toContain("dc-a -> dc-b: lag unknown, dc-b not heard of, WAN link cut");
  expect(text).toContain(
    "dc-a -> dc-b: lag 1,500 records, 2.3 s, test paused, clocks of dc-b are 90.0 s behind",
  );
  expect(text).toContain(
    "dc-a -> dc-b: lag 20 records, 2.5 MB, 31.0 s, 12 writes at risk, bus-down, stalled for 31 s",
  );
  expect(text).toContain(`dashboard: http://127.0.0.1:3910/ (dc-a)`);
  expect(text).toContain("a2 is down (SIGKILL): `meridian restart a2` brings it back\n  | last words");
  expect(renderOverview({ ...seen, compose: "two-dc" })).toContain("`meridian restart a2 --compose two-dc`");
  expect(text).toMatch(/dc-a a1 .* up .* 4,096 .* 1,234 .*100 MB/);
});

test("a fence is shown, with the way to lift it", () => {
  const fenced = overview([], {
    datacenters: [
      {
        name: "dc-a",
        sourceId: 1,
        dashboard: DASHBOARD,
        fence: "writes",
        ...NO_ORDERS,
        nodes: [],
        namespaces: [],
      },
    ],
  });
  expect(renderOverview(fenced)).toContain(
    "dc-a is fenced: it refuses writes of clients (`meridian unfence dc-a`)",
  );
  expect(renderOverview({ ...fenced, compose: "two-dc" })).toContain(
    "`meridian unfence dc-a --compose two-dc`",
  );
});

test("a datacenter that was declared lost is shown on both sides, with since when and by whom", () => {
  const since = "2026-11-26T15:00:00.000Z";
  const empty = { nodes: [], namespaces: [] };
  const text = renderOverview(
    overview([], {
      datacenters: [
        {
          ...{ name: "dc-a", sourceId: 1, dashboard: DASHBOARD, fence: "held", ...empty },
          ...{ declaredLost: { by: "dc-b", since }, shutOuts: [] },
        },
        {
          ...{ name: "dc-b", sourceId: 2, dashboard: null, fence: "open", ...empty },
          ...{ declaredLost: null, shutOuts: [{ datacenter: "dc-a", since }] },
        },
      ],
    }),
  );
  expect(text).toContain(`ships none of its own changes; dc-b declared it lost at ${since}`);
  expect(text).toContain(`dc-b shuts dc-a out, declared lost at ${since}`);
});
