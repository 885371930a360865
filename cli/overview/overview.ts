/**
 * The whole set-up at one moment, asked of all its processes at once. What does not answer is
 * missing from it, and said to be; nothing is guessed. The JSON of `meridian status --json`.
 */
import { MeridianError } from "../../common/errors.ts";
import type { FenceState } from "../../proto/cluster-map.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { DatacenterLayout } from "../setup/layout.ts";
import type { RunningSetup, SupervisorStatus, WanPairView } from "../setup/running-setup.ts";
import {
  type Counters,
  type NodeStatus,
  nodeStatusSchema,
  type ShipperStatus,
  shipperStatusSchema,
} from "./process-status.ts";

export interface NamespaceOverview {
  readonly name: string;
  readonly policy: string;
  readonly replicationFactor: number;
  readonly records: number;
  readonly tombstones: number;
  readonly primaries: number;
  readonly replicas: number;
  readonly replicaRecords: number;
  /** Partitions without a primary, and with fewer copies than asked for. */
  readonly unavailable: number;
  readonly underReplicated: number;
  /** Summed over the nodes that answer, since their starts. */
  readonly counters: Counters;
}

export interface NodeOverview {
  readonly name: string;
  readonly service: string;
  readonly state: "up" | "silent" | "down";
  readonly controller: boolean;
  readonly residentBytes: number;
  readonly namespaces: NodeStatus["namespaces"];
}

export interface ShipOverview {
  readonly from: string;
  readonly to: string;
  readonly link: "up" | "cut" | "unknown";
  /** The shipper heard of the destination lately. */
  readonly connected: boolean;
  /** Null while it is not known: no zero that nobody measured. */
  readonly lagRecords: number | null;
  readonly lagBytes: number | null;
  readonly lagSeconds: number | null;
  readonly bytesShipped: number | null;
}

export interface DatacenterOverview {
  readonly name: string;
  readonly sourceId: number;
  /** What is closed to clients, by the newest map that a node follows; null when none answers. */
  readonly fence: FenceState | null;
  readonly nodes: readonly NodeOverview[];
  readonly namespaces: readonly NamespaceOverview[];
}

export interface Overview {
  readonly dataFolder: string;
  readonly phase: string;
  readonly startedAt: string;
  readonly datacenters: readonly DatacenterOverview[];
  readonly ships: readonly ShipOverview[];
  readonly processes: SupervisorStatus["processes"];
  /** Names of processes that ended without having been told to. */
  readonly down: readonly string[];
}

export async function takeOverview(setup: RunningSetup): Promise<Overview> {
  const { layout } = setup;
  const [supervisor, links, nodes, shippers] = await Promise.all([
    setup.status(),
    orUndefined(setup.links()),
    Promise.all(layout.datacenters.map(askNodes)),
    Promise.all(layout.datacenters.map(askShipper)),
  ]);
  const isDown = (name: string): boolean =>
    supervisor.processes.some((process) => process.name === name && process.state !== "running");
  return {
    dataFolder: layout.dataFolder,
    phase: supervisor.phase,
    startedAt: supervisor.startedAt,
    datacenters: layout.datacenters.map((datacenter, index) => ({
      name: datacenter.name,
      sourceId: datacenter.sourceId,
      fence: newestOf((nodes[index] ?? []).filter((status) => status !== undefined))?.fence.state ?? null,
      nodes: datacenter.nodes.map((node, at) => viewNode(node, nodes[index]?.[at], isDown(node.name))),
      namespaces: sumNamespaces((nodes[index] ?? []).filter((status) => status !== undefined)),
    })),
    ships: layout.datacenters.flatMap((from, index) =>
      layout.datacenters
        .filter((to) => to !== from)
        .map((to) => viewShip(from.name, to.name, links, shippers[index])),
    ),
    processes: supervisor.processes,
    down: supervisor.processes.filter(({ state }) => state === "down").map(({ name }) => name),
  };
}

function askNodes(datacenter: DatacenterLayout): Promise<(NodeStatus | undefined)[]> {
  return Promise.all(
    datacenter.nodes.map(({ adminPort }) =>
      orUndefined(askAdmin(`http://127.0.0.1:${adminPort}/status`, nodeStatusSchema)),
    ),
  );
}

function askShipper({ shipper }: DatacenterLayout): Promise<ShipperStatus | undefined> {
  return orUndefined(askAdmin(`http://127.0.0.1:${shipper.adminPort}/status`, shipperStatusSchema));
}

/** No answer is an answer here; an answer that cannot be read is an error. */
async function orUndefined<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MeridianError && error.code !== "PROTOCOL_VERSION") return undefined;
    throw error;
  }
}

function viewNode(
  { name, servicePort }: { name: string; servicePort: number },
  status: NodeStatus | undefined,
  isDown: boolean,
): NodeOverview {
  return {
    name,
    service: `127.0.0.1:${servicePort}`,
    state: status !== undefined ? "up" : isDown ? "down" : "silent",
    controller: status?.controller ?? false,
    residentBytes: status?.residentBytes ?? 0,
    namespaces: status?.namespaces ?? [],
  };
}

function viewShip(
  from: string,
  to: string,
  links: readonly WanPairView[] | undefined,
  shipper: ShipperStatus | undefined,
): ShipOverview {
  const pair = links?.find(({ origin, destination }) => origin === from && destination === to);
  const ship = shipper?.destinations[to];
  const known = ship !== undefined && ship.lagMs !== null;
  return {
    from,
    to,
    link: pair?.state ?? "unknown",
    connected: ship?.connected ?? false,
    lagRecords: known ? ship.lagRecords : null,
    lagBytes: known ? ship.lagBytes : null,
    lagSeconds: ship?.lagMs === undefined || ship.lagMs === null ? null : ship.lagMs / 1000,
    bytesShipped: ship?.bytesShipped ?? null,
  };
}

function newestOf(statuses: readonly NodeStatus[]): NodeStatus | undefined {
  return statuses.toSorted((a, b) => b.mapVersion - a.mapVersion)[0];
}

function sumNamespaces(statuses: readonly NodeStatus[]): NamespaceOverview[] {
  // The newest map judges what the whole datacenter's partitions look like.
  const newest = newestOf(statuses);
  return (newest?.namespaces ?? []).map((judged) => {
    const all = statuses.flatMap(({ namespaces }) => namespaces.filter(({ name }) => name === judged.name));
    const sum = (pick: (one: (typeof all)[number]) => number): number =>
      all.reduce((total, one) => total + pick(one), 0);
    return {
      name: judged.name,
      policy: judged.policy,
      replicationFactor: judged.replicationFactor,
      records: sum(({ records }) => records),
      tombstones: sum(({ tombstones }) => tombstones),
      primaries: sum(({ primaries }) => primaries),
      replicas: sum(({ replicas }) => replicas),
      replicaRecords: sum(({ replicaRecords }) => replicaRecords),
      unavailable: judged.unavailable,
      underReplicated: judged.underReplicated,
      counters: {
        clientWrites: sum(({ counters }) => counters.clientWrites),
        clientReads: sum(({ counters }) => counters.clientReads),
        inDoubt: sum(({ counters }) => counters.inDoubt),
        refused: sum(({ counters }) => counters.refused),
        applied: sum(({ counters }) => counters.applied),
        superseded: sum(({ counters }) => counters.superseded),
        conflictWon: sum(({ counters }) => counters.conflictWon),
        conflictLost: sum(({ counters }) => counters.conflictLost),
        duplicate: sum(({ counters }) => counters.duplicate),
        parked: sum(({ counters }) => counters.parked),
      },
    };
  });
}
