/**
 * A datacenter whose nodes and nats-server are each on a host of their own (hosts.ts), so that the
 * network between any two of them, and the clients, can fail. The test's own process is the clients'
 * machine. Its files and its end are a Deployment's.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { natsConfig } from "../../cli/setup/config-files.ts";
import { datacenterConfig } from "../../cli/setup/config-files.ts";
import { planProcesses } from "../../cli/setup/launch.ts";
import type { DatacenterLayout } from "../../cli/setup/layout.ts";
import { ManagedProcess, type ProcessSpec } from "../../cli/setup/managed-process.ts";
import { findNatsServer, type NatsServer } from "../../cli/setup/nats-server.ts";
import { Deployment, statusesOf } from "./deployment.ts";
import { Hosts } from "./hosts.ts";
import type { Places } from "./placement.ts";
import { untilTrue } from "./until.ts";

const READY_MS = 60_000;
const STOP_MS = 15_000;
const SETTLE_MS = 120_000;
/** Name of the host that NATS runs on. */
export const NATS_HOST = "nats";

export class NetworkedDatacenter {
  readonly hosts: Hosts;
  readonly places: Places;
  readonly names: readonly string[];
  readonly #deployment: Deployment;
  readonly #processes: readonly ManagedProcess[];

  private constructor(deployment: Deployment, hosts: Hosts, layout: DatacenterLayout, specs: ProcessSpec[]) {
    this.#deployment = deployment;
    this.hosts = hosts;
    this.places = { nodes: layout.nodes.map((node) => ({ ...node, host: hosts.address(node.name) })) };
    this.names = layout.nodes.map(({ name }) => name);
    this.#processes = specs.map((spec) => new ManagedProcess(spec, () => undefined));
  }

  static async start(nodes: number): Promise<NetworkedDatacenter> {
    const deployment = await Deployment.plan({ datacenters: 1, nodes });
    const [layout] = deployment.layout.datacenters;
    if (layout === undefined) throw new Error("no datacenter");
    const names = layout.nodes.map(({ name }) => name);
    let started: NetworkedDatacenter | undefined;
    try {
      const hosts = Hosts.make(deployment.folder, [...names, NATS_HOST]);
      const server = findNatsServer();
      writeFiles(deployment, layout, hosts, server);
      const specs = planProcesses(deployment.layout, server)
        .filter(({ kind }) => kind === "nats" || kind === "node")
        .map((spec) => onHost(spec, hosts));
      started = new NetworkedDatacenter(deployment, hosts, layout, specs);
      await started.#startAll();
      return started;
    } catch (error) {
      if (started === undefined) await deployment.dispose();
      else await started.dispose();
      throw error;
    }
  }

  async #startAll(): Promise<void> {
    for (const kind of ["nats", "node"]) {
      const some = this.#processes.filter(({ spec }) => spec.kind === kind);
      for (const process of some) process.start();
      await Promise.all(some.map((process) => process.waitReady(READY_MS)));
    }
    await this.settled();
  }

  /** For the official client. */
  get clientHosts(): string {
    return this.places.nodes.map(({ host, servicePort }) => `${host}:${servicePort}`).join(",");
  }

  /** Every partition has a primary and all its copies. */
  async settled(): Promise<void> {
    await untilTrue("the datacenter to settle", { timeoutMs: SETTLE_MS, intervalMs: 200 }, async () => {
      const statuses = await statusesOf(this.places);
      const whole = statuses.every(({ namespaces }) =>
        namespaces.every(({ unavailable, underReplicated }) => unavailable + underReplicated === 0),
      );
      const same = new Set(statuses.map(({ mapVersion }) => mapVersion)).size === 1;
      return statuses.length === this.names.length && whole && same;
    });
  }

  /** The node that leads the control plane now. */
  async controller(): Promise<string | undefined> {
    return (await statusesOf(this.places)).find((status) => status.controller)?.name;
  }

  async dispose(): Promise<void> {
    this.hosts.heal();
    await Promise.all(
      this.#processes.filter(({ spec }) => spec.kind === "node").map((one) => one.stop(STOP_MS)),
    );
    await Promise.all(this.#processes.map((process) => process.stop(STOP_MS)));
    await this.#deployment.dispose();
  }
}

/** What `meridian start` would write, with the addresses of the hosts. */
function writeFiles(
  deployment: Deployment,
  layout: DatacenterLayout,
  hosts: Hosts,
  server: NatsServer,
): void {
  const config = datacenterConfig(deployment.layout, layout);
  const nodes = config.nodes.map((node) => ({ ...node, address: hosts.address(node.name) }));
  const nats = `nats://${hosts.address(NATS_HOST)}:${layout.nats.port}`;
  mkdirSync(deployment.layout.logFolder, { recursive: true });
  mkdirSync(layout.nats.store, { recursive: true });
  for (const { data } of layout.nodes) mkdirSync(data, { recursive: true });
  writeFileSync(layout.configPath, stringify({ ...config, nats, nodes }));
  const natsText = natsConfig(layout, server).replaceAll("127.0.0.1", hosts.address(NATS_HOST));
  writeFileSync(join(layout.nats.configPath), natsText);
}

function onHost(spec: ProcessSpec, hosts: Hosts): ProcessSpec {
  const host = spec.kind === "nats" ? NATS_HOST : spec.name;
  const [command, ...args] = hosts.on(host);
  return {
    ...spec,
    command,
    args: [...args, spec.command, ...spec.args],
    readyUrl: spec.readyUrl.replace("127.0.0.1", hosts.address(host)),
  };
}
