/**
 * Proves which setting holds: the default, the file's, the ordered one above it until it is taken back; and
 * that what cannot be is refused with its reason or the nearest right name, as a whole.
 */
import { expect, test } from "vitest";
import { parseDatacenterConfig } from "../config.ts";
import { MeridianError } from "../errors.ts";
import {
  changeSettings,
  namespaceSettings,
  NO_XDR_ORDERS,
  shipSettings,
  type XdrChange,
  type XdrOrders,
} from "./xdr-orders.ts";

const config = parseDatacenterConfig(
  {
    name: "dc-a",
    "src-id": 1,
    nats: "a:4222",
    namespaces: [{ name: "test", "reject-non-xdr-writes": true }, { name: "other" }],
    nodes: [{ name: "a1", data: "a1", "service-port": 3000, "fabric-port": 3001, "admin-port": 3002 }],
    remotes: [
      { name: "dc-b", "src-id": 2, nats: "b:4222" },
      { name: "dc-c", "src-id": 3, nats: "c:4222" },
    ],
    shipping: { compression: "zstd" },
    xdr: { dcs: [{ name: "dc-b", namespaces: [{ name: "test", "ignore-set": ["x"], "delay-ms": 70 }] }] },
  },
  "dc-a.yaml",
);
const place = { dc: "dc-b", namespace: "test" };

function change(name: string, value: string, action: XdrChange["action"] = "set", dc = "dc-b"): XdrChange {
  return { dc, namespace: "test", name, action, value };
}

function after(...changes: readonly XdrChange[]): XdrOrders {
  return changes.reduce<XdrOrders>(
    (orders, one) => ({ order: orders.order + 1, settings: changeSettings(config, orders, [one]) }),
    NO_XDR_ORDERS,
  );
}

function problem(...changes: readonly XdrChange[]): string {
  try {
    changeSettings(config, NO_XDR_ORDERS, changes);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "CONFIG_INVALID") return error.message;
    throw error;
  }
  return "none";
}

test("the file's settings stand above the defaults, ordered ones above the file's", () => {
  expect(shipSettings(config, NO_XDR_ORDERS, { dc: "dc-c", namespace: "test" })).toMatchObject({
    "max-throughput": 100_000,
    "ignore-set": [],
    "enable-compression": true,
    forward: false,
  });
  expect(shipSettings(config, NO_XDR_ORDERS, place)).toMatchObject({ "ignore-set": ["x"], "delay-ms": 70 });
  const orders = after(
    change("delay-ms", "0"),
    change("enable-compression", "false"),
    change("max-throughput", "0"),
  );
  expect(shipSettings(config, orders, place)).toMatchObject({
    "delay-ms": 0,
    "enable-compression": false,
    "max-throughput": 0,
    "ignore-set": ["x"],
  });
  expect(shipSettings(config, orders, { dc: "dc-b", namespace: "other" })["max-throughput"]).toBe(100_000);
  const back = { ...orders, settings: changeSettings(config, orders, [change("delay-ms", "", "unset")]) };
  expect(shipSettings(config, back, place)).toMatchObject({ "delay-ms": 70, "max-throughput": 0 });
});

test("a set is in one list at a time: what is said last counts", () => {
  const ignored = after(change("ignore-set", "y", "add"), change("ignore-set", "y", "add"));
  expect(shipSettings(config, ignored, place)["ignore-set"]).toEqual(["x", "y"]);
  const shipped = after(change("ignore-set", "y", "add"), change("ship-set", "x", "add"));
  expect(shipSettings(config, shipped, place)).toMatchObject({ "ignore-set": ["y"], "ship-set": ["x"] });
  const none = after(change("ignore-set", "x", "remove"));
  expect(shipSettings(config, none, place)["ignore-set"]).toEqual([]);
  const list = after(change("ship-set", "a,b"), change("ship-only-specified-sets", "true"));
  expect(shipSettings(config, list, place)).toMatchObject({ "ship-set": ["a", "b"] });
});

test("a filter is ordered, and none is an order, too", () => {
  const filter = "kwGTUQKhYQU=";
  const ordered = after(change("filter", filter));
  expect(shipSettings(config, ordered, place).filter).toBe(filter);
  const none = { ...ordered, settings: changeSettings(config, ordered, [change("filter", "")]) };
  expect([shipSettings(config, none, place).filter, none.settings.length]).toEqual(["", 1]);
  expect(problem(change("filter", "kwGTUQK="))).toMatch(/^filter: the expression's msgpack: /);
  expect(problem(change("filter", "kQA="))).toBe("none");
  expect(problem(change("filter", "UQ=="))).toMatch(
    /^filter: a filter is true or false; this is of type int$/,
  );
});

test("a namespace's own settings are apart", () => {
  expect(namespaceSettings(config, NO_XDR_ORDERS, "test")).toEqual({
    "reject-xdr-writes": false,
    "reject-non-xdr-writes": true,
  });
  const orders = after(change("reject-non-xdr-writes", "false", "set", ""));
  expect(namespaceSettings(config, orders, "test")["reject-non-xdr-writes"]).toBe(false);
  expect(namespaceSettings(config, orders, "other")["reject-non-xdr-writes"]).toBe(false);
});

test.each([
  [change("delay-ms", "5001"), /delay-ms: Too big/],
  [change("delay-ms", "soon"), /delay-ms: Invalid input: expected number/],
  [change("max-throughput", "150"), /multiple of 100/],
  [change("forward", "perhaps"), /forward: Invalid input: expected boolean/],
  [change("bin-policy", "only-changed"), /dc-b, test: bin-policy, .* need conflict-resolve-/],
  [change("ignore-bin", "x", "add"), /dc-b, test: .* a write there drops bins that it never saw/],
  [change("bin-policy", "no-bins"), /bin-policy: no-bins is for connectors: a change feed/],
  [change("remote-namespace", "x"), /remote-namespace: not there: /],
  [change("shipset", "x"), /no setting shipset; did you mean ship-set\?/],
  [change("delay-ms", "1", "add"), /delay-ms is no list/],
  [change("ship-set", "s".repeat(64), "add"), /ship-set: at most 63 bytes/],
  [change("ship-only-specified-sets", "true"), /dc-b, test: ship-only-specified-sets without a ship-set/],
  [change("ship-set", "x"), /dc-b, test: set x is in ship-set and in ignore-set/],
  [change("reject-xdr-writes", "true", "set", ""), /test: .* together refuse all writes/],
  [change("delay-ms", "1", "set", "dc-d"), /no datacenter in remotes dc-d; did you mean dc-b\?/],
  [{ ...change("delay-ms", "1"), namespace: "tset" }, /no namespace tset; did you mean test\?/],
])("%j is refused", (one, says) => expect(problem(one)).toMatch(says));

test("where bins converge their stamps are shipped, and it cannot be ordered otherwise", () => {
  const converging = parseDatacenterConfig(
    { ...config, namespaces: [{ name: "test", "conflict-resolve-writes": true }], xdr: { dcs: [] } },
    "dc-a.yaml",
  );
  expect(shipSettings(converging, NO_XDR_ORDERS, place)["ship-bin-luts"]).toBe(true);
  expect(shipSettings(config, NO_XDR_ORDERS, place)["ship-bin-luts"]).toBe(false);
  expect(() => changeSettings(converging, NO_XDR_ORDERS, [change("ship-bin-luts", "false")])).toThrow(
    /ship-bin-luts: false with conflict-resolve-writes: true/,
  );
  const orders = (...changes: readonly XdrChange[]) => changeSettings(converging, NO_XDR_ORDERS, changes);
  expect(() => orders(change("bin-policy", "changed-and-specified"))).toThrow(
    /without a ship-bin ships no bins/,
  );
  const list = orders(change("ignore-bin", "x", "add"), change("ship-bin", "x", "add"));
  const held = shipSettings(converging, { order: 1, settings: list }, place);
  expect(held).toMatchObject({ "ship-bin": ["x"], "ignore-bin": [], "bin-policy": "all" });
  expect(() => orders(change("ignore-bin", "b".repeat(16), "add"))).toThrow(/ignore-bin: at most 15 bytes/);
  expect(problem(change("ship-bin-luts", "true"))).toMatch(/ship-bin-luts: true without conflict-resolve/);
  expect(problem(change("conflict-resolve-writes", "true", "set", ""))).toMatch(/in the file only/);
});

test("more than a map may hold is refused", () => {
  const sets = Array.from({ length: 200 }, (_, index) => `${index}`.padStart(63, "s")).join();
  const many = ["dc-b", "dc-c"].flatMap((dc) =>
    ["test", "other"].flatMap((namespace) =>
      ["ship-set", "ignore-set"].map((name) => ({
        ...change(name, sets.replaceAll("s", name[0] ?? "")),
        dc,
        namespace,
      })),
    ),
  );
  expect(problem(...many)).toMatch(/bytes of settings: more than 65536/);
});
