/** `meridian switchover`: moves the writes of one datacenter to another one, without losing any. */
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type CommonOptions,
  EXIT,
  printJson,
  printLine,
  withLocalOptions,
  withExamples,
} from "../command-line.ts";
import { type SwitchoverOutcome, switchOver } from "../failover/switchover.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { dataFolderOf, RunningSetup } from "../setup/running-setup.ts";

interface SwitchoverCommandOptions extends CommonOptions {
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
        .argParser(durationMs)
        .default(durationMs(TIMEOUT_DEFAULT), TIMEOUT_DEFAULT),
    );
  withLocalOptions(command);
  withExamples(command, [
    ["switchover dc-a dc-b", "exit 0: done, nothing lost; exit 1: called off, dc-a takes writes again"],
    ["switchover dc-a dc-b --timeout 3s", "rather call it off than be closed for longer than 3 s"],
  ]);
  command.action(async (from: string, to: string, options: SwitchoverCommandOptions) => {
    const { layout } = await RunningSetup.connect(dataFolderOf(options.data));
    const interruption = new AbortController();
    const interrupt = (): void => interruption.abort();
    process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
    const outcome = await switchOver(datacenterNamed(layout, from), datacenterNamed(layout, to), {
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

/** `10s`, `500ms`, `2m` as milliseconds. */
function durationMs(text: string): number {
  const match = /^(\d{1,7})(ms|s|m)$/.exec(text);
  const factor = { ms: 1, s: 1000, m: 60_000 }[match?.[2] ?? ""];
  if (match !== null && factor !== undefined) return Number(match[1]) * factor;
  throw new InvalidArgumentError("A duration such as 500ms, 10s or 2m is needed");
}
