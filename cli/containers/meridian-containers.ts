/**
 * Meridian for users' own tests, on any Docker engine that testcontainers finds (docs/testcontainers.md):
 *
 *   const meridian = await new MeridianContainers().withDatacenters(2).withNodes(3).start();
 *
 * Every set-up has networks and ports of its own, one network for each datacenter; only the WAN link is
 * in all of them. What was started is stopped by `stop()`, and by testcontainers' reaper when the test
 * process dies.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  GenericContainer,
  getContainerRuntimeClient,
  getReaper,
  LABEL_TESTCONTAINERS_SESSION_ID,
  Network,
  RandomPortGenerator,
  type StartedNetwork,
  type StartedTestContainer,
  Wait,
} from "testcontainers";
import { MeridianError } from "../../common/errors.ts";
import type { ConflictPolicy } from "../../common/version/order.ts";
import type { DrillReport as Report } from "../drill/report/report-schema.ts";
import { DATA_FOLDER, NATS_STORE } from "../setup/container-disks.ts";
import { projectRoot } from "../setup/project-root.ts";
import {
  type NamespaceWish,
  type Plan,
  type PlannedProcess,
  planSetup,
  PORT,
  portsWanted,
  type SetupWish,
  WAN_LINK,
} from "./plan.ts";
import type { RehearsalOptions } from "./rehearse.ts";
import { RuntimeEngine } from "./runtime-engine.ts";
import { StartedMeridian } from "./started-meridian.ts";

/** What `StartedMeridian.drill` takes, and what it returns. */
export type DrillOptions = RehearsalOptions;
export type DrillReport = Report;

const DEFAULT_IMAGE = "meridian:local";
const DEFAULT_NATS_IMAGE = "nats:2.12-alpine";
const STARTUP_TIMEOUT_MS = 120_000;

export class MeridianContainers {
  #datacenters = 2;
  #nodes = 3;
  #replicationFactor: number | undefined;
  #namespaces: readonly NamespaceWish[] = [{ name: "test" }];
  #image: string | undefined;
  #natsImage = DEFAULT_NATS_IMAGE;
  #startupTimeoutMs = STARTUP_TIMEOUT_MS;

  /** 1 to 8, named dc-a, dc-b, ...; each ships to each. Default: 2. */
  withDatacenters(count: number): this {
    this.#datacenters = count;
    return this;
  }

  /** Nodes of each datacenter, 1 to 16, named a1, a2, ...; default: 3. */
  withNodes(count: number): this {
    this.#nodes = count;
    return this;
  }

  /** Copies of each record in its datacenter; default: 2, or 1 with one node. */
  withReplicationFactor(factor: number): this {
    this.#replicationFactor = factor;
    return this;
  }

  /** Adds a namespace; without any there is one, `test`. */
  withNamespace(name: string, conflictPolicy: ConflictPolicy = "last-update-time"): this {
    const others = this.#namespaces.filter((one) => one.name !== "test" || "conflictPolicy" in one);
    this.#namespaces = [...others, { name, conflictPolicy }];
    return this;
  }

  /** Another image than `meridian:local`, which is built when the engine does not have it. */
  withImage(image: string): this {
    this.#image = image;
    return this;
  }

  withNatsImage(image: string): this {
    this.#natsImage = image;
    return this;
  }

  /** Within which the whole set-up must serve, once the image is there; default: 120,000. */
  withStartupTimeout(ms: number): this {
    this.#startupTimeoutMs = ms;
    return this;
  }

  /**
   * Resolves when all partitions of all datacenters are served. Throws CONFIG_INVALID for what cannot be,
   * and the engine's own errors; what was started by then is stopped.
   */
  async start(): Promise<StartedMeridian> {
    const wish: SetupWish = {
      datacenters: this.#datacenters,
      nodes: this.#nodes,
      replicationFactor: this.#replicationFactor ?? Math.min(2, this.#nodes),
      namespaces: this.#namespaces,
    };
    const client = await getContainerRuntimeClient();
    const { host } = client.info.containerRuntime;
    const generator = new RandomPortGenerator();
    const ports: number[] = [];
    while (ports.length < portsWanted(wish)) {
      const port = await generator.generatePort();
      if (!ports.includes(port)) ports.push(port);
    }
    const plan = planSetup(wish, host, ports, randomBytes(16).toString("hex"));
    const image = await this.#obtainImage();
    const labels = {
      "org.testcontainers": "true",
      [LABEL_TESTCONTAINERS_SESSION_ID]: (await getReaper(client)).sessionId,
    };
    const starter = new Starter(image, this.#natsImage, this.#startupTimeoutMs, labels);
    try {
      await starter.startAll(plan);
    } catch (error) {
      await starter.stopAll();
      throw error;
    }
    const ids = Object.fromEntries([...starter.containers].map(([name, one]) => [name, one.getId()]));
    const engine = new RuntimeEngine(client.container, labels);
    return new StartedMeridian({ plan, host, ids, labels }, engine, () => starter.stopAll());
  }

  /** The image asked for, or our own: built from the package's sources when it is missing. */
  async #obtainImage(): Promise<string> {
    if (this.#image !== undefined) return this.#image;
    const { container } = await getContainerRuntimeClient();
    const images = await container.dockerode.listImages({ filters: { reference: [DEFAULT_IMAGE] } });
    if (images.length > 0) return DEFAULT_IMAGE;
    const root = packageRoot();
    await GenericContainer.fromDockerfile(root, "deploy/Dockerfile").build(DEFAULT_IMAGE, {
      deleteOnExit: false,
    });
    return DEFAULT_IMAGE;
  }
}

/** Above the sources, and above what a package holds of them compiled. */
function packageRoot(): string {
  const found = [projectRoot, join(projectRoot, "..")].find((folder) =>
    existsSync(join(folder, "deploy/Dockerfile")),
  );
  if (found !== undefined) return found;
  throw new MeridianError(
    "NOT_FOUND",
    `no deploy/Dockerfile in ${projectRoot}: name an image by withImage()`,
  );
}

interface Mount {
  readonly source: string;
  readonly target: string;
}

/** Starts containers and networks, and knows all that must be stopped. */
class Starter {
  readonly containers = new Map<string, StartedTestContainer>();
  readonly #image: string;
  readonly #natsImage: string;
  readonly #timeoutMs: number;
  readonly #labels: Readonly<Record<string, string>>;
  /** In the names of its volumes. */
  readonly #id = randomBytes(6).toString("hex");
  readonly #networks: StartedNetwork[] = [];
  /** By process. */
  readonly #mounts = new Map<string, Mount>();
  readonly #starting: Promise<unknown>[] = [];

  /** `labels`: by which the reaper knows what is ours. */
  constructor(image: string, natsImage: string, timeoutMs: number, labels: Readonly<Record<string, string>>) {
    this.#image = image;
    this.#natsImage = natsImage;
    this.#timeoutMs = timeoutMs;
    this.#labels = labels;
  }

  async startAll(plan: Plan): Promise<void> {
    const networks = await Promise.all(
      plan.datacenters.map(async ({ name }) => [name, await this.#startNetwork()] as const),
    );
    const networkOf = new Map(networks);
    const network = (datacenter: string): StartedNetwork => {
      const found = networkOf.get(datacenter);
      if (found === undefined) throw new MeridianError("NOT_FOUND", `no network of ${datacenter}`);
      return found;
    };
    await Promise.all(
      plan.datacenters.flatMap(({ nats, nodes: kept }) => [
        this.#createVolume(nats.name, NATS_STORE),
        ...kept.map((node) => this.#createVolume(node.name, DATA_FOLDER)),
      ]),
    );
    await Promise.all(
      plan.datacenters.map(({ name, nats }) => this.#startNats(nats.name, nats, network(name))),
    );
    // Nodes first wait for each other, shippers for nodes: all of them may start at once.
    const link = this.#startWanLink(plan, networks);
    const nodes = plan.datacenters.flatMap(({ name, nodes: planned }) =>
      planned.map((node) => this.#start(node, ["node"], network(name))),
    );
    await link;
    await Promise.all([
      ...nodes,
      ...plan.datacenters.map(({ name, shipper }) => this.#start(shipper, ["shipper"], network(name))),
    ]);
  }

  /** Stops everything that was started or is just starting; throws the first failure when all is done. */
  async stopAll(): Promise<void> {
    await Promise.allSettled(this.#starting);
    const containers = [...this.containers.values()];
    this.containers.clear();
    const stops = await Promise.allSettled(
      containers.map((one) => one.stop({ timeout: 0, removeVolumes: true })),
    );
    const networks = this.#networks.splice(0);
    const { container } = await getContainerRuntimeClient();
    const removals = await Promise.allSettled([
      ...networks.map((one) => one.stop()),
      ...[...this.#mounts.values()].map(({ source }) => container.dockerode.getVolume(source).remove()),
    ]);
    this.#mounts.clear();
    const failed = [...stops, ...removals].find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #startNetwork(): Promise<StartedNetwork> {
    const network = await new Network().start();
    this.#networks.push(network);
    return network;
  }

  /** What a process keeps is on a volume: a drill must get at it while the process does not run. */
  async #createVolume(process: string, target: string): Promise<void> {
    const { container } = await getContainerRuntimeClient();
    const source = `meridian-${this.#id}-${process}`;
    await container.dockerode.createVolume({ Name: source, Labels: { ...this.#labels } });
    this.#mounts.set(process, { source, target });
  }

  #mountsOf(process: string): Mount[] {
    const mount = this.#mounts.get(process);
    return mount === undefined ? [] : [mount];
  }

  #startNats(
    name: string,
    { port, command }: { readonly port: number; readonly command: readonly string[] },
    network: StartedNetwork,
  ): Promise<void> {
    const container = new GenericContainer(this.#natsImage)
      .withNetwork(network)
      .withNetworkAliases(name)
      .withCommand(["nats-server", ...command])
      .withBindMounts(this.#mountsOf(name))
      .withExposedPorts({ container: PORT.nats, host: port })
      .withWaitStrategy(Wait.forLogMessage(/Server is ready/));
    return this.#keep(name, container);
  }

  #start(process: PlannedProcess, command: string[], network: StartedNetwork): Promise<void> {
    const ports = Object.entries(process.published).map(([container, host]) => {
      return { container: Number(container), host };
    });
    const container = new GenericContainer(this.#image)
      .withNetwork(network)
      .withNetworkAliases(process.name)
      .withEnvironment({ ...process.environment })
      .withCommand(command)
      .withBindMounts(this.#mountsOf(process.name))
      .withExposedPorts(...ports)
      .withWaitStrategy(Wait.forHttp("/readyz", PORT.admin).forStatusCode(200));
    return this.#keep(process.name, container);
  }

  async #startWanLink(
    { wanLink }: Plan,
    networks: readonly (readonly [string, StartedNetwork])[],
  ): Promise<void> {
    const [first, ...others] = networks.map(([, network]) => network);
    if (wanLink === undefined || first === undefined) return;
    await this.#start(wanLink, [WAN_LINK], first);
    const { container } = await getContainerRuntimeClient();
    const link = container.getById(this.containers.get(WAN_LINK)?.getId() ?? "");
    for (const network of others) {
      await container.connectToNetwork(link, container.dockerode.getNetwork(network.getId()), [WAN_LINK]);
    }
  }

  #keep(name: string, container: GenericContainer): Promise<void> {
    const started = container
      .withStartupTimeout(this.#timeoutMs)
      .start()
      .then((one) => {
        this.containers.set(name, one);
      });
    this.#starting.push(started);
    return started;
  }
}
