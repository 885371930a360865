/**
 * A compose file of deploy/compose as the command line sees it: which services publish which port, and
 * what to put into the environment to move them. Pure, but for reading the file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { projectRoot } from "./project-root.ts";

/** The port that the files' own defaults begin with. */
const DEFAULT_BASE_PORT = 3000;
const SERVICE_PORT = 3000;
const ADMIN_PORT = 3002;
/** What adds to a set-up and is none itself. */
const ADDITIONS = ["observability"];

const folder = join(projectRoot, "deploy/compose");
const fileSchema = z.object({
  services: z.record(z.string(), z.object({ ports: z.array(z.string()).default([]) })),
});

export interface ComposeService {
  readonly name: string;
  /** Published client port; undefined for what is no node. */
  readonly servicePort: number | undefined;
  /** Published admin port; undefined for what has none. */
  readonly adminPort: number | undefined;
}

export interface ComposeFile {
  readonly name: string;
  readonly path: string;
  readonly services: readonly ComposeService[];
  /** Variables that move the ports to the base port asked for. */
  readonly portVariables: Readonly<Record<string, string>>;
}

/** Names of the set-ups there are. */
export function composeNames(): string[] {
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return names.filter((name) => !ADDITIONS.includes(name)).sort();
}

/** What is set in `env` wins, as it does with plain `docker compose`. */
export function readComposeFile(
  name: string,
  basePort = DEFAULT_BASE_PORT,
  env: Readonly<Record<string, string | undefined>> = {},
): ComposeFile {
  const path = join(folder, `${name}.yaml`);
  return { name, path, ...parseComposeFile(readFileSync(path, "utf8"), path, basePort, env) };
}

/** Every port is written `${NAME:-DEFAULT}`: moved by as much as the base port is. */
function parseComposeFile(
  text: string,
  path: string,
  basePort: number,
  env: Readonly<Record<string, string | undefined>>,
): Pick<ComposeFile, "services" | "portVariables"> {
  const portVariables: Record<string, string> = {};
  const moved = text.replace(/\$\{(\w+_PORT):-(\d+)\}/g, (_, variable: string, port: string) => {
    const value = env[variable] ?? String(Number(port) - DEFAULT_BASE_PORT + basePort);
    portVariables[variable] = value;
    return value;
  });
  const parsed = fileSchema.safeParse(parse(moved, { merge: true }));
  if (!parsed.success) throw new MeridianError("CONFIG_INVALID", `${path}: ${z.prettifyError(parsed.error)}`);
  const services = Object.entries(parsed.data.services).map(([service, { ports }]) => ({
    name: service,
    servicePort: publishedOf(ports, SERVICE_PORT),
    adminPort: publishedOf(ports, ADMIN_PORT),
  }));
  return { services, portVariables };
}

function publishedOf(ports: readonly string[], inside: number): number | undefined {
  const found = ports
    .map((port) => /:(\d+):(\d+)$/.exec(port))
    .find((match) => Number(match?.[2]) === inside);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
