/**
 * Real datacenters for a benchmark, started as `npm start` starts them: the same plan of ports and
 * files, the same entries; only the WAN link of the local set-up is left out, so that the shippers
 * reach the other NATS directly.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import type { DatacenterConfig, FeedConfig } from "../../common/config.ts";
import { datacenterConfig, natsConfig } from "../../cli/setup/config-files.ts";
import { planProcesses } from "../../cli/setup/launch.ts";
import { type DatacenterLayout, type Layout, planLayout, SETUP_DEFAULTS } from "../../cli/setup/layout.ts";
import { findNatsServer } from "../../cli/setup/nats-server.ts";
import { profileArguments } from "./profile.ts";
import { freeBlock } from "./ports.ts";
import { type Process, type Processes, until } from "./processes.ts";

export interface DatacentersOptions {
  readonly datacenters: number;
  readonly nodes: number;
  readonly replicationFactor: number;
  /** Folder of data and logs; must not exist yet. */
  readonly folder: string;
  /** Profile nodes and shippers into the folder's `profiles`. */
  readonly profile: boolean;
  readonly feeds?: readonly FeedConfig[];
}

/** A plan of datacenters; each is started when it is wanted. */
export class Datacenters {
  readonly #layout: Layout;
  readonly #processes: Processes;
  readonly #natsServer = findNatsServer();

  readonly #profile: boolean;

  private constructor(layout: Layout, processes: Processes, profile: boolean) {
    this.#layout = layout;
    this.#processes = processes;
    this.#profile = profile;
  }

  static async plan(processes: Processes, options: DatacentersOptions): Promise<Datacenters> {
    const basePort = await freeBlock(1000 * options.datacenters);
    const { datacenters, nodes, replicationFactor, folder, profile } = options;
    const { feeds } = { ...SETUP_DEFAULTS, ...options };
    const plan = { ...SETUP_DEFAULTS, basePort, datacenters, nodes, replicationFactor, feeds };
    return new Datacenters(planLayout(folder, plan), processes, profile);
  }

  /** Starts NATS and the nodes of the n-th datacenter; resolves when they serve. */
  async start(index: number, options: { shipper: boolean }): Promise<Datacenter> {
    const plan = this.#layout.datacenters[index];
    if (plan === undefined) throw new Error(`no datacenter ${index} is planned`);
    if (this.#natsServer.kind !== "program") throw new Error("a nats-server program is needed, not an image");
    mkdirSync(dirname(plan.nats.configPath), { recursive: true });
    writeFileSync(plan.configPath, stringify(this.#config(plan)));
    writeFileSync(plan.nats.configPath, natsConfig(plan, this.#natsServer));
    const nats = this.#processes.start(plan.nats.name, this.#natsServer.path, ["-c", plan.nats.configPath]);
    const nodes = plan.nodes.map(({ name }) => this.#startEntry(name));
    const started = new Datacenter(plan, nats, nodes);
    await started.ready();
    if (options.shipper) this.startShipper(started);
    return started;
  }

  startShipper(datacenter: Datacenter): void {
    const { plan } = datacenter;
    datacenter.shipper = this.#startEntry(plan.shipper.name);
  }

  /** With the command and the options of Node that `npm start` gives it. */
  #startEntry(name: string): Process {
    const spec = planProcesses(this.#layout, this.#natsServer).find((one) => one.name === name);
    if (spec === undefined) throw new Error(`no process ${name} is planned`);
    const profile = this.#profile ? profileArguments(join(this.#layout.dataFolder, "profiles", name)) : [];
    return this.#processes.start(name, spec.command, [...profile, ...spec.args]);
  }

  #config(plan: DatacenterLayout): DatacenterConfig {
    const config = datacenterConfig(this.#layout, plan);
    const remotes = config.remotes.map((remote) => {
      const other = this.#layout.datacenters.find((one) => one.name === remote.name);
      return { ...remote, nats: `nats://127.0.0.1:${other?.nats.port}` };
    });
    return { ...config, remotes, "log-level": "warn" };
  }
}

export class Datacenter {
  readonly plan: DatacenterLayout;
  readonly nats: Process;
  readonly nodes: readonly Process[];
  shipper: Process | undefined;

  constructor(plan: DatacenterLayout, nats: Process, nodes: readonly Process[]) {
    this.plan = plan;
    this.nats = nats;
    this.nodes = nodes;
  }

  /** Seed addresses for the official client. */
  get hosts(): string {
    return this.plan.nodes.map((node) => `127.0.0.1:${node.servicePort}`).join(",");
  }
  get processes(): readonly Process[] {
    return [this.nats, ...this.nodes, ...(this.shipper === undefined ? [] : [this.shipper])];
  }

  async ready(): Promise<void> {
    await until(`${this.plan.name} serves`, 60_000, async () => {
      for (const one of this.processes) one.check();
      const answers = await Promise.all(this.plan.nodes.map((node) => isReady(node.adminPort)));
      return answers.every(Boolean) ? true : undefined;
    });
  }

  /** Records, as the primaries count them, of the namespace `test`. */
  async records(): Promise<number> {
    const counts = await Promise.all(
      this.plan.nodes.map(async (node) => {
        const response = await fetch(`http://127.0.0.1:${node.adminPort}/status`);
        const status = (await response.json()) as { namespaces: { name: string; records: number }[] };
        return status.namespaces.find((namespace) => namespace.name === "test")?.records ?? 0;
      }),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async stop(): Promise<void> {
    await this.shipper?.stop();
    await Promise.all(this.nodes.map((node) => node.stop()));
    await this.nats.stop();
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok;
  } catch (error) {
    // Nobody listens yet; a process that ended is noticed by its exit.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
