/** Proves that a rewind counts as done only by shippers that know of it and have all lanes between them. */
import { expect, test } from "vitest";
import { NO_REWIND } from "../../common/xdr/xdr-settings.ts";
import { pendingOf } from "./rewind.ts";

const ORDER = 6;

function shipper(lanes: readonly number[], rewind: number, rewindsPending: number, order = ORDER) {
  const namespaces = { test: { held: null, rewind, rewindsPending } };
  const told = { connected: true, shutOut: null, lagRecords: 0, lagBytes: 0, lagMs: 0 };
  const link = { ...told, bytesShipped: 0, messagesLost: 0, namespaces };
  return { map: { order }, lanes: { ship: [...lanes] }, destinations: { "dc-b": link } };
}

const of = (...shippers: readonly ReturnType<typeof shipper>[]) =>
  pendingOf(shippers, { to: "dc-b", namespace: "test", order: ORDER });

test("what is pending is the sum of the shippers' lanes", () => {
  expect(of(shipper([0, 1, 2, 3], 100, 7))).toBe(7);
  expect(of(shipper([0, 2], 100, 0), shipper([1, 3], 100, 3))).toBe(3);
  expect(of(shipper([0, 2], 100, 0), shipper([1, 3], 100, 0))).toBe(0);
});

test("who has not heard of it, tells nothing", () => {
  expect(of(shipper([0, 2], 100, 0))).toBeNull();
  expect(of(shipper([0, 2], 100, 0), shipper([1, 3], NO_REWIND, 0))).toBeNull();
  // It still has the one before, of the same time.
  expect(of(shipper([0, 1, 2, 3], 100, 0, ORDER - 1))).toBeNull();
  expect(of()).toBeNull();
});
