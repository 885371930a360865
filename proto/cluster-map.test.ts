/** Proves that slots and partitions map both ways, and that a digest's partition is the protocol's. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type ClusterMap,
  memberOf,
  partitionOfDigest,
  rowOf,
  slotNamespaceId,
  slotOf,
  slotPartitionId,
  NO_FENCE,
  NO_SHUT_OUTS,
} from "./cluster-map.ts";

test("a slot is a namespace id and a partition id", () => {
  fc.assert(
    fc.property(fc.nat({ max: 31 }), fc.nat({ max: 4095 }), (namespaceId, partitionId) => {
      const slot = slotOf(namespaceId, partitionId);
      expect([slotNamespaceId(slot), slotPartitionId(slot)]).toEqual([namespaceId, partitionId]);
    }),
  );
});

test("the partition is the digest's first two bytes, little-endian, and 4095", () => {
  expect(partitionOfDigest(Uint8Array.of(0x01, 0x00, 9))).toBe(1);
  expect(partitionOfDigest(Uint8Array.of(0x00, 0x01, 9))).toBe(256);
  expect(partitionOfDigest(Uint8Array.of(0xff, 0xff, 9))).toBe(4095);
  expect(partitionOfDigest(Uint8Array.of(0x34, 0xf2, 9))).toBe(0x234);
});

test("rows and members are found, or are undefined", () => {
  const row = { epoch: 1, primary: "A", inSync: ["A"], assigned: ["A"] };
  const map: ClusterMap = {
    version: 1,
    clusterId: "c",
    fence: NO_FENCE,
    shutOuts: NO_SHUT_OUTS,
    members: [],
    namespaces: [
      { name: "test", logId: 1, rows: [] },
      { name: "gen", logId: 2, rows: [row] },
    ],
  };
  expect(rowOf(map, slotOf(1, 0))).toBe(row);
  expect(rowOf(map, slotOf(0, 0))).toBeUndefined();
  expect(rowOf(map, slotOf(2, 0))).toBeUndefined();
  expect(memberOf(map, "A")).toBeUndefined();
});
