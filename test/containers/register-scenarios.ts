/**
 * Drills that every compose file of several datacenters must pass, each judged by an independent witness
 * (container-drills.ts); what is particular to one of them is held here, too.
 */
import { beforeEach, describe, expect, test, type TestContext } from "vitest";
import type { Stage } from "../../cli/drill/stage.ts";
import { nodeStatusSchema } from "../../cli/overview/process-status.ts";
import { askAdmin } from "../../cli/setup/admin-client.ts";
import type { SetupDatacenter } from "../../cli/setup/setup.ts";
import { lagMost } from "../process/rehearsal.ts";
import type { ContainerDrills } from "./container-drills.ts";

/** Draws a shipper killed, a node frozen, a slow WAN and a lost bus. */
const SEED = 76;

export interface ScenarioNames {
  /** Of dc-b, and the servers of dc-a's NATS, as a drill names them. */
  readonly shippers: string;
  readonly nats: string;
  /** Changes that wait at least while the WAN is cut. */
  readonly waiting: number;
  /** At the beginning of each test. */
  readonly first?: (context: TestContext) => void;
}

/** The set-up is up when the tests run, and whole after each. */
export function registerScenarios(drills: ContainerDrills, names: ScenarioNames): void {
  describe("scenarios", () => {
    beforeEach((context) => names.first?.(context));
    registerAll(drills, names);
  });
}

function registerAll(drills: ContainerDrills, names: ScenarioNames): void {
  test("wan-cut: both went on, and something waited", async ({ signal }) => {
    expect(lagMost(await drills.run("wan-cut", "one", signal))).toBeGreaterThan(names.waiting);
  });

  test("wan-slow: the lag is that of the WAN", async ({ signal }) => {
    const { lags, marks } = await drills.run("wan-slow", "several", signal);
    const [fault, repair] = marks.filter(({ kind }) => kind !== "load");
    const during = lags.flatMap(({ points }) =>
      points.filter(({ atMs }) => atMs > (fault?.atMs ?? 0) + 500 && atMs < (repair?.atMs ?? 0)),
    );
    expect(Math.max(...during.map(({ lagMs }) => lagMs ?? 0))).toBeGreaterThan(80);
  });

  test("rolling-restart: every node in order, and no acknowledged write is gone", async ({ signal }) => {
    const { recoveries } = await drills.run("rolling-restart", "one", signal);
    expect(recoveries.map(({ after }) => after)).toEqual(
      ["a1", "a2", "a3"].map((name) => `${name} restarted`),
    );
  });

  test("switchover: nothing lost", async ({ signal }) => {
    const { losses } = await drills.run("switchover", "one", signal);
    expect(losses.map(({ origin, writes }) => [origin, writes])).toEqual([["dc-a", 0]]);
  });

  test("failback: nothing lost on either way", async ({ signal }) => {
    const { losses } = await drills.run("failback", "one", signal);
    expect(losses.map(({ origin, writes }) => [origin, writes])).toEqual([
      ["dc-a", 0],
      ["dc-b", 0],
    ]);
  });

  test("clock-skew: all nodes have it at once, and no longer when it is put right", async ({ signal }) => {
    /** Hundreds of seconds that each node of dc-a is ahead of one of dc-b, by what they say themselves. */
    const skews: number[][] = [];
    const watched = (inner: Stage): Stage => {
      const [a, b] = inner.datacenters;
      if (a === undefined || b === undefined) throw new Error("two datacenters were started");
      const setClockOffset = async (datacenter: SetupDatacenter, offsetMs: number): Promise<void> => {
        await inner.setClockOffset(datacenter, offsetMs);
        const [right = Number.NaN] = await secondsOf(b);
        skews.push((await secondsOf(a)).map((seconds) => Math.round((seconds - right) / 100)));
      };
      return { ...inner, setClockOffset };
    };
    await drills.run("clock-skew", "several", signal, { on: watched });
    expect(skews).toEqual([
      [3, 3, 3],
      [0, 0, 0],
    ]);
  });

  test("random: a shipper killed, a node frozen, a slow WAN and a lost bus, as the seed draws them", async ({
    signal,
  }) => {
    const { steps } = await drills.run("random", "several", signal, { seed: SEED });
    const incidents = [
      `kill -9 of ${names.shippers};`,
      "freeze b2 ",
      "slow the WAN ",
      `kill -9 of ${names.nats}, delete `,
    ];
    expect(steps.slice(1, -1).map(({ say }, index) => say.startsWith(incidents[index] ?? say))).toEqual(
      incidents.map(() => true),
    );
  });
}

/** What each node says that its clock shows. */
async function secondsOf({ nodes }: SetupDatacenter): Promise<number[]> {
  return await Promise.all(
    nodes.map(async ({ adminPort }) => {
      return (await askAdmin(`http://127.0.0.1:${adminPort}/status`, nodeStatusSchema)).nowVoidTime;
    }),
  );
}
