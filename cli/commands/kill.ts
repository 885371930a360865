/** `meridian kill`: kill -9 of a process of the set-up, to rehearse its loss. */
import type { Command } from "commander";
import {
  type CommonOptions,
  printJson,
  printLine,
  withCommonOptions,
  withExamples,
} from "../command-line.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";

export function addKill(program: Command): void {
  const command = program
    .command("kill")
    .description("kill a process at once (SIGKILL); it stays down until `meridian restart`")
    .argument("<name>", "a node (a1), a shipper (a-shipper), a nats-server (a-nats) or the WAN link (wan)");
  withCommonOptions(command);
  withExamples(command, [
    ["kill a1", "a storage node of dc-a"],
    ["kill b-shipper", "the shipper of dc-b"],
    ["kill a-nats", "the nats-server of dc-a"],
  ]);
  command.action(async (name: string, options: CommonOptions) => {
    const setup = await RunningSetup.connect(dataFolderOf(options.data));
    const killed = await setup.kill(name);
    if (options.json) printJson(killed);
    else
      printLine(
        `killed ${killed.name} (pid ${killed.pid}); \`meridian restart ${killed.name}\` brings it back`,
      );
  });
}
