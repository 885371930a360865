/** A set-up that runs: how the other commands find it, and what they ask of its supervisor. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { ADMIN_TOKEN_FILE } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import { askAdmin } from "./admin-client.ts";
import { type AsideDisks, asideNamed, deleteAside, findAside } from "./aside.ts";
import { ControlBucket } from "./control-bucket.ts";
import { findLeftovers } from "./leftovers.ts";
import { datacenterNamed, type DatacenterLayout, type Layout, planLayout } from "./layout.ts";
import { projectRoot } from "./project-root.ts";
import type { Acted, Setup, SetupDatacenter } from "./setup.ts";
import { readSetup, readSupervisor, type SupervisorFile } from "./setup-files.ts";
import { type CutMode, WanAdmin, type WanPairView, type WanShape } from "./wan-admin.ts";

const processSchema = z.object({
  name: z.string(),
  kind: z.enum(["nats", "wan", "node", "shipper"]),
  datacenter: z.string().nullable(),
  state: z.enum(["stopped", "running", "stopping", "down"]),
  pid: z.number().nullable(),
  end: z.string().nullable(),
  sinceMs: z.number(),
  lastLines: z.array(z.string()),
  logPath: z.string(),
});

const supervisorStatusSchema = z.object({
  dataFolder: z.string(),
  pid: z.number(),
  phase: z.enum(["starting", "running", "stopping"]),
  startedAt: z.string(),
  processes: z.array(processSchema),
});

export type SupervisorStatus = z.infer<typeof supervisorStatusSchema>;

const actedSchema = z.object({ name: z.string(), pid: z.number().nullable() });

/** A restart waits for readiness, a kill for the end. */
const ACTION_TIMEOUT_MS = 120_000;

/** The data folder of an option: as given, else `.meridian` of the project. */
export function dataFolderOf(option: string | undefined): string {
  if (option === undefined) return join(projectRoot, ".meridian");
  return isAbsolute(option) ? option : resolve(option);
}

export class RunningSetup implements Setup {
  readonly layout: Layout;
  readonly origin: { readonly dataFolder: string };
  readonly title: string;
  /** The supervisor knows of nothing else. */
  readonly foreign: readonly string[] = [];
  readonly folder: string;
  readonly datacenters: readonly SetupDatacenter[];
  readonly #file: SupervisorFile;
  readonly #wan: WanAdmin;

  private constructor(layout: Layout, file: SupervisorFile) {
    this.layout = layout;
    this.origin = { dataFolder: layout.dataFolder };
    this.title = `local set-up in ${layout.dataFolder}`;
    this.folder = layout.dataFolder;
    this.datacenters = layout.datacenters.map(viewDatacenter);
    this.#file = file;
    this.#wan = new WanAdmin(`http://127.0.0.1:${layout.wan.adminPort}`, file.token);
  }

  /** Throws NOT_RUNNING, saying what to do, unless the folder's set-up runs. */
  static async connect(dataFolder: string): Promise<RunningSetup> {
    const running = await RunningSetup.find(dataFolder);
    if (running !== undefined) return running;
    const file = readSupervisor(dataFolder);
    const leftovers = file === undefined ? [] : findLeftovers(dataFolder, file);
    if (leftovers.length > 0) {
      throw new MeridianError(
        "NOT_RUNNING",
        `the supervisor of ${dataFolder} is gone, but its processes run on: \`meridian stop\` ends them, ` +
          `then start again (${leftovers.map(({ name }) => name).join(", ")})`,
      );
    }
    throw new MeridianError(
      "NOT_RUNNING",
      `nothing runs with the data in ${dataFolder}: \`npm start\` first`,
    );
  }

  /** The running set-up of a folder; undefined when its supervisor does not answer. */
  static async find(dataFolder: string): Promise<RunningSetup | undefined> {
    const file = readSupervisor(dataFolder);
    if (file === undefined) return undefined;
    const options = readSetup(dataFolder);
    if (options === undefined) return undefined;
    const running = new RunningSetup(planLayout(dataFolder, options), file);
    try {
      const status = await running.status();
      // Another set-up may listen on the port since.
      return status.dataFolder === dataFolder ? running : undefined;
    } catch (error) {
      if (error instanceof MeridianError) return undefined;
      throw error;
    }
  }

  status(): Promise<SupervisorStatus> {
    return askAdmin(`${this.#control}/status`, supervisorStatusSchema);
  }

  async kill(names: readonly string[]): Promise<Acted[]> {
    return await Promise.all(
      names.map((name) => this.#act(`${this.#control}/kill?${new URLSearchParams({ name })}`, actedSchema)),
    );
  }

  async restart(name: string, fenced = false): Promise<Acted> {
    const query = new URLSearchParams({ name, ...(fenced ? { fenced: "true" } : {}) });
    return await this.#act(`${this.#control}/restart?${query}`, actedSchema);
  }

  async pause(name: string): Promise<void> {
    process.kill(await this.#pidOf(name), "SIGSTOP");
  }

  async resume(name: string): Promise<void> {
    process.kill(await this.#pidOf(name), "SIGCONT");
  }

  async wipeBus(datacenter: string): Promise<void> {
    const { nats } = datacenterNamed(this.layout, datacenter);
    const { processes } = await this.status();
    if (processes.some(({ name, state }) => name === nats.name && state === "running")) {
      throw new MeridianError("BAD_REQUEST", `${nats.name} runs: its store is not deleted under it`);
    }
    const inside = relative(this.layout.dataFolder, nats.store);
    if (inside === "" || inside.startsWith("..")) {
      throw new MeridianError("BAD_REQUEST", `${nats.store} is not in the set-up's folder`);
    }
    rmSync(nats.store, { recursive: true, force: true });
  }

  /** In the datacenter's file: nodes read it when they start. */
  async setClockOffset(datacenter: string, offsetMs: number): Promise<void> {
    const { configPath } = datacenterNamed(this.layout, datacenter);
    const document = parseDocument(readFileSync(configPath, "utf8"));
    document.set("clock-offset-ms", offsetMs);
    writeFileSync(`${configPath}.new`, document.toString());
    renameSync(`${configPath}.new`, configPath);
  }

  async nodeToken(name: string): Promise<string> {
    const node = this.layout.datacenters.flatMap(({ nodes }) => nodes).find((one) => one.name === name);
    if (node === undefined) throw new MeridianError("NOT_FOUND", `there is no node ${name}`);
    return readFileSync(join(node.data, ADMIN_TOKEN_FILE), "utf8");
  }

  async empty(name: string): Promise<{ aside: string }> {
    const query = new URLSearchParams({ name });
    return await this.#act(`${this.#control}/empty?${query}`, z.object({ aside: z.string() }));
  }

  async listAside(datacenter: string): Promise<AsideDisks[]> {
    return findAside(datacenterNamed(this.layout, datacenter));
  }

  async removeAside(datacenter: string, name: string): Promise<AsideDisks> {
    const disks = asideNamed(await this.listAside(datacenter), datacenter, name);
    deleteAside(disks);
    return disks;
  }

  async stop(): Promise<void> {
    await this.#act(`${this.#control}/stop`, z.object({ stopping: z.boolean() }));
  }

  cutLink(a: string, b: string, mode: CutMode): Promise<WanPairView[]> {
    return this.#wan.cut(a, b, mode);
  }

  healLink(a: string, b: string): Promise<WanPairView[]> {
    return this.#wan.heal(a, b);
  }

  shapeLink(a: string, b: string, shape: WanShape): Promise<WanPairView[]> {
    return this.#wan.shape(a, b, shape);
  }

  links(): Promise<WanPairView[]> {
    return this.#wan.links();
  }

  async #pidOf(name: string): Promise<number> {
    const { processes } = await this.status();
    const pid = processes.find((one) => one.name === name)?.pid ?? null;
    if (pid !== null) return pid;
    throw new MeridianError("NOT_FOUND", `${name} is no process that runs here`);
  }

  get #control(): string {
    return `http://127.0.0.1:${this.#file.controlPort}`;
  }

  #act<Answer>(url: string, schema: z.ZodType<Answer>): Promise<Answer> {
    return askAdmin(url, schema, {
      method: "POST",
      token: this.#file.token,
      timeoutMs: ACTION_TIMEOUT_MS,
    });
  }
}

function viewDatacenter({ name, sourceId, nodes, shipper, nats }: DatacenterLayout): SetupDatacenter {
  const login = { url: `nats://127.0.0.1:${nats.port}` };
  return {
    ...{ name, sourceId, nodes, shippers: [shipper], nats: [nats.name] },
    openControl: () => ControlBucket.connect(login),
    natsLogin: () => Promise.resolve(login),
  };
}
