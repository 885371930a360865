/** `meridian failover`: declares a datacenter lost, so that nothing of it comes back unlisted. */
import { type Command, Option } from "commander";
import { composeArgument, EXIT, printJson, printLine, withExamples, withWait } from "../command-line.ts";
import { declareLost, type FailoverOutcome, type FailoverPlan, planFailover } from "../failover/failover.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface FailoverCommandOptions extends SetupChoice {
  readonly to: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly wait: number;
}

const WAIT_SECONDS_DEFAULT = 30;

export function addFailover(program: Command): void {
  const command = program
    .command("failover")
    .description(
      "declare a datacenter lost: every other one that can be reached shuts its changes out until they are " +
        "listed, and the one that takes over is opened if it was fenced; a lost one that comes back, however, " +
        "closes itself",
    )
    .argument("<datacenter>", "the one that is lost, e.g. dc-a")
    .requiredOption("--to <datacenter>", "the one that takes over, e.g. dc-b")
    .addOption(
      new Option("--force", "although nodes of the lost one answer: they close at the first contact"),
    )
    .addOption(new Option("--dry-run", "only say what it would do"));
  withSetupOptions(withWait(command, "it holds everywhere", [0, 3600], WAIT_SECONDS_DEFAULT));
  withExamples(command, [
    ["failover dc-a --to dc-b", "exit 0: it holds everywhere; 2: not yet, or somebody could not be told"],
    ["failover dc-a --to dc-b --dry-run", "what it would do, and what speaks against it"],
    ["failover dc-a --to dc-b --compose two-dc", "of the containers of `meridian up --compose two-dc`"],
  ]);
  command.action(async (name: string, options: FailoverCommandOptions) => {
    const setup = await openSetup(options);
    const lost = datacenterNamed(setup, name);
    const others = setup.datacenters.filter((other) => other !== lost);
    const to = datacenterNamed(setup, options.to);
    const plan = await planFailover(lost, to, others, { force: options.force === true });
    if (options.dryRun) {
      if (options.json) printJson(viewOf(plan));
      else for (const line of stepsOf(plan)) printLine(line);
      return;
    }
    const outcome = await declareLost(plan, {
      timeoutMs: options.wait * 1000,
      onStep: (step) => {
        if (!options.json) printLine(step);
      },
    });
    process.exitCode = outcome.done ? EXIT.ok : EXIT.inconclusive;
    if (options.json) printJson({ ...outcome, answering: plan.answering });
    else show(outcome, composeArgument(options.compose));
  });
}

function viewOf({ lost, to, answering, standing, opens }: FailoverPlan): unknown {
  return {
    lost: lost.name,
    to: to.name,
    answering,
    shutOutOf: standing.reachable.map(({ datacenter, shutOut }) => ({
      datacenter: datacenter.name,
      already: shutOut !== undefined,
    })),
    untold: standing.unreachable,
    opens,
  };
}

function stepsOf({ lost, to, answering, standing, opens }: FailoverPlan): string[] {
  return [
    ...(answering.length > 0 ? [`${answering.join(", ")} of ${lost.name} answer`] : []),
    ...standing.reachable.map(({ datacenter: { name }, shutOut }) =>
      shutOut === undefined
        ? `shut ${lost.name} out of ${name}: none of its changes is applied there any more`
        : `${lost.name} is shut out of ${name} already, since ${new Date(shutOut.sinceMs).toISOString()}`,
    ),
    ...standing.unreachable.map(({ name, reason }) => `${name} cannot be told: ${reason}`),
    opens ? `open ${to.name}, which is fenced` : `${to.name} is open`,
  ];
}

function show({ lost, to, told, untold, opened, seconds }: FailoverOutcome, here: string): void {
  for (const { datacenter, holds, unconfirmed } of told) {
    if (holds) {
      printLine(`${lost} is shut out of ${datacenter} (after ${seconds.toFixed(1)} s)`);
      continue;
    }
    printLine(`${datacenter}: the order stands, but not everybody vouches for it yet:`);
    for (const { node, partitions, reason } of unconfirmed) {
      printLine(`  ${node ?? "no node"}: ${partitions} partitions, ${reason}`);
    }
  }
  for (const { name, reason } of untold) {
    printLine(`${name} could not be told, and applies what comes of ${lost}: run it again (${reason})`);
  }
  if (opened === false) printLine(`${to} is not open in all partitions: run it again`);
  else printLine(`${to} takes writes: point the applications at it`);
  printLine(`When ${lost} is back, it closes itself. Then:`);
  printLine(`  meridian orphans ${lost} --survivor ${to}${here}   what ${to} goes on without`);
  printLine(`  meridian unfence ${lost}${here}   merges that, once it is listed; or`);
  printLine(`  meridian reseed ${lost} --from ${to} --keep-orphans orphans.jsonl${here}   keeps it aside`);
}
