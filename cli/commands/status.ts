/** `meridian status`: datacenters, nodes, records, lag, conflicts, and what is down. */
import type { Command } from "commander";
import { printJson, printLine, withExamples } from "../command-line.ts";
import { takeOverview } from "../overview/overview.ts";
import { renderOverview } from "../overview/render.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

export function addStatus(program: Command): void {
  const command = program
    .command("status")
    .description("show datacenters, nodes, records, lag and conflicts");
  withSetupOptions(command);
  withExamples(command, [
    ["status", "tables for people"],
    ["status --json", "everything, for programs"],
    ["status --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
  ]);
  command.action(async (options: SetupChoice) => {
    const overview = await takeOverview(await openSetup(options));
    if (options.json) printJson(overview);
    else printLine(renderOverview(overview));
  });
}
