/**
 * Proves what is red (it needs a person), what is only worth a look, and that a link or datacenter that
 * nobody tells of is neither well nor red. And that every problem names a part of the runbook.
 */
import { expect, test } from "vitest";
import { lagOfLink, stateOfDatacenter, stateOfLink } from "./link-state.js";
import type { Datacenter, LagFigures, Link, Overview } from "./overview-type.d.ts";
import { problemsOf } from "./problems.js";

const IDLE: LagFigures = {
  ...{ records: 0, bytes: 0, seconds: 0, writesAtRisk: 0, atLeast: false, cause: "none" },
  ...{ stalledMs: null, applied: 5 },
};
const ENDED = {
  applied: 5,
  superseded: 0,
  conflictWon: 0,
  conflictLost: 0,
  parked: 0,
  recovered: 0,
  filtered: 0,
  forwarded: 0,
};

function link(from: string, to: string, lag: Partial<LagFigures> | null, rest: Partial<Link> = {}): Link {
  const told = { made: 5, pending: 0, ended: ENDED, unaccounted: 0 };
  const one = { namespace: "test", lag: lag === null ? null : { ...IDLE, ...lag }, ...told };
  return { from, to, connected: true, bytesShipped: 10, namespaces: [one], ...rest };
}

function datacenter(name: string, rest: Partial<Datacenter> = {}): Datacenter {
  const node = { name: `${name}1`, state: "up", controller: true, residentBytes: 1, logBytes: 1 };
  const counts = { records: 1, clientWrites: 1, unavailable: 0, underReplicated: 0 };
  return {
    ...{ name, own: name === "a", heardMs: 100, askedMs: 100, fence: "open", nodes: [node] },
    ...{ namespaces: [{ name: "test", ...counts }], ...rest },
  };
}

function overview(rest: Partial<Overview>): Overview {
  return {
    ...{ datacenter: "a", now: "2026-01-01T00:00:00Z", skewWarnMs: 1000, worst: [], feeds: [], skews: [] },
    shipper: { name: "s", roles: [], instances: ["s"], natsConnected: true },
    ...{ datacenters: [datacenter("a"), datacenter("b")], links: [link("a", "b", {}), link("b", "a", {})] },
    ...rest,
  };
}

const graded = (rest: Partial<Overview>) =>
  problemsOf(overview(rest)).map(({ grade, where, what }) => `${grade} ${where}: ${what}`);

test("nothing is wrong: nothing is said", () => {
  expect(problemsOf(overview({}))).toEqual([]);
  expect(graded({ links: [link("a", "b", { records: 5000, seconds: 4, cause: "behind" })] })).toEqual([]);
  expect(graded({ links: [link("a", "b", { records: 5, seconds: 4, cause: "recovery" })] })).toEqual([]);
});

test("a stalled link is red, with what is at risk and why", () => {
  const stalled = { records: 9, writesAtRisk: 7, cause: "destination-down", stalledMs: 12_000 };
  expect(graded({ links: [link("a", "b", stalled)] })).toEqual([
    "bad a to b: stalled for 12 s: destination not heard of; 7 writes at risk",
  ]);
  expect(graded({ links: [link("a", "b", { ...stalled, stalledMs: null })] })[0]).toMatch(/^warn a to b/);
});

test("a link that an operator holds is worth a look", () => {
  expect(stateOfLink(link("a", "b", { cause: "held", stalledMs: 60_000 })).grade).toBe("warn");
});

test("a link that nobody tells of is unknown, and has no lag of 0", () => {
  expect(stateOfLink(link("b", "a", null, { connected: null })).grade).toBe("unknown");
  expect(lagOfLink(link("b", "a", null))).toMatchObject({ records: null, seconds: null, cause: null });
  const half = link("a", "b", {});
  const other = { ...half.namespaces[0], lag: null };
  const both = { ...half, namespaces: [...half.namespaces, other] } as Link;
  expect(lagOfLink(both)).toMatchObject({ records: null, seconds: null, atLeast: true });
});

test("a cause of a later release is shown as it is", () => {
  expect(stateOfLink(link("a", "b", { cause: "eclipse", stalledMs: 20_000 })).words).toContain("eclipse");
});

test("datacenters: silent, never heard, nodes away, partitions unavailable, fenced", () => {
  const silent = datacenter("b", { heardMs: 42_000, nodes: null, namespaces: null });
  expect(stateOfDatacenter(silent)).toEqual({ grade: "bad", words: "silent for 42 s" });
  expect(graded({ datacenters: [datacenter("a"), silent], links: [link("b", "a", null)] })).toEqual([
    "bad b: silent for 42 s",
  ]);
  expect(stateOfDatacenter(datacenter("b", { heardMs: null, nodes: null, namespaces: null })).grade).toBe(
    "unknown",
  );
  const [node] = datacenter("b").nodes ?? [];
  if (node === undefined) throw new Error("it has a node");
  expect(
    graded({ datacenters: [datacenter("b", { nodes: [node, { ...node, name: "b2", state: "down" }] })] }),
  ).toEqual(["bad b b2: node is down"]);
  const counts = { name: "test", records: 1, clientWrites: 1, unavailable: 4, underReplicated: 3 };
  expect(graded({ datacenters: [datacenter("b", { namespaces: [counts] })] })).toEqual([
    "bad b test: 4 partitions unavailable",
    "warn b test: 3 partitions short of copies",
  ]);
  expect(graded({ datacenters: [datacenter("b", { fence: "writes" })] })).toEqual(["warn b: fenced: writes"]);
});

test("the ledger, clocks, feeds and the own bus", () => {
  const [one] = link("a", "b", {}).namespaces;
  if (one === undefined) throw new Error("it has a namespace");
  const lost = { ...one, unaccounted: 2, ended: { ...ENDED, parked: 3 } };
  expect(graded({ links: [link("a", "b", {}, { namespaces: [lost] })] })).toEqual([
    "bad a to b: 2 changes unaccounted",
    "warn a to b: 3 changes parked",
  ]);
  expect(graded({ skews: [{ datacenter: "b", skew: { ahead: -90_000, error: 5 } }] })).toEqual([
    "warn b: clocks are 1 min 30 s behind",
  ]);
  expect(graded({ skews: [{ datacenter: "b", skew: { ahead: 1200, error: 500 } }] })).toEqual([]);
  const consumers = { audit: { connected: false, lagRecords: 8 }, cache: { connected: true, lagRecords: 0 } };
  const feed = { name: "f", namespace: "test", set: null, format: "json", state: "shipping", lagRecords: 0 };
  expect(graded({ feeds: [{ ...feed, lagMs: 0, published: 0, consumers }] })).toEqual([
    "warn feed f: consumer audit is away, 8 entries behind",
  ]);
  const shipper = { name: "s", roles: [], instances: ["s"], natsConnected: false };
  expect(graded({ shipper })).toEqual(["bad a: own NATS not connected"]);
});
