/** `meridian drill`: rehearses a fault under load and reports what it cost, write by write. */
import { join } from "node:path";
import { Argument, type Command, InvalidArgumentError } from "commander";
import { MeridianError } from "../../common/errors.ts";
import {
  composeArgument,
  duration,
  EXIT,
  printJson,
  printLine,
  wholeNumber,
  withExamples,
} from "../command-line.ts";
import { DRILL_DEFAULTS, type DrillOptions } from "../drill/drill.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import { summaryLines } from "../drill/report/terminal.ts";
import type { Objectives } from "../drill/report/verdict.ts";
import { writeReport } from "../drill/report/write-report.ts";
import { planSteps, runDrill } from "../drill/run-drill.ts";
import { SCENARIOS, scenarioNamed } from "../drill/scenarios/catalogue.ts";
import { SetupStage } from "../drill/setup-stage.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";
import type { Setup } from "../setup/setup.ts";

interface DrillCommandOptions extends SetupChoice {
  readonly dc?: string;
  readonly rate: number;
  readonly keys: number;
  readonly reads: number;
  readonly hot: number;
  readonly duration: number;
  readonly seed?: number;
  readonly namespace: string;
  readonly cutBefore: number;
  readonly probeOnly?: boolean;
  readonly rto?: number;
  readonly rpo?: Objectives["rpo"];
  readonly dryRun?: boolean;
  readonly adopt?: boolean;
}

/** Beside users' own traffic: enough to see an outage, and no load. */
const PROBE = { rate: 50, keys: 500 };
const EXIT_OF: Record<DrillReport["verdict"]["result"], number> = {
  passed: EXIT.ok,
  failed: EXIT.negative,
  inconclusive: EXIT.inconclusive,
};

export function addDrill(program: Command): void {
  const command = program
    .command("drill")
    .description("rehearse a fault under load: what it costs, and every acknowledged write that it lost")
    .addArgument(new Argument("<scenario>", "what to rehearse").choices(SCENARIOS.map(({ name }) => name)))
    .option("--dc <name>", "the datacenter that is struck (default: the first)")
    .option(
      "--rate <n>",
      "operations a second in each loaded datacenter",
      wholeNumber(1, 20_000),
      DRILL_DEFAULTS.rate,
    )
    .option("--keys <n>", "keys that they are spread over", wholeNumber(1, 1_000_000), DRILL_DEFAULTS.keys)
    .option("--reads <percent>", "share of reads", wholeNumber(0, 100), DRILL_DEFAULTS.reads * 100)
    .option(
      "--hot <exponent>",
      "how much hotter hot keys are (Zipf's exponent; 0: all alike)",
      decimal(0, 2),
      DRILL_DEFAULTS.hot,
    )
    .option("--duration <time>", "how long each phase lasts, e.g. 10s", duration, DRILL_DEFAULTS.durationMs)
    .option("--seed <n>", "repeats a drill's choices", wholeNumber(0, 2 ** 31 - 1))
    .option("--namespace <name>", "namespace", DRILL_DEFAULTS.namespace)
    .option("--cut-before <time>", "dc-loss: the WAN is cut so long before the datacenter dies", duration, 0)
    .option("--probe-only", "send a few probes a second only, beside your own traffic")
    .option("--rto <time>", "objective: full rate within this time of a fault, e.g. 5s", duration)
    .option(
      "--rpo <writes|time>",
      "objective: acknowledged writes lost at most, or their age, e.g. 0 or 2s",
      rpo,
    )
    .option("--dry-run", "say what would be done, and do nothing")
    .option("--adopt", "also on containers that `meridian up` did not start: they are there to be broken");
  withSetupOptions(command);
  withExamples(command, [
    ["drill node-loss --rto 2s", "a node dies under 500 operations a second; exit code 1 above 2 s"],
    ["drill dc-loss --rate 2000 --cut-before 500ms", "dc-a is lost; the list of the writes lost with it"],
    ["drill dc-loss --dry-run", "the steps, one by one"],
    ["drill bus-loss --compose two-dc", "on the containers of `meridian up --compose two-dc`"],
  ]);
  command.addHelpText(
    "after",
    `\nScenarios:\n${SCENARIOS.map(({ name, summary }) => `  ${name.padEnd(16)} ${summary}`).join("\n")}`,
  );
  command.action(drill);
}

async function drill(name: string, given: DrillCommandOptions): Promise<void> {
  const scenario = scenarioNamed(name);
  const setup = await openSetup(given);
  const stage = new SetupStage(setup);
  const options = drillOptions(given);
  const steps = planSteps(scenario, stage, options, given.dc);
  if (given.dryRun) {
    for (const [index, { say }] of steps.entries()) printLine(`${index + 1}/${steps.length} ${say}`);
    return;
  }
  if (given.adopt !== true) checkOurs(setup);
  const say = (line: string): void => {
    if (given.json) process.stderr.write(`${line}\n`);
    else printLine(line);
  };
  const stop = new AbortController();
  const onSignal = (): void => {
    say("asked to stop: putting everything back");
    stop.abort(new MeridianError("SHUTTING_DOWN", "stopped by the user"));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  try {
    const objectives: Objectives = { rtoMs: given.rto, rpo: given.rpo };
    const repeat = repeatLine(name, given, options);
    const request = { scenario, stage, options, objectives, repeat, events: { say, signal: stop.signal } };
    const report = await runDrill(request, steps);
    const path = writeReport(join(setup.folder, "drills"), report);
    if (given.json) printJson(report);
    else for (const line of summaryLines(report)) printLine(line);
    say(`report: ${path}.html and ${path}.json`);
    process.exitCode = EXIT_OF[report.verdict.result];
  } finally {
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  }
}

/** Throws BAD_REQUEST for what others started: it may be in use. */
function checkOurs({ title, foreign }: Setup): void {
  if (foreign.length === 0) return;
  throw new MeridianError(
    "BAD_REQUEST",
    `\`meridian up\` did not start ${foreign.join(", ")} of the ${title}: a drill kills, cuts and deletes, so ` +
      "they are left alone. If nobody needs them, say --adopt",
  );
}

function drillOptions(given: DrillCommandOptions): DrillOptions {
  const { rate, keys } = given.probeOnly ? PROBE : given;
  return {
    ...{ rate, keys, reads: given.reads / 100, hot: given.hot, namespace: given.namespace },
    durationMs: given.duration,
    cutBeforeMs: given.cutBefore,
    seed: given.seed ?? Math.floor(Math.random() * 2 ** 31),
  };
}

function repeatLine(name: string, given: DrillCommandOptions, options: DrillOptions): string {
  const words = [
    `meridian drill ${name} --seed ${options.seed} --rate ${options.rate} --keys ${options.keys}`,
    `--reads ${given.reads} --hot ${options.hot} --duration ${options.durationMs}ms`,
    ...(options.cutBeforeMs === 0 ? [] : [`--cut-before ${options.cutBeforeMs}ms`]),
    ...(given.dc === undefined ? [] : [`--dc ${given.dc}`]),
    ...(given.namespace === DRILL_DEFAULTS.namespace ? [] : [`--namespace ${given.namespace}`]),
    ...(given.adopt === true ? ["--adopt"] : []),
  ];
  return `${words.join(" ")}${composeArgument(given.compose)}`;
}

function rpo(text: string): NonNullable<Objectives["rpo"]> {
  if (/^\d+$/.test(text)) return { writes: Number(text) };
  return { ageMs: duration(text) };
}

function decimal(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A number from ${least} to ${most} is needed`);
  };
}
