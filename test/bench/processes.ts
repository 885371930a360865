/**
 * The processes of a benchmark: started, awaited, stopped, and their CPU time and memory read from
 * /proc (Linux). Whatever happens, none outlives the benchmark.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Microseconds of a clock tick: USER_HZ is 100 on every Linux that Node runs on. */
const TICK_US = 10_000;
const STOP_MS = 15_000;
/** How much of what a process prints is kept for `printed`. */
const OUTPUT_CHARACTERS = 100_000;

export class Processes {
  readonly #logs: string;
  readonly #running = new Set<Process>();

  /** `logs`: a folder for what the processes print. */
  constructor(logs: string) {
    mkdirSync(logs, { recursive: true });
    this.#logs = logs;
  }

  start(name: string, command: string, args: readonly string[]): Process {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const started = new Process(name, child, join(this.#logs, `${name}.log`));
    this.#running.add(started);
    child.on("exit", () => this.#running.delete(started));
    return started;
  }

  /** Starts a script of this folder or of the product on the Node that runs the benchmark. */
  startNode(name: string, script: string, args: readonly string[] = []): Process {
    return this.start(name, process.execPath, [script, ...args]);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((one) => one.stop()));
  }
}

export class Process {
  readonly name: string;
  readonly logPath: string;
  readonly #child: ChildProcess;
  #output = "";
  #stopping = false;

  constructor(name: string, child: ChildProcess, logPath: string) {
    this.name = name;
    this.logPath = logPath;
    this.#child = child;
    const log = createWriteStream(logPath);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        log.write(chunk);
        if (this.#output.length < OUTPUT_CHARACTERS) this.#output += chunk.toString();
      });
    }
    child.on("error", (error) => log.write(`${error.message}\n`));
    child.on("exit", (code, signal) => {
      log.end();
      if (!this.#stopping && code !== 0) console.error(`${name} ended (${signal ?? code}): see ${logPath}`);
    });
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`${this.name} did not start: see ${this.logPath}`);
    return pid;
  }
  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits for something printed that `pattern` matches; resolves with the match. */
  async printed(pattern: RegExp, timeoutMs = 30_000): Promise<RegExpMatchArray> {
    return await until(`${this.name} prints ${pattern}`, timeoutMs, () => {
      const match = this.#output.match(pattern);
      if (match === null) this.check();
      return match ?? undefined;
    });
  }

  /** Throws when the process has ended. */
  check(): void {
    if (this.ended) throw new Error(`${this.name} ended: see ${this.logPath}`);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.ended) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const killer = setTimeout(() => this.#child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(killer);
  }

  /** CPU time of all its threads so far, user and system, in microseconds. */
  cpuUs(): number {
    const stat = readFileSync(`/proc/${this.pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_US;
  }

  /** Resident size now, and what of it are mapped files (the store's tables), in bytes. */
  memory(): { residentBytes: number; mappedBytes: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, "utf8");
    const bytes = (name: string): number =>
      Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
    return { residentBytes: bytes("VmRSS"), mappedBytes: bytes("RssFile") };
  }
}

/** CPU time of several processes together, in microseconds. */
export function cpuUsOf(processes: readonly Process[]): number {
  return processes.reduce((sum, one) => sum + one.cpuUs(), 0);
}

/** Asks `look` again and again until it gives something; throws after `timeoutMs`, saying what for. */
export async function until<T>(
  what: string,
  timeoutMs: number,
  look: () => T | undefined | Promise<T | undefined>,
  intervalMs = 50,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
