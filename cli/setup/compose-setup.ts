/** A set-up of `meridian up` that runs in containers, as the commands see it. */
import { MeridianError } from "../../common/errors.ts";
import { isOk } from "./admin-client.ts";
import { Compose } from "./compose.ts";
import { type ComposeFile, type ComposeService, datacentersOf } from "./compose-file.ts";
import {
  asPublished,
  type Container,
  isHealthy,
  parseContainers,
  tokenOf,
  viewContainer,
} from "./containers.ts";
import { docker } from "./docker.ts";
import { lastLines } from "./log-tail.ts";
import type { Acted, ProcessStatus, Setup, SetupDatacenter, SetupStatus } from "./setup.ts";
import { waitUntil } from "./wait.ts";
import { type CutMode, WanAdmin, type WanPairView } from "./wan-admin.ts";

const READY_TIMEOUT_MS = 90_000;
const READY_LOOK_MS = 200;
const LINES_SHOWN = 3;

export class ComposeSetup implements Setup {
  readonly origin: { readonly compose: string };
  readonly datacenters: readonly SetupDatacenter[];
  readonly #services: readonly ComposeService[];
  /** By service. */
  readonly #ids: ReadonlyMap<string, string>;
  readonly #wan: WanAdmin | undefined;

  private constructor(file: ComposeFile, containers: ReadonlyMap<string, Container>) {
    this.origin = { compose: file.name };
    this.#services = file.services.map((service) => asPublished(service, containers.get(service.name)));
    this.datacenters = datacentersOf(this.#services);
    this.#ids = new Map([...containers].map(([name, { Id }]) => [name, Id]));
    const link = this.#services.find(({ kind }) => kind === "wan");
    const token = link && tokenOf(containers.get(link.name));
    if (link?.adminPort !== undefined) this.#wan = new WanAdmin(link.adminPort, token ?? "");
  }

  /** Throws NOT_RUNNING, saying what to do, unless something of the file's set-up runs. */
  static async connect(file: ComposeFile): Promise<ComposeSetup> {
    const ids = await new Compose(file).containerIds();
    const containers = await inspect(ids);
    const runs = file.services.some(({ name }) => containers.get(name)?.State.Status === "running");
    if (runs) return new ComposeSetup(file, containers);
    throw new MeridianError(
      "NOT_RUNNING",
      `nothing of ${file.name} runs: \`meridian up --compose ${file.name}\` first`,
    );
  }

  async status(): Promise<SetupStatus> {
    const containers = await inspect([...this.#ids.values()]);
    const views = this.#services.flatMap((service) => {
      const view = viewContainer(service, containers.get(service.name));
      return view === undefined ? [] : [view];
    });
    const processes = await Promise.all(views.map((view) => this.#withLog(view)));
    const starts = [...containers.values()].map(({ State }) => Date.parse(State.StartedAt));
    const startedAt = new Date(Math.max(0, Math.min(...starts))).toISOString();
    return { phase: "running", startedAt, processes };
  }

  async kill(name: string): Promise<Acted> {
    const { id, container, service } = await this.#look(name);
    const view = viewContainer(service, container);
    if (view?.state !== "running" && view?.state !== "paused") {
      throw new MeridianError("NOT_FOUND", `${name} does not run (${view?.end ?? "?"})`);
    }
    // A container that was killed on purpose is not started again by its restart policy.
    await docker(["kill", id]);
    await docker(["wait", id]);
    return { name, pid: null };
  }

  async restart(name: string): Promise<Acted> {
    const { id, service } = await this.#look(name);
    await docker(["restart", id]);
    const isReady = async (): Promise<boolean> =>
      service.adminPort === undefined
        ? isHealthy((await this.#look(name)).container)
        : await isOk(`http://127.0.0.1:${service.adminPort}/readyz`);
    if (await waitUntil(isReady, { timeoutMs: READY_TIMEOUT_MS, intervalMs: READY_LOOK_MS })) {
      return { name, pid: null };
    }
    const lines = await logOf(id);
    throw new MeridianError(
      "UNAVAILABLE",
      [`${name} is not ready after ${READY_TIMEOUT_MS / 1000} s`, ...lines].join("\n  | "),
    );
  }

  async links(): Promise<WanPairView[]> {
    return (await this.#wan?.links()) ?? [];
  }

  cutLink(a: string, b: string, mode: CutMode): Promise<WanPairView[]> {
    return this.#link().cut(a, b, mode);
  }

  healLink(a: string, b: string): Promise<WanPairView[]> {
    return this.#link().heal(a, b);
  }

  #link(): WanAdmin {
    if (this.#wan !== undefined) return this.#wan;
    throw new MeridianError("NOT_FOUND", `${this.origin.compose} has no WAN: it is one datacenter`);
  }

  async #look(name: string): Promise<{ id: string; container: Container; service: ComposeService }> {
    const ours = this.#services.filter(({ kind }) => kind !== undefined);
    const service = ours.find((one) => one.name === name);
    if (service === undefined) {
      const names = ours.map((one) => one.name).join(", ");
      throw new MeridianError("NOT_FOUND", `no process ${name} here; there are: ${names}`);
    }
    const id = this.#ids.get(name);
    const container = id === undefined ? undefined : (await inspect([id])).get(name);
    if (id !== undefined && container !== undefined) return { id, container, service };
    const { compose } = this.origin;
    throw new MeridianError("NOT_FOUND", `${name} has no container: \`meridian up --compose ${compose}\``);
  }

  async #withLog(view: ProcessStatus): Promise<ProcessStatus> {
    const id = this.#ids.get(view.name);
    return view.state === "down" && id !== undefined ? { ...view, lastLines: await logOf(id) } : view;
  }
}

async function inspect(ids: readonly string[]): Promise<Map<string, Container>> {
  if (ids.length === 0) return new Map();
  return parseContainers((await docker(["inspect", "--type", "container", ...ids])).stdout);
}

async function logOf(id: string): Promise<string[]> {
  const { stdout, stderr } = await docker(["logs", "--tail", String(LINES_SHOWN), id]);
  return lastLines(stdout + stderr, LINES_SHOWN);
}
