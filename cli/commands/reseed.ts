/** `meridian reseed`: gives a datacenter the data of another one, and keeps what only it had aside. */
import { type Command, Option } from "commander";
import {
  type CommonOptions,
  EXIT,
  printJson,
  printLine,
  wholeNumber,
  withLocalOptions,
  withExamples,
} from "../command-line.ts";
import { reseed } from "../failover/reseed.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";

interface ReseedCommandOptions extends CommonOptions {
  readonly from: string;
  readonly keepOrphans: string;
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
    .addOption(
      new Option("--wait <seconds>", "how long to wait until it is filled")
        .argParser(wholeNumber(1, 86_400))
        .default(WAIT_SECONDS_DEFAULT),
    );
  withLocalOptions(command);
  withExamples(command, [
    ["reseed dc-a --from dc-b --keep-orphans orphans.jsonl", "then `meridian unfence dc-a` opens it"],
  ]);
  command.action(async (name: string, options: ReseedCommandOptions) => {
    const setup = await RunningSetup.connect(dataFolderOf(options.data));
    const datacenter = datacenterNamed(setup.layout, name);
    const outcome = await reseed(datacenter, datacenterNamed(setup.layout, options.from), {
      keepOrphans: options.keepOrphans,
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
    printLine(`the old disks of ${name} are in ${outcome.aside}`);
    printLine(
      outcome.filled
        ? `${name} has everything of ${options.from}; it is fenced: \`meridian unfence ${name}\` opens it`
        : `${name} is still being filled; leave it fenced, and look with \`meridian status\` and \`verify\``,
    );
  });
}
