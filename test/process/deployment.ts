/**
 * A set-up of real processes for one test file: started by the command line as a user would, in a
 * folder and on ports of its own, with handles for faults. Nothing of it outlives the test file,
 * not even when the test runner is killed (reaper.ts).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { type Overview, takeOverview } from "../../cli/overview/overview.ts";
import { type NodeStatus, nodeStatusSchema } from "../../cli/overview/process-status.ts";
import { namespacesOf } from "../../cli/failover/namespaces.ts";
import { takeLedger } from "../../cli/ledger/take-ledger.ts";
import { askAdmin } from "../../cli/setup/admin-client.ts";
import { type DatacenterLayout, type Layout, planLayout, SETUP_DEFAULTS } from "../../cli/setup/layout.ts";
import { plannedPorts } from "../../cli/setup/layout.ts";
import { checkPortsFree } from "../../cli/setup/ports.ts";
import { RunningSetup } from "../../cli/setup/running-setup.ts";
import { writeSetup } from "../../cli/setup/setup-files.ts";
import type { FeedConfig } from "../../common/config.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { MeridianError } from "../../common/errors.ts";
import { removeHosts } from "./hosts.ts";
import { unmountBelow } from "./mounts.ts";
import { hostOf, type Places } from "./placement.ts";
import { isAlive, pidsNaming, signal } from "./process-table.ts";
import { elapse, until, untilTrue } from "./until.ts";

const root = join(import.meta.dirname, "../..");
const CLI = join(root, "cli/meridian.ts");
/** Below the ports that the system gives out for outgoing connections. */
const PORTS = { from: 12_000, to: 30_000, step: 1000 };

const verificationSchema = z.object({
  verdict: z.enum(["equal", "different", "inconclusive"]),
  namespaces: z.array(
    z.object({
      namespace: z.string(),
      verdict: z.string(),
      records: z.record(z.string(), z.number()),
      tombstones: z.record(z.string(), z.number()),
      differingKeys: z.number(),
      unknownPartitions: z.number(),
      differences: z.array(z.object({ key: z.string().nullable(), set: z.string() })),
    }),
  ),
});

export type Verification = z.infer<typeof verificationSchema>;

/** A map that stays the same for so long is not about to change for balance. */
const SETTLED_MS = 1500;

export interface DeploymentOptions {
  readonly datacenters?: number | undefined;
  readonly nodes?: number | undefined;
  readonly replicationFactor?: number | undefined;
  /** Bins of the namespace `test` converge one by one. */
  readonly conflictResolveWrites?: boolean | undefined;
  /** Change feeds of every datacenter. */
  readonly feeds?: readonly FeedConfig[] | undefined;
  /** NODE_OPTIONS of all its processes. */
  readonly nodeOptions?: string | undefined;
  /** How many files each of its processes may have open. */
  readonly openFiles?: number | undefined;
}

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class Deployment {
  readonly layout: Layout;
  readonly folder: string;
  readonly #options: DeploymentOptions;
  readonly #reaper: ChildProcess;

  private constructor(layout: Layout, options: DeploymentOptions, reaper: ChildProcess) {
    this.layout = layout;
    this.#options = options;
    this.folder = layout.dataFolder;
    this.#reaper = reaper;
  }

  /** Plans it: a free block of ports, a new folder. Nothing runs yet. */
  static async plan(options: DeploymentOptions = {}): Promise<Deployment> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "meridian-e2e-")));
    const layout = await planOnFreePorts(folder, options);
    const reaper = spawn(process.execPath, [join(import.meta.dirname, "reaper.ts"), folder], {
      stdio: ["pipe", "ignore", "inherit"],
      detached: true,
    });
    return new Deployment(layout, options, reaper);
  }

  static async start(options: DeploymentOptions = {}): Promise<Deployment> {
    const deployment = await Deployment.plan(options);
    try {
      await deployment.up();
    } catch (error) {
      await deployment.dispose();
      throw error;
    }
    return deployment;
  }

  /** Makes the folder a set-up's that never ran, so that disks can be mounted in it before `up`. */
  prepareFolder(): void {
    writeSetup(this.folder, this.layout.options);
  }

  /** `meridian start --detach` with this deployment's options. */
  async up(): Promise<void> {
    if (this.#options.feeds !== undefined) this.prepareFolder();
    const { datacenters, nodes, basePort, replicationFactor, conflictResolveWrites } = this.layout.options;
    const result = await this.meridian(
      ...["start", "--detach", "--base-port", String(basePort)],
      ...["--datacenters", String(datacenters), "--nodes", String(nodes)],
      ...["--replication-factor", String(replicationFactor)],
      ...(conflictResolveWrites ? ["--conflict-resolve-writes"] : []),
    );
    if (result.code !== 0) throw new Error(`meridian start: ${result.stderr}${result.stdout}`);
  }

  /** Runs a command of the command line on this deployment's folder. */
  async meridian(...args: string[]): Promise<CliResult> {
    const { nodeOptions, openFiles } = this.#options;
    const limit = openFiles === undefined ? [] : ["prlimit", `--nofile=${openFiles}:${openFiles}`];
    const [program = "", ...rest] = [...limit, process.execPath, CLI, ...args, "--data", this.folder];
    const child = spawn(program, rest, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: nodeOptions === undefined ? process.env : { ...process.env, NODE_OPTIONS: nodeOptions },
    });
    const texts = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      texts.stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      texts.stderr += chunk.toString();
    });
    // What `start` leaves running may hold its output open.
    await once(child, args[0] === "start" ? "exit" : "close");
    return { code: child.exitCode ?? 1, ...texts };
  }

  /** The same with --json, which must succeed and answer one JSON value. */
  async json(...args: string[]): Promise<unknown> {
    const result = await this.meridian(...args, "--json");
    if (result.code !== 0) throw new Error(`meridian ${args.join(" ")}: ${result.stderr}${result.stdout}`);
    const value: unknown = JSON.parse(result.stdout);
    return value;
  }

  datacenter(name: string): DatacenterLayout {
    const found = this.layout.datacenters.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no datacenter ${name} was planned`);
    return found;
  }

  /** For the official client: all nodes of a datacenter. */
  hosts(datacenter: string): string {
    return this.datacenter(datacenter)
      .nodes.map(({ servicePort }) => `127.0.0.1:${servicePort}`)
      .join(",");
  }

  running(): Promise<RunningSetup> {
    return RunningSetup.connect(this.folder);
  }

  async overview(): Promise<Overview> {
    return await takeOverview(await this.running());
  }

  /**
   * Resolves when every partition of a datacenter has a primary and all its copies, and its cluster
   * map has stayed the same for a while: nothing is being moved or handed over any more.
   */
  async settled(datacenter: string, timeoutMs = 120_000): Promise<void> {
    let version = -1;
    let sinceMs = 0;
    let state = "";
    const isSettled = async (): Promise<boolean> => {
      const statuses = await this.nodeStatuses(datacenter);
      const newest = statuses.toSorted((a, b) => b.mapVersion - a.mapVersion)[0];
      const short = newest?.namespaces.filter((one) => one.unavailable + one.underReplicated > 0) ?? [];
      state = `map ${newest?.mapVersion}, not whole: ${JSON.stringify(short.map(({ name }) => name))}`;
      const all = statuses.length === this.datacenter(datacenter).nodes.length;
      const same = statuses.every(({ mapVersion }) => mapVersion === version);
      if (!all || !same || short.length > 0) {
        version = newest?.mapVersion ?? -1;
        sinceMs = performance.now();
        return false;
      }
      return performance.now() - sinceMs >= SETTLED_MS;
    };
    try {
      await untilTrue(`${datacenter} to settle`, { timeoutMs, intervalMs: 100 }, isSettled);
    } catch (error) {
      throw new Error(`${datacenter} did not settle: ${state}`, { cause: error });
    }
  }

  nodeStatuses(datacenter: string): Promise<NodeStatus[]> {
    return statusesOf(this.datacenter(datacenter));
  }

  /** `meridian verify --json`: how the datacenters compare, once changes had time to arrive. */
  async verify(waitSeconds: number): Promise<Verification> {
    const result = await this.meridian("verify", "--json", "--wait", String(waitSeconds));
    return verificationSchema.parse(JSON.parse(result.stdout));
  }

  async pidOf(name: string): Promise<number> {
    const { processes } = await (await this.running()).status();
    const pid = processes.find((process) => process.name === name)?.pid;
    if (pid === undefined || pid === null) throw new Error(`${name} does not run`);
    return pid;
  }

  /** SIGKILL to all of them at once, by pid; resolves when they are gone. */
  async kill(names: readonly string[], onKill?: () => void): Promise<void> {
    const pids = await Promise.all(names.map((name) => this.pidOf(name)));
    onKill?.();
    for (const pid of pids) signal(pid, "SIGKILL");
    const setup = await this.running();
    await untilTrue(`${names.join(", ")} to be gone`, { timeoutMs: 10_000, intervalMs: 20 }, async () => {
      const { processes } = await setup.status();
      return processes.every((one) => !names.includes(one.name) || one.state === "down");
    });
  }

  /** Resolves when a process has ended by itself: how, as its supervisor says it. */
  async ended(name: string, timeoutMs: number): Promise<string> {
    const setup = await this.running();
    return await until(`${name} to end`, { timeoutMs, intervalMs: 20 }, async () => {
      const { processes } = await setup.status();
      const found = processes.find((one) => one.name === name);
      return found?.state === "down" ? (found.end ?? "") : undefined;
    });
  }

  /** Starts what was killed (or restarts what runs); resolves when all of it is ready. */
  async restart(names: readonly string[]): Promise<void> {
    const setup = await this.running();
    await Promise.all(names.map((name) => setup.restart(name)));
  }

  /** Changes a datacenter's configuration file; processes read it at their next start. */
  editConfig(datacenter: string, edit: (config: Record<string, unknown>) => void): void {
    const { configPath } = this.datacenter(datacenter);
    const config: Record<string, unknown> = parse(readFileSync(configPath, "utf8"));
    edit(config);
    writeFileSync(configPath, stringify(config));
  }

  /**
   * What is wrong with the ledger of the datacenters that answer: every change that any of them has taken
   * of another one must have ended in one state, whatever the test did. Empty when nothing is.
   */
  async #ledgerProblem(): Promise<string> {
    const { datacenters } = this.layout;
    try {
      const ledger = await takeLedger(datacenters, await namespacesOf(datacenters));
      if (ledger.unaccounted === 0) return "";
      return `${ledger.unaccounted} changes are unaccounted for: ${JSON.stringify(ledger.links)}`;
    } catch (error) {
      // Nothing runs any more: the test has stopped it, or it never came up.
      if (error instanceof MeridianError && error.code === "UNAVAILABLE") return "";
      throw error;
    }
  }

  /**
   * Ends everything and removes the folder. Throws when changes are unaccounted for, and when a process had
   * to be hunted down. The logs are kept in the folder that MERIDIAN_TEST_LOGS names, if any.
   */
  async dispose(): Promise<void> {
    const ledgerProblem = await this.#ledgerProblem();
    const stopped = await this.meridian("stop");
    // The supervisor itself ends a moment after it has said so.
    const others = (): number[] => pidsNaming(this.folder).filter((pid) => pid !== this.#reaper.pid);
    const deadline = performance.now() + 3000;
    while (others().length > 0 && performance.now() < deadline) await elapse(50);
    const left = others();
    for (const pid of left) signal(pid, "SIGKILL");
    await untilTrue("killed processes to end", { timeoutMs: 10_000 }, () => !left.some(isAlive));
    const logs = process.env["MERIDIAN_TEST_LOGS"];
    if (logs !== undefined) cpSync(this.layout.logFolder, logs, { recursive: true });
    unmountBelow(this.folder);
    removeHosts(this.folder);
    const reaped = once(this.#reaper, "exit");
    this.#reaper.stdin?.end();
    await reaped;
    rmSync(this.folder, { recursive: true, force: true });
    if (ledgerProblem !== "") throw new Error(ledgerProblem);
    if (left.length === 0) return;
    throw new Error(`processes left behind by \`meridian stop\`: ${left.join(", ")} (${stopped.stderr})`);
  }
}

/** What each node that answers says of itself. */
export async function statusesOf({ nodes }: Places): Promise<NodeStatus[]> {
  const asked = await Promise.allSettled(
    nodes.map((node) => askAdmin(`http://${hostOf(node)}:${node.adminPort}/status`, nodeStatusSchema)),
  );
  return asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** All partitions have all copies, and the primaries are spread evenly over exactly these nodes. */
export async function isBalanced(places: Places): Promise<boolean> {
  const statuses = await statusesOf(places);
  if (statuses.length !== places.nodes.length) return false;
  const share = PARTITION_COUNT / places.nodes.length;
  return statuses.every(({ namespaces }) =>
    namespaces.every(
      ({ primaries, unavailable, underReplicated }) =>
        unavailable + underReplicated === 0 && Math.abs(primaries - share) < share * 0.2,
    ),
  );
}

async function planOnFreePorts(folder: string, options: DeploymentOptions): Promise<Layout> {
  const blocks = (PORTS.to - PORTS.from) / PORTS.step;
  const first = process.pid % blocks;
  for (let tried = 0; tried < blocks; tried++) {
    const basePort = PORTS.from + ((first + tried) % blocks) * PORTS.step;
    const layout = planLayout(folder, {
      ...SETUP_DEFAULTS,
      datacenters: options.datacenters ?? SETUP_DEFAULTS.datacenters,
      nodes: options.nodes ?? SETUP_DEFAULTS.nodes,
      replicationFactor: options.replicationFactor ?? SETUP_DEFAULTS.replicationFactor,
      feeds: options.feeds ?? SETUP_DEFAULTS.feeds,
      conflictResolveWrites: options.conflictResolveWrites ?? SETUP_DEFAULTS.conflictResolveWrites,
      basePort,
    });
    try {
      await checkPortsFree(plannedPorts(layout));
      return layout;
    } catch (error) {
      if (!(error instanceof MeridianError && error.code === "PORT_TAKEN")) throw error;
    }
  }
  throw new Error("no block of free ports on this machine");
}
