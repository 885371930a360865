/**
 * One process of the set-up: started with its log in a file, watched, stopped or killed. It is
 * never restarted on its own: a process that dies stays down, visibly, until somebody asks.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { MeridianError } from "../../common/errors.ts";
import { isOk } from "./admin-client.ts";
import { lastLogLines, rotateLog } from "./log-tail.ts";
import { compileCache } from "./project-root.ts";
import { waitUntil } from "./wait.ts";

export type ProcessKind = "nats" | "wan" | "node" | "shipper";

/**
 * In which order processes start: nodes need their NATS, shippers need both, and the link. Those of one
 * step start at once; they are stopped the other way round.
 */
export const START_ORDER: readonly (readonly ProcessKind[])[] = [["nats", "wan"], ["node"], ["shipper"]];

export interface ProcessSpec {
  readonly name: string;
  readonly kind: ProcessKind;
  /** The datacenter it belongs to; none for the WAN link. */
  readonly datacenter?: string | undefined;
  readonly command: string;
  readonly args: readonly string[];
  readonly logPath: string;
  /** Answers 200 once the process does its job. */
  readonly readyUrl: string;
  /** A Docker container needs its own way of dying: killing the client leaves it running. */
  readonly killCommand?: readonly [string, ...string[]] | undefined;
}

/** `down`: it ended without having been told to. */
export type ProcessState = "stopped" | "running" | "stopping" | "down";

export interface ProcessView {
  readonly name: string;
  readonly kind: ProcessKind;
  readonly datacenter: string | null;
  readonly state: ProcessState;
  readonly pid: number | null;
  /** How it ended, when it did. */
  readonly end: string | null;
  /** Unix milliseconds of its last start or end. */
  readonly sinceMs: number;
  readonly lastLines: readonly string[];
  readonly logPath: string;
}

const LINES_SHOWN = 3;

export class ManagedProcess {
  readonly spec: ProcessSpec;
  readonly #onChange: (process: ManagedProcess) => void;
  #child: ChildProcess | undefined;
  #state: ProcessState = "stopped";
  #end: string | null = null;
  #sinceMs = Date.now();

  constructor(spec: ProcessSpec, onChange: (process: ManagedProcess) => void) {
    this.spec = spec;
    this.#onChange = onChange;
  }

  get state(): ProcessState {
    return this.#state;
  }
  get isAlive(): boolean {
    return this.#child !== undefined;
  }

  view(): ProcessView {
    const { name, kind, datacenter, logPath } = this.spec;
    return {
      name,
      kind,
      datacenter: datacenter ?? null,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      end: this.#end,
      sinceMs: this.#sinceMs,
      lastLines: this.#state === "down" ? lastLogLines(logPath, LINES_SHOWN) : [],
      logPath,
    };
  }

  /** Spawns it; it is not yet ready then. */
  start(): void {
    if (this.#child !== undefined) return;
    const { command, args, logPath, name } = this.spec;
    rotateLog(logPath);
    const log = openSync(logPath, "a");
    writeSync(log, `${JSON.stringify({ msg: `meridian starts ${name}`, time: new Date().toISOString() })}\n`);
    // Its own process group: a Ctrl-C in the terminal must not hit it past the supervisor's order.
    // Stripped and compiled sources are kept between starts: ten processes share two seconds of work.
    // One allocator arena a core of a small machine: the engine's threads would make a dozen.
    const env = { MALLOC_ARENA_MAX: "2", ...process.env, NODE_COMPILE_CACHE: compileCache };
    const child = spawn(command, [...args], { stdio: ["ignore", log, log], detached: true, env });
    closeSync(log);
    this.#child = child;
    this.#set("running", null);
    child.once("error", (error) => this.#ended(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) => this.#ended(signal === null ? `exit code ${code}` : signal));
  }

  /** Resolves once its ready URL answers 200. Throws when it ends first, or after `timeoutMs`. */
  async waitReady(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    const { name, readyUrl, logPath } = this.spec;
    const ready = await waitUntil(
      async () => {
        signal?.throwIfAborted();
        if (!this.isAlive) throw this.#failure(`${name} ended at its start (${this.#end ?? "?"})`);
        return await isOk(readyUrl);
      },
      { timeoutMs, intervalMs: 50 },
    );
    if (!ready) {
      throw this.#failure(`${name} was not ready after ${timeoutMs / 1000} s (log: ${logPath})`);
    }
  }

  /** Asks it to end (SIGTERM); after `graceMs` it is killed. Resolves to whether it ended by itself. */
  async stop(graceMs: number): Promise<boolean> {
    const child = this.#child;
    if (child === undefined) {
      if (this.#state === "down") this.#set("stopped", this.#end);
      return true;
    }
    this.#set("stopping", null);
    child.kill("SIGTERM");
    if (await waitUntil(() => !this.isAlive, { timeoutMs: graceMs, intervalMs: 20 })) return true;
    await this.kill();
    return false;
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const [command, ...args] = this.spec.killCommand ?? [];
    if (command !== undefined) spawnSync(command, args, { stdio: "ignore" });
    else child.kill("SIGKILL");
    if (await waitUntil(() => !this.isAlive, { timeoutMs: 10_000, intervalMs: 10 })) return;
    throw new MeridianError("IN_DOUBT", `${this.spec.name} (pid ${child.pid}) did not end by SIGKILL`);
  }

  #failure(what: string): MeridianError {
    const lines = lastLogLines(this.spec.logPath, LINES_SHOWN);
    return new MeridianError("UNAVAILABLE", [what, ...lines.map((line) => `  | ${line}`)].join("\n"));
  }

  #ended(how: string): void {
    this.#child = undefined;
    this.#set(this.#state === "stopping" ? "stopped" : "down", how);
  }

  #set(state: ProcessState, end: string | null): void {
    this.#state = state;
    this.#end = end;
    this.#sinceMs = Date.now();
    this.#onChange(this);
  }
}
