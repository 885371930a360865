/** `meridian kill`: kill -9 of a process of the set-up, to rehearse its loss. */
import type { Command } from "commander";
import { composeArgument, printJson, printLine, withExamples } from "../command-line.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

export function addKill(program: Command): void {
  const command = program
    .command("kill")
    .description("kill a process at once (SIGKILL); it stays down until `meridian restart`")
    .argument(
      "<name>",
      "a node (a1), a shipper (a-shipper), a nats-server (a-nats) or the WAN link (wan, wan-link)",
    );
  withSetupOptions(command);
  withExamples(command, [
    ["kill a1", "a storage node of dc-a"],
    ["kill b-shipper", "the shipper of dc-b"],
    ["kill a-nats", "the nats-server of dc-a"],
    ["kill a1 --compose two-dc", "the container of a1"],
  ]);
  command.action(async (name: string, options: SetupChoice) => {
    const setup = await openSetup(options);
    for (const killed of await setup.kill([name])) {
      if (options.json) printJson(killed);
      else
        printLine(
          `killed ${killed.name}${killed.pid === null ? "" : ` (pid ${killed.pid})`}; ` +
            `\`meridian restart ${killed.name}${composeArgument(options.compose)}\` brings it back`,
        );
    }
  });
}
