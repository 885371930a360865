/** `meridian start`: runs a set-up of several datacenters on this machine until it is stopped. */
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { loadFeeds } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import type { ConflictPolicy } from "../../common/version/order.ts";
import { EXIT, printJson, printLine, wholeNumber, withCommonOptions, withExamples } from "../command-line.ts";
import { LiveView } from "../overview/live-view.ts";
import { findLeftovers } from "../setup/leftovers.ts";
import { type Layout, planLayout, plannedPorts, SETUP_DEFAULTS } from "../setup/layout.ts";
import { readLinesFrom } from "../setup/log-tail.ts";
import { findNatsServer } from "../setup/nats-server.ts";
import { checkPortsFree } from "../setup/ports.ts";
import { projectRoot } from "../setup/project-root.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";
import { mergeOptions, readSetup, readSupervisor, writeSetup } from "../setup/setup-files.ts";
import { Supervisor } from "../setup/supervisor.ts";
import { waitUntil } from "../setup/wait.ts";

interface StartOptions {
  readonly datacenters?: number;
  readonly nodes?: number;
  readonly basePort?: number;
  readonly replicationFactor?: number;
  readonly conflictPolicy?: ConflictPolicy;
  readonly conflictResolveWrites?: boolean;
  readonly feeds?: string;
  readonly data?: string;
  readonly detach?: boolean;
  readonly supervise?: boolean;
  readonly json?: boolean;
}

/** A second Ctrl-C within this time is the terminal's and npm's echo of the first. */
const ECHO_MS = 1000;
const DETACHED_READY_MS = 180_000;

export function addStart(program: Command): void {
  const command = program
    .command("start")
    .description(
      "run datacenters on this machine, with a live view; Ctrl-C stops them, starting again finds the data",
    )
    .option("--datacenters <n>", `datacenters (default: ${SETUP_DEFAULTS.datacenters})`, wholeNumber(1, 8))
    .option(
      "--nodes <n>",
      `storage nodes of each datacenter (default: ${SETUP_DEFAULTS.nodes})`,
      wholeNumber(1, 64),
    )
    .option(
      "--base-port <port>",
      `first port; each datacenter takes a block of 1000 (default: ${SETUP_DEFAULTS.basePort})`,
      wholeNumber(1, 65_535),
    )
    .option(
      "--replication-factor <n>",
      `copies of each record in a datacenter (default: ${SETUP_DEFAULTS.replicationFactor})`,
      wholeNumber(1, 8),
    )
    .addOption(
      new Option(
        "--conflict-policy <policy>",
        `what decides a conflict in namespace test (default: ${SETUP_DEFAULTS.conflictPolicy})`,
      ).choices(["last-update-time", "generation"]),
    )
    .option(
      "--conflict-resolve-writes",
      "conflicts in namespace test are decided bin by bin, and concurrent writes of different bins are none",
    )
    .option(
      "--feeds <file>",
      "YAML file with a list of change feeds, for every datacenter; kept for later starts",
    )
    .option("--detach", "run in the background; `meridian stop` ends it")
    .addOption(new Option("--supervise", "the background part of --detach").hideHelp());
  withCommonOptions(command);
  withExamples(command, [
    ["start", "dc-a on ports 3000, 3010, 3020 and dc-b on 4000, 4010, 4020"],
    ["start --nodes 1 --detach", "one node in each, in the background"],
    ["start --feeds feeds.yaml", "with the change feeds that the file lists"],
    ["start --data /tmp/drill --base-port 20000", "a second set-up beside the first"],
  ]);
  command.action(async (options: StartOptions) => await start(options));
}

async function start(options: StartOptions): Promise<void> {
  const layout = await prepare(options);
  if (options.detach) await startDetached(layout, options);
  else await runSupervisor(layout);
}

/** Everything that can be wrong is found here, before anything is started. */
async function prepare(options: StartOptions): Promise<Layout> {
  const dataFolder = dataFolderOf(options.data);
  const stored = readSetup(dataFolder);
  if ((await RunningSetup.find(dataFolder)) !== undefined) {
    throw new MeridianError(
      "BUSY",
      `a set-up with the data in ${dataFolder} runs already: ` +
        "`meridian status` shows it, `meridian stop` ends it",
    );
  }
  const file = readSupervisor(dataFolder);
  const leftovers = file === undefined ? [] : findLeftovers(dataFolder, file);
  if (leftovers.length > 0) {
    const names = leftovers.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
    throw new MeridianError(
      "BUSY",
      `still running from an earlier start: ${names}; \`meridian stop\` ends them`,
    );
  }
  const given = {
    ...(options.datacenters === undefined ? {} : { datacenters: options.datacenters }),
    ...(options.nodes === undefined ? {} : { nodes: options.nodes }),
    ...(options.basePort === undefined ? {} : { basePort: options.basePort }),
    ...(options.replicationFactor === undefined ? {} : { replicationFactor: options.replicationFactor }),
    ...(options.conflictPolicy === undefined ? {} : { conflictPolicy: options.conflictPolicy }),
    ...(options.conflictResolveWrites === undefined ? {} : { conflictResolveWrites: true }),
    ...(options.feeds === undefined ? {} : { feeds: loadFeeds(options.feeds) }),
  };
  const layout = planLayout(dataFolder, mergeOptions(dataFolder, stored, given, SETUP_DEFAULTS));
  await checkPortsFree(plannedPorts(layout));
  return layout;
}

async function runSupervisor(layout: Layout): Promise<void> {
  const asked = Promise.withResolvers<void>();
  let view: LiveView | undefined;
  const say = (line: string): void => (view === undefined ? printLine(line) : view.say(line));
  const supervisor = new Supervisor(layout, findNatsServer(), { say, stopAsked: () => asked.resolve() });
  onStopSignals(() => asked.resolve(), supervisor, say);
  const { datacenters } = layout;
  say(`starting ${datacenters.map(({ name }) => name).join(", ")} with the data in ${layout.dataFolder} ...`);
  try {
    await Promise.race([supervisor.start(), asked.promise]);
    const running = await RunningSetup.find(layout.dataFolder);
    if (running !== undefined && supervisor.isRunning) {
      for (const line of readyLines(layout)) say(line);
      view = new LiveView(running, process.stdout);
      view.start();
      await asked.promise;
    }
  } finally {
    view?.stop();
    view = undefined;
    say("stopping ...");
    await supervisor.stop();
  }
  say("stopped; the data is kept, `meridian start` goes on with it");
}

/** SIGINT (Ctrl-C), SIGTERM and a closed terminal stop in order; asking again kills. */
function onStopSignals(stop: () => void, supervisor: Supervisor, say: (line: string) => void): void {
  let firstMs: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (firstMs === undefined) {
        firstMs = performance.now();
        stop();
        return;
      }
      if (performance.now() - firstMs < ECHO_MS) return;
      say("asked again: killing all processes");
      supervisor.killAll().then(
        () => process.exit(EXIT.negative),
        () => process.exit(EXIT.error),
      );
    });
  }
}

function readyLines(layout: Layout): string[] {
  return [
    ...layout.datacenters.map(({ name, nodes }) => {
      const addresses = nodes.map(({ servicePort }) => `127.0.0.1:${servicePort}`);
      return `${name} is ready: Aerospike clients connect to ${addresses.join(", ")}`;
    }),
    ...layout.datacenters.map(
      ({ name, shipper }) => `dashboard of ${name}: http://127.0.0.1:${shipper.adminPort}/`,
    ),
    "try: npx meridian load cities --to dc-a; npx meridian status; npx meridian verify",
  ];
}

async function startDetached(layout: Layout, options: StartOptions): Promise<void> {
  findNatsServer();
  // First of all: a folder with anything else in it is taken for somebody else's.
  writeSetup(layout.dataFolder, layout.options);
  mkdirSync(layout.logFolder, { recursive: true });
  const logPath = join(layout.logFolder, "supervisor.log");
  const log = openSync(logPath, "a");
  const from = statSync(logPath).size;
  const args = [join(projectRoot, "cli/meridian.ts"), "start", "--supervise", ...optionArgs(layout)];
  const child = spawn(process.execPath, args, { detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  await waitUntil(async () => ended || (await isRunning(layout.dataFolder)), {
    timeoutMs: DETACHED_READY_MS,
    intervalMs: 100,
  });
  if (ended || !(await isRunning(layout.dataFolder))) {
    const said = readLinesFrom(logPath, from).join("\n");
    throw new MeridianError("UNAVAILABLE", `the set-up did not start (log: ${logPath}):\n${said}`);
  }
  child.unref();
  if (options.json) printJson({ dataFolder: layout.dataFolder, pid: child.pid });
  else for (const line of readyLines(layout)) printLine(line);
}

async function isRunning(dataFolder: string): Promise<boolean> {
  const running = await RunningSetup.find(dataFolder);
  return running !== undefined && (await running.status()).phase === "running";
}

function optionArgs({ dataFolder, options }: Layout): string[] {
  return [
    ["--data", dataFolder],
    ["--datacenters", String(options.datacenters)],
    ["--nodes", String(options.nodes)],
    ["--base-port", String(options.basePort)],
    ["--replication-factor", String(options.replicationFactor)],
    ["--conflict-policy", options.conflictPolicy],
    options.conflictResolveWrites ? ["--conflict-resolve-writes"] : [],
  ].flat();
}
