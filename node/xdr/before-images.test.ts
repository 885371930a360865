/** Proves of which records images of before are kept: those that a feed with `before-image` tells, now. */
import { expect, test } from "vitest";
import { parseDatacenterConfig } from "../../common/config.ts";
import { changeFeeds } from "../../common/feeds/feed-orders.ts";
import { encodeImage } from "../../proto/record.ts";
import { FeedHolds } from "./feed-holds.ts";

function configWith(feeds: readonly object[]) {
  return parseDatacenterConfig(
    {
      ...{ name: "dc-a", "src-id": 1, nats: "nats://127.0.0.1:1", feeds },
      namespaces: [{ name: "test" }, { name: "more" }],
      nodes: [{ name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
    },
    "test",
  );
}

function imageOf(set: string): Buffer {
  return encodeImage({
    ...{ generation: 1, lut: 1n, sourceId: 1, voidTime: 0, tombstone: true, seen: [], binCount: 0 },
    ...{ setName: Buffer.from(set), userKey: Buffer.alloc(0), bins: Buffer.alloc(0) },
  });
}

const SETS = ["", "plain", "orders", "other"];
const keptOf = (holds: FeedHolds) =>
  [0, 1].map((namespaceId) => SETS.filter((set) => holds.keepsBefore(namespaceId, imageOf(set))));

test("of the sets of feeds that tell them, of all sets when one tells all, of no other namespace", () => {
  const plain = { name: "plain", namespace: "test", set: "plain" };
  const orders = { name: "orders", namespace: "test", set: "orders", "before-image": true };
  expect(keptOf(new FeedHolds(configWith([plain])))).toEqual([[], []]);
  expect(keptOf(new FeedHolds(configWith([plain, orders])))).toEqual([["orders"], []]);
  const two = [orders, { ...orders, name: "two", set: ["other"] }];
  expect(keptOf(new FeedHolds(configWith(two)))).toEqual([["orders", "other"], []]);
  const all = { name: "all", namespace: "more", "before-image": true };
  expect(keptOf(new FeedHolds(configWith([all, orders])))).toEqual([["orders"], SETS]);
});

test("from when a feed is declared at run time until it is removed", () => {
  const config = configWith([]);
  const holds = new FeedHolds(config);
  const feed = { name: "orders", namespace: "test", set: ["orders"], "before-image": true };
  const added = changeFeeds(config, { order: 0, feeds: [], consumers: [], removed: [] }, [
    { action: "add", feed },
  ]);
  holds.follow(added);
  expect(keptOf(holds)).toEqual([["orders"], []]);
  holds.follow(changeFeeds(config, added, [{ action: "remove", feed: "orders" }]));
  expect(keptOf(holds)).toEqual([[], []]);
});
