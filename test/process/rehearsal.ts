/** Drills run in a test's own process: what they report, and that they leave the set-up whole. */
import { expect } from "vitest";
import type { DrillOptions } from "../../cli/drill/drill.ts";
import type { DrillReport } from "../../cli/drill/report/report-schema.ts";
import { planSteps, runDrill } from "../../cli/drill/run-drill.ts";
import { scenarioNamed } from "../../cli/drill/scenarios/catalogue.ts";
import type { Stage } from "../../cli/drill/stage.ts";
import { report } from "./figures.ts";

/** Runs a scenario, without objectives; `say` is told each step. */
export async function runScenario(
  stage: Stage,
  name: string,
  options: DrillOptions,
  say: (line: string) => void = () => undefined,
  signal: AbortSignal = new AbortController().signal,
): Promise<DrillReport> {
  const scenario = scenarioNamed(name);
  const events = { say, signal };
  const request = { scenario, stage, options, objectives: {}, repeat: "", events };
  return await runDrill(request, planSteps(scenario, stage, options));
}

/**
 * The same, with its figures printed; fails unless it held what it promises and everything runs again.
 * `signal`: the test's, so that a drill whose test is over puts back what it broke before the next one.
 */
export async function rehearse(
  stage: Stage,
  name: string,
  options: DrillOptions,
  signal?: AbortSignal,
): Promise<DrillReport> {
  const said: string[] = [];
  const drill = await runScenario(stage, name, options, (line) => said.push(line), signal);
  report(name, {
    applied: drill.totals.reduce((sum, { applied }) => sum + applied, 0),
    failed: drill.totals.reduce((sum, { refused, inDoubt }) => sum + refused + inDoubt, 0),
    lost: drill.losses[0]?.writes ?? Number.NaN,
    "keys in conflict": drill.conflicts.length,
    "ms in all": drill.durationMs,
  });
  const { result, checks } = drill.verdict;
  const notHeld = checks.filter(({ held }) => held !== true);
  expect({ result, notHeld }, said.join("\n")).toEqual({ result: "passed", notHeld: [] });
  // Throws otherwise.
  await stage.checkWhole();
  return drill;
}

/** Most records that any datacenter was behind. */
export function lagMost({ lags }: DrillReport): number {
  return Math.max(...lags.flatMap(({ points }) => points.map(({ records }) => records ?? 0)));
}
