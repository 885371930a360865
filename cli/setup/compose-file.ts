/**
 * A compose file of deploy/compose as the command line sees it: what its services are, which ports they
 * publish, and what to put into the environment to move them. Pure, but for reading the file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { ProcessKind } from "./managed-process.ts";
import { projectRoot } from "./project-root.ts";
import type { ShownDatacenter } from "./setup.ts";

/** The port that the files' own defaults begin with. */
const DEFAULT_BASE_PORT = 3000;
const SERVICE_PORT = 3000;
const ADMIN_PORT = 3002;
const NATS_PORT = 4222;
/** What adds to a set-up and is none itself. */
const ADDITIONS = ["observability"];

const folder = join(projectRoot, "deploy/compose");
const serviceSchema = z.object({
  command: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
  ports: z.array(z.string()).default([]),
});
const fileSchema = z.object({ services: z.record(z.string(), serviceSchema) });

/** By the first word of its command. */
const KINDS: Readonly<Record<string, ProcessKind>> = {
  node: "node",
  shipper: "shipper",
  "wan-link": "wan",
  "nats-server": "nats",
};

export interface ComposeService {
  readonly name: string;
  /** Undefined for what is no process of a set-up: `init`, Grafana. */
  readonly kind: ProcessKind | undefined;
  /** Undefined for what belongs to none. */
  readonly datacenter: string | undefined;
  /** Of its datacenter; undefined for what is neither node nor shipper. */
  readonly sourceId: number | undefined;
  /** Published client port; undefined for what is no node. */
  readonly servicePort: number | undefined;
  /** Published admin port; undefined for what has none. */
  readonly adminPort: number | undefined;
  /** Published port for NATS clients; undefined for what is no nats-server. */
  readonly natsPort: number | undefined;
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
  const services = Object.entries(parsed.data.services).map(([service, described]) => ({
    ...describeService(service, described),
    servicePort: publishedOf(described.ports, SERVICE_PORT),
    adminPort: publishedOf(described.ports, ADMIN_PORT),
    natsPort: publishedOf(described.ports, NATS_PORT),
  }));
  return { services, portVariables };
}

function describeService(
  name: string,
  { command, environment, networks }: z.infer<typeof serviceSchema>,
): Pick<ComposeService, "name" | "kind" | "datacenter" | "sourceId"> {
  const kind = KINDS[command[0] ?? ""];
  const { MERIDIAN_NAME: own, MERIDIAN_SRC_ID: sourceId } = environment;
  // A NATS is told nothing of datacenters; the network that it is on besides the WAN is named after one.
  const network = (Array.isArray(networks) ? networks : Object.keys(networks)).find((one) => one !== "wan");
  return {
    name,
    kind,
    datacenter: own === undefined ? (kind === "nats" ? network : undefined) : String(own),
    sourceId: sourceId === undefined ? undefined : Number(sourceId),
  };
}

/** The datacenters that services make up, in their order. */
export function datacentersOf(services: readonly ComposeService[]): ShownDatacenter[] {
  const names = services.flatMap(({ kind, datacenter }) => (kind === "node" ? [datacenter ?? ""] : []));
  return [...new Set(names)].map((name) => {
    const own = services.filter(({ datacenter }) => datacenter === name);
    return {
      name,
      sourceId: own.find(({ kind }) => kind === "node")?.sourceId ?? 0,
      nodes: own.flatMap(({ name: node, servicePort, adminPort }) =>
        servicePort === undefined || adminPort === undefined ? [] : [{ name: node, servicePort, adminPort }],
      ),
      shippers: own.flatMap(({ name: shipper, kind, adminPort }) =>
        kind === "shipper" && adminPort !== undefined ? [{ name: shipper, adminPort }] : [],
      ),
      // The addresses that nodes tell besides are names of containers.
      alternateAddresses: true,
    };
  });
}

function publishedOf(ports: readonly string[], inside: number): number | undefined {
  const found = ports
    .map((port) => /:(\d+):(\d+)$/.exec(port))
    .find((match) => Number(match?.[2]) === inside);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
