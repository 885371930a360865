/**
 * Proves of what the dashboard shows: lags of shippers that share lanes add up and are unknown, not 0,
 * while a lane is nobody's; the ledger of a link comes from both of its ends, and what one of them does not
 * tell of all partitions is null; a datacenter that is not heard tells nothing.
 */
import { expect, test } from "vitest";
import type { Heard } from "./heard.ts";
import { type OverviewSources, viewDatacenters, viewLinks } from "./overview.ts";
import type { LagView, LedgerView, NamespaceView, Summary } from "./summary.ts";

const NAMESPACE: NamespaceView = {
  ...{ name: "test", records: 10, clientWrites: 3, unavailable: 0, underReplicated: 0 },
  ...{ logId: 7, made: 12, partitions: 4096 },
};
const LEDGER: LedgerView = {
  ...{ origin: "a", namespace: "test", logId: 7, changes: 10, applied: 8, superseded: 1, conflictWon: 0 },
  ...{ conflictLost: 1, parked: 0, recovered: 0, filtered: 0, forwarded: 0, unaccounted: 0 },
};

function lag(records: number | null, rest: Partial<LagView> = {}): LagView {
  return {
    ...{ to: "b", namespace: "test", records, bytes: records, seconds: records === null ? null : 1 },
    ...{ writesAtRisk: records, atLeast: false, cause: "none", stalledMs: null, applied: 100 },
    ...rest,
  };
}

function summary(datacenter: string, rest: Partial<Summary> = {}): Summary {
  return {
    ...{ format: 1, datacenter, instance: `${datacenter}-1`, lanes: [0, 1, 2, 3], fence: "open", askedMs: 5 },
    ...{ links: [{ to: "b", connected: true, bytesShipped: 50 }], lags: [lag(4)], nodes: [] },
    ...{ namespaces: [NAMESPACE], ledgers: [], ...rest },
  };
}

function sources(heard: Readonly<Record<string, readonly Summary[]>>): OverviewSources {
  return {
    ...{ own: "a", others: ["b"], namespaces: ["test"] },
    heard: (name): Heard => {
      const fresh = heard[name] ?? [];
      return { fresh, heardMs: fresh.length === 0 ? null : 20 };
    },
  };
}

const linkOf = (heard: Readonly<Record<string, readonly Summary[]>>) => {
  const [there] = viewLinks(sources(heard));
  const [namespace] = there?.namespaces ?? [];
  if (there === undefined || namespace === undefined) throw new Error("there is a link");
  return { ...there, ...namespace };
};

test("shippers that share the lanes: sums, the oldest age, the cause of what stands still", () => {
  const link = linkOf({
    a: [
      summary("a", { lanes: [0, 2], lags: [lag(4, { cause: "behind" })] }),
      summary("a", { lanes: [1, 3], lags: [lag(6, { seconds: 9, cause: "bus-down", stalledMs: 11_000 })] }),
      summary("a", { lanes: [], lags: [lag(null)] }),
    ],
  });
  expect(link.lag).toMatchObject({
    records: 10,
    seconds: 9,
    cause: "bus-down",
    stalledMs: 11_000,
    applied: 200,
  });
  expect(link).toMatchObject({ connected: true, bytesShipped: 150 });
});

test("a lane that is nobody's, or a lag that is not known, makes it unknown", () => {
  expect(linkOf({ a: [summary("a", { lanes: [0, 2] })] }).lag).toBeNull();
  const half = [
    summary("a", { lanes: [0, 2], lags: [lag(0)] }),
    summary("a", { lanes: [1, 3], lags: [lag(null)] }),
  ];
  expect(linkOf({ a: half }).lag).toMatchObject({ records: null });
  expect(linkOf({})).toMatchObject({ lag: null, connected: null, bytesShipped: null });
});

test("the ledger of a link has both ends", () => {
  const b = summary("b", { ledgers: [LEDGER, { ...LEDGER, logId: 3, unaccounted: 2 }] });
  expect(linkOf({ a: [summary("a")], b: [b] })).toMatchObject({
    ...{ made: 12, pending: 2, unaccounted: 2, ended: { applied: 8, superseded: 1, conflictLost: 1 } },
  });
});

test("what one end does not tell of all partitions is not known", () => {
  const b = summary("b", { ledgers: [LEDGER] });
  const some = summary("b", { ledgers: [LEDGER], namespaces: [{ ...NAMESPACE, partitions: 4000 }] });
  const unknown = { pending: null, ended: null, unaccounted: null };
  expect(linkOf({ a: [summary("a")] })).toMatchObject({ made: 12, ...unknown });
  expect(linkOf({ a: [summary("a")], b: [some] })).toMatchObject({ made: 12, ...unknown });
  expect(linkOf({ b: [b] })).toMatchObject({ made: null, pending: null, unaccounted: 0 });
});

test("a datacenter that is not heard tells nothing; the age of what is told counts its way", () => {
  expect(viewDatacenters(sources({ a: [summary("a")] }))).toMatchObject([
    { name: "a", own: true, heardMs: 20, askedMs: 25, fence: "open" },
    { name: "b", own: false, heardMs: null, askedMs: null, fence: null, nodes: null, namespaces: null },
  ]);
});
