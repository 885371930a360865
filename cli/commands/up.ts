/** `meridian up` and `meridian down`: a set-up of containers, from one of the compose files we ship. */
import { type Command, Option } from "commander";
import { MeridianError } from "../../common/errors.ts";
import { composeArgument, printJson, printLine, wholeNumber, withExamples } from "../command-line.ts";
import { nodeStatusSchema } from "../overview/process-status.ts";
import { askAdmin, isOk } from "../setup/admin-client.ts";
import { Compose } from "../setup/compose.ts";
import {
  type ComposeFile,
  type ComposeService,
  composeNames,
  datacentersOf,
  readComposeFile,
} from "../setup/compose-file.ts";
import { removeMark, writeMark } from "../setup/compose-mark.ts";
import { projectOf } from "../setup/containers.ts";
import { DockerEngine } from "../setup/docker-engine.ts";
import { waitUntil } from "../setup/wait.ts";

interface ComposeOptions {
  readonly compose: string;
  readonly basePort?: number;
  readonly observability?: boolean;
  readonly json?: boolean;
}

interface UpOptions extends ComposeOptions {
  readonly build?: boolean;
  readonly timeout: number;
}

interface DownOptions extends ComposeOptions {
  readonly volumes?: boolean;
}

export function addUp(program: Command): void {
  const command = withComposeOptions(
    program.command("up").description("run datacenters in containers, and wait until all are writable"),
  )
    .option("--build", "build the image although there is one")
    .option("--timeout <seconds>", "how long to wait", wholeNumber(1, 3600), 180);
  withExamples(command, [
    ["up --compose two-dc", "dc-a on ports 3000, 3010, 3020 and dc-b on 4000, 4010, 4020"],
    ["up --compose three-dc --observability", "three datacenters, with Prometheus and Grafana"],
  ]);
  command.action(up);
}

export function addDown(program: Command): void {
  const command = withComposeOptions(
    program.command("down").description("stop the containers of `meridian up`; the data stays"),
  ).option("--volumes", "remove the data, credentials and certificates as well");
  withExamples(command, [["down --compose two-dc", "`meridian up --compose two-dc` finds the data"]]);
  command.action(async (options: DownOptions) => {
    const { compose } = composeOf(options);
    await markContainers(compose, removeMark);
    await compose.run("down", "--remove-orphans", ...(options.volumes ? ["--volumes"] : []));
    if (options.json) printJson({ compose: options.compose, removed: options.volumes === true });
    else printLine(options.volumes ? "stopped, and the data removed" : "stopped; the data is kept");
  });
}

function withComposeOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--compose <name>", "which compose file of deploy/compose")
        .choices(composeNames())
        .makeOptionMandatory(),
    )
    .option("--base-port <port>", "first port on this machine (default: 3000)", wholeNumber(1024, 62_000))
    .option("--observability", "with Prometheus and Grafana (docs/runbook.md)")
    .option("--json", "print JSON for programs");
}

function composeOf(options: ComposeOptions): { file: ComposeFile; compose: Compose; observed: string[] } {
  const file = readComposeFile(options.compose, options.basePort, process.env);
  const observability = readComposeFile("observability", options.basePort, process.env);
  if (!options.observability) return { file, compose: new Compose(file), observed: [] };
  const grafana = `http://127.0.0.1:${observability.portVariables["GRAFANA_PORT"]}`;
  return { file, compose: new Compose(file, [observability]), observed: [grafana] };
}

async function up(options: UpOptions): Promise<void> {
  const { file, compose, observed } = composeOf(options);
  const started = performance.now();
  if (options.build || !compose.hasImage()) await compose.run("build");
  const built = performance.now();
  await compose.run("up", "--detach");
  await markContainers(compose, writeMark);
  const waiting = await stillWaiting(file.services, options.timeout * 1000);
  if (waiting.length > 0) {
    throw new MeridianError(
      "UNAVAILABLE",
      `not ready after ${options.timeout} s: ${waiting.join(", ")}; their logs: ` +
        `docker compose -f ${file.path} logs ${waiting.join(" ")}`,
    );
  }
  const seconds = { build: (built - started) / 1000, start: (performance.now() - built) / 1000 };
  const datacenters = seedsOf(file.services);
  if (options.json) {
    printJson({ compose: file.name, file: file.path, datacenters, seconds });
    return;
  }
  for (const line of connectLines({ file, seeds: datacenters, seconds: seconds.start, observed }))
    printLine(line);
}

/**
 * Names of what is not ready, or has partitions nobody serves, when the time is over. All must be ready
 * at once: while others still come back, primaries move away from a node that was ready before.
 */
async function stillWaiting(services: readonly ComposeService[], timeoutMs: number): Promise<string[]> {
  const watched = services.filter(({ adminPort }) => adminPort !== undefined);
  let waiting: readonly ComposeService[] = watched;
  const look = async (): Promise<boolean> => {
    const ready = await Promise.all(watched.map(isWritable));
    waiting = watched.filter((_, index) => ready[index] !== true);
    return waiting.length === 0;
  };
  await waitUntil(look, { timeoutMs, intervalMs: 200 });
  return waiting.map(({ name }) => name);
}

async function isWritable({ servicePort, adminPort }: ComposeService): Promise<boolean> {
  const url = `http://127.0.0.1:${adminPort}`;
  if (!(await isOk(`${url}/readyz`))) return false;
  if (servicePort === undefined) return true;
  try {
    const { namespaces } = await askAdmin(`${url}/status`, nodeStatusSchema);
    return namespaces.every(({ unavailable }) => unavailable === 0);
  } catch (error) {
    // It went away between the two questions, and is asked again.
    if (error instanceof MeridianError && error.code === "LINK_DOWN") return false;
    throw error;
  }
}

/** Writes down, by the project's name, that they are ours, or that they no longer are. */
async function markContainers(
  compose: Compose,
  mark: (project: string, ids: readonly string[]) => void,
): Promise<void> {
  const containers = [...(await new DockerEngine().inspect(await compose.containerIds())).values()];
  const [first] = containers;
  if (first === undefined) return;
  mark(
    projectOf(first),
    containers.map(({ Id }) => Id),
  );
}

/** Client addresses by datacenter. */
function seedsOf(services: readonly ComposeService[]): Record<string, string[]> {
  return Object.fromEntries(
    datacentersOf(services).map(({ name, nodes }) => [
      name,
      nodes.map(({ servicePort }) => `127.0.0.1:${servicePort}`),
    ]),
  );
}

interface Report {
  readonly file: ComposeFile;
  readonly seeds: Record<string, string[]>;
  readonly seconds: number;
  /** Address of Grafana, if it was asked for. */
  readonly observed: readonly string[];
}

function connectLines({ file, seeds, seconds, observed }: Report): string[] {
  const here = composeArgument(file.name);
  const hasLink = file.services.some(({ kind }) => kind === "wan");
  return [
    ...Object.entries(seeds).map(([name, hosts]) => `${name} is writable: ${hosts.join(", ")}`),
    `ready ${seconds.toFixed(1)} s after the image; clients on this machine ask for alternate addresses:`,
    `  new Aerospike.Client({ hosts: "${Object.values(seeds)[0]?.[0]}", useAlternateAccessAddress: true })`,
    ...observed.map((url) => `Grafana: ${url}`),
    `see it: meridian status${here}`,
    ...(hasLink ? [`cut the WAN, and heal it with \`link heal\`: meridian link cut dc-a dc-b${here}`] : []),
    `stop: meridian down${here}    logs: docker compose -f ${file.path} logs`,
  ];
}
