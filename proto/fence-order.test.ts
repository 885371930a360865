/**
 * Proves of orders: each has a number above all that is known, remembers after which declarations the
 * datacenter was let in, and keeps why it was closed for as long as it is held; an order of shut-outs that
 * changes nothing is none.
 */
import { expect, test } from "vitest";
import type { Fence, ShutOuts } from "./cluster-map.ts";
import { newestFence, nextFenceOrder, nextShutOutOrder } from "./fence-order.ts";

const because = { id: 7, sinceMs: 5, by: 2 };
const held: Fence = { order: 4, state: "held", because, admitted: [1, 2] };

test("an order is numbered above the map's and the bucket's, whichever is ahead", () => {
  expect(nextFenceOrder([undefined, undefined], { state: "writes" })).toEqual({ order: 1, state: "writes" });
  for (const known of [
    [held, { order: 9, state: "all" }],
    [{ order: 9, state: "all" }, held],
  ] as const) {
    expect(nextFenceOrder(known, { state: "open" })).toEqual({ order: 10, state: "open", admitted: [1, 2] });
    expect(newestFence(known)?.order).toBe(9);
  }
});

test("what was let in is remembered through every order, once, and the latest of it", () => {
  const admitted = nextFenceOrder([held, { order: 3, state: "open", admitted: [2, 3] }], {
    state: "open",
    admit: [3, 8],
  }).admitted;
  expect(admitted).toEqual([1, 2, 3, 8]);
  let fence = nextFenceOrder([], { state: "open" });
  for (let id = 1; id <= 100; id++) fence = nextFenceOrder([fence], { state: "open", admit: [id] });
  expect(fence.admitted).toHaveLength(32);
  expect(fence.admitted?.at(-1)).toBe(100);
});

test("held once more it is closed for the same reason; opened, for none", () => {
  expect(nextFenceOrder([held], { state: "held" }).because).toEqual(because);
  expect(nextFenceOrder([held], { state: "open" }).because).toBeUndefined();
  expect(nextFenceOrder([{ ...held, state: "open" }], { state: "held" }).because).toBeUndefined();
  expect(nextFenceOrder([held], { state: "held", because: { ...because, id: 9 } }).because?.id).toBe(9);
});

test("an order of shut-outs counts from the newest one, and only if something changes", () => {
  const one = { sourceId: 1, id: 70, sinceMs: 5 };
  const old: ShutOuts = { order: 2, origins: [one, { sourceId: 3, id: 71, sinceMs: 6 }] };
  const newest: ShutOuts = { order: 6, origins: [one] };
  expect(nextShutOutOrder([old, newest], (origins) => origins)).toBeUndefined();
  expect(nextShutOutOrder([old, newest], (origins) => [...origins])).toBeUndefined();
  expect(nextShutOutOrder([newest, old], () => [])).toEqual({ order: 7, origins: [] });
  expect(nextShutOutOrder([undefined, undefined], () => [])).toBeUndefined();
  expect(nextShutOutOrder([undefined], (origins) => [...origins, one])).toEqual({ order: 1, origins: [one] });
});
