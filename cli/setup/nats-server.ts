/**
 * Finds a nats-server: the environment variable MERIDIAN_NATS_SERVER, the PATH, a local Docker
 * image; failing those, on Debian as root, apt. Otherwise the error says how to get one.
 */
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { spawnSync } from "node:child_process";
import { MeridianError } from "../../common/errors.ts";

export interface NatsVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** What the search found: a program, or a Docker image to run. */
export type NatsServer =
  | { readonly kind: "program"; readonly path: string; readonly version: NatsVersion }
  | { readonly kind: "docker"; readonly image: string; readonly version: NatsVersion };

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
}

/** What the search asks of the machine; given so that its order can be tested. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  isExecutable(path: string): boolean;
  run(command: string, args: readonly string[]): CommandResult;
  /** Debian (or one of its descendants), and we are root. */
  readonly canInstallDebianPackages: boolean;
  say(line: string): void;
}

/** The oldest that is tested: Debian 12's. */
const VERSION_LEAST: NatsVersion = { major: 2, minor: 9, patch: 0 };

export function findNatsServer(machine: Machine = thisMachine()): NatsServer {
  const configured = machine.env["MERIDIAN_NATS_SERVER"];
  if (configured !== undefined && configured !== "") {
    const server = programAt(machine, configured);
    if (server !== undefined) return checkVersion(server, configured);
    throw new MeridianError(
      "NATS_SERVER_MISSING",
      `MERIDIAN_NATS_SERVER names ${configured}, which is no nats-server that runs here`,
    );
  }
  const found = fromPath(machine) ?? fromDocker(machine) ?? fromApt(machine);
  if (found !== undefined) return checkVersion(found, found.kind === "program" ? found.path : found.image);
  throw new MeridianError(
    "NATS_SERVER_MISSING",
    "no nats-server found; install it (Debian, Ubuntu: apt-get install nats-server; macOS: brew install " +
      "nats-server; any: https://github.com/nats-io/nats-server/releases), or `docker pull nats`, or set " +
      "MERIDIAN_NATS_SERVER to its path",
  );
}

function checkVersion(server: NatsServer, where: string): NatsServer {
  const { major, minor, patch } = server.version;
  if (major > VERSION_LEAST.major || (major === VERSION_LEAST.major && minor >= VERSION_LEAST.minor)) {
    return server;
  }
  throw new MeridianError(
    "NATS_SERVER_MISSING",
    `${where} is version ${major}.${minor}.${patch}; 2.9 or newer is needed`,
  );
}

function fromPath(machine: Machine): NatsServer | undefined {
  for (const folder of (machine.env["PATH"] ?? "").split(delimiter)) {
    if (folder === "") continue;
    const server = programAt(machine, join(folder, "nats-server"));
    if (server !== undefined) return server;
  }
  // Debian keeps it where only root's PATH looks.
  return programAt(machine, "/usr/sbin/nats-server");
}

function programAt(machine: Machine, path: string): NatsServer | undefined {
  if (!machine.isExecutable(path)) return undefined;
  const version = parseNatsVersion(machine.run(path, ["--version"]).output);
  return version === undefined ? undefined : { kind: "program", path, version };
}

/** A local image only: nothing is pulled without being asked. */
function fromDocker(machine: Machine): NatsServer | undefined {
  const images = machine.run("docker", ["image", "ls", "--format", "{{.Repository}}:{{.Tag}}"]);
  if (!images.ok) return undefined;
  for (const image of images.output.split("\n").map((line) => line.trim())) {
    if (!/^([\w.:-]+\/)*nats:[\w.-]+$/.test(image) || image.endsWith(":<none>")) continue;
    const answer = machine.run("docker", ["run", "--rm", image, "--version"]);
    const version = answer.ok ? parseNatsVersion(answer.output) : undefined;
    if (version !== undefined) return { kind: "docker", image, version };
  }
  return undefined;
}

function fromApt(machine: Machine): NatsServer | undefined {
  if (!machine.canInstallDebianPackages) return undefined;
  machine.say("no nats-server found: installing Debian's package nats-server ...");
  machine.run("apt-get", ["update", "-q"]);
  const installed = machine.run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "nats-server"]);
  return installed.ok ? fromPath(machine) : undefined;
}

/** `nats-server: v2.9.10`. */
export function parseNatsVersion(text: string): NatsVersion | undefined {
  const match = /nats-server: v(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (match === null) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

function thisMachine(): Machine {
  return {
    env: process.env,
    isExecutable: (path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
    run: (command, args) => {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      const result = spawnSync(command, [...args], { encoding: "utf8", env });
      return { ok: result.status === 0, output: `${result.stdout ?? ""}${result.stderr ?? ""}` };
    },
    canInstallDebianPackages: process.getuid?.() === 0 && existsSync("/usr/bin/apt-get"),
    say: (line) => {
      process.stderr.write(`${line}\n`);
    },
  };
}
