/**
 * CT10 of SPEC.md.
 *
 * Proves when a datacenter is shut out and let in: by orders in their order only, never by the loss or the
 * return of an old one, through failovers and restarts, and without touching anything else of the map.
 */
import { expect, test } from "vitest";
import type { ClusterMap, ShutOuts } from "../../proto/cluster-map.ts";
import { ControlWorld } from "../../test/simulation/control-world.ts";

const A = { sourceId: 1, id: 77, sinceMs: 1_700_000_000_000 };

function world(): ControlWorld {
  const made = new ControlWorld(["b1", "b2", "b3"], [{ name: "test", replicationFactor: 2 }]);
  made.advance(20);
  return made;
}

function order(made: ControlWorld, shutOuts: ShutOuts | undefined): ShutOuts {
  made.shutOutOrder = shutOuts;
  made.advance(20);
  return (made.map as ClusterMap).shutOuts;
}

test("an order is followed once, and changes nothing else of the map", () => {
  const made = world();
  const before = made.map as ClusterMap;
  const shutOuts = { order: 1, origins: [A] };
  expect(order(made, shutOuts)).toEqual(shutOuts);
  expect(made.map).toEqual({ ...before, version: before.version + 1, shutOuts });
  const after = made.map;
  made.advance(20);
  expect(made.map).toBe(after);
});

test("no loss of the order lets anybody in, nor does an older one that comes back", () => {
  const made = world();
  order(made, { order: 1, origins: [] });
  order(made, { order: 2, origins: [A] });
  for (const lost of [undefined, { order: 1, origins: [] }, { order: 2, origins: [] }]) {
    expect(order(made, lost)).toEqual({ order: 2, origins: [A] });
  }
  expect(order(made, { order: 3, origins: [] })).toEqual({ order: 3, origins: [] });
});

test("a shut-out outlives failovers, restarts, and a fence that is ordered beside it", () => {
  const made = world();
  order(made, { order: 1, origins: [A] });
  for (const process of made.processes) {
    made.kill(process);
    made.advance(5000);
    made.restart(process);
    made.advance(5000);
  }
  made.fenceOrder = { order: 1, state: "writes" };
  made.advance(20);
  expect(made.map).toMatchObject({ shutOuts: { order: 1, origins: [A] }, fence: { order: 1 } });
});

test("a cluster that is formed where an order stands follows it from its first map", () => {
  const made = new ControlWorld(["b1", "b2", "b3"], [{ name: "test", replicationFactor: 2 }]);
  made.shutOutOrder = { order: 4, origins: [A] };
  const maps: ClusterMap[] = [];
  made.onDecision = (_, after) => maps.push(after);
  made.advance(20);
  expect((made.map as ClusterMap).shutOuts).toEqual({ order: 4, origins: [A] });
  expect(maps.every(({ shutOuts }) => shutOuts.order === 4)).toBe(true);
});
