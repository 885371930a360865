/** `meridian restart`: starts a process that is down, or stops and starts one that runs. */
import { type Command, Option } from "commander";
import { printJson, printLine, withExamples } from "../command-line.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface RestartOptions extends SetupChoice {
  readonly fenced?: boolean;
}

export function addRestart(program: Command): void {
  const command = program
    .command("restart")
    .description("start a process that is down, or stop and start one that runs; waits until it is ready")
    .argument(
      "<name>",
      "a node (a1), a shipper (a-shipper), a nats-server (a-nats), the WAN link (wan, wan-link), or all of a " +
        "datacenter (dc-a)",
    )
    .addOption(
      new Option("--fenced", "a node or datacenter comes up closed to clients, its own changes held back"),
    );
  withSetupOptions(command);
  withExamples(command, [
    ["restart a1", "brings a1 back after `meridian kill a1`"],
    ["restart dc-a --fenced", "brings a lost datacenter back: nothing of it is served or shipped"],
    ["restart a1 --compose two-dc", "the container of a1"],
    ["restart dc-a --fenced --compose two-dc", "the containers of dc-a, closed"],
  ]);
  command.action(async (name: string, options: RestartOptions) => {
    const started = await (await openSetup(options)).restart(name, options.fenced);
    if (options.json) printJson(started);
    else printLine(`${started.name} runs${started.pid === null ? "" : ` (pid ${started.pid})`}`);
  });
}
