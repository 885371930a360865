/**
 * Runs a scenario from its first step to the report. Whatever happens in between, what the drill
 * changed is put back, and what it found until then is reported.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { Drill, type DrillEvents, type DrillOptions } from "./drill.ts";
import { buildReport } from "./report/build-report.ts";
import { type DrillReport, reportSchema } from "./report/report-schema.ts";
import type { Objectives } from "./report/verdict.ts";
import type { Cast, Scenario, Step } from "./scenario.ts";
import { SCENARIOS } from "./scenarios/catalogue.ts";
import type { Stage } from "./stage.ts";

export interface DrillRequest {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly options: DrillOptions;
  readonly objectives: Objectives;
  /** The command that repeats it. */
  readonly repeat: string;
  readonly events: DrillEvents;
}

/** The steps of a scenario on a stage: nothing is done yet. CONFIG_INVALID says which fit here instead. */
export function planSteps(
  scenario: Scenario,
  stage: Pick<Stage, "datacenters">,
  options: DrillOptions,
  struck?: string,
): readonly Step[] {
  const { datacenters } = stage;
  if (datacenters.length < scenario.datacentersLeast) {
    const here = datacenters.map(({ name }) => name).join(", ");
    const fitting = SCENARIOS.filter(({ datacentersLeast }) => datacentersLeast <= datacenters.length);
    throw new MeridianError(
      "CONFIG_INVALID",
      `${scenario.name} needs ${scenario.datacentersLeast} datacenters, and here is ${here} only; ` +
        `what fits: ${fitting.map(({ name }) => name).join(", ")}`,
    );
  }
  const first = struck === undefined ? datacenters[0] : datacenters.find(({ name }) => name === struck);
  if (first === undefined) {
    const names = datacenters.map(({ name }) => name).join(", ");
    throw new MeridianError("NOT_FOUND", `no datacenter ${struck} here; there are: ${names}`);
  }
  const cast: Cast = { datacenters, struck: first, other: datacenters.find((one) => one !== first) };
  return scenario.steps(cast, options);
}

export async function runDrill(request: DrillRequest, steps: readonly Step[]): Promise<DrillReport> {
  const { stage, options, events, scenario } = request;
  await stage.checkWhole();
  const drill = new Drill(stage, options, events);
  const done: { say: string; atMs: number; endMs: number | null }[] = [];
  let failure: string | null = null;
  // Without clients there is nothing to report of, and nothing was changed yet.
  await drill.open();
  try {
    for (const [index, step] of steps.entries()) {
      events.signal.throwIfAborted();
      events.say(`${index + 1}/${steps.length} ${step.say}`);
      const entry: (typeof done)[number] = { say: step.say, atMs: Math.round(drill.nowMs()), endMs: null };
      done.push(entry);
      await step.run(drill);
      entry.endMs = Math.round(drill.nowMs());
    }
  } catch (error) {
    // What operates wrongly is a finding; a bug of ours is passed on, after the clean-up.
    if (!(error instanceof MeridianError)) throw error;
    failure = errorMessage(error);
    events.say(`broken off: ${failure}`);
  } finally {
    const left = await putBack(stage, events);
    if (left !== null) failure = failure === null ? left : `${failure}; ${left}`;
    await drill.settle();
  }
  const { repeat, objectives } = request;
  const report = await buildReport(drill, { scenario, steps: done, failure, repeat, objectives });
  // By its own schema: what is returned and written is what others may rely on.
  return reportSchema.parse(report);
}

/** Says what was put back; returns what was not. */
async function putBack(stage: Stage, events: DrillEvents): Promise<string | null> {
  try {
    for (const line of await stage.restore()) events.say(`put back: ${line}`);
    return null;
  } catch (error) {
    if (!(error instanceof MeridianError)) throw error;
    const left = `not all was put back: ${error.message}`;
    events.say(left);
    return left;
  }
}
