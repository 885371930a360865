/**
 * Proves of feeds that are declared at run time: they stand beside the file's and never in their place, what
 * cannot be is refused with the reason or the nearest name, and who is declared anew is somebody else.
 */
import { describe, expect, test } from "vitest";
import { parseDatacenterConfig } from "../config.ts";
import { changeFeeds, declaredFeeds, type FeedChange, NO_FEED_ORDERS, voidFeeds } from "./feed-orders.ts";

function configWith(feeds: readonly object[]) {
  return parseDatacenterConfig(
    {
      name: "dc-a",
      "src-id": 1,
      nats: "nats://127.0.0.1:1",
      namespaces: [{ name: "test" }, { name: "more" }],
      nodes: [{ name: "n", data: "n", "service-port": 1, "fabric-port": 2, "admin-port": 3 }],
      feeds,
    },
    "test",
  );
}

const config = configWith([{ name: "orders", namespace: "test", set: "orders", consumers: ["audit"] }]);
const INVOICES = { name: "invoices", namespace: "test", set: ["invoices"], consumers: ["index"] };

function after(...changes: FeedChange[]) {
  return changeFeeds(config, NO_FEED_ORDERS, changes);
}

function refusal(...changes: FeedChange[]): string {
  try {
    after(...changes);
    return "taken";
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

test("a feed is added beside the file's, with the defaults that the file's have, and removed", () => {
  const orders = after({ action: "add", feed: INVOICES });
  expect(orders).toMatchObject({ order: 1, removed: [] });
  const declared = declaredFeeds(config, orders);
  expect(declared.map(({ config: { name }, ordered }) => [name, ordered])).toEqual([
    ["orders", false],
    ["invoices", true],
  ]);
  expect(declared[1]).toMatchObject({
    config: { format: "json", consumers: ["index"], "retention-seconds": 86_400 },
    consumers: [{ name: "index", key: "index@1", ordered: true }],
  });
  const removed = changeFeeds(config, orders, [{ action: "remove", feed: "invoices" }]);
  expect(removed).toEqual({ order: 2, feeds: [], consumers: [], removed: ["invoices"] });
  expect(changeFeeds(config, removed, [{ action: "add", feed: INVOICES }])).toMatchObject({ removed: [] });
});

test("a consumer is added to a feed of either kind; declared anew it has another position", () => {
  const change = { feed: "orders", consumer: "cache" };
  const orders = after({ action: "add-consumer", ...change });
  expect(declaredFeeds(config, orders)[0]).toMatchObject({
    config: { consumers: ["audit", "cache"] },
    ordered: false,
    consumers: [
      { key: "audit", ordered: false },
      { key: "cache@1", ordered: true },
    ],
  });
  const gone = changeFeeds(config, orders, [{ action: "remove-consumer", ...change }]);
  expect(declaredFeeds(config, gone)[0]?.config.consumers).toEqual(["audit"]);
  const again = changeFeeds(config, gone, [{ action: "add-consumer", ...change }]);
  expect(declaredFeeds(config, again)[0]?.consumers[1]?.key).toBe("cache@3");
});

test("what the file says later wins", () => {
  const orders = after({ action: "add", feed: INVOICES });
  const wider = configWith([{ name: "all", namespace: "test" }]);
  expect(declaredFeeds(wider, orders).map((feed) => feed.config.name)).toEqual(["all"]);
  expect(voidFeeds(wider, orders)).toEqual(["invoices"]);
  const same = configWith([{ ...INVOICES, consumers: ["index", "late"] }]);
  expect(declaredFeeds(same, orders)[0]).toMatchObject({ ordered: false });
  expect(declaredFeeds(same, orders)[0]?.consumers.map(({ key }) => key)).toEqual(["index", "late"]);
});

describe("refused", () => {
  test.each<[FeedChange[], RegExp]>([
    [[{ action: "remove", feed: "orders" }], /feed orders is declared by the file/],
    [[{ action: "remove", feed: "invoice" }], /there is no feed invoice$/],
    [
      [
        { action: "add", feed: INVOICES },
        { action: "remove", feed: "invoice" },
      ],
      /no feed invoice; did you mean invoices\?/,
    ],
    [[{ action: "add", feed: { ...INVOICES, name: "orders" } }], /there is a feed orders already/],
    [[{ action: "add", feed: { name: "x", namespace: "test" } }], /feed x has the same records of test/],
    [[{ action: "add", feed: { name: "x", namespace: "mor" } }], /no namespace mor; did you mean more\?/],
    [
      [{ action: "add", feed: { name: "x", namespace: "more", formt: "json" } }],
      /formt.*did you mean format/s,
    ],
    [[{ action: "add", feed: { name: "x", namespace: "more", format: "xml" } }], /format/],
    [
      [{ action: "add", feed: { ...INVOICES, consumers: ["a", "a"] } }],
      /consumer of feed invoices a is given twice/,
    ],
    [[{ action: "add-consumer", feed: "order", consumer: "b" }], /no feed order; did you mean orders\?/],
    [[{ action: "add-consumer", feed: "orders", consumer: "audit" }], /has a consumer audit already/],
    [[{ action: "add-consumer", feed: "orders", consumer: "a b" }], /letters, digits/],
    [[{ action: "remove-consumer", feed: "orders", consumer: "audit" }], /declared by the file/],
    [[{ action: "remove-consumer", feed: "orders", consumer: "audits" }], /did you mean audit\?/],
  ])("%j", (changes, reason) => {
    expect(refusal(...changes)).toMatch(reason);
  });

  test("one more than there may be", () => {
    const many = Array.from({ length: 16 }, (_, index) => ({
      action: "add" as const,
      feed: { name: `f${index}`, namespace: "more", set: `s${index}` },
    }));
    expect(refusal(...many)).toMatch(/there are 16 feeds/);
    const consumers = Array.from({ length: 16 }, (_, index) => ({
      action: "add-consumer" as const,
      feed: "orders",
      consumer: `c${index}`,
    }));
    expect(refusal(...consumers)).toMatch(/has 16 consumers/);
  });
});
