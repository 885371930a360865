/** `meridian restart`: starts a process that is down, or stops and starts one that runs. */
import type { Command } from "commander";
import {
  type CommonOptions,
  printJson,
  printLine,
  withCommonOptions,
  withExamples,
} from "../command-line.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";

export function addRestart(program: Command): void {
  const command = program
    .command("restart")
    .description("start a process that is down, or stop and start one that runs; waits until it is ready")
    .argument("<name>", "a node (a1), a shipper (a-shipper), a nats-server (a-nats) or the WAN link (wan)");
  withCommonOptions(command);
  withExamples(command, [["restart a1", "brings a1 back after `meridian kill a1`"]]);
  command.action(async (name: string, options: CommonOptions) => {
    const setup = await RunningSetup.connect(dataFolderOf(options.data));
    const started = await setup.restart(name);
    if (options.json) printJson(started);
    else printLine(`${started.name} runs (pid ${started.pid})`);
  });
}
