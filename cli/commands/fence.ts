/** `meridian fence` and `meridian unfence`: close a datacenter to its clients, and open it again. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { type CommonOptions, EXIT, printJson, printLine, withExamples, withWait } from "../command-line.ts";
import { type FenceOutcome, fenceDatacenter, fenceOf, unfenceDatacenter } from "../failover/fence.ts";
import { mergeOrphans } from "../failover/merge.ts";
import { standingOf } from "../failover/shut-out.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface OrderOptions extends SetupChoice {
  readonly wait: number;
}
interface UnfenceOptions extends OrderOptions {
  readonly orphans?: string;
  readonly unlisted?: boolean;
}
interface FenceOptions extends OrderOptions {
  readonly reads?: boolean;
  readonly hold?: boolean;
}

const WAIT_SECONDS_DEFAULT = 30;

export function addFence(program: Command): void {
  const command = withOrderOptions(
    program
      .command("fence")
      .description(
        "close a datacenter to its clients: writes are refused (code 22, never in doubt) until `meridian " +
          "unfence`, restarts and failovers included; changes go on being shipped and applied",
      )
      .argument("<datacenter>", "e.g. dc-a")
      .addOption(new Option("--reads", "refuse reads, too"))
      .addOption(new Option("--hold", "refuse reads, too, and ship none of the datacenter's own changes")),
  );
  withExamples(command, [
    ["fence dc-a", "when it has answered, no write is acknowledged in dc-a any more"],
    ["fence dc-a --reads", "nothing but the admin listener and info answers"],
    ["fence dc-a --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
  ]);
  command.action(async (name: string, options: FenceOptions) => {
    const datacenter = datacenterNamed(await openSetup(options), name);
    const state = options.hold ? "held" : options.reads ? "all" : "writes";
    show(await fenceDatacenter(datacenter, state, { timeoutMs: options.wait * 1000 }), options);
  });
}

export function addUnfence(program: Command): void {
  const command = withOrderOptions(
    program
      .command("unfence")
      .description(
        "open a datacenter that was fenced, came up fenced or was declared lost: it is let in everywhere, " +
          "clients are served, and changes that were held are shipped and merged under the conflict policy " +
          "(`meridian orphans` lists them before)",
      )
      .argument("<datacenter>", "e.g. dc-a")
      .option(
        "--orphans <file>",
        "where the list of changes that were held goes (default: the data folder, or .meridian/compose/PROJECT)",
      )
      .option("--unlisted", "open it although the list cannot be made as a whole"),
  );
  withExamples(command, [
    ["unfence dc-a", "waits until every partition takes writes again"],
    ["unfence dc-a --orphans before.json", "merges what was held; it is listed in the file first"],
    ["unfence dc-a --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
  ]);
  command.action(async (name: string, options: UnfenceOptions) => {
    const setup = await openSetup(options);
    const datacenter = datacenterNamed(setup, name);
    const timeoutMs = options.wait * 1000;
    const others = setup.datacenters.filter((other) => other !== datacenter);
    const [fence, standing] = await Promise.all([fenceOf(datacenter), standingOf(datacenter, others)]);
    const isShutOut = standing.reachable.some(({ shutOut }) => shutOut !== undefined);
    if (fence.state !== "held" && !isShutOut) {
      show(await unfenceDatacenter(datacenter, { timeoutMs }), options);
      return;
    }
    const at = new Date().toISOString().replace(/[:.]/g, "-");
    if (options.orphans === undefined) mkdirSync(setup.folder, { recursive: true });
    const file = options.orphans ?? join(setup.folder, `orphans-${name}-${at}.json`);
    const { unlisted } = options;
    const outcome = await mergeOrphans(datacenter, others, standing, { file, unlisted, timeoutMs });
    if (!options.json) {
      printLine(
        `${formatCount(outcome.orphans)} changes that were held are listed in ${file}, and are shipped now`,
      );
    }
    show(outcome, options);
    if (outcome.unreachable.length === 0) return;
    process.exitCode = EXIT.inconclusive;
    if (options.json) return;
    const names = outcome.unreachable.join(", ");
    printLine(`${names} could not be asked: if it shuts ${name} out, that stands; run it again then`);
  });
}

function withOrderOptions(command: Command): Command {
  return withSetupOptions(withWait(command, "it holds everywhere", [0, 3600], WAIT_SECONDS_DEFAULT));
}

function show(outcome: FenceOutcome, options: CommonOptions): void {
  process.exitCode = outcome.holds ? EXIT.ok : EXIT.inconclusive;
  if (options.json) {
    printJson(outcome);
    return;
  }
  const { datacenter, state, seconds } = outcome;
  if (outcome.holds) {
    printLine(`${datacenter} ${MEANINGS[state]} (after ${seconds.toFixed(1)} s)`);
    return;
  }
  printLine(`${datacenter}: the order stands, but not everybody vouches for it yet:`);
  for (const { node, partitions, reason } of outcome.unconfirmed) {
    printLine(`  ${node ?? "no node"}: ${partitions} partitions, ${reason}`);
  }
  if (state !== "open")
    printLine("Until then a write may still be acknowledged there. Run it again to look again.");
}

const MEANINGS = {
  open: "is open",
  writes: "refuses writes",
  all: "refuses writes and reads",
  held: "refuses writes and reads, and ships nothing of its own",
} as const;
