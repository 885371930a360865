/**
 * A compose file brought up for a test as a newcomer does it, by `meridian up`; under a project name and
 * on ports of its own, so that nothing of the machine's user is touched.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { readComposeFile } from "../../cli/setup/compose-file.ts";
import { composeFolder } from "../../cli/setup/compose-mark.ts";
import { connectCompose } from "../../cli/setup/compose-setup.ts";
import type { ContainerSetup } from "../../cli/setup/container-setup.ts";
import { TEST_IMAGE } from "./docker.ts";

const root = join(import.meta.dirname, "../..");
const TOKEN = "test-token";

const upSchema = z.object({
  file: z.string(),
  datacenters: z.record(z.string(), z.array(z.string())),
  seconds: z.object({ build: z.number(), start: z.number() }),
});

export type UpReport = z.infer<typeof upSchema>;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class ComposeSetup {
  readonly #name: string;
  readonly #basePort: number;
  readonly #project = `meridian-test-${randomBytes(3).toString("hex")}`;
  readonly #env: NodeJS.ProcessEnv;
  #observed = false;
  #seeds: UpReport["datacenters"] = {};

  constructor(name: string, basePort: number) {
    this.#name = name;
    this.#basePort = basePort;
    this.#env = {
      ...process.env,
      COMPOSE_PROJECT_NAME: this.#project,
      MERIDIAN_IMAGE: TEST_IMAGE,
      WAN_LINK_TOKEN: TOKEN,
    };
  }

  /** `meridian up`; with `build` the image is made of the tree as it is. */
  async up(build = false): Promise<UpReport> {
    const args = ["--json", ...(build ? ["--build"] : [])];
    const { code, stdout, stderr } = await this.#bring("up", ...args);
    if (code !== 0) throw new Error(`meridian up ended with ${code}: ${stderr.slice(-4000)}`);
    const up = upSchema.parse(JSON.parse(stdout));
    this.#seeds = up.datacenters;
    return up;
  }

  /** `host:port` of a datacenter's nodes, for clients on this machine. */
  seeds(datacenter: string): readonly string[] {
    return this.#seeds[datacenter] ?? [];
  }

  /** Leaves nothing: no volume, and none of what commands have found out. */
  async dispose(): Promise<void> {
    await this.down("--volumes");
    rmSync(composeFolder(this.#project), { recursive: true, force: true });
  }

  /** `meridian down`. */
  async down(...args: readonly string[]): Promise<void> {
    const all = this.#observed ? ["--observability", ...args] : args;
    const { code, stderr } = await this.#bring("down", ...all);
    if (code !== 0) throw new Error(`meridian down ended with ${code}: ${stderr.slice(-4000)}`);
  }

  /** A command on the running set-up. It is told neither ports nor token: it finds them by itself. */
  meridian(...args: readonly string[]): Promise<Finished> {
    const { WAN_LINK_TOKEN: _, ...env } = this.#env;
    return this.#meridian(args, env);
  }

  /** The standard output of such a command, which must end with this code. */
  async exits(code: number, ...args: readonly string[]): Promise<string> {
    const finished = await this.meridian(...args);
    const { stdout, stderr } = finished;
    expect({ args, ...finished }).toEqual({ args, code, stdout, stderr });
    return stdout;
  }

  /** As the commands see it, for what a test does to it in this process. */
  connect(): Promise<ContainerSetup> {
    return connectCompose(readComposeFile(this.#name), this.#env);
  }

  /** `docker compose ARGUMENTS` of this set-up. */
  compose(...args: readonly string[]): Promise<Finished> {
    return this.#compose([this.#name], args);
  }

  /** Brings up Prometheus of observability.yaml beside this set-up; returns its address. */
  async observe(): Promise<string> {
    this.#observed = true;
    const args = ["up", "--detach", "--no-recreate", "prometheus"];
    const { code, stderr } = await this.#compose([this.#name, "observability"], args);
    if (code !== 0) throw new Error(`docker compose up prometheus ended with ${code}: ${stderr}`);
    return `http://127.0.0.1:${this.#basePort + 981}`;
  }

  /** Output of a command in a service's container. */
  async exec(service: string, ...command: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.compose("exec", "-T", service, ...command);
    if (code !== 0) throw new Error(`${service}: ${command.join(" ")} ended with ${code}: ${stderr}`);
    return stdout;
  }

  /** An action of the WAN link's admin port: `cut`, `heal`, `stall`, `shape`. */
  async wan(action: string, query: Readonly<Record<string, string>>): Promise<void> {
    const url = `http://127.0.0.1:${this.#basePort + 990}/${action}?${new URLSearchParams(query)}`;
    const response = await fetch(url, { method: "POST", headers: { authorization: `Bearer ${TOKEN}` } });
    if (!response.ok) throw new Error(`${action}: ${response.status} ${await response.text()}`);
    await response.body?.cancel();
  }

  /** `up` and `down` are told where. */
  #bring(command: string, ...args: readonly string[]): Promise<Finished> {
    return this.#meridian([command, "--base-port", String(this.#basePort), ...args], this.#env);
  }

  #compose(names: readonly string[], args: readonly string[]): Promise<Finished> {
    const files = names.map((name) => readComposeFile(name, this.#basePort));
    const ports = files.map(({ portVariables }) => portVariables);
    const env = Object.assign({ ...this.#env, OBSERVE: this.#name }, ...ports);
    return run("docker", ["compose", ...files.flatMap(({ path }) => ["-f", path]), ...args], env);
  }

  #meridian(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
    const script = join(root, "cli/meridian.ts");
    return run(process.execPath, [script, ...args, "--compose", this.#name], env);
  }
}

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
