/**
 * Proves that a drill's numbers are true: the lost writes that `dc-loss` lists are exactly those that an
 * independent log of acknowledgements says the survivor lacks (no more, no fewer), with the WAN cut
 * ahead, so that there are some, and without; and that a drill reports, exits and leaves the set-up as
 * it should: node-loss by the command line, a dry run, a set-up that is not whole.
 *
 * MERIDIAN_DRILL_SEEDS=10 MERIDIAN_DRILL_RATE=2000 runs the comparison over more seeds, and faster.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SetupStage } from "../../cli/drill/setup-stage.ts";
import { type DrillReport, reportSchema } from "../../cli/drill/report/report-schema.ts";
import { RunningSetup } from "../../cli/setup/running-setup.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { untilTrue } from "../process/until.ts";
import { runScenario } from "../process/rehearsal.ts";
import { Witness } from "../process/witness.ts";

const SEEDS = Number(process.env["MERIDIAN_DRILL_SEEDS"] ?? 1);
const RATE = Number(process.env["MERIDIAN_DRILL_RATE"] ?? 300);
const LOAD = { keys: 3000, reads: 0.2, hot: 0.8, namespace: "test", durationMs: 3000 };

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

async function loseDatacenter(
  seed: number,
  cutBeforeMs: number,
): Promise<{ drill: DrillReport; witness: Witness }> {
  const { datacenters } = stage;
  const [struck, survivor] = datacenters;
  if (struck === undefined || survivor === undefined) throw new Error("two datacenters were started");
  const witness = new Witness(stage, struck, survivor, (name) => deployment.hosts(name));
  const options = { ...LOAD, rate: RATE, seed, cutBeforeMs };
  const drill = await runScenario(witness.stage, "dc-loss", options);
  witness.dismiss();
  return { drill, witness };
}

test.for(Array.from({ length: SEEDS }, (_, index) => index + 1))(
  "dc-loss, seed %i: the listed writes are exactly those the independent log misses",
  { timeout: 240_000 },
  async (seed) => {
    for (const cutBeforeMs of [500, 0]) {
      const { drill, witness } = await loseDatacenter(seed, cutBeforeMs);
      expect(drill.failure).toBeNull();
      const [loss] = drill.losses;
      const listed = loss?.lost.map(({ key, number, generation }) => `${key} ${number} ${generation}`).sort();
      report(`dc-loss, WAN cut ${cutBeforeMs} ms ahead`, {
        acknowledged: witness.acknowledged.length,
        lost: loss?.writes ?? Number.NaN,
        "ms to the first success": drill.recoveries[0]?.firstSuccessMs ?? Number.NaN,
        "conflicts at the return": drill.conflicts.length,
      });
      expect(witness.missing).toBeDefined();
      expect(listed).toEqual(witness.missing);
      expect(loss?.writes).toBe(listed?.length);
      if (cutBeforeMs > 0) expect(loss?.writes).toBeGreaterThan(0);
      // The datacenter's own change logs say the same, before it serves again.
      const [returned] = drill.returned;
      expect(returned?.unknownPartitions).toBe(0);
      expect(returned?.notAmongThem).toEqual([]);
      const doubtful = drill.totals[0]?.inDoubt ?? 0;
      expect(returned?.orphans.length).toBeGreaterThanOrEqual(listed?.length ?? 0);
      expect(returned?.orphans.length).toBeLessThanOrEqual((listed?.length ?? 0) + doubtful);
      // Once the datacenter is back, each of them is there again or lost a conflict; nothing is gone.
      expect(drill.convergence?.verdict).toBe("equal");
      expect(drill.unexplained).toEqual([]);
      expect(loss?.lost.every(({ fate }) => fate !== null)).toBe(true);
      expect(drill.verdict.result).toBe("passed");
    }
  },
);

test("node-loss by the command line: a verdict, a page and JSON, and the set-up whole again", async () => {
  const result = await deployment.meridian(
    ...[
      "drill",
      "node-loss",
      "--rate",
      "300",
      "--keys",
      "2000",
      "--duration",
      "3s",
      "--rto",
      "30s",
      "--rpo",
      "0",
    ],
  );
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(result.stdout).toMatch(/^1\/5 load of 300 operations a second in dc-a/m);
  expect(result.stdout).toMatch(/^2\/5 kill -9 of a2 in dc-a/m);
  expect(result.stdout).toMatch(/^RTO, a2 killed: detected \d/m);
  expect(result.stdout).toMatch(/^node-loss: PASSED \(seed \d+; again: meridian drill node-loss --seed/m);
  const path = /^report: (.*)\.html and/m.exec(result.stdout)?.[1] ?? "";
  const written = reportSchema.parse(JSON.parse(readFileSync(`${path}.json`, "utf8")));
  expect(written.recoveries[0]).toMatchObject({ after: "a2 killed", kind: "fault" });
  expect(written.totals[0]?.applied).toBeGreaterThan(1000);
  const page = readFileSync(`${path}.html`, "utf8");
  expect(page).toContain("node-loss <span");
  expect(page).not.toMatch(/<script|src=|https?:\/\/(?!127)/);
  expect((await deployment.overview()).down).toEqual([]);
});

test("an objective that is missed is exit code 1", async () => {
  const result = await deployment.meridian(
    ...["drill", "node-loss", "--rate", "200", "--keys", "500", "--duration", "2s", "--rto", "1ms", "--json"],
  );
  expect(result.code).toBe(1);
  expect(reportSchema.parse(JSON.parse(result.stdout)).verdict.result).toBe("failed");
});

test("Ctrl-C breaks it off: everything is put back, and what was found is reported", async () => {
  const child = spawn(
    process.execPath,
    [
      ...[
        join(import.meta.dirname, "../../cli/meridian.ts"),
        "drill",
        "node-loss",
        "--data",
        deployment.folder,
      ],
      ...["--rate", "100", "--keys", "500", "--duration", "60s"],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ended = once(child, "exit");
  await untilTrue("the node to be killed", { timeoutMs: 60_000 }, async () =>
    (await deployment.overview()).down.includes("a2"),
  );
  child.kill("SIGINT");
  expect(await ended).toEqual([2, null]);
  expect(said).toMatch(/^put back: started: a2$/m);
  expect(said).toMatch(/^node-loss: INCONCLUSIVE/m);
  expect(said).toMatch(/^report: /m);
  expect((await deployment.overview()).down).toEqual([]);
});

test("a dry run lists the steps and does nothing", async () => {
  const before = existsSync(join(deployment.folder, "drills"));
  const pid = await deployment.pidOf("a1");
  const result = await deployment.meridian("drill", "dc-loss", "--dc", "dc-b", "--dry-run");
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(result.stdout).toMatch(/kill -9 of everything in dc-b.*\n.*send the load to dc-a/);
  expect(await deployment.pidOf("a1")).toBe(pid);
  expect(existsSync(join(deployment.folder, "drills"))).toBe(before);
});

test("a set-up that is not whole is left alone, and so is a scenario that is not known", async () => {
  await deployment.kill(["b2"]);
  const refused = await deployment.meridian("drill", "node-loss");
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/^meridian: a drill begins with a whole set-up, but b2 is down/);
  await deployment.restart(["b2"]);
  expect(await deployment.meridian("drill", "meteor")).toMatchObject({ code: 3 });
  expect(await deployment.meridian("drill", "dc-loss", "--dc", "dc-x")).toMatchObject({ code: 3 });
});
