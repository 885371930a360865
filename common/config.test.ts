/**
 * Proves that a datacenter's file is taken with its defaults, and that whatever is wrong with one is
 * said in one line that names the file and the place.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadDatacenterConfig, parseDatacenterConfig, publishedSchema } from "./config.ts";
import { MeridianError } from "./errors.ts";

const NODE = {
  name: "a1",
  data: "data/a1",
  "service-port": 3000,
  "fabric-port": 3001,
  "admin-port": 3002,
};
const GOOD = {
  name: "dc-a",
  "src-id": 1,
  nats: "127.0.0.1:4222",
  namespaces: [{ name: "test" }],
  nodes: [NODE],
};

function problem(raw: unknown): string {
  try {
    parseDatacenterConfig(raw, "dc-a.yaml");
  } catch (error) {
    if (error instanceof MeridianError && error.code === "CONFIG_INVALID") return error.message;
    throw error;
  }
  return "none";
}

describe("a right configuration", () => {
  test("gets the defaults", () => {
    const config = parseDatacenterConfig(GOOD, "dc-a.yaml");
    expect(config.namespaces[0]).toMatchObject({
      "conflict-resolution-policy": "last-update-time",
      "replication-factor": 2,
      "default-ttl": 0,
    });
    expect(config.nodes[0]).toMatchObject({ "rack-id": 0, address: "127.0.0.1" });
    expect(config.timing["lease-ms"]).toBeLessThan(config.timing["dead-after-ms"]);
    expect(config.remotes).toEqual([]);
    expect(config["clock-offset-ms"]).toBe(0);
  });

  test("containers listen on the same ports, each under its own name", () => {
    const all = { ...NODE, address: "0.0.0.0" };
    const nodes = [
      { ...all, "access-address": "a1" },
      { ...all, name: "a2", "access-address": "a2" },
    ];
    const shippers = ["s1", "s2"].map((name) => ({ name, address: "0.0.0.0", "admin-port": 3002 }));
    expect(parseDatacenterConfig({ ...GOOD, nodes, shippers }, "dc-a.yaml").nodes).toHaveLength(2);
  });

  test("keeps what it says", () => {
    const config = parseDatacenterConfig(
      { ...GOOD, timing: { "lease-ms": 300 }, remotes: [{ name: "dc-b", "src-id": 2, nats: "b:4222" }] },
      "dc-a.yaml",
    );
    expect(config.timing["lease-ms"]).toBe(300);
    expect(config.remotes[0]?.["src-id"]).toBe(2);
  });
});

describe("a wrong configuration", () => {
  const rows: [what: string, raw: unknown, says: RegExp][] = [
    ["nothing", null, /\(top\)/],
    ["a text", "hello", /\(top\)/],
    ["an unknown key", { ...GOOD, srcid: 1 }, /srcid/],
    ["a missing key", { ...GOOD, nats: undefined }, /nats/],
    ["a source id of 0", { ...GOOD, "src-id": 0 }, /src-id/],
    ["a source id of 256", { ...GOOD, "src-id": 256 }, /src-id/],
    ["a source id that is text", { ...GOOD, "src-id": "1" }, /src-id/],
    ["a port of 0", { ...GOOD, nodes: [{ ...NODE, "service-port": 0 }] }, /nodes\.0\.service-port/],
    ["a port of 65536", { ...GOOD, nodes: [{ ...NODE, "admin-port": 65536 }] }, /nodes\.0\.admin-port/],
    ["no node", { ...GOOD, nodes: [] }, /nodes/],
    ["no namespace", { ...GOOD, namespaces: [] }, /namespaces/],
    ["a name with a dot", { ...GOOD, name: "dc.a" }, /name: letters, digits/],
    [
      "a namespace name of 32 bytes",
      { ...GOOD, namespaces: [{ name: "n".repeat(32) }] },
      /namespaces\.0\.name/,
    ],
    [
      "an unknown policy",
      { ...GOOD, namespaces: [{ name: "test", "conflict-resolution-policy": "newest" }] },
      /namespaces\.0\.conflict-resolution-policy/,
    ],
    ["two nodes of one name", { ...GOOD, nodes: [NODE, NODE] }, /node or shipper name a1 is given twice/],
    [
      "a shipper named as a node",
      { ...GOOD, shippers: [{ name: "a1", "admin-port": 3009 }] },
      /node or shipper name a1 is given twice/,
    ],
    [
      "one port for two things",
      { ...GOOD, nodes: [{ ...NODE, "admin-port": 3001 }] },
      /port 127\.0\.0\.1:3001 is given twice/,
    ],
    [
      "all addresses, and none for others to connect to",
      { ...GOOD, nodes: [{ ...NODE, address: "0.0.0.0" }] },
      /node a1: address 0\.0\.0\.0 is nothing to connect to/,
    ],
    [
      "more in sync than there are replicas",
      { ...GOOD, namespaces: [{ name: "test", "min-in-sync": 3 }] },
      /namespace test: min-in-sync 3 is above replication-factor 2/,
    ],
    [
      "two namespaces of one name",
      { ...GOOD, namespaces: [{ name: "test" }, { name: "test" }] },
      /namespace name test is given twice/,
    ],
    [
      "a remote with our source id",
      { ...GOOD, remotes: [{ name: "dc-b", "src-id": 1, nats: "b:4222" }] },
      /src-id 1 is given twice/,
    ],
    [
      "a remote with our name",
      { ...GOOD, remotes: [{ name: "dc-a", "src-id": 2, nats: "b:4222" }] },
      /datacenter name dc-a is given twice/,
    ],
  ];
  test.each(rows)("%s", (_, raw, says) => {
    const message = problem(raw);
    expect(message).toMatch(says);
    expect(message.startsWith("dc-a.yaml: ")).toBe(true);
    expect(message).not.toContain("\n");
  });
});

describe("a file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "meridian-config-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function load(name: string, text: string): unknown {
    const path = join(folder, name);
    writeFileSync(path, text);
    return loadDatacenterConfig(path);
  }

  test("may be YAML or JSON", () => {
    const yaml = [
      "name: dc-a",
      "src-id: 1",
      "nats: 127.0.0.1:4222",
      "namespaces: [{ name: test }]",
      "nodes: [{ name: a1, data: data/a1, service-port: 3000, fabric-port: 3001, admin-port: 3002 }]",
    ].join("\n");
    expect(load("a.yaml", yaml)).toEqual(load("a.json", JSON.stringify(GOOD)));
  });

  test("that is missing or no YAML is named", () => {
    expect(() => loadDatacenterConfig(join(folder, "none.yaml"))).toThrow(/none\.yaml: .*no such file/i);
    expect(() => load("b.yaml", "name: [")).toThrow(/^[^\n]*b\.yaml: [^\n]+$/);
  });
});

describe("an error names the line, and what was meant", () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-config-lines-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const GOOD_TEXT = [
    "name: dc-a",
    "src-id: 1",
    "nats: 127.0.0.1:4222",
    "namespaces:",
    "  - name: test",
    "nodes:",
    "  - name: a1",
    "    data: data/a1",
    "    service-port: 3000",
    "    fabric-port: 3001",
    "    admin-port: 3002",
    "remotes: [{ name: dc-b, src-id: 2, nats: b }]",
  ];
  /** What is said of the good file with lines added below line `after`, or in place of it. */
  function said(after: number, lines: string[], inPlace = false): string {
    const path = join(folder, "dc-a.yaml");
    const text = GOOD_TEXT.toSpliced(after - (inPlace ? 1 : 0), inPlace ? 1 : 0, ...lines);
    writeFileSync(path, text.join("\n"));
    try {
      loadDatacenterConfig(path);
    } catch (error) {
      if (error instanceof MeridianError) return error.message.replaceAll(`${folder}/`, "");
      throw error;
    }
    return "none";
  }
  const xdr = (...settings: string[]) => [
    "xdr:",
    "  dcs:",
    "    - name: dc-b",
    "      namespaces:",
    "        - name: test",
    ...settings.map((setting) => `          ${setting}`),
  ];

  const rows: [what: string, says: string, after: number, lines: string[], inPlace?: boolean][] = [
    ["nothing", "none", 12, []],
    ["a slip", "dc-a.yaml:3: ntas: no such key; did you mean nats?", 2, ["ntas: x"]],
    [
      "another habit",
      "dc-a.yaml:6: namespaces.0.min_in_sync: no such key; did you mean min-in-sync?",
      5,
      ["    min_in_sync: 1"],
    ],
    ["a wrong place", "dc-a.yaml:13: lease-ms: no such key; it belongs below timing", 12, ["lease-ms: 500"]],
    [
      "out of range",
      "dc-a.yaml:9: nodes.0.service-port: Too big: expected number to be <=65535",
      9,
      ["    service-port: 70000"],
      true,
    ],
    [
      "a missing key",
      "dc-a.yaml:7: nodes.0.data: Invalid input: expected string, received undefined",
      8,
      [],
      true,
    ],
    [
      "an option",
      'dc-a.yaml:13: log-level: Invalid option: expected one of "trace"|"debug"|"info"|"warn"|"error"; did you mean warn?',
      12,
      ["log-level: wran"],
    ],
    [
      "a contradiction",
      "dc-a.yaml:6: namespaces.0.min-in-sync: namespace test: min-in-sync 3 is above replication-factor 2",
      5,
      ["    min-in-sync: 3"],
    ],
    [
      "bins by another policy",
      "dc-a.yaml:7: namespaces.0.conflict-resolve-writes: namespace test: bins are decided by last-update time, not by generation",
      5,
      ["    conflict-resolution-policy: generation", "    conflict-resolve-writes: true"],
    ],
    [
      "bins that are forgotten",
      "dc-a.yaml:6: namespaces.0.xdr-bin-tombstone-ttl: only 0: what is said of a deleted bin is kept for ever: without it, an older value that arrives late would stand again",
      5,
      ["    xdr-bin-tombstone-ttl: 86400"],
    ],
    [
      "stamps that there are not",
      "dc-a.yaml:17: xdr.dcs.0.namespaces.0: ship-bin-luts: true without conflict-resolve-writes: true of the namespace: bins have no stamps",
      12,
      xdr("ship-bin-luts: true"),
    ],
    [
      "bins that cannot be left out",
      "dc-a.yaml:17: xdr.dcs.0.namespaces.0: bin-policy, ship-bin and ignore-bin need conflict-resolve-writes: true of the namespace: else a record with fewer bins is another one under the same version, and a write there drops bins that it never saw",
      12,
      xdr("ignore-bin: [a]"),
    ],
    [
      "one name twice",
      "dc-a.yaml:6: namespaces.1.name: namespace name test is given twice",
      5,
      ["  - name: test"],
    ],
    [
      "two slips",
      "dc-a.yaml:13: tining: no such key; did you mean timing?; dc-a.yaml:14: nodez: no such key; did you mean nodes?",
      12,
      ["tining: {}", "nodez: {}"],
    ],
    [
      "a set's setting",
      "dc-a.yaml:18: xdr.dcs.0.namespaces.0.ship_sets: no such key; did you mean ship-set?",
      12,
      xdr("ship_sets: [a]"),
    ],
    [
      "not there",
      "dc-a.yaml:18: xdr.dcs.0.namespaces.0.remote-namespace: no such key: not there: a namespace has one name in all datacenters",
      12,
      xdr("remote-namespace: other"),
    ],
    [
      "one value only",
      "dc-a.yaml:18: xdr.dcs.0.namespaces.0.write-policy: only auto: the order of versions decides what becomes of a change that arrives",
      12,
      xdr("write-policy: update"),
    ],
    [
      "steps of 100",
      "dc-a.yaml:18: xdr.dcs.0.namespaces.0.max-throughput: Invalid number: must be a multiple of 100",
      12,
      xdr("max-throughput: 150"),
    ],
    [
      "a set in both",
      "dc-a.yaml:17: xdr.dcs.0.namespaces.0: set a is in ship-set and in ignore-set",
      12,
      xdr("ship-set: [a]", "ignore-set: [a]"),
    ],
    [
      "no effect",
      "dc-a.yaml:17: xdr.dcs.0.namespaces.0: ship-set says nothing without ship-only-specified-sets: true",
      12,
      xdr("ship-set: [a]"),
    ],
    [
      "no datacenter",
      "dc-a.yaml:15: xdr.dcs.0.name: there is no datacenter in remotes dc-c; did you mean dc-b?",
      12,
      ["xdr:", "  dcs:", "    - name: dc-c"],
    ],
    [
      "a tab",
      "dc-a.yaml: Tabs are not allowed as indentation at line 5, column 1:",
      5,
      ["\t- name: test"],
      true,
    ],
  ];
  test.each(rows)("%s", (_, says, after, lines, inPlace) => {
    expect(said(after, lines, inPlace)).toBe(says);
  });
});

test("the published JSON Schema is the one that is checked by: npx meridian config schema writes it", () => {
  const path = join(import.meta.dirname, "../docs/datacenter.schema.json");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
});

describe("change feeds", () => {
  const feeds = (...list: object[]) => problem({ ...GOOD, feeds: list });

  test("are taken with their defaults", () => {
    const config = parseDatacenterConfig(
      { ...GOOD, feeds: [{ name: "all", namespace: "test" }] },
      "dc-a.yaml",
    );
    expect(config.feeds).toMatchObject([{ format: "json", consumers: [], "retention-seconds": 86_400 }]);
  });

  test("no two tell the same records", () => {
    const rule = /feed .*: feed .* has the same records of test/;
    expect(feeds({ name: "a", namespace: "test" }, { name: "b", namespace: "test", set: "s" })).toMatch(rule);
    expect(
      feeds({ name: "a", namespace: "test", set: "s" }, { name: "b", namespace: "test", set: "s" }),
    ).toMatch(rule);
    expect(
      feeds({ name: "a", namespace: "test", set: "s" }, { name: "b", namespace: "test", set: "t" }),
    ).toBe("none");
  });

  test("filter by sets, bins, origins and operations that there can be", () => {
    const one = (filter: object) => feeds({ name: "a", namespace: "test", ...filter });
    expect(
      one({ set: ["s", "t"], bins: ["n"], origins: [GOOD.name], operations: ["insert", "expire"] }),
    ).toBe("none");
    expect(
      feeds({ name: "a", namespace: "test", set: ["s", "t"] }, { name: "b", namespace: "test", set: "t" }),
    ).toMatch(/feed a: feed b has the same records/);
    expect(one({ origins: ["dc-z"] })).toMatch(/feed a: there is no datacenter dc-z/);
    expect(one({ operations: ["upsert"] })).toMatch(/feeds\.0\.operations\.0/);
    expect(one({ bins: ["a-name-of-16-bytes"] })).toMatch(/feeds\.0\.bins\.0: at most 15 bytes/);
    expect(one({ bins: [] })).toMatch(/feeds\.0\.bins/);
  });

  test("are of a namespace that there is, in a format that there is, each consumer once", () => {
    expect(feeds({ name: "a", namespace: "other" })).toMatch(/feed a: there is no namespace other/);
    expect(feeds({ name: "a", namespace: "test", format: "avro" })).toMatch(/feeds\.0\.format/);
    expect(feeds({ name: "a", namespace: "test", consumers: ["x", "x"] })).toMatch(
      /consumer of feed a x is given/,
    );
    expect(feeds({ name: "a", namespace: "test", fromat: "json" })).toMatch(/feeds\.0.*fromat/);
  });
});
