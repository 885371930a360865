/** One datacenter of a world: its nodes, its shippers, its NATS, and the configuration of them all. */
import { type DatacenterConfig, parseDatacenterConfig } from "../../../common/config.ts";
import { Disk } from "./disk.ts";
import { Host, type Scheduler } from "./host.ts";
import { NatsServer } from "./nats-server.ts";
import type { Network } from "./network.ts";
import type { WorldOptions } from "./options.ts";
import { NodeProcess, ShipperProcess } from "./processes.ts";

export const NAMESPACE = "test";
const LETTERS = "abcdefgh";

export class Datacenter {
  readonly name: string;
  readonly sourceId: number;
  readonly config: DatacenterConfig;
  readonly nodes: readonly NodeProcess[];
  readonly shippers: readonly ShipperProcess[];
  readonly nats: NatsServer;
  /** Clients go on asking it, whoever else hears it. */
  favourite: NodeProcess | undefined;

  constructor(index: number, options: WorldOptions, scheduler: Scheduler, network: Network) {
    this.name = nameOf(index);
    this.sourceId = index + 1;
    this.config = configOf(index, options);
    this.nats = new NatsServer(new Host(`${this.name}/nats`), `${this.name}-nats:4222`);
    network.addresses.set(this.nats.address, this.nats.host);
    this.nodes = this.config.nodes.map((node) => {
      const disk = new Disk();
      disk.faults.flushMs = options.flushMs;
      const made = new NodeProcess(node.name, this.config, disk, scheduler);
      network.addresses.set(`${node.address}:${node["fabric-port"]}`, made.host);
      network.addresses.set(`${node.address}:${node["service-port"]}`, made.host);
      return made;
    });
    this.shippers = this.config.shippers.map(({ name }) => new ShipperProcess(name, this.config, scheduler));
  }

  get hosts(): Host[] {
    return [...this.nodes, ...this.shippers].map(({ host }) => host).concat(this.nats.host);
  }
}

function nameOf(index: number): string {
  return `dc-${LETTERS[index]}`;
}

const configs = new Map<string, DatacenterConfig>();

/** What a configuration file cannot say, since it would be too small for a real datacenter, is set after. */
function configOf(index: number, options: WorldOptions): DatacenterConfig {
  const letter = LETTERS[index] ?? "";
  const key = JSON.stringify([index, options]);
  const known = configs.get(key);
  if (known !== undefined) return known;
  const others = Array.from({ length: options.datacenters }, (_, other) => other).filter((o) => o !== index);
  const parsed = parseDatacenterConfig(
    {
      name: nameOf(index),
      "src-id": index + 1,
      nats: `nats://${nameOf(index)}-nats:4222`,
      namespaces: [
        {
          name: NAMESPACE,
          "conflict-resolution-policy": options.policy,
          "conflict-resolve-writes": options.byBins,
          "replication-factor": options.replicationFactor,
          "min-in-sync": options.minInSync,
          "nsup-period": 1,
        },
      ],
      nodes: Array.from({ length: options.nodes }, (_, node) => ({
        name: `${letter}${node + 1}`,
        data: `${letter}${node + 1}`,
        address: `${letter}${node + 1}`,
        "service-port": 1,
        "fabric-port": 2,
        "admin-port": 3,
      })),
      shippers: Array.from({ length: options.shippers }, (_, shipper) => ({
        name: `x${letter}${shipper + 1}`,
        address: `x${letter}${shipper + 1}`,
        "admin-port": 3,
      })),
      remotes: others.map((other) => ({
        name: nameOf(other),
        "src-id": other + 1,
        nats: `nats://${nameOf(other)}-nats:4222`,
      })),
      timing: {
        "beacon-interval-ms": options.beaconMs,
        "lease-ms": options.leaseMs,
        "dead-after-ms": options.deadAfterMs,
        "migrate-fill-delay-ms": options.fillDelayMs,
      },
    },
    "the world",
  );
  const config: DatacenterConfig = {
    ...parsed,
    "change-log": { "keep-bytes": options.keepBytes, "max-bytes": options.logBytes },
    shipping: { ...parsed.shipping, "window-bytes": options.windowBytes },
  };
  if (configs.size > 64) configs.clear();
  configs.set(key, config);
  return config;
}
