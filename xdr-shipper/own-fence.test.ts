/**
 * Proves whom a datacenter believes that it was declared lost: everybody but who is shut out here in turn,
 * and no declaration after which it was let in, by the map or by an order that the map does not have yet.
 */
import { expect, test } from "vitest";
import { type ClusterMap, type Fence, NO_FENCE, NO_SHUT_OUTS, type ShutOuts } from "../proto/cluster-map.ts";
import { mustClose } from "./own-fence.ts";

const declaration = { id: 77, sinceMs: 1_700_000_000_000, by: 2 };

function map(fence: Fence, shutOuts: ShutOuts = NO_SHUT_OUTS): ClusterMap {
  return { version: 1, clusterId: "c", fence, shutOuts, members: [], namespaces: [] };
}

test.each([
  ["open", NO_FENCE, undefined, true],
  ["open by an order", { order: 5, state: "open" }, undefined, true],
  ["closed to writes only", { order: 5, state: "writes" }, undefined, true],
  ["let in after another declaration", { order: 5, state: "open", admitted: [76] }, undefined, true],
  ["held", { order: 5, state: "held" }, undefined, false],
  ["held by an order on its way", NO_FENCE, { order: 1, state: "held" }, false],
  ["held by an order that is over", { order: 5, state: "open" }, { order: 4, state: "held" }, true],
  ["opened by an order on its way", { order: 5, state: "held" }, { order: 6, state: "open" }, true],
  ["let in", { order: 5, state: "open", admitted: [76, 77] }, undefined, false],
  [
    "let in by an order on its way",
    { order: 5, state: "held" },
    { order: 6, state: "open", admitted: [77] },
    false,
  ],
] as const)("%s: closes itself", (_, fence, ordered, closes) => {
  expect(mustClose(map(fence), ordered, declaration)).toBe(closes);
});

test("who is shut out here has no say: two that declare each other lost do not both close", () => {
  const shutOuts = { order: 1, origins: [{ sourceId: 2, id: 5, sinceMs: 0 }] };
  expect(mustClose(map(NO_FENCE, shutOuts), undefined, declaration)).toBe(false);
  expect(mustClose(map(NO_FENCE, shutOuts), undefined, { ...declaration, by: 3 })).toBe(true);
});
