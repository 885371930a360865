/** `meridian switchover`: moves the writes of one datacenter to another one, without losing any. */
import { type Command, Option } from "commander";
import { type CommonOptions, duration, EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { type SwitchoverOutcome, switchOver } from "../failover/switchover.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface SwitchoverCommandOptions extends SetupChoice {
  /** Milliseconds. */
  readonly timeout: number;
}

const TIMEOUT_DEFAULT = "10s";

export function addSwitchover(program: Command): void {
  const command = program
    .command("switchover")
    .description(
      "move writes from one datacenter to another without losing any: fence the old one, wait until the " +
        "new one has durably applied everything, open the new one; called off, and the old one opened " +
        "again, when that is not reached in time",
    )
    .argument("<from>", "the datacenter whose writes end, e.g. dc-a")
    .argument("<to>", "the datacenter that takes over, e.g. dc-b")
    .addOption(
      new Option("--timeout <duration>", "how long the old one may stay closed before it is called off")
        .argParser(duration)
        .default(duration(TIMEOUT_DEFAULT), TIMEOUT_DEFAULT),
    );
  withSetupOptions(command);
  withExamples(command, [
    ["switchover dc-a dc-b", "exit 0: done, nothing lost; exit 1: called off, dc-a takes writes again"],
    ["switchover dc-a dc-b --timeout 3s", "rather call it off than be closed for longer than 3 s"],
    ["switchover dc-a dc-b --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
  ]);
  command.action(async (from: string, to: string, options: SwitchoverCommandOptions) => {
    const setup = await openSetup(options);
    const interruption = new AbortController();
    const interrupt = (): void => interruption.abort();
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    const outcome = await switchOver(datacenterNamed(setup, from), datacenterNamed(setup, to), {
      timeoutMs: options.timeout,
      onStep: (step) => {
        if (!options.json) printLine(step);
      },
      signal: interruption.signal,
    });
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    show(outcome, options);
  });
}

function show(outcome: SwitchoverOutcome, options: CommonOptions): void {
  process.exitCode = outcome.done ? EXIT.ok : EXIT.negative;
  if (options.json) {
    printJson(outcome);
    return;
  }
  const { from, to, seconds, secondsWithoutWrites, reopened, foundFrom } = outcome;
  const closed = `${secondsWithoutWrites.toFixed(2)} s without a datacenter that takes writes`;
  if (outcome.done) {
    printLine(
      `${to} has everything of ${from} and is open; ${from} refuses writes (${seconds.toFixed(2)} s)`,
    );
    printLine(closed);
    return;
  }
  if (reopened && foundFrom !== "open") {
    printLine(`called off: ${from} is fenced as it was before`);
    return;
  }
  printLine(
    reopened
      ? `called off: ${from} takes writes again; ${closed}`
      : `called off: ${from} was ordered open, but not every partition of it is: \`meridian status\``,
  );
}
