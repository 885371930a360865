/**
 * CT9 of SPEC.md.
 *
 * Proves when the controller closes and opens a datacenter: by orders in their order only, never by
 * the loss or the return of an old one, and in the very map that first knows a start which must be
 * fenced; a restart beside members that serve fences only when it says so.
 */
import { expect, test } from "vitest";
import type { Fence } from "../../proto/cluster-map.ts";
import { ControlWorld, type Process } from "../../test/simulation/control-world.ts";
import type { ClusterMap } from "../../proto/cluster-map.ts";

const RULE = { name: "test", replicationFactor: 2 };

function world(): ControlWorld {
  const made = new ControlWorld(["a1", "a2", "a3"], [RULE]);
  made.advance(20);
  return made;
}
const nth = (made: ControlWorld, index: number): Process => made.processes[index] as Process;
const fenceOf = (made: ControlWorld): Fence => (made.map as ClusterMap).fence;

function order(made: ControlWorld, fence: Fence | undefined): void {
  made.fenceOrder = fence;
  made.advance(20);
}

test("an order is followed once, and changes nothing else of the map", () => {
  const made = world();
  const before = made.map as ClusterMap;
  order(made, { order: 1, state: "writes" });
  expect(made.map).toEqual({ ...before, version: before.version + 1, fence: { order: 1, state: "writes" } });
  const fenced = made.map;
  made.advance(20);
  expect(made.map).toBe(fenced);
});

test("no loss of the order opens, nor does an older one that comes back", () => {
  const made = world();
  order(made, { order: 1, state: "open" });
  order(made, { order: 2, state: "all" });
  for (const lost of [undefined, { order: 1, state: "open" }, { order: 2, state: "open" }] as const) {
    order(made, lost);
    expect(fenceOf(made)).toEqual({ order: 2, state: "all" });
  }
  order(made, { order: 3, state: "open" });
  expect(fenceOf(made)).toEqual({ order: 3, state: "open" });
});

test("a fence outlives failovers and restarts", () => {
  const made = world();
  order(made, { order: 1, state: "writes" });
  made.kill(nth(made, 1));
  made.advance(5000);
  made.restart(nth(made, 1));
  made.advance(5000);
  expect(fenceOf(made)).toEqual({ order: 1, state: "writes" });
});

test("the first map that knows a start which must be fenced has the fence, whatever was ordered", () => {
  const made = world();
  const maps: ClusterMap[] = [];
  made.onDecision = (_, after) => maps.push(after);
  made.kill(nth(made, 0));
  made.advance(3000);
  nth(made, 0).startFenced = "always";
  made.restart(nth(made, 0));
  order(made, { order: 4, state: "open" });
  const knowing = maps.filter(({ members }) =>
    members.some(({ id, boot }) => id === nth(made, 0).id && boot === 2),
  );
  expect(knowing.length).toBeGreaterThan(0);
  expect(knowing.map(({ fence }) => fence)).toEqual(knowing.map(() => ({ order: 5, state: "held" })));
  // The operator decides later, and that stands while the same start lives on.
  order(made, { order: 6, state: "open" });
  made.advance(5000);
  expect(fenceOf(made)).toEqual({ order: 6, state: "open" });
});

test("`alone` does not close a datacenter that serves, and closes one that returns as a whole", () => {
  const made = world();
  for (const process of made.processes) process.startFenced = "alone";
  for (const process of made.processes) {
    made.kill(process);
    made.advance(3000);
    made.restart(process);
    made.advance(3000);
  }
  expect(fenceOf(made)).toEqual({ order: 0, state: "open" });
  for (const process of made.processes) made.kill(process);
  made.restart(nth(made, 2));
  made.advance(20);
  expect(fenceOf(made)).toEqual({ order: 1, state: "held" });
  for (const process of made.processes.slice(0, 2)) made.restart(process);
  made.advance(5000);
  expect(fenceOf(made)).toEqual({ order: 1, state: "held" });
});

test("a datacenter that is formed anew is closed if its nodes start fenced", () => {
  const made = new ControlWorld(["a1", "a2", "a3"], [RULE]);
  for (const process of made.processes) process.startFenced = "alone";
  made.advance(20);
  expect(fenceOf(made)).toEqual({ order: 1, state: "held" });
});
