/**
 * What a set-up of containers consists of, as a pure function of what was asked for and of the ports
 * that are free on this machine: names, networks, environments. Configuration goes in by environment,
 * so nothing is mounted (docs/docker.md).
 */
import { MeridianError } from "../../common/errors.ts";
import type { ConflictPolicy } from "../../common/version/order.ts";
import { DATA_FOLDER, NATS_STORE } from "../setup/container-disks.ts";

/** Ports inside every container, whatever is published. */
export const PORT = { service: 3000, fabric: 3001, admin: 3002, nats: 4222, natsMonitor: 8222 } as const;
export const WAN_LINK = "wan-link";
const FIRST_LANE_PORT = 4300;
const DATACENTERS_MAX = 8;
const NODES_MAX = 16;

export interface SetupWish {
  readonly datacenters: number;
  readonly nodes: number;
  readonly replicationFactor: number;
  readonly namespaces: readonly NamespaceWish[];
}

export interface NamespaceWish {
  readonly name: string;
  readonly conflictPolicy?: ConflictPolicy;
}

export interface PlannedProcess {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Port inside to port on this machine. */
  readonly published: Readonly<Record<number, number>>;
}

export interface PlannedNode extends PlannedProcess {
  readonly servicePort: number;
  readonly adminPort: number;
}

export interface PlannedDatacenter {
  readonly name: string;
  readonly sourceId: number;
  readonly nats: { readonly name: string; readonly port: number; readonly command: readonly string[] };
  readonly nodes: readonly PlannedNode[];
  readonly shipper: PlannedProcess & { readonly adminPort: number };
}

export interface Plan {
  readonly datacenters: readonly PlannedDatacenter[];
  /** Undefined where there is one datacenter only. */
  readonly wanLink: (PlannedProcess & { readonly adminPort: number; readonly token: string }) | undefined;
  readonly namespaces: readonly string[];
}

interface Lane {
  readonly origin: string;
  readonly destination: string;
  readonly port: number;
  readonly targets: readonly string[];
}

/** How many ports of this machine `planSetup` takes. */
export function portsWanted({ datacenters, nodes }: SetupWish): number {
  return datacenters * (2 * nodes + 2) + 1;
}

/**
 * `host`: where clients on this machine reach published ports; `ports`: free ones, as many as
 * `portsWanted` says. Throws CONFIG_INVALID.
 */
export function planSetup(wish: SetupWish, host: string, ports: readonly number[], token: string): Plan {
  checkWish(wish);
  const left = [...ports];
  const takePort = (): number => {
    const port = left.shift();
    if (port === undefined) throw new MeridianError("PORT_TAKEN", "not enough free ports were found");
    return port;
  };
  const letters = Array.from({ length: wish.datacenters }, (_, index) => String.fromCharCode(97 + index));
  const lanes = planLanes(letters);
  const datacenters = letters.map((letter, index) =>
    planDatacenter({ wish, host, letter, sourceId: index + 1, lanes, takePort }),
  );
  const namespaces = wish.namespaces.map(({ name }) => name);
  if (lanes.length === 0) return { datacenters, wanLink: undefined, namespaces };
  const adminPort = takePort();
  const wanLink = {
    name: WAN_LINK,
    environment: {
      MERIDIAN_ADDRESS: "0.0.0.0",
      MERIDIAN_ADMIN_PORT: String(PORT.admin),
      MERIDIAN_TOKEN: token,
      MERIDIAN_LANES: JSON.stringify(lanes),
    },
    published: { [PORT.admin]: adminPort },
    adminPort,
    token,
  };
  return { datacenters, wanLink, namespaces };
}

function checkWish({ datacenters, nodes, replicationFactor, namespaces }: SetupWish): void {
  const refuse = (problem: string): never => {
    throw new MeridianError("CONFIG_INVALID", problem);
  };
  const isCount = (value: number, most: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= most;
  if (!isCount(datacenters, DATACENTERS_MAX)) refuse(`datacenters: 1 to ${DATACENTERS_MAX}`);
  if (!isCount(nodes, NODES_MAX)) refuse(`nodes: 1 to ${NODES_MAX}`);
  if (!isCount(replicationFactor, nodes)) refuse(`replicationFactor: 1 to the number of nodes, ${nodes}`);
  if (namespaces.length === 0) refuse("at least one namespace is needed");
}

/** A way from each datacenter's shipper to each other one's NATS. */
function planLanes(letters: readonly string[]): Lane[] {
  const pairs = letters.flatMap((destination) =>
    letters.filter((origin) => origin !== destination).map((origin) => ({ origin, destination })),
  );
  return pairs.map(({ origin, destination }, index) => ({
    origin: `dc-${origin}`,
    destination: `dc-${destination}`,
    port: FIRST_LANE_PORT + index,
    targets: [`${origin}-nats:${PORT.nats}`],
  }));
}

interface DatacenterWish {
  readonly wish: SetupWish;
  readonly host: string;
  readonly letter: string;
  readonly sourceId: number;
  readonly lanes: readonly Lane[];
  readonly takePort: () => number;
}

function planDatacenter(of: DatacenterWish): PlannedDatacenter {
  const { wish, host, letter, sourceId, lanes, takePort } = of;
  const name = `dc-${letter}`;
  const nodes = Array.from({ length: wish.nodes }, (_, index) => ({
    name: `${letter}${index + 1}`,
    servicePort: takePort(),
    adminPort: takePort(),
  }));
  const shipper = { name: `${letter}-shipper`, adminPort: takePort() };
  const nats = { name: `${letter}-nats`, port: takePort() };
  const remotes = lanes
    .filter(({ destination }) => destination === name)
    .map(({ origin, port }) => ({
      name: origin,
      "src-id": origin.charCodeAt(origin.length - 1) - 96,
      nats: `nats://${WAN_LINK}:${port}`,
    }));
  const common = {
    MERIDIAN_NAME: name,
    MERIDIAN_SRC_ID: String(sourceId),
    MERIDIAN_NATS: `nats://${nats.name}:${PORT.nats}`,
    MERIDIAN_NAMESPACES: JSON.stringify(
      wish.namespaces.map((namespace) => ({
        name: namespace.name,
        "replication-factor": wish.replicationFactor,
        "conflict-resolution-policy": namespace.conflictPolicy ?? "last-update-time",
      })),
    ),
    MERIDIAN_NODES: JSON.stringify(
      nodes.map((node) => ({
        name: node.name,
        data: DATA_FOLDER,
        address: "0.0.0.0",
        "service-port": PORT.service,
        "fabric-port": PORT.fabric,
        "admin-port": PORT.admin,
        "access-address": node.name,
        "alternate-access-address": host,
        "alternate-access-port": node.servicePort,
      })),
    ),
    MERIDIAN_SHIPPERS: JSON.stringify([{ name: shipper.name, address: "0.0.0.0", "admin-port": PORT.admin }]),
    MERIDIAN_REMOTES: JSON.stringify(remotes),
  };
  return {
    name,
    sourceId,
    nats: {
      ...nats,
      command: [
        ...["--jetstream", "--store_dir", NATS_STORE, "--server_name", nats.name],
        ...["--http_port", String(PORT.natsMonitor)],
      ],
    },
    nodes: nodes.map((node) => ({
      ...node,
      environment: { ...common, MERIDIAN_PROCESS: node.name },
      published: { [PORT.service]: node.servicePort, [PORT.admin]: node.adminPort },
    })),
    shipper: {
      ...shipper,
      environment: { ...common, MERIDIAN_PROCESS: shipper.name },
      published: { [PORT.admin]: shipper.adminPort },
    },
  };
}
