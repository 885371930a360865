/** `meridian reseed`: gives a datacenter the data of another one, and keeps what only it had aside. */
import type { Command } from "commander";
import { composeArgument, EXIT, printJson, printLine, withExamples, withWait } from "../command-line.ts";
import { reseed } from "../failover/reseed.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface ReseedCommandOptions extends SetupChoice {
  readonly from: string;
  readonly keepOrphans: string;
  readonly unlisted?: boolean;
  readonly wait: number;
}

const WAIT_SECONDS_DEFAULT = 300;

export function addReseed(program: Command): void {
  const command = program
    .command("reseed")
    .description(
      "replace the data of a datacenter by that of another one: orphan writes go into a file with their " +
        "records, the old disks are moved aside, and it is filled again; it stays fenced",
    )
    .argument("<datacenter>", "the one that gets new data, e.g. dc-a")
    .requiredOption("--from <datacenter>", "the one whose data it gets, e.g. dc-b")
    .requiredOption("--keep-orphans <file>", "new file for what only the datacenter has, JSON lines")
    .option("--unlisted", "go on although the list is not whole: the rest is on the old disks only");
  withSetupOptions(withWait(command, "it is filled", [1, 86_400], WAIT_SECONDS_DEFAULT));
  withExamples(command, [
    ["reseed dc-a --from dc-b --keep-orphans orphans.jsonl", "then `meridian unfence dc-a` opens it"],
    [
      "reseed dc-a --from dc-b --keep-orphans orphans.jsonl --compose two-dc",
      "the volumes of its containers",
    ],
  ]);
  command.action(async (name: string, options: ReseedCommandOptions) => {
    const setup = await openSetup(options);
    const datacenter = datacenterNamed(setup, name);
    const here = composeArgument(options.compose);
    const outcome = await reseed(datacenter, datacenterNamed(setup, options.from), {
      keepOrphans: options.keepOrphans,
      unlisted: options.unlisted,
      timeoutMs: options.wait * 1000,
      empty: () => setup.empty(name),
      onStep: (step) => {
        if (!options.json) printLine(step);
      },
    });
    process.exitCode = outcome.filled ? EXIT.ok : EXIT.inconclusive;
    if (options.json) {
      printJson(outcome);
      return;
    }
    printLine(`${formatCount(outcome.orphans)} orphan changes are in ${outcome.file}`);
    if (outcome.unlistedPartitions > 0) {
      printLine(
        `of ${formatCount(outcome.unlistedPartitions)} partitions some may be missing: they are on the old disks only`,
      );
    }
    printLine(`the old disks of ${name} are in ${outcome.aside}`);
    printLine(`when nobody needs them any more: \`meridian aside list${here}\` and \`aside remove\``);
    printLine(
      outcome.filled
        ? `${name} has everything of ${options.from}; it is fenced: \`meridian unfence ${name}${here}\` opens it`
        : `${name} is still being filled; leave it fenced, and look with \`meridian status${here}\` and \`verify\``,
    );
  });
}
