/** The files that a set-up's processes are started with: datacenter YAML, NATS configuration. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stringify } from "yaml";
import { type DatacenterConfig, parseDatacenterConfig } from "../../common/config.ts";
import { assert } from "../../common/assert.ts";
import type { DatacenterLayout, Layout } from "./layout.ts";
import type { NatsServer } from "./nats-server.ts";

const LOCAL = "127.0.0.1";
const NATS_PAYLOAD_BYTES_MAX = 8 * 1024 * 1024;
const HEADER = "# Written by `meridian start` at every start; change its options instead of this file.\n";

/** Writes all files and folders that the processes need. */
export function writeConfigFiles(layout: Layout, natsServer: NatsServer): void {
  mkdirSync(layout.logFolder, { recursive: true });
  for (const datacenter of layout.datacenters) {
    mkdirSync(datacenter.nats.store, { recursive: true });
    mkdirSync(dirname(datacenter.nats.configPath), { recursive: true });
    for (const node of datacenter.nodes) mkdirSync(node.data, { recursive: true });
    writeFileSync(datacenter.configPath, HEADER + stringify(datacenterConfig(layout, datacenter)));
    writeFileSync(datacenter.nats.configPath, HEADER + natsConfig(datacenter, natsServer));
  }
}

/** The YAML file's content, checked by the same schema that the processes read it with. */
export function datacenterConfig(layout: Layout, datacenter: DatacenterLayout): DatacenterConfig {
  const { options } = layout;
  const namespace = { "replication-factor": options.replicationFactor };
  const remotes = layout.datacenters
    .filter((remote) => remote !== datacenter)
    .map((remote) => {
      const pair = layout.wan.pairs.find(
        ({ origin, destination }) => origin === remote.name && destination === datacenter.name,
      );
      assert(pair !== undefined, `the WAN link has a listener for ${remote.name} to ${datacenter.name}`);
      return { name: remote.name, "src-id": remote.sourceId, nats: natsUrl(pair.port) };
    });
  const raw = {
    name: datacenter.name,
    "src-id": datacenter.sourceId,
    nats: natsUrl(datacenter.nats.port),
    namespaces: [
      {
        name: "test",
        "conflict-resolution-policy": options.conflictPolicy,
        "conflict-resolve-writes": options.conflictResolveWrites,
        ...namespace,
      },
      { name: "gen", "conflict-resolution-policy": "generation", ...namespace },
    ],
    nodes: datacenter.nodes.map((node) => ({
      name: node.name,
      data: node.data,
      "service-port": node.servicePort,
      "fabric-port": node.fabricPort,
      "admin-port": node.adminPort,
    })),
    shippers: [{ name: datacenter.shipper.name, "admin-port": datacenter.shipper.adminPort }],
    remotes,
    feeds: options.feeds,
  };
  return parseDatacenterConfig(raw, datacenter.configPath);
}

/** nats-server's configuration. Flushing every write is asked for where the server knows it. */
export function natsConfig(datacenter: DatacenterLayout, server: NatsServer): string {
  const { nats } = datacenter;
  // In a container the port is published to 127.0.0.1 by docker, and the server listens to all.
  const host = server.kind === "docker" ? "0.0.0.0" : LOCAL;
  const flush = server.version.major > 2 || (server.version.major === 2 && server.version.minor >= 10);
  const lines = [
    `server_name: ${JSON.stringify(nats.name)}`,
    `host: "${host}"`,
    `port: ${nats.port}`,
    `http: "${host}:${nats.monitorPort}"`,
    `max_payload: ${NATS_PAYLOAD_BYTES_MAX}`,
    // Connections that a WAN cut left behind are noticed within half a minute.
    `ping_interval: "10s"`,
    "ping_max: 2",
    "jetstream {",
    `  store_dir: ${JSON.stringify(nats.store)}`,
    "  max_memory_store: 67108864",
    ...(flush ? ["  sync_interval: always"] : []),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function natsUrl(port: number): string {
  return `nats://${LOCAL}:${port}`;
}
