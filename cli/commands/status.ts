/** `meridian status`: datacenters, nodes, records, lag, conflicts, and what is down. */
import type { Command } from "commander";
import {
  type CommonOptions,
  printJson,
  printLine,
  withCommonOptions,
  withExamples,
} from "../command-line.ts";
import { takeOverview } from "../overview/overview.ts";
import { renderOverview } from "../overview/render.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";

export function addStatus(program: Command): void {
  const command = program
    .command("status")
    .description("show datacenters, nodes, records, lag and conflicts");
  withCommonOptions(command);
  withExamples(command, [
    ["status", "tables for people"],
    ["status --json", "everything, for programs"],
  ]);
  command.action(async (options: CommonOptions) => {
    const overview = await takeOverview(await RunningSetup.connect(dataFolderOf(options.data)));
    if (options.json) printJson(overview);
    else printLine(renderOverview(overview));
  });
}
