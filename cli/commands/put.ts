/** `meridian put`: writes bins of a record in one datacenter. */
import type { Command } from "commander";
import { asMeridianError, connectDatacenter } from "../client/datacenter-client.ts";
import { parseBins, parseKey, type RecordOptions, withRecordOptions } from "../client/record-options.ts";
import { askRecordVersion, versionLines } from "../client/record-version.ts";
import { printJson, printLine, wholeNumber, withExamples } from "../command-line.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup } from "../setup/open-setup.ts";

interface PutOptions extends RecordOptions {
  readonly ttl?: number;
}

export function addPut(program: Command): void {
  const command = program
    .command("put")
    .description("write bins of a record in one datacenter; other bins stay, null removes one")
    .argument("<key>", "the user key; digits make an integer key")
    .argument("<bins...>", "name=value pairs (values as JSON where they are), or one JSON object")
    .option("--ttl <seconds>", "time to live; default: the namespace's", wholeNumber(1, 315_360_000));
  withRecordOptions(command);
  withExamples(command, [
    ["put ada name=Ada age=36 --dc dc-a", "two bins"],
    [`put ada '{"tags":["math","poet"]}' --dc dc-b`, "a list"],
  ]);
  command.action(put);
}

async function put(text: string, binTexts: string[], options: PutOptions): Promise<void> {
  const datacenter = datacenterNamed(await openSetup(options), options.dc);
  const key = parseKey(text, options.stringKey ?? false);
  const bins = parseBins(binTexts);
  const client = await connectDatacenter(datacenter);
  try {
    const meta = options.ttl === undefined ? {} : { ttl: options.ttl };
    await client.put({ ns: options.namespace, set: options.set, key }, bins, meta);
  } catch (error) {
    throw asMeridianError(error, `put ${text}`);
  }
  const version = await askRecordVersion(datacenter, options.namespace, options.set, key);
  if (options.json) {
    printJson({ dc: options.dc, namespace: options.namespace, set: options.set, key, version });
    return;
  }
  printLine(`written in ${options.dc}`);
  for (const line of versionLines(version)) printLine(`  ${line}`);
}
