/** Docker compose as the command line uses it: brings a set-up up and down, and finds its containers. */
import { spawn, spawnSync } from "node:child_process";
import { MeridianError } from "../../common/errors.ts";
import type { ComposeFile } from "./compose-file.ts";
import { docker } from "./docker.ts";

/** What the compose files call the image unless MERIDIAN_IMAGE names another. */
const LOCAL_IMAGE = "meridian:local";

export class Compose {
  readonly #files: readonly string[];
  readonly #env: NodeJS.ProcessEnv;

  /** Throws NOT_RUNNING, saying what to do, without a Docker engine and `docker compose`. */
  constructor(file: ComposeFile, additions: readonly ComposeFile[] = [], env = process.env) {
    const all = [file, ...additions];
    this.#files = all.map(({ path }) => path);
    const ports = all.map(({ portVariables }) => portVariables);
    this.#env = Object.assign({ ...env, OBSERVE: file.name }, ...ports);
    requireDocker();
  }

  /** Whether the image that the files name is here. */
  hasImage(): boolean {
    const image = this.#env["MERIDIAN_IMAGE"] ?? LOCAL_IMAGE;
    return spawnSync("docker", ["image", "inspect", image], { stdio: "ignore" }).status === 0;
  }

  /** Runs `docker compose ARGUMENTS`; its report goes to standard error. Throws UNAVAILABLE when it fails. */
  async run(...args: string[]): Promise<void> {
    const child = spawn("docker", this.#command(args), {
      env: this.#env,
      stdio: ["ignore", 2, 2],
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", resolve);
    });
    if (code !== 0) throw new MeridianError("UNAVAILABLE", `docker compose ${args[0]} failed, see above`);
  }

  /** Of all its services, also those that do not run. */
  async containerIds(): Promise<string[]> {
    const { stdout } = await docker(this.#command(["ps", "--all", "--quiet"]), this.#env);
    return stdout.split("\n").filter((id) => id !== "");
  }

  #command(args: readonly string[]): string[] {
    return ["compose", ...this.#files.flatMap((path) => ["-f", path]), ...args];
  }
}

function requireDocker(): void {
  const say = (problem: string): never => {
    throw new MeridianError("NOT_RUNNING", `${problem}; \`npm start\` runs a set-up without Docker`);
  };
  const version = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], { encoding: "utf8" });
  if (version.error !== undefined) say("docker is not installed (https://docs.docker.com/engine/install)");
  if (version.status !== 0) say(`the Docker engine does not answer: ${version.stderr.trim().split("\n")[0]}`);
  if (spawnSync("docker", ["compose", "version"]).status !== 0) {
    say("`docker compose` is missing (https://docs.docker.com/compose/install)");
  }
}
