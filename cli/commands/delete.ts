/** `meridian delete`: deletes a record in one datacenter; what it leaves is a tombstone. */
import type { Command } from "commander";
import { asMeridianError, connectDatacenter, isNotFound } from "../client/datacenter-client.ts";
import { parseKey, type RecordOptions, withRecordOptions } from "../client/record-options.ts";
import { askRecordVersion, versionLines } from "../client/record-version.ts";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup } from "../setup/open-setup.ts";

export function addDelete(program: Command): void {
  const command = program
    .command("delete")
    .description("delete a record in one datacenter")
    .argument("<key>", "the user key; digits make an integer key");
  withRecordOptions(command);
  withExamples(command, [["delete ada --dc dc-a", "set demo of namespace test"]]);
  command.action(remove);
}

async function remove(text: string, options: RecordOptions): Promise<void> {
  const datacenter = datacenterNamed(await openSetup(options), options.dc);
  const key = parseKey(text, options.stringKey ?? false);
  const client = await connectDatacenter(datacenter);
  let deleted = true;
  try {
    await client.remove({ ns: options.namespace, set: options.set, key });
  } catch (error) {
    if (!isNotFound(error)) throw asMeridianError(error, `delete ${text}`);
    deleted = false;
  }
  if (!deleted) process.exitCode = EXIT.negative;
  const version = await askRecordVersion(datacenter, options.namespace, options.set, key);
  if (options.json) {
    printJson({ dc: options.dc, namespace: options.namespace, set: options.set, key, deleted, version });
    return;
  }
  printLine(deleted ? `deleted in ${options.dc}` : "not found");
  for (const line of versionLines(version)) printLine(`  ${line}`);
}
