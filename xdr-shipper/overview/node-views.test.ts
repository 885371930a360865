/**
 * Proves of the nodes' figures: sums over those that answer, the newest map judges partitions, a node that
 * is up and does not answer is silent with nothing known of it, and nothing is known while none was asked.
 */
import { expect, test } from "vitest";
import { type ClusterMap, type Member, NO_FENCE, NO_SHUT_OUTS } from "../../proto/cluster-map.ts";
import { type NodeAnswer, viewDatacenter } from "./node-views.ts";

const MAP: ClusterMap = {
  ...{ version: 3, clusterId: "c", fence: NO_FENCE, shutOuts: NO_SHUT_OUTS, namespaces: [] },
  members: [member("a1", "up"), member("a2", "up"), member("a3", "down")],
};
const ORIGINS = new Map([[2, "dc-b"]]);
const ENDED = {
  changes: 5,
  applied: 4,
  superseded: 1,
  conflictWon: 0,
  conflictLost: 0,
  parked: 0,
  recovered: 0,
  filtered: 0,
  forwarded: 0,
};

function member(name: string, state: Member["state"]): Member {
  const places = { service: "", fabric: "", admin: "" };
  return { id: name, name, state, rackId: 0, boot: 1, changedAt: 1, ...places };
}

function answer(mapVersion: number, records: number, unavailable: number, originId = 2): NodeAnswer {
  const one = { name: "test", records, unavailable, underReplicated: 1, counters: { clientWrites: 7 } };
  const origin = { originId, logId: 9, ...ENDED, unaccounted: 0 };
  return {
    status: { controller: mapVersion === 3, residentBytes: 100, logBytes: 50, mapVersion, namespaces: [one] },
    ledgers: [{ logId: 4, partitions: 2000, changes: 30, origins: [origin] }],
  };
}

test("sums over the nodes that answer", () => {
  const answers = new Map([
    ["a1", answer(2, 10, 99)],
    ["a2", answer(3, 5, 6)],
  ]);
  const view = viewDatacenter(MAP, ["test"], ORIGINS, answers);
  expect(view.nodes.map(({ name, state, controller }) => [name, state, controller])).toEqual([
    ["a1", "up", false],
    ["a2", "up", true],
    ["a3", "down", false],
  ]);
  expect(view.namespaces).toEqual([
    {
      ...{ name: "test", records: 15, clientWrites: 14, unavailable: 6, underReplicated: 1 },
      ...{ logId: 4, made: 60, partitions: 4000 },
    },
  ]);
  expect(view.ledgers).toEqual([
    {
      ...{ origin: "dc-b", namespace: "test", logId: 9, changes: 10, applied: 8, superseded: 2 },
      ...{
        conflictWon: 0,
        conflictLost: 0,
        parked: 0,
        recovered: 0,
        filtered: 0,
        forwarded: 0,
        unaccounted: 0,
      },
    },
  ]);
  expect(answers.get("a1")?.ledgers[0]?.origins[0]?.changes).toBe(5);
});

test("a node that is up and does not answer is silent; a datacenter that nobody knows is left out", () => {
  const view = viewDatacenter(MAP, ["test"], ORIGINS, new Map([["a1", answer(3, 10, 0, 77)]]));
  expect(view.nodes[1]).toMatchObject({ name: "a2", state: "silent", residentBytes: null });
  expect(view.ledgers).toEqual([]);
});

test("with no answer, and before anybody was asked, nothing is known", () => {
  const unknown = { records: null, clientWrites: null, unavailable: null, underReplicated: null, made: null };
  for (const answers of [new Map<string, NodeAnswer>(), undefined]) {
    expect(viewDatacenter(MAP, ["test"], ORIGINS, answers).namespaces).toMatchObject([unknown]);
  }
  expect(viewDatacenter(MAP, ["test"], ORIGINS, undefined).nodes[0]?.state).toBe("up");
  expect(viewDatacenter(undefined, ["test"], ORIGINS, undefined).nodes).toEqual([]);
});
