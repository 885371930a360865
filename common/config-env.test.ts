/**
 * Proves that a datacenter can be configured by the environment alone, that it wins over a file, that
 * every key of the schema has a variable, and that a slip in a name or value is said, not passed over.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Environment, loadProcessConfig } from "./config-env.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "meridian-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const NODE = {
  MERIDIAN_NAME: "dc-a",
  MERIDIAN_SRC_ID: "1",
  MERIDIAN_NATS: "tls://meridian:secret@a-nats:4222",
  MERIDIAN_NATS_CA: "/secrets/ca.pem",
  MERIDIAN_NAMESPACES: "[{ name: test }, { name: gen, conflict-resolution-policy: generation }]",
  MERIDIAN_NODES__0__NAME: "a1",
  MERIDIAN_NODES__0__DATA: "/var/lib/meridian",
  MERIDIAN_NODES__0__ADDRESS: "0.0.0.0",
  MERIDIAN_NODES__0__ACCESS_ADDRESS: "a1",
  MERIDIAN_NODES__0__SERVICE_PORT: "3000",
  MERIDIAN_NODES__0__FABRIC_PORT: "3001",
  MERIDIAN_NODES__0__ADMIN_PORT: "3002",
};
const FILE = JSON.stringify({
  name: "dc-a",
  "src-id": 1,
  nats: "a-nats:4222",
  namespaces: [{ name: "test" }],
  timing: { "lease-ms": 500, "beacon-interval-ms": 50 },
  nodes: [
    { name: "a1", data: "/a1", "service-port": 3000, "fabric-port": 3001, "admin-port": 3002 },
    { name: "a2", data: "/a2", "service-port": 3010, "fabric-port": 3011, "admin-port": 3012 },
  ],
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("the environment alone is a configuration, with numbers, texts, lists and places of lists", () => {
  const config = loadProcessConfig(undefined, { ...NODE, HOME: "/root", MERIDIAN_TIMING__LEASE_MS: "400" });
  expect(config).toMatchObject({
    name: "dc-a",
    "src-id": 1,
    nats: "tls://meridian:secret@a-nats:4222",
    "nats-ca": "/secrets/ca.pem",
    timing: { "lease-ms": 400 },
    namespaces: [{ name: "test" }, { name: "gen", "conflict-resolution-policy": "generation" }],
    nodes: [{ name: "a1", address: "0.0.0.0", "service-port": 3000 }],
  });
});

test("the environment wins over the file, key by key, and a part over the whole", () => {
  const config = loadProcessConfig(file("dc.json", FILE), {
    MERIDIAN_NATS: "b:4222",
    MERIDIAN_NODES__1__SERVICE_PORT: "4000",
    MERIDIAN_TIMING__LEASE_MS: "600",
    MERIDIAN_TIMING: "{ lease-ms: 300, dead-after-ms: 900 }",
  });
  expect(config.nats).toBe("b:4222");
  expect(config.nodes.map((node) => node["service-port"])).toEqual([3000, 4000]);
  expect(config.timing).toMatchObject({ "lease-ms": 600, "dead-after-ms": 900, "beacon-interval-ms": 100 });
});

test("a value may lie in a file, without its last line's end", () => {
  const env: Environment = { ...NODE, MERIDIAN_NATS: undefined };
  const path = file("nats-url", "tls://u:p@n:4222\n");
  expect(loadProcessConfig(undefined, { ...env, MERIDIAN_NATS_FILE: path }).nats).toBe("tls://u:p@n:4222");
});

const SLIPS: [what: string, env: Environment, says: RegExp][] = [
  ["a wrong key of a group", { MERIDIAN_TIMING__LEASE: "1" }, /MERIDIAN_TIMING__LEASE: no such key/],
  ["a wrong key of a place", { MERIDIAN_NODES__0__PORT: "1" }, /MERIDIAN_NODES__0__PORT: no such key/],
  ["a place too far", { MERIDIAN_NODES__2__NAME: "a3" }, /MERIDIAN_NODES__2__NAME: place 1 .* missing/],
  ["a text for a number", { MERIDIAN_SRC_ID: "one" }, /^MERIDIAN_SRC_ID: src-id: /],
  ["no YAML", { MERIDIAN_NAMESPACES: "[" }, /^MERIDIAN_NAMESPACES: [^\n]+$/],
  ["a missing file", { MERIDIAN_NATS_FILE: "/nowhere" }, /MERIDIAN_NATS_FILE: .*no such file/],
];
test.each(SLIPS)("%s is an error", (_, env, says) => {
  expect(() => loadProcessConfig(undefined, { ...NODE, ...env })).toThrow(says);
});

test("variables of others that begin alike are left alone", () => {
  const env = { MERIDIAN_NATS_SERVER: "/usr/sbin/nats-server", MERIDIAN_SERVICE_PORT: "tcp://10.0.0.1:3000" };
  expect(loadProcessConfig(undefined, { ...NODE, ...env }).name).toBe("dc-a");
});
