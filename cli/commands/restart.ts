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

interface RestartOptions extends CommonOptions {
  readonly fenced?: boolean;
}

export function addRestart(program: Command): void {
  const command = program
    .command("restart")
    .description("start a process that is down, or stop and start one that runs; waits until it is ready")
    .argument(
      "<name>",
      "a node (a1), a shipper (a-shipper), a nats-server (a-nats), the WAN link (wan), or all of a " +
        "datacenter (dc-a)",
    )
    .option("--fenced", "a node or datacenter comes up closed to clients, its own changes held back");
  withCommonOptions(command);
  withExamples(command, [
    ["restart a1", "brings a1 back after `meridian kill a1`"],
    ["restart dc-a --fenced", "brings a lost datacenter back: nothing of it is served or shipped"],
  ]);
  command.action(async (name: string, options: RestartOptions) => {
    const setup = await RunningSetup.connect(dataFolderOf(options.data));
    const started = await setup.restart(name, options.fenced);
    if (options.json) printJson(started);
    else printLine(`${started.name} runs${started.pid === null ? "" : ` (pid ${started.pid})`}`);
  });
}
