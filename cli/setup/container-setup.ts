/**
 * A set-up whose processes are containers, as the commands see it. Which containers it is made of is said
 * once, by their ids: nothing else of the engine is touched, but for containers beside them that are gone
 * again at once.
 */
import { ADMIN_TOKEN_FILE } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import { isOk } from "./admin-client.ts";
import { type ComposeService, datacentersOf } from "./compose-file.ts";
import {
  type AsideDisks,
  asideName,
  asideNamed,
  deleteAsideScript,
  listAsideScript,
  parseAside,
} from "./aside.ts";
import {
  DATA_FOLDER,
  forgetShipped,
  MARK_FENCED,
  moveAside,
  NATS_STORE,
  shiftClock,
  WIPE_BUS,
} from "./container-disks.ts";
import type { ContainerEngine } from "./container-engine.ts";
import { readLogin } from "./container-login.ts";
import { type Container, isHealthy, viewContainer } from "./containers.ts";
import { ControlBucket, type ControlLogin } from "./control-bucket.ts";
import { datacenterNamed } from "./layout.ts";
import { type ProcessKind, START_ORDER } from "./managed-process.ts";
import { greetsNats } from "./nats-greeting.ts";
import type { Acted, ProcessStatus, Setup, SetupDatacenter, SetupStatus } from "./setup.ts";
import { waitUntil } from "./wait.ts";
import type { CutMode, WanAdmin, WanPairView, WanShape } from "./wan-admin.ts";

const READY_TIMEOUT_MS = 90_000;
const READY_LOOK_MS = 200;
const LINES_SHOWN = 3;

export interface ContainerParts extends Pick<Setup, "origin" | "title" | "foreign" | "folder"> {
  readonly engine: ContainerEngine;
  /** On the ports that are published. */
  readonly services: readonly ComposeService[];
  /** Of containers, by service. */
  readonly ids: ReadonlyMap<string, string>;
  /** Undefined where there is one datacenter only. */
  readonly wan: WanAdmin | undefined;
  /** What brings back a process that has no container. */
  readonly remedy: string;
}

interface Member {
  readonly service: ComposeService;
  readonly container: Container;
}

export class ContainerSetup implements Setup {
  readonly origin: Setup["origin"];
  readonly title: string;
  readonly foreign: readonly string[];
  readonly folder: string;
  readonly datacenters: readonly SetupDatacenter[];
  readonly #parts: ContainerParts;
  readonly #engine: ContainerEngine;

  constructor(parts: ContainerParts) {
    this.origin = parts.origin;
    this.title = parts.title;
    this.foreign = parts.foreign;
    this.folder = parts.folder;
    this.#parts = parts;
    this.#engine = parts.engine;
    this.datacenters = datacentersOf(parts.services).map((shown) => ({
      ...shown,
      nats: this.#servicesOf(shown.name, "nats").map(({ name }) => name),
      openControl: async () => await ControlBucket.connect(await this.#natsLogin(shown.name)),
      natsLogin: () => this.#natsLogin(shown.name),
    }));
  }

  async status(): Promise<SetupStatus> {
    const containers = await this.#engine.inspect([...this.#parts.ids.values()]);
    const views = this.#parts.services.flatMap((service) => {
      const view = viewContainer(service, containers.get(this.#parts.ids.get(service.name) ?? ""));
      return view === undefined ? [] : [view];
    });
    const processes = await Promise.all(views.map((view) => this.#withLog(view)));
    const starts = [...containers.values()].map(({ State }) => Date.parse(State.StartedAt));
    const startedAt = new Date(Math.max(0, Math.min(...starts))).toISOString();
    return { phase: "running", startedAt, processes };
  }

  async kill(names: readonly string[]): Promise<Acted[]> {
    const members = await this.#look(names);
    for (const { service, container } of members) {
      const view = viewContainer(service, container);
      if (view?.state === "running" || view?.state === "paused") continue;
      throw new MeridianError("NOT_FOUND", `${service.name} does not run (${view?.end ?? "?"})`);
    }
    await this.#engine.kill(idsOf(members));
    return names.map((name) => ({ name, pid: null }));
  }

  async restart(name: string, fenced = false): Promise<Acted> {
    if (this.datacenters.some((one) => one.name === name)) {
      await this.#stopDatacenter(name);
      if (fenced) await this.#holdChanges(name);
      await this.#startDatacenter(name);
      return { name, pid: null };
    }
    const members = await this.#look([name]);
    if (fenced && members.some(({ service }) => service.kind !== "node")) {
      throw new MeridianError("BAD_REQUEST", `${name} is no node and no datacenter: only they can be fenced`);
    }
    await this.#engine.stop(idsOf(members));
    if (fenced) await this.#runBeside(members, MARK_FENCED);
    await this.#start(members);
    return { name, pid: null };
  }

  async pause(name: string): Promise<void> {
    for (const { container } of await this.#look([name])) await this.#engine.pause(container.Id);
  }

  async resume(name: string): Promise<void> {
    for (const { container } of await this.#look([name])) await this.#engine.resume(container.Id);
  }

  async wipeBus(datacenter: string): Promise<void> {
    const members = await this.#membersOf(datacenter, "nats");
    const running = members.find(({ container }) => container.State.Status === "running");
    if (running !== undefined) {
      throw new MeridianError(
        "BAD_REQUEST",
        `${running.service.name} runs: its store is not deleted under it`,
      );
    }
    await this.#runBeside(members, WIPE_BUS);
  }

  async nodeToken(name: string): Promise<string> {
    const [node] = await this.#look([name]);
    if (node === undefined) throw new MeridianError("NOT_FOUND", `there is no node ${name}`);
    return await this.#engine.read(node.container.Id, `${DATA_FOLDER}/${ADMIN_TOKEN_FILE}`);
  }

  async empty(datacenter: string): Promise<{ aside: string }> {
    await this.#stopDatacenter(datacenter);
    const aside = asideName(new Date());
    const members = await this.#onDisks(datacenter, (folder) => moveAside(folder, aside));
    await this.#holdChanges(datacenter);
    await this.#startDatacenter(datacenter);
    return { aside: `${aside} in the volumes of ${members.map(({ service }) => service).join(", ")}` };
  }

  async listAside(datacenter: string): Promise<AsideDisks[]> {
    return parseAside(datacenter, await this.#onDisks(datacenter, listAsideScript));
  }

  async removeAside(datacenter: string, name: string): Promise<AsideDisks> {
    const disks = asideNamed(await this.listAside(datacenter), datacenter, name);
    await this.#onDisks(datacenter, (folder) => deleteAsideScript(folder, disks));
    return disks;
  }

  async setClockOffset(datacenter: string, offsetMs: number): Promise<void> {
    await this.#runBeside(await this.#membersOf(datacenter, "node"), shiftClock(offsetMs));
  }

  async links(): Promise<WanPairView[]> {
    return (await this.#parts.wan?.links()) ?? [];
  }

  cutLink(a: string, b: string, mode: CutMode): Promise<WanPairView[]> {
    return this.#link().cut(a, b, mode);
  }

  healLink(a: string, b: string): Promise<WanPairView[]> {
    return this.#link().heal(a, b);
  }

  shapeLink(a: string, b: string, shape: WanShape): Promise<WanPairView[]> {
    return this.#link().shape(a, b, shape);
  }

  #link(): WanAdmin {
    if (this.#parts.wan !== undefined) return this.#parts.wan;
    throw new MeridianError("NOT_FOUND", `${this.title} has no WAN: it is one datacenter`);
  }

  async #natsLogin(datacenter: string): Promise<ControlLogin> {
    // Any process of it: all have the same login.
    const [member] = await this.#membersOf(datacenter, "node");
    const ports = this.#servicesOf(datacenter, "nats").flatMap(({ natsPort }) => natsPort ?? []);
    if (member === undefined || ports.length === 0) {
      throw new MeridianError("NATS_UNREACHABLE", `no port of the NATS of ${datacenter} is published here`);
    }
    return await readLogin(this.#engine, member.container, ports);
  }

  async #stopDatacenter(datacenter: string): Promise<void> {
    for (const kinds of START_ORDER.toReversed()) {
      await this.#engine.stop(idsOf(await this.#membersOf(datacenter, ...kinds)));
    }
  }

  async #startDatacenter(datacenter: string): Promise<void> {
    for (const kinds of START_ORDER) await this.#start(await this.#membersOf(datacenter, ...kinds));
  }

  /** All nodes start fenced, and the bus has forgotten what was on its way, as fenced-start.ts has it. */
  async #holdChanges(datacenter: string): Promise<void> {
    await this.#runBeside(await this.#membersOf(datacenter, "node"), MARK_FENCED);
    await this.#runBeside(await this.#membersOf(datacenter, "nats"), forgetShipped(datacenter));
  }

  /** Resolves when they are ready. */
  async #start(members: readonly Member[]): Promise<void> {
    await this.#engine.start(idsOf(members));
    await Promise.all(members.map((member) => this.#waitReady(member)));
  }

  async #waitReady({ service, container: { Id } }: Member): Promise<void> {
    const options = { timeoutMs: READY_TIMEOUT_MS, intervalMs: READY_LOOK_MS };
    if (await waitUntil(() => this.#isReady(service, Id), options)) return;
    const lines = await this.#engine.lastLines(Id, LINES_SHOWN);
    throw new MeridianError(
      "UNAVAILABLE",
      [`${service.name} is not ready after ${READY_TIMEOUT_MS / 1000} s`, ...lines].join("\n  | "),
    );
  }

  async #isReady({ adminPort, natsPort }: ComposeService, id: string): Promise<boolean> {
    if (adminPort !== undefined) return await isOk(`http://127.0.0.1:${adminPort}/readyz`);
    if (natsPort !== undefined) return await greetsNats(natsPort);
    const container = (await this.#engine.inspect([id])).get(id);
    return container !== undefined && isHealthy(container);
  }

  /** A script for each volume's folder of a datacenter, at once; what it printed, by service. */
  async #onDisks(
    datacenter: string,
    script: (folder: string) => string,
  ): Promise<{ service: string; text: string }[]> {
    const nodes = await this.#membersOf(datacenter, "node");
    const servers = await this.#membersOf(datacenter, "nats");
    return [
      ...(await this.#runBeside(nodes, script(DATA_FOLDER))),
      ...(await this.#runBeside(servers, script(NATS_STORE))),
    ];
  }

  /** Beside each of them at once; what it printed, by service. They must not use what it touches. */
  async #runBeside(members: readonly Member[], script: string): Promise<{ service: string; text: string }[]> {
    const image = await this.#toolImage();
    return await Promise.all(
      members.map(async ({ service, container }) => ({
        service: service.name,
        text: await this.#engine.runBeside(container.Id, image, script),
      })),
    );
  }

  /** Ours has a shell; a NATS image may have none. */
  async #toolImage(): Promise<string> {
    const names = this.#parts.services.flatMap(({ kind, name }) => (kind === "node" ? [name] : []));
    const [node] = await this.#look(names.slice(0, 1));
    if (node !== undefined) return node.container.Image;
    throw new MeridianError("NOT_FOUND", `${this.title} has no node`);
  }

  #servicesOf(name: string, ...kinds: readonly ProcessKind[]): ComposeService[] {
    return this.#parts.services.filter(
      ({ kind, datacenter }) => datacenter === name && kind !== undefined && kinds.includes(kind),
    );
  }

  async #membersOf(datacenter: string, ...kinds: readonly ProcessKind[]): Promise<Member[]> {
    const { name } = datacenterNamed(this, datacenter);
    return await this.#look(this.#servicesOf(name, ...kinds).map((service) => service.name));
  }

  /** NOT_FOUND for what is no process of this set-up. */
  async #look(names: readonly string[]): Promise<Member[]> {
    const { services, ids, remedy } = this.#parts;
    const ours = services.filter(({ kind }) => kind !== undefined);
    const wanted = names.map((name) => {
      const service = ours.find((one) => one.name === name);
      if (service !== undefined) return { service, id: ids.get(name) };
      const known = ours.map((one) => one.name).sort();
      throw new MeridianError("NOT_FOUND", `no process ${name} here; there are: ${known.join(", ")}`);
    });
    const containers = await this.#engine.inspect(wanted.flatMap(({ id }) => id ?? []));
    return wanted.map(({ service, id }) => {
      const container = containers.get(id ?? "");
      if (container !== undefined) return { service, container };
      throw new MeridianError("NOT_FOUND", `${service.name} has no container: ${remedy}`);
    });
  }

  async #withLog(view: ProcessStatus): Promise<ProcessStatus> {
    const id = this.#parts.ids.get(view.name);
    if (view.state !== "down" || id === undefined) return view;
    return { ...view, lastLines: await this.#engine.lastLines(id, LINES_SHOWN) };
  }
}

function idsOf(members: readonly Member[]): string[] {
  return members.map(({ container }) => container.Id);
}
