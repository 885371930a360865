/** Runs a drill on a set-up of the module: what it found is returned, and what it broke is put back. */
import { type DrillOptions, DRILL_DEFAULTS } from "../drill/drill.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import type { Objectives } from "../drill/report/verdict.ts";
import { writeReport } from "../drill/report/write-report.ts";
import { planSteps, runDrill } from "../drill/run-drill.ts";
import { scenarioNamed } from "../drill/scenarios/catalogue.ts";
import { SetupStage } from "../drill/setup-stage.ts";
import type { Setup } from "../setup/setup.ts";

/** What `meridian drill` takes as options; docs/drills.md tells of each. */
export interface RehearsalOptions extends Partial<DrillOptions>, Objectives {
  /** The one that is struck; the first by default. */
  readonly datacenter?: string | undefined;
  /** Where the report is written as well, as a page and as JSON. */
  readonly folder?: string | undefined;
  /** Told each step before it is done. */
  readonly onStep?: ((line: string) => void) | undefined;
  /** Breaks it off; everything is put back. */
  readonly signal?: AbortSignal | undefined;
}

export async function rehearse(
  setup: Setup,
  name: string,
  { datacenter, folder, onStep, signal, rtoMs, rpo, ...chosen }: RehearsalOptions,
): Promise<DrillReport> {
  const scenario = scenarioNamed(name);
  const stage = new SetupStage(setup);
  const options: DrillOptions = { ...DRILL_DEFAULTS, seed: Math.floor(Math.random() * 2 ** 31), ...chosen };
  const steps = planSteps(scenario, stage, options, datacenter);
  const events = { say: onStep ?? (() => undefined), signal: signal ?? new AbortController().signal };
  const repeat = `drill("${name}", ${JSON.stringify({ ...options, datacenter })})`;
  try {
    const request = { scenario, stage, options, objectives: { rtoMs, rpo }, repeat, events };
    const report = await runDrill(request, steps);
    if (folder !== undefined) writeReport(folder, report);
    return report;
  } finally {
    await stage.disconnect();
  }
}
