/**
 * Runs a set-up: starts its processes in order, watches them, stops them, and listens on 127.0.0.1
 * for the commands `kill`, `restart` and `stop`. Nothing that dies is started again by itself.
 */
import { randomBytes } from "node:crypto";
import { Registry } from "prom-client";
import { type AdminServer, startAdminServer } from "../../common/admin-http.ts";
import { MeridianError } from "../../common/errors.ts";
import { writeConfigFiles } from "./config-files.ts";
import { planProcesses } from "./launch.ts";
import { type DatacenterLayout, datacenterNamed, type Layout } from "./layout.ts";
import { holdChanges, moveAside, writeFenceMarker } from "./fenced-start.ts";
import { ManagedProcess, type ProcessKind, START_ORDER } from "./managed-process.ts";
import type { NatsServer } from "./nats-server.ts";
import { removeSupervisor, writeSetup, writeSupervisor } from "./setup-files.ts";
import { writeWanLinkConfig } from "./wan-link-config.ts";

const READY_TIMEOUT_MS = 90_000;
/** A node that leaves in order flushes and hands over; nats-server drains. */
const STOP_GRACE_MS = 15_000;

export interface SupervisorEvents {
  /** Something a person should read. */
  say(line: string): void;
  /** Somebody asked over the control port that all be stopped. */
  stopAsked(): void;
}

export class Supervisor {
  readonly layout: Layout;
  readonly #natsServer: NatsServer;
  readonly #events: SupervisorEvents;
  readonly #processes: ManagedProcess[];
  readonly #token = randomBytes(24).toString("hex");
  readonly #startedAt = new Date().toISOString();
  readonly #abort = new AbortController();
  #control: AdminServer | undefined;
  #phase: "starting" | "running" | "stopping" = "starting";

  constructor(layout: Layout, natsServer: NatsServer, events: SupervisorEvents) {
    this.layout = layout;
    this.#natsServer = natsServer;
    this.#events = events;
    this.#processes = planProcesses(layout, natsServer).map(
      (spec) => new ManagedProcess(spec, (process) => this.#changed(process)),
    );
  }

  /** Starts everything; resolves when all are ready. On an error what was started keeps running. */
  async start(): Promise<void> {
    this.#control = await this.#listen();
    writeSetup(this.layout.dataFolder, this.layout.options);
    writeConfigFiles(this.layout, this.#natsServer);
    writeWanLinkConfig(this.layout, this.#token);
    this.#writeState();
    for (const kinds of START_ORDER) await this.#startKinds(kinds);
    if (this.#phase === "starting") this.#phase = "running";
  }

  /** Ends all processes in order, each within a bounded time, and forgets the set-up as running. */
  async stop(): Promise<void> {
    if (this.#phase === "stopping") return;
    this.#phase = "stopping";
    this.#abort.abort(new MeridianError("SHUTTING_DOWN", "stopped while starting"));
    for (const kinds of START_ORDER.toReversed()) {
      await Promise.all(
        this.#ofKinds(kinds).map(async (process) => {
          const clean = await process.stop(STOP_GRACE_MS);
          if (!clean) {
            this.#events.say(`${process.spec.name} did not stop within ${STOP_GRACE_MS / 1000} s: killed`);
          }
        }),
      );
    }
    await this.#control?.close();
    removeSupervisor(this.layout.dataFolder);
  }

  /** For a second Ctrl-C: ends everything at once. */
  async killAll(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.kill()));
    removeSupervisor(this.layout.dataFolder);
  }

  get isRunning(): boolean {
    return this.#phase === "running";
  }

  status(): unknown {
    return {
      dataFolder: this.layout.dataFolder,
      pid: process.pid,
      phase: this.#phase,
      startedAt: this.#startedAt,
      processes: this.#processes.map((process) => process.view()),
    };
  }

  async #startKinds(kinds: readonly ProcessKind[]): Promise<void> {
    const processes = this.#ofKinds(kinds);
    for (const process of processes) {
      this.#abort.signal.throwIfAborted();
      process.start();
    }
    await Promise.all(processes.map((process) => process.waitReady(READY_TIMEOUT_MS, this.#abort.signal)));
  }

  #ofKinds(kinds: readonly ProcessKind[]): ManagedProcess[] {
    return this.#processes.filter(({ spec }) => kinds.includes(spec.kind));
  }

  async #listen(): Promise<AdminServer> {
    return await startAdminServer({
      address: "127.0.0.1",
      port: this.layout.controlPort,
      registry: new Registry(),
      health: () => ({ ok: true, detail: { phase: this.#phase } }),
      ready: () => ({ ok: this.#phase === "running", detail: { phase: this.#phase } }),
      routes: { "/status": () => this.status() },
      actions: {
        token: this.#token,
        routes: {
          "/kill": async (query) => {
            const process = this.#named(query.get("name"));
            if (!process.isAlive) {
              throw new MeridianError(
                "NOT_FOUND",
                `${process.spec.name} does not run (${process.view().end ?? "?"})`,
              );
            }
            const { pid } = process.view();
            await process.kill();
            return { name: process.spec.name, pid };
          },
          "/restart": (query) => this.#restart(query.get("name"), query.get("fenced") === "true"),
          "/empty": (query) => this.#empty(query.get("name")),
          "/stop": () => {
            this.#events.stopAsked();
            return { stopping: true };
          },
        },
      },
    });
  }

  /** A process, or all of a datacenter; `fenced`: its nodes come up closed, their changes held. */
  async #restart(name: string | null, fenced: boolean): Promise<{ name: string; pid: number | null }> {
    const datacenter = this.layout.datacenters.find((one) => one.name === name);
    if (datacenter !== undefined) {
      await this.#stopDatacenter(datacenter);
      if (fenced) holdChanges(datacenter);
      await this.#startDatacenter(datacenter);
      return { name: datacenter.name, pid: null };
    }
    const process = this.#named(name);
    const node = this.layout.datacenters.flatMap(({ nodes }) => nodes).find((one) => one.name === name);
    if (fenced && node === undefined) {
      throw new MeridianError("BAD_REQUEST", `${name} is no node and no datacenter: only they can be fenced`);
    }
    if (process.isAlive) await process.stop(STOP_GRACE_MS);
    if (fenced && node !== undefined) writeFenceMarker(node.data);
    process.start();
    await process.waitReady(READY_TIMEOUT_MS, this.#abort.signal);
    return { name: process.spec.name, pid: process.view().pid };
  }

  /** Stops a datacenter, moves its data aside, and starts it with empty disks, fenced. */
  async #empty(name: string | null): Promise<{ aside: string }> {
    const datacenter = datacenterNamed(this.layout, name ?? "");
    await this.#stopDatacenter(datacenter);
    const aside = moveAside(datacenter);
    holdChanges(datacenter);
    await this.#startDatacenter(datacenter);
    return { aside };
  }

  async #stopDatacenter({ name }: DatacenterLayout): Promise<void> {
    for (const kinds of START_ORDER.toReversed()) {
      const processes = this.#ofDatacenter(name, kinds).filter(({ isAlive }) => isAlive);
      await Promise.all(processes.map((process) => process.stop(STOP_GRACE_MS)));
    }
  }

  async #startDatacenter({ name }: DatacenterLayout): Promise<void> {
    for (const kinds of START_ORDER) {
      const processes = this.#ofDatacenter(name, kinds);
      for (const process of processes) process.start();
      await Promise.all(processes.map((process) => process.waitReady(READY_TIMEOUT_MS, this.#abort.signal)));
    }
  }

  #ofDatacenter(name: string, kinds: readonly ProcessKind[]): ManagedProcess[] {
    return this.#ofKinds(kinds).filter(({ spec }) => spec.datacenter === name);
  }

  #named(name: string | null): ManagedProcess {
    const found = this.#processes.find(({ spec }) => spec.name === name);
    if (found !== undefined) return found;
    const names = START_ORDER.flatMap((kinds) => this.#ofKinds(kinds).map(({ spec }) => spec.name));
    throw new MeridianError("NOT_FOUND", `no process ${name ?? ""} here; there are: ${names.join(", ")}`);
  }

  #changed(process: ManagedProcess): void {
    this.#writeState();
    if (process.state !== "down" || this.#phase === "stopping") return;
    const { name, end, lastLines, logPath } = process.view();
    this.#events.say(
      [
        `${name} is down (${end ?? "?"}); \`meridian restart ${name}\` brings it back; log: ${logPath}`,
        ...lastLines.map((line) => `  | ${line}`),
      ].join("\n"),
    );
  }

  #writeState(): void {
    // Until the control port is ours, the file may be another supervisor's.
    if (this.#control === undefined) return;
    writeSupervisor(this.layout.dataFolder, {
      pid: process.pid,
      controlPort: this.layout.controlPort,
      token: this.#token,
      startedAt: this.#startedAt,
      processes: this.#processes.flatMap((one) => {
        const { name, pid } = one.view();
        return pid === null ? [] : [{ name, pid }];
      }),
    });
  }
}
