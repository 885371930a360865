/**
 * The whole set-up at one moment, asked of all its processes at once. What does not answer is
 * missing from it, and said to be; nothing is guessed. The JSON of `meridian status --json`.
 */
import { MeridianError } from "../../common/errors.ts";
import type { FenceState } from "../../proto/cluster-map.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import type { ProcessStatus, Setup, SetupDatacenter } from "../setup/setup.ts";
import {
  type Counters,
  type NodeStatus,
  nodeStatusSchema,
  type ShipperStatus,
  shipperStatusSchema,
} from "./process-status.ts";
import { type ShipOverview, viewShip } from "./ship-overview.ts";

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
  /** Changes of other datacenters that ended in no state: 0, or there is a bug. */
  readonly unaccounted: number;
}

export interface NodeOverview {
  readonly name: string;
  readonly service: string;
  readonly state: "up" | "silent" | "down";
  readonly controller: boolean;
  readonly residentBytes: number;
  readonly namespaces: NodeStatus["namespaces"];
}

export interface DatacenterOverview {
  readonly name: string;
  readonly sourceId: number;
  /** Address of the dashboard of one of its shippers; null: it has none. */
  readonly dashboard: string | null;
  /** What is closed to clients, by the newest map that a node follows; null when none answers. */
  readonly fence: FenceState | null;
  /** Which datacenter's declaration has closed it, and when that was made (ISO 8601). */
  readonly declaredLost: { readonly by: string; readonly since: string } | null;
  /** Datacenters that were declared lost: none of their changes is applied here. */
  readonly shutOuts: readonly { readonly datacenter: string; readonly since: string }[];
  readonly nodes: readonly NodeOverview[];
  readonly namespaces: readonly NamespaceOverview[];
}

export interface Overview {
  /** Of a set-up on this machine; `compose` of one in containers. */
  readonly dataFolder?: string;
  readonly compose?: string;
  readonly phase: string;
  readonly startedAt: string;
  readonly datacenters: readonly DatacenterOverview[];
  readonly ships: readonly ShipOverview[];
  readonly processes: readonly ProcessStatus[];
  /** Names of processes that ended without having been told to. */
  readonly down: readonly string[];
}

export async function takeOverview(setup: Setup): Promise<Overview> {
  const { datacenters } = setup;
  const [status, links, nodes, shippers] = await Promise.all([
    setup.status(),
    orUndefined(setup.links()),
    Promise.all(datacenters.map(askNodes)),
    Promise.all(datacenters.map(askShippers)),
  ]);
  const isDown = (name: string): boolean =>
    status.processes.some((process) => process.name === name && process.state !== "running");
  return {
    ...setup.origin,
    phase: status.phase,
    startedAt: status.startedAt,
    datacenters: datacenters.map((datacenter, index) => ({
      name: datacenter.name,
      sourceId: datacenter.sourceId,
      dashboard: dashboardOf(datacenter),
      ...viewOrders(newestOf((nodes[index] ?? []).filter((status) => status !== undefined)), datacenters),
      nodes: datacenter.nodes.map((node, at) => viewNode(node, nodes[index]?.[at], isDown(node.name))),
      namespaces: sumNamespaces((nodes[index] ?? []).filter((status) => status !== undefined)),
    })),
    ships: datacenters.flatMap((from, index) =>
      datacenters
        .filter((to) => to !== from)
        .map((to) => viewShip(from.name, to.name, links, shippers[index] ?? [])),
    ),
    processes: status.processes,
    down: status.processes.filter(({ state }) => state === "down").map(({ name }) => name),
  };
}

function dashboardOf({ shippers: [shipper] }: SetupDatacenter): string | null {
  return shipper === undefined ? null : `http://127.0.0.1:${shipper.adminPort}/`;
}

function askNodes(datacenter: AdminDatacenter): Promise<(NodeStatus | undefined)[]> {
  return Promise.all(
    datacenter.nodes.map(({ adminPort }) =>
      orUndefined(askAdmin(`http://127.0.0.1:${adminPort}/status`, nodeStatusSchema)),
    ),
  );
}

async function askShippers({ shippers }: SetupDatacenter): Promise<ShipperStatus[]> {
  const answers = await Promise.all(
    shippers.map(({ adminPort }) =>
      orUndefined(askAdmin(`http://127.0.0.1:${adminPort}/status`, shipperStatusSchema)),
    ),
  );
  return answers.filter((answer) => answer !== undefined);
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

/** What operators have ordered of a datacenter, by the newest map that a node follows. */
function viewOrders(
  status: NodeStatus | undefined,
  datacenters: readonly SetupDatacenter[],
): Pick<DatacenterOverview, "fence" | "declaredLost" | "shutOuts"> {
  const nameOf = (sourceId: number): string =>
    datacenters.find((one) => one.sourceId === sourceId)?.name ?? `source id ${sourceId}`;
  const since = (ms: number): string => new Date(ms).toISOString();
  const because = status?.fence.because;
  return {
    fence: status?.fence.state ?? null,
    declaredLost: because ? { by: nameOf(because.by), since: since(because.sinceMs) } : null,
    shutOuts: (status?.shutOuts ?? []).map(({ sourceId, sinceMs }) => ({
      datacenter: nameOf(sourceId),
      since: since(sinceMs),
    })),
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
      unaccounted: sum(({ unaccounted }) => unaccounted),
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
