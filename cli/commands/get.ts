/** `meridian get`: a record of one datacenter, read by the Aerospike client, with its version. */
import type { Command } from "commander";
import { connectDatacenter, asMeridianError, isNotFound } from "../client/datacenter-client.ts";
import { parseKey, type RecordOptions, withRecordOptions } from "../client/record-options.ts";
import { askRecordVersion, versionLines } from "../client/record-version.ts";
import { EXIT, printJson, printLine, showBigint, withExamples } from "../command-line.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup } from "../setup/open-setup.ts";

export function addGet(program: Command): void {
  const command = program
    .command("get")
    .description("read a record in one datacenter, with generation, last-update time and source id")
    .argument("<key>", "the user key; digits make an integer key");
  withRecordOptions(command);
  withExamples(command, [
    ["get ada --dc dc-a", "set demo of namespace test"],
    ["get 2643743 --dc dc-b --set cities", "London, as loaded by `meridian load cities`"],
  ]);
  command.action(get);
}

async function get(text: string, options: RecordOptions): Promise<void> {
  const datacenter = datacenterNamed(await openSetup(options), options.dc);
  const key = parseKey(text, options.stringKey ?? false);
  const version = await askRecordVersion(datacenter, options.namespace, options.set, key);
  const client = await connectDatacenter(datacenter);
  let bins: Record<string, unknown> | undefined;
  try {
    bins = { ...(await client.get({ ns: options.namespace, set: options.set, key })).bins };
  } catch (error) {
    if (!isNotFound(error)) throw asMeridianError(error, `get ${text}`);
  }
  if (bins === undefined) process.exitCode = EXIT.negative;
  if (options.json) {
    printJson({
      dc: options.dc,
      namespace: options.namespace,
      set: options.set,
      key,
      bins: bins ?? null,
      version,
    });
    return;
  }
  printLine(bins === undefined ? "not found" : JSON.stringify(bins, showBigint, 2));
  for (const line of versionLines(version)) printLine(`  ${line}`);
}
