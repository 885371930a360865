/**
 * Proves that every scenario runs to its end on real processes under load, that it holds what it
 * promises (datacenters equal at the end, no acknowledged write gone), that what it is about really
 * happened, and that it leaves the set-up as it found it.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { SetupStage } from "../../cli/drill/setup-stage.ts";
import { planSteps } from "../../cli/drill/run-drill.ts";
import { scenarioNamed } from "../../cli/drill/scenarios/catalogue.ts";
import type { DrillReport } from "../../cli/drill/report/report-schema.ts";
import { RunningSetup } from "../../cli/setup/running-setup.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { lagMost, rehearse as rehearseOn } from "../process/rehearsal.ts";

const OPTIONS = {
  ...{ rate: 200, keys: 1000, reads: 0.2, hot: 0.8, durationMs: 2000, seed: 3 },
  ...{ namespace: "test", cutBeforeMs: 0 },
};

let deployment: Deployment;
let stage: SetupStage;
beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
  stage = new SetupStage(await RunningSetup.connect(deployment.folder));
});
afterAll(async () => {
  await deployment?.dispose();
});

const rehearse = (name: string): Promise<DrillReport> => rehearseOn(stage, name, OPTIONS);

test("rolling-restart", async () => {
  const drill = await rehearse("rolling-restart");
  expect(drill.recoveries.map(({ after }) => after)).toEqual(["a1 restarted", "a2 restarted"]);
});

test("wan-cut: both went on, and something waited", async () => {
  const drill = await rehearse("wan-cut");
  expect(lagMost(drill)).toBeGreaterThan(100);
  expect(drill.conflicts).toEqual([]);
});

test("split-brain: conflicts with winner and losers", async () => {
  const { conflicts } = await rehearse("split-brain");
  expect(conflicts.length).toBeGreaterThan(0);
  for (const { winner, record, losers } of conflicts) {
    expect(record.version?.generation).toBeGreaterThan(0);
    expect(losers.length).toBeGreaterThan(0);
    expect(losers.every(({ datacenter }) => datacenter !== winner)).toBe(true);
  }
});

test("wan-slow: the lag is that of the WAN", async () => {
  const drill = await rehearse("wan-slow");
  const during = drill.lags.flatMap(({ points }) =>
    points.filter(({ atMs }) => atMs > (drill.marks.find(({ kind }) => kind === "fault")?.atMs ?? 0) + 500),
  );
  expect(Math.max(...during.map(({ lagMs }) => lagMs ?? 0))).toBeGreaterThan(80);
});

test("bus-loss", async () => {
  expect(lagMost(await rehearse("bus-loss"))).toBeGreaterThan(100);
});

test("switchover: nothing lost, and writes closed for less than 5 s", async () => {
  const drill = await rehearse("switchover");
  expect(drill.losses.map(({ writes }) => writes)).toEqual([0]);
  expect(drill.recoveries[0]?.fullRateMs).toBeLessThan(5000);
});

test("failback: nothing lost on either way, and only changes shipped", async () => {
  // By now both have thousands of records of earlier drills.
  const arrivedBefore = await arrived();
  const drill = await rehearse("failback");
  expect(drill.losses.map(({ origin, writes }) => [origin, writes])).toEqual([
    ["dc-a", 0],
    ["dc-b", 0],
  ]);
  const written = drill.totals.reduce((sum, { applied, inDoubt }) => sum + applied + inDoubt, 0);
  const changes = (await arrived()) - arrivedBefore;
  report("failback", { written, "changes that arrived": changes });
  expect(changes).toBeGreaterThan(0);
  expect(changes).toBeLessThanOrEqual(written);
});

/** Changes that have arrived in either datacenter so far, whatever became of them. */
async function arrived(): Promise<number> {
  const { datacenters } = await deployment.overview();
  const all = datacenters.flatMap(({ namespaces }) => namespaces.map(({ counters }) => counters));
  return all.reduce((sum, { applied, superseded, conflictWon, conflictLost, duplicate }) => {
    return sum + applied + superseded + conflictWon + conflictLost + duplicate;
  }, 0);
}

test("clock-skew", async () => {
  const drill = await rehearse("clock-skew");
  expect(drill.marks.map(({ label }) => label)).toContain("clock of dc-a ahead");
});

test("random: the seed names its incidents", async () => {
  const plan = (seed: number): string[] =>
    planSteps(scenarioNamed("random"), stage, { ...OPTIONS, seed }).map(({ say }) => say);
  expect(plan(3)).toEqual(plan(3));
  expect(plan(3)).not.toEqual(plan(4));
  await rehearse("random");
});
