/** `meridian ledger`: how the changes of each datacenter have ended in every other one. */
import type { Command } from "commander";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { namespacesOf } from "../failover/namespaces.ts";
import { renderLedger } from "../ledger/render-ledger.ts";
import { takeLedger } from "../ledger/take-ledger.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface LedgerOptions extends SetupChoice {
  readonly namespace?: string;
}

export function addLedger(program: Command): void {
  const command = program
    .command("ledger")
    .description(
      "show per link and namespace how every change has ended: applied, superseded, won or lost a " +
        "conflict, parked, recovered by a scan, filtered; what is unaccounted for must be 0",
    )
    .option("--namespace <name>", "only this namespace (default: all)");
  withSetupOptions(command);
  withExamples(command, [
    ["ledger", "exit code 0: balanced, 1: changes are unaccounted for, 2: some nodes do not answer"],
    ["ledger --json", "for programs, with the partitions that do not balance"],
    ["ledger --compose two-dc", "of the containers of `meridian up`"],
  ]);
  command.action(async (options: LedgerOptions) => {
    const { datacenters } = await openSetup(options);
    const namespaces =
      options.namespace === undefined ? await namespacesOf(datacenters) : [options.namespace];
    const ledger = await takeLedger(datacenters, namespaces);
    const balanced = ledger.complete ? EXIT.ok : EXIT.inconclusive;
    process.exitCode = ledger.unaccounted === 0 ? balanced : EXIT.negative;
    if (options.json) printJson(ledger);
    else printLine(renderLedger(ledger));
  });
}
