/**
 * Proves of every compose file that we ship: its services and ports are found, no port is published
 * twice or to other machines, all move with the base port, each node's alternate address is the
 * port it is published on, and its datacenters are what the command line takes them for.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { loadProcessConfig } from "../../common/config-env.ts";
import { composeNames, datacentersOf, readComposeFile } from "./compose-file.ts";

test("the set-ups there are", () => {
  expect(composeNames()).toEqual(["single-dc", "three-dc", "two-dc"]);
});

test("services are told apart by what they run, and belong to their datacenters", () => {
  const { services } = readComposeFile("three-dc", 13_000);
  const datacenters = datacentersOf(services);
  expect(datacenters.map(({ name, sourceId }) => [name, sourceId])).toEqual([
    ["dc-a", 1],
    ["dc-b", 2],
    ["dc-c", 3],
  ]);
  expect(datacenters[1]).toEqual({
    ...{ name: "dc-b", sourceId: 2, alternateAddresses: true },
    nodes: [
      { name: "b1", servicePort: 14_000, adminPort: 14_002 },
      { name: "b2", servicePort: 14_010, adminPort: 14_012 },
      { name: "b3", servicePort: 14_020, adminPort: 14_022 },
    ],
    shippers: [
      { name: "b-shipper-1", adminPort: 14_910 },
      { name: "b-shipper-2", adminPort: 14_911 },
    ],
  });
  const view = (wanted: string) => services.find(({ name }) => name === wanted);
  expect(view("c-nats-1")).toMatchObject({ kind: "nats", datacenter: "dc-c" });
  expect(view("wan-link")).toMatchObject({ kind: "wan", datacenter: undefined, adminPort: 13_990 });
  expect(view("init")).toMatchObject({ kind: undefined, datacenter: undefined });
  expect(datacentersOf(readComposeFile("single-dc").services).map(({ name }) => name)).toEqual(["dc-a"]);
  expect(readComposeFile("observability").services.map(({ kind }) => kind)).toEqual([undefined, undefined]);
});

describe.each(["single-dc", "two-dc", "three-dc"])("%s", (name) => {
  test("publishes each port once, to this machine only, and moves them all", () => {
    const file = readComposeFile(name);
    const ports = Object.values(file.portVariables).map(Number);
    expect(new Set(ports).size).toBe(ports.length);
    const published = readFileSync(file.path, "utf8").match(/"[^"\s]*:\d+"/g) ?? [];
    const all = published.filter((port) => port.includes("_PORT"));
    expect(all.length).toBe(ports.length);
    expect(all.every((port) => port.startsWith('"127.0.0.1:$'))).toBe(true);
    const moved = readComposeFile(name, 13_000);
    expect(Object.values(moved.portVariables).map(Number)).toEqual(ports.map((port) => port + 10_000));
  });

  test("its datacenters' configurations hold, and publish what is published", () => {
    const file = readComposeFile(name, 20_000);
    const text = readFileSync(file.path, "utf8").replace(
      /\$\{(\w+):-([^}]*)\}/g,
      (_, variable: string, otherwise: string) => file.portVariables[variable] ?? otherwise,
    );
    const { services } = parse(text, { merge: true }) as {
      services: Record<string, { environment?: Record<string, string | number> }>;
    };
    for (const { name: service, servicePort } of file.services) {
      if (servicePort === undefined) continue;
      const given = Object.entries(services[service]?.environment ?? {});
      const env = Object.fromEntries(
        given.filter(([key]) => !key.endsWith("_FILE")).map(([key, value]) => [key, String(value)]),
      );
      const config = loadProcessConfig(undefined, env);
      const node = config.nodes.find((one) => one.name === env["MERIDIAN_PROCESS"]);
      expect(node).toMatchObject({ "access-address": service, "alternate-access-port": servicePort });
    }
  });
});
