/** `meridian explain`: every version of a record that is still known, and what became of it everywhere. */
import { type Command, Option } from "commander";
import { parseKey } from "../client/record-options.ts";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { askSides } from "../explain/ask-history.ts";
import { explain, type Side, type VersionStory } from "../explain/explain.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface ExplainOptions extends SetupChoice {
  readonly stringKey?: boolean;
}

export function addExplain(program: Command): void {
  const command = program
    .command("explain")
    .description(
      "tell of every version of a record that is still known where it was written, and in every datacenter " +
        "whether it was applied, superseded, lost, parked, or has not arrived yet, and why",
    )
    .argument("<namespace>", "e.g. test")
    .argument("<set>", 'e.g. demo; "" for none')
    .argument("<key>", "the user key; digits make an integer key")
    .addOption(new Option("--string-key", "digits are a string key"));
  withSetupOptions(command);
  withExamples(command, [
    ["explain test demo ada", "exit code 0; 1: nobody knows the record; 2: some datacenter does not answer"],
    ["explain test demo ada --json", "for programs, with what each datacenter answered"],
  ]);
  command.action(async (namespace: string, set: string, text: string, options: ExplainOptions) => {
    const { datacenters } = await openSetup(options);
    const sides = await askSides(datacenters, namespace, set, parseKey(text, options.stringKey ?? false));
    const versions = explain(sides);
    const unknown = sides.some(({ history }) => history === undefined);
    const found = versions.length === 0 ? EXIT.negative : EXIT.ok;
    process.exitCode = unknown ? EXIT.inconclusive : found;
    if (options.json) printJson({ versions, sides });
    else for (const line of linesOf(versions, sides)) printLine(line);
  });
}

function linesOf(versions: readonly VersionStory[], sides: readonly Side[]): string[] {
  const partition = sides.find(({ history }) => history !== undefined)?.history?.partition;
  const lines = partition === undefined ? [] : [`partition ${partition}`];
  for (const { generation, time, sourceId, tombstone, fates } of versions) {
    const writer = sides.find((side) => side.sourceId === sourceId)?.name ?? `source id ${sourceId}`;
    lines.push(`generation ${generation} of ${writer}, ${time}${tombstone ? ", a delete" : ""}`);
    for (const { datacenter, what, current } of fates) {
      lines.push(`  ${datacenter}: ${what}${current ? "  <- the record now" : ""}`);
    }
  }
  for (const { name, history } of sides) {
    for (const { name: bin, sourceId, lutIso, dead } of history?.bins ?? []) {
      const writer = sides.find((side) => side.sourceId === sourceId)?.name ?? `source id ${sourceId}`;
      lines.push(`${name}: bin ${bin} ${dead ? "gone" : "written"} by ${writer}, ${lutIso}`);
    }
  }
  for (const { name, parked } of sides) {
    for (const { id, reason } of parked)
      lines.push(`${name}: parked, ${reason} (\`meridian parked retry ${id}\`)`);
  }
  return versions.length === 0 ? [...lines, "no version is known"] : lines;
}
