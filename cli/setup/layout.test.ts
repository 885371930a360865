/**
 * Proves that a set-up's plan has the documented ports and names, that no port is given twice
 * whatever the options, that every datacenter's file passes the schema and reaches the others
 * through the WAN link, and that the NATS configuration is one this machine's server accepts.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadDatacenterConfig } from "../../common/config.ts";
import { natsConfig, writeConfigFiles } from "./config-files.ts";
import { planLayout, plannedPorts, SETUP_DEFAULTS } from "./layout.ts";
import { findNatsServer } from "./nats-server.ts";

test("two datacenters with three nodes have the documented ports", () => {
  const layout = planLayout("/data", SETUP_DEFAULTS);
  expect(layout.datacenters.map(({ name, sourceId }) => [name, sourceId])).toEqual([
    ["dc-a", 1],
    ["dc-b", 2],
  ]);
  expect(
    layout.datacenters.map(({ nodes }) => nodes.map(({ name, servicePort }) => [name, servicePort])),
  ).toEqual([
    [
      ["a1", 3000],
      ["a2", 3010],
      ["a3", 3020],
    ],
    [
      ["b1", 4000],
      ["b2", 4010],
      ["b3", 4020],
    ],
  ]);
  expect(layout.wan.pairs).toEqual([
    { origin: "dc-b", destination: "dc-a", port: 3921, targetPort: 4900 },
    { origin: "dc-a", destination: "dc-b", port: 4920, targetPort: 3900 },
  ]);
});

test("no port is planned twice, and all are ports", () => {
  const options = fc.record({
    datacenters: fc.integer({ min: 1, max: 8 }),
    nodes: fc.integer({ min: 1, max: 64 }),
    basePort: fc.integer({ min: 1, max: 57_000 }),
  });
  fc.assert(
    fc.property(options, (given) => {
      const ports = plannedPorts(planLayout("/data", { ...SETUP_DEFAULTS, ...given })).map(
        ({ port }) => port,
      );
      expect(new Set(ports).size).toBe(ports.length);
      expect(ports.every((port) => port >= 1 && port <= 65_535)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test("options out of range are refused by name", () => {
  const plan = (given: Partial<typeof SETUP_DEFAULTS>) => () =>
    planLayout("/d", { ...SETUP_DEFAULTS, ...given });
  expect(plan({ nodes: 0 })).toThrow("--nodes: 1 to 64");
  expect(plan({ datacenters: 9 })).toThrow("--datacenters: 1 to 8");
  expect(plan({ basePort: 64_000 })).toThrow("--base-port: 1 to 63536 with 2 datacenters");
});

test("the files written are read back by the processes' own schema", () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-layout-"));
  try {
    const layout = planLayout(folder, { ...SETUP_DEFAULTS, datacenters: 3, conflictPolicy: "generation" });
    writeConfigFiles(layout, {
      kind: "program",
      path: "nats-server",
      version: { major: 2, minor: 9, patch: 10 },
    });
    const configs = layout.datacenters.map(({ configPath }) => loadDatacenterConfig(configPath));
    expect(configs.map((config) => config["src-id"])).toEqual([1, 2, 3]);
    expect(configs[1]?.remotes).toEqual([
      { name: "dc-a", "src-id": 1, nats: "nats://127.0.0.1:4920" },
      { name: "dc-c", "src-id": 3, nats: "nats://127.0.0.1:4922" },
    ]);
    expect(configs[0]?.namespaces.map((one) => [one.name, one["conflict-resolution-policy"]])).toEqual([
      ["test", "generation"],
      ["gen", "generation"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("flushing every write is asked of servers that know it", () => {
  const [datacenter] = planLayout("/data", SETUP_DEFAULTS).datacenters;
  if (datacenter === undefined) throw new Error("no datacenter planned");
  const configFor = (major: number, minor: number): string =>
    natsConfig(datacenter, { kind: "program", path: "", version: { major, minor, patch: 0 } });
  expect(configFor(2, 9)).not.toContain("sync_interval");
  expect(configFor(2, 10)).toContain("sync_interval: always");
  expect(configFor(3, 0)).toContain("sync_interval: always");
});

test("this machine's nats-server accepts the configuration", () => {
  const server = findNatsServer();
  if (server.kind === "docker") return;
  const folder = mkdtempSync(join(tmpdir(), "meridian-nats-"));
  try {
    const layout = planLayout(folder, SETUP_DEFAULTS);
    writeConfigFiles(layout, server);
    for (const { nats } of layout.datacenters) {
      const checked = spawnSync(server.path, ["-t", "-c", nats.configPath], { encoding: "utf8" });
      expect(checked.stderr + readFileSync(nats.configPath, "utf8")).toContain("is valid");
      expect(checked.status).toBe(0);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
