/**
 * What a local set-up consists of: datacenters, processes, ports and files, as a pure function of
 * the options. Port blocks, with the default base port 3000:
 *
 *   dc-a          3000 3010 3020 ...  client service of a1, a2, a3, ...
 *                 3001 3011 3021 ...  fabric
 *                 3002 3012 3022 ...  admin HTTP of the nodes
 *                 3900, 3901          NATS, and its monitoring HTTP
 *                 3910                admin HTTP of the shipper
 *                 3920 + n            WAN link: where dc-a's shipper reaches the NATS of the n-th
 *                                     datacenter
 *   dc-b          4000 ...            the same, and so on for dc-c from 5000
 *   the set-up    3990, 3991          admin HTTP of the WAN link, control of the supervisor
 */
import { join } from "node:path";
import type { FeedConfig } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import type { ConflictPolicy } from "../../common/version/order.ts";

const DATACENTERS_MAX = 8;
const NODES_MAX = 64;
const PORTS_PER_DATACENTER = 1000;
const PORTS_PER_NODE = 10;

export interface SetupOptions {
  readonly datacenters: number;
  readonly nodes: number;
  readonly basePort: number;
  readonly replicationFactor: number;
  /** Conflict policy of the namespace `test`. */
  readonly conflictPolicy: ConflictPolicy;
  /** Whether its bins converge one by one. */
  readonly conflictResolveWrites: boolean;
  /** Change feeds of every datacenter. */
  readonly feeds: readonly FeedConfig[];
}

export const SETUP_DEFAULTS: SetupOptions = {
  datacenters: 2,
  nodes: 3,
  basePort: 3000,
  replicationFactor: 2,
  conflictPolicy: "last-update-time",
  conflictResolveWrites: false,
  feeds: [],
};

export interface NodeLayout {
  readonly name: string;
  readonly data: string;
  readonly servicePort: number;
  readonly fabricPort: number;
  readonly adminPort: number;
}

/** Where a process answers admin HTTP on 127.0.0.1. */
export interface AdminPort {
  readonly name: string;
  readonly adminPort: number;
}

/** A datacenter as it is asked over admin HTTP on this machine, whatever runs it. */
export interface AdminDatacenter {
  readonly name: string;
  readonly nodes: readonly AdminPort[];
}

export interface DatacenterLayout {
  readonly name: string;
  /** `a` of `dc-a`: first letter of its processes' names. */
  readonly letter: string;
  readonly sourceId: number;
  readonly configPath: string;
  readonly nodes: readonly NodeLayout[];
  readonly shipper: { readonly name: string; readonly adminPort: number };
  readonly nats: {
    readonly name: string;
    readonly port: number;
    readonly monitorPort: number;
    readonly configPath: string;
    readonly store: string;
  };
}

/** A listener of the WAN link: the way of `destination`'s shipper to `origin`'s NATS. */
export interface WanPairLayout {
  readonly origin: string;
  readonly destination: string;
  readonly port: number;
  readonly targetPort: number;
}

export interface Layout {
  readonly dataFolder: string;
  readonly options: SetupOptions;
  readonly datacenters: readonly DatacenterLayout[];
  readonly wan: {
    readonly name: string;
    readonly adminPort: number;
    readonly configPath: string;
    readonly pairs: readonly WanPairLayout[];
  };
  readonly controlPort: number;
  readonly logFolder: string;
}

export function planLayout(dataFolder: string, options: SetupOptions): Layout {
  checkOptions(options);
  const datacenters = Array.from({ length: options.datacenters }, (_, index) =>
    planDatacenter(dataFolder, options, index),
  );
  const pairs = datacenters.flatMap((destination) =>
    datacenters
      .filter((origin) => origin !== destination)
      .map((origin) => ({
        origin: origin.name,
        destination: destination.name,
        port: blockOf(options, destination.sourceId - 1) + 919 + origin.sourceId,
        targetPort: origin.nats.port,
      })),
  );
  return {
    dataFolder,
    options,
    datacenters,
    wan: {
      name: "wan",
      adminPort: options.basePort + 990,
      configPath: join(dataFolder, "wan-link.json"),
      pairs,
    },
    controlPort: options.basePort + 991,
    logFolder: join(dataFolder, "logs"),
  };
}

function planDatacenter(dataFolder: string, options: SetupOptions, index: number): DatacenterLayout {
  const letter = String.fromCharCode("a".charCodeAt(0) + index);
  const name = `dc-${letter}`;
  const folder = join(dataFolder, name);
  const block = blockOf(options, index);
  return {
    name,
    letter,
    sourceId: index + 1,
    configPath: join(dataFolder, `${name}.yaml`),
    nodes: Array.from({ length: options.nodes }, (_, node) => ({
      name: `${letter}${node + 1}`,
      data: join(folder, `${letter}${node + 1}`),
      servicePort: block + PORTS_PER_NODE * node,
      fabricPort: block + PORTS_PER_NODE * node + 1,
      adminPort: block + PORTS_PER_NODE * node + 2,
    })),
    shipper: { name: `${letter}-shipper`, adminPort: block + 910 },
    nats: {
      name: `${letter}-nats`,
      port: block + 900,
      monitorPort: block + 901,
      configPath: join(folder, "nats.conf"),
      store: join(folder, "nats"),
    },
  };
}

function blockOf(options: SetupOptions, index: number): number {
  return options.basePort + PORTS_PER_DATACENTER * index;
}

function checkOptions(options: SetupOptions): void {
  const check = (fine: boolean, option: string, rule: string): void => {
    if (!fine) throw new MeridianError("CONFIG_INVALID", `${option}: ${rule}`);
  };
  const { datacenters, nodes, basePort, replicationFactor } = options;
  check(datacenters >= 1 && datacenters <= DATACENTERS_MAX, "--datacenters", `1 to ${DATACENTERS_MAX}`);
  check(nodes >= 1 && nodes <= NODES_MAX, "--nodes", `1 to ${NODES_MAX}`);
  check(replicationFactor >= 1 && replicationFactor <= 8, "--replication-factor", "1 to 8");
  const highest = 65_536 - PORTS_PER_DATACENTER * datacenters;
  check(
    basePort >= 1 && basePort <= highest,
    "--base-port",
    `1 to ${highest} with ${datacenters} datacenters`,
  );
}

export interface PlannedPort {
  readonly port: number;
  /** Who will listen there, for messages. */
  readonly owner: string;
}

/** Every port that the set-up listens on. */
export function plannedPorts(layout: Layout): PlannedPort[] {
  const ports: PlannedPort[] = [];
  for (const datacenter of layout.datacenters) {
    for (const node of datacenter.nodes) {
      ports.push({ port: node.servicePort, owner: `clients of ${node.name}` });
      ports.push({ port: node.fabricPort, owner: `fabric of ${node.name}` });
      ports.push({ port: node.adminPort, owner: `admin of ${node.name}` });
    }
    ports.push({ port: datacenter.shipper.adminPort, owner: `admin of ${datacenter.shipper.name}` });
    ports.push({ port: datacenter.nats.port, owner: datacenter.nats.name });
    ports.push({ port: datacenter.nats.monitorPort, owner: `monitoring of ${datacenter.nats.name}` });
  }
  for (const pair of layout.wan.pairs) {
    ports.push({ port: pair.port, owner: `WAN link ${pair.origin} to ${pair.destination}` });
  }
  ports.push({ port: layout.wan.adminPort, owner: "admin of the WAN link" });
  ports.push({ port: layout.controlPort, owner: "control of the supervisor" });
  return ports;
}

/** The datacenter of a name; NOT_FOUND lists the names there are. */
export function datacenterNamed<Datacenter extends { readonly name: string }>(
  setup: { readonly datacenters: readonly Datacenter[] },
  name: string,
): Datacenter {
  const found = setup.datacenters.find((datacenter) => datacenter.name === name);
  if (found !== undefined) return found;
  const names = setup.datacenters.map((datacenter) => datacenter.name).join(", ");
  throw new MeridianError("NOT_FOUND", `no datacenter ${name} here; there are: ${names}`);
}
