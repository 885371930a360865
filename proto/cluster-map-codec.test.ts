/**
 * Proves: a map survives the codec unchanged; it stays far below a NATS payload; damaged bytes and
 * newer formats are refused with MAP_UNREADABLE instead of being half understood (K7).
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { PARTITION_COUNT } from "../common/limits.ts";
import {
  type ClusterMap,
  type Fence,
  type Member,
  NO_FENCE,
  NO_SHUT_OUTS,
  type PartitionRow,
} from "./cluster-map.ts";
import {
  decodeFence,
  decodeMap,
  decodeShutOuts,
  decodeFeedOrders,
  decodeXdrOrders,
  encodeFence,
  encodeMap,
  encodeShutOuts,
  encodeFeedOrders,
  encodeXdrOrders,
} from "./cluster-map-codec.ts";
import { meridian } from "./gen/control.js";

function member(index: number): Member {
  return {
    id: index.toString(16).toUpperCase().padStart(16, "0"),
    name: `a${index}`,
    rackId: index % 3,
    service: `127.0.0.1:${3000 + index}`,
    ...(index % 2 === 0 ? { alternate: `localhost:${13_000 + index}` } : {}),
    fabric: `127.0.0.1:${3001 + index}`,
    admin: `127.0.0.1:${3002 + index}`,
    boot: index * 7,
    state: index % 3 === 0 ? "up" : index % 3 === 1 ? "down" : "leaving",
    changedAt: 2 ** 40 + index,
  };
}

function makeMap(members: number, namespaces: number, seed: number): ClusterMap {
  const list = Array.from({ length: members }, (_, index) => member(index));
  const pick = (n: number): string => list[n % members]?.id ?? "";
  const row = (n: number): PartitionRow => ({
    epoch: 1 + (n % 5000),
    primary: n % 17 === 0 ? null : pick(n),
    inSync: n % 5 === 0 ? [pick(n)] : [pick(n), pick(n + 1)],
    assigned: [pick(n + 1), pick(n), pick(n + 2)],
  });
  return {
    version: 2 ** 45 + 1,
    clusterId: "cluster-1",
    fence: NO_FENCE,
    shutOuts: NO_SHUT_OUTS,
    members: list,
    namespaces: Array.from({ length: namespaces }, (_, index) => ({
      name: `ns${index}`,
      logId: 2 ** 52 + index,
      rows: Array.from({ length: PARTITION_COUNT }, (_, partition) => row(partition * (seed + 1) + index)),
    })),
  };
}

test("a map survives the codec unchanged", () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 1, max: 3 }), fc.nat(50), (n, k, seed) => {
      const map = makeMap(n, k, seed);
      expect(decodeMap(encodeMap(map))).toEqual(map);
    }),
    { numRuns: 20 },
  );
});

test("a fence survives; a map without one is written as releases without fences read it", () => {
  const map = makeMap(3, 1, 1);
  for (const state of ["open", "writes", "all", "held"] as const) {
    const fence: Fence = { order: 2 ** 40, state };
    expect(decodeMap(encodeMap({ ...map, fence })).fence).toEqual(fence);
    expect(decodeFence(encodeFence(fence))).toEqual(fence);
    expect(meridian.control.ClusterMap.decode(encodeMap({ ...map, fence })).format).toBe(2);
  }
  expect(meridian.control.ClusterMap.decode(encodeMap(map)).format).toBe(1);
});

test("shut-outs and what a fence knows of a failover survive, in a format that older releases refuse", () => {
  const map = makeMap(3, 1, 1);
  const shutOuts = { order: 3, origins: [{ sourceId: 9, id: 2 ** 47 - 1, sinceMs: 1_700_000_000_001 }] };
  const because = { id: 2 ** 47 - 1, sinceMs: 1_700_000_000_001, by: 200 };
  const changes: Partial<ClusterMap>[] = [
    { shutOuts },
    { shutOuts: { order: 4, origins: [] } },
    { fence: { order: 1, state: "held", because } },
    { fence: { order: 1, state: "open", admitted: [1, 2 ** 47 - 1] } },
    { shutOuts, fence: { order: 7, state: "held", because, admitted: [5] } },
  ];
  for (const change of changes) {
    const bytes = encodeMap({ ...map, ...change });
    expect(decodeMap(bytes)).toEqual({ ...map, ...change });
    expect(meridian.control.ClusterMap.decode(bytes).format).toBe(3);
    if (change.fence !== undefined) expect(decodeFence(encodeFence(change.fence))).toEqual(change.fence);
    if (change.shutOuts !== undefined) {
      expect(decodeShutOuts(encodeShutOuts(change.shutOuts))).toEqual(change.shutOuts);
    }
  }
});

test("shut-outs that are not understood are refused: taken for none they would let everybody in", () => {
  for (const shutOuts of [{ order: 0 }, { order: 1, origins: [{ sourceId: 0, id: 1, sinceMs: 1 }] }]) {
    const bytes = meridian.control.ClusterMap.encode({ format: 3, version: 5, shutOuts }).finish();
    expect(() => decodeMap(bytes)).toThrow("cluster map cannot be read");
  }
});

test("a fence that is not understood is refused: taken for an open one it would lose writes", () => {
  const unknown = { format: 2, version: 5, fence: { order: 3, state: 9 } };
  const orderless = { format: 2, version: 5 };
  for (const message of [unknown, orderless]) {
    const bytes = meridian.control.ClusterMap.encode(message).finish();
    expect(() => decodeMap(bytes)).toThrow(expect.objectContaining({ code: "MAP_UNREADABLE" }));
  }
});

test("two namespaces over three nodes take less than 100 KB, the largest set-up less than 1 MB", () => {
  expect(encodeMap(makeMap(3, 2, 1)).length).toBeLessThan(100_000);
  expect(encodeMap(makeMap(64, 32, 1)).length).toBeLessThan(1_000_000);
});

test("settings of shipping survive; a map without them is written as releases without them read it", () => {
  const map = makeMap(3, 1, 1);
  const formatOf = (one: ClusterMap): number => meridian.control.ClusterMap.decode(encodeMap(one)).format;
  expect(formatOf(map)).toBe(1);
  const settings = [{ dc: "dc-b", namespace: "test", name: "delay-ms", value: "70" }];
  const ordered = { ...map, xdr: { order: 7, settings } };
  expect([formatOf(ordered), decodeMap(encodeMap(ordered)).xdr]).toEqual([4, ordered.xdr]);
  expect(decodeXdrOrders(encodeXdrOrders(ordered.xdr))).toEqual(ordered.xdr);
  const consumers = [{ feed: "orders", consumer: "audit", since: 3 }];
  const feeds = { order: 4, feeds: ['{"name":"orders","namespace":"test"}'], consumers, removed: ["old"] };
  const declared = { ...ordered, feeds };
  expect([formatOf(declared), decodeMap(encodeMap(declared)).feeds]).toEqual([5, feeds]);
  expect(decodeFeedOrders(encodeFeedOrders(feeds))).toEqual(feeds);
  const telling = { ...feeds, feeds: ['{"name":"orders","namespace":"test","before-image":true}'] };
  expect(formatOf({ ...ordered, feeds: telling })).toBe(6);
  expect(() => decodeXdrOrders(Buffer.from([1, 2, 3]))).toThrow(/order of settings cannot be read/);
});

test("a newer format is refused", () => {
  const bytes = meridian.control.ClusterMap.encode({ format: 7, version: 5 }).finish();
  expect(() => decodeMap(bytes)).toThrow(expect.objectContaining({ code: "MAP_UNREADABLE" }));
});

test("damaged bytes are refused or give a map of the right shape, and nothing else happens", () => {
  const whole = encodeMap(makeMap(3, 1, 1));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, value, cut) => {
      const bytes = Uint8Array.from(cut ? whole.subarray(0, at) : whole);
      if (!cut) bytes[at] = value;
      try {
        for (const namespace of decodeMap(bytes).namespaces) {
          expect(namespace.rows.length).toBe(PARTITION_COUNT);
        }
      } catch (error) {
        expect(error).toMatchObject({ code: "MAP_UNREADABLE" });
      }
    }),
    { numRuns: 200 },
  );
});
