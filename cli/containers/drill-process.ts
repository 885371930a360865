/**
 * The process of one drill (rehearse.ts). It ends with the drill, and the official clients in it do as well:
 * they need no closing, which the client cannot do safely (rehearse.ts says why).
 */
import { getContainerRuntimeClient } from "testcontainers";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { type DrillOptions, DRILL_DEFAULTS } from "../drill/drill.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import { writeReport } from "../drill/report/write-report.ts";
import { planSteps, runDrill } from "../drill/run-drill.ts";
import { scenarioNamed } from "../drill/scenarios/catalogue.ts";
import { SetupStage } from "../drill/setup-stage.ts";
import type { DrillOrder, FromDrill, ToDrill } from "./drill-order.ts";
import { plannedSetup } from "./planned-setup.ts";
import { RuntimeEngine } from "./runtime-engine.ts";

const stop = new AbortController();

process.on("message", (message: ToDrill) => {
  if ("abort" in message) stop.abort(new MeridianError("SHUTTING_DOWN", message.abort));
  else void obey(message.order);
});
// The test's process is gone: what was broken is put back before this one goes, too.
process.once("disconnect", () => stop.abort(new MeridianError("SHUTTING_DOWN", "the test's process ended")));

async function obey(order: DrillOrder): Promise<void> {
  try {
    await tell({ report: await rehearse(order) });
  } catch (error) {
    const code = error instanceof MeridianError ? error.code : undefined;
    await tell({ failure: { code, message: errorMessage(error) } });
  }
  process.exit();
}

async function rehearse({ running, scenario: name, options: asked }: DrillOrder): Promise<DrillReport> {
  const { datacenter, folder, rtoMs, rpo, ...chosen } = asked;
  const scenario = scenarioNamed(name);
  const { container } = await getContainerRuntimeClient();
  const stage = new SetupStage(plannedSetup(running, new RuntimeEngine(container, running.labels)));
  const options: DrillOptions = { ...DRILL_DEFAULTS, seed: Math.floor(Math.random() * 2 ** 31), ...chosen };
  const steps = planSteps(scenario, stage, options, datacenter);
  const say = (step: string): void => void tell({ step });
  const repeat = `drill("${name}", ${JSON.stringify({ ...options, datacenter })})`;
  const request = { scenario, stage, options, objectives: { rtoMs, rpo }, repeat };
  const report = await runDrill({ ...request, events: { say, signal: stop.signal } }, steps);
  if (folder !== undefined) writeReport(folder, report);
  return report;
}

/** Resolves when it is sent, or nobody is there any more. */
function tell(message: FromDrill): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) resolve();
    else process.send?.(message, undefined, {}, () => resolve());
  });
}
