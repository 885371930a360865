/** Looks at the processes of datacenters over their admin ports, again and again during a drill. */
import { MeridianError } from "../../common/errors.ts";
import {
  type NodeStatus,
  nodeStatusSchema,
  type ShipperStatus,
  shipperStatusSchema,
} from "../overview/process-status.ts";
import { type ShipOverview, viewShip } from "../overview/ship-overview.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { ShownDatacenter } from "../setup/setup.ts";
import type { NodeLook } from "./timeline.ts";

/** How often each process is looked at: the phases of a recovery are known to this. */
const LOOK_MS = 200;
const TIMEOUT_MS = 1000;

export interface LagLook {
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  /** Null while the shipper does not know. */
  readonly records: number | null;
  readonly lagMs: number | null;
}

/** All nodes answer, and by each one's map every partition has a primary and all its copies. */
export async function isWhole(datacenter: ShownDatacenter): Promise<boolean> {
  const statuses = await Promise.all(datacenter.nodes.map(({ adminPort }) => askNode(adminPort)));
  return statuses.every(
    (status) =>
      status?.namespaces.every(({ unavailable, underReplicated }) => unavailable + underReplicated === 0) ===
      true,
  );
}

/** Its control plane works: all nodes answer and have their NATS, and one of them is the controller. */
export async function isControlled(datacenter: ShownDatacenter): Promise<boolean> {
  const statuses = await Promise.all(datacenter.nodes.map(({ adminPort }) => askNode(adminPort)));
  const controllers = statuses.filter((status) => status?.controller === true);
  return controllers.length === 1 && statuses.every((status) => status?.natsConnected === true);
}

/** What a node says of itself; undefined when it does not answer. */
export function askNode(adminPort: number): Promise<NodeStatus | undefined> {
  return orUndefined(
    askAdmin(`http://127.0.0.1:${adminPort}/status`, nodeStatusSchema, { timeoutMs: TIMEOUT_MS }),
  );
}

/** The same of a datacenter's shippers, of those that answer. */
export async function askShippers({ shippers }: ShownDatacenter): Promise<ShipperStatus[]> {
  const answers = await Promise.all(
    shippers.map(({ adminPort }) =>
      orUndefined(
        askAdmin(`http://127.0.0.1:${adminPort}/status`, shipperStatusSchema, { timeoutMs: TIMEOUT_MS }),
      ),
    ),
  );
  return answers.filter((answer) => answer !== undefined);
}

/** How far shipping from a datacenter to another is, by the shippers that answer. */
export async function askShip(from: ShownDatacenter, to: { readonly name: string }): Promise<ShipOverview> {
  return viewShip(from.name, to.name, undefined, await askShippers(from));
}

/** No answer is an answer here: processes are killed in a drill. What cannot be read is an error. */
async function orUndefined<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof MeridianError && error.code !== "PROTOCOL_VERSION") return undefined;
    throw error;
  }
}

/** Each process in a loop of its own: one that hangs does not hide the others. */
export class ClusterLooks {
  readonly nodes: NodeLook[] = [];
  readonly lags: LagLook[] = [];
  readonly #nowMs: () => number;
  #stopped = Promise.withResolvers<void>();
  #isStopped = false;
  readonly #loops: Promise<void>[];

  constructor(datacenters: readonly ShownDatacenter[], nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#loops = datacenters.flatMap((datacenter) => [
      ...datacenter.nodes.map((node) => this.#loop(() => this.#lookAtNode(datacenter, node))),
      this.#loop(() => this.#lookAtShippers(datacenter, datacenters)),
    ]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stopped.resolve();
    await Promise.all(this.#loops);
  }

  async #loop(look: () => Promise<void>): Promise<void> {
    while (!this.#isStopped) {
      const nextMs = this.#nowMs() + LOOK_MS;
      await look();
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, Math.max(0, nextMs - this.#nowMs()));
      await Promise.race([promise, this.#stopped.promise]);
      clearTimeout(timer);
    }
  }

  async #lookAtNode(
    datacenter: ShownDatacenter,
    { name, adminPort }: { name: string; adminPort: number },
  ): Promise<void> {
    const status = await askNode(adminPort);
    if (status === undefined) return;
    const unavailable = status.namespaces.reduce((sum, namespace) => sum + namespace.unavailable, 0);
    const { mapVersion } = status;
    const atMs = this.#nowMs();
    this.nodes.push({ atMs, datacenter: datacenter.name, node: name, mapVersion, unavailable });
  }

  async #lookAtShippers(from: ShownDatacenter, datacenters: readonly ShownDatacenter[]): Promise<void> {
    const shippers = await askShippers(from);
    if (shippers.length === 0) return;
    const atMs = this.#nowMs();
    for (const { name: to } of datacenters) {
      if (to === from.name) continue;
      const { lagRecords: records, lagSeconds } = viewShip(from.name, to, undefined, shippers);
      this.lags.push({
        atMs,
        from: from.name,
        to,
        records,
        lagMs: lagSeconds === null ? null : lagSeconds * 1000,
      });
    }
  }
}
