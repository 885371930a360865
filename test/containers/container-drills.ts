/**
 * Drills on a running set-up of containers, in the test's own process: what they report is held against what
 * an independent witness saw of the first datacenter's clients and of the records in the end.
 */
import { expect } from "vitest";
import type { DrillReport } from "../../cli/drill/report/report-schema.ts";
import { SetupStage } from "../../cli/drill/setup-stage.ts";
import type { Stage } from "../../cli/drill/stage.ts";
import { rehearse } from "../process/rehearsal.ts";
import { Witness } from "../process/witness.ts";
import type { ComposeSetup } from "./compose-setup.ts";

/** Writes only: so the report counts what the witness counts. */
const LOAD = { keys: 500, reads: 0, hot: 0.8, namespace: "test", durationMs: 1500, seed: 3 };
/** Operations a second in each datacenter. */
const RATE = 150;

/** Keys are written by one datacenter at a time, or by several at once, whose writes lose conflicts then. */
type Writers = "one" | "several";

export class ContainerDrills {
  readonly #setup: ComposeSetup;
  readonly #rate: number;
  #stage: SetupStage | undefined;

  constructor(setup: ComposeSetup, rate = RATE) {
    this.#setup = setup;
    this.#rate = rate;
  }

  /** The same load for the command line. */
  get loadArguments(): string[] {
    const { keys, durationMs, seed } = LOAD;
    const load = { rate: this.#rate, keys, duration: `${durationMs}ms`, seed };
    return Object.entries(load).flatMap(([name, value]) => [`--${name}`, String(value)]);
  }

  /**
   * Runs a scenario, which must pass, leave everything running, and tell the truth: as many acknowledged
   * writes as the witness counts, of which the datacenters lack none in the end but those that lost a
   * conflict. `signal`: the test's. `on` may stand between the drill and the stage, whose methods it may
   * spread.
   */
  async run(
    name: string,
    writers: Writers,
    signal: AbortSignal,
    { cutBeforeMs = 0, seed = LOAD.seed, on = (stage: Stage) => stage } = {},
  ): Promise<DrillReport> {
    this.#stage ??= new SetupStage(await this.#setup.connect());
    const { datacenters } = this.#stage;
    const [struck, survivor] = datacenters;
    if (struck === undefined) throw new Error("a datacenter was started");
    const witness = new Witness(this.#stage, struck, survivor, (one) => this.#setup.seeds(one).join(","));
    const drill = await rehearse(
      on(witness.stage),
      name,
      { ...LOAD, rate: this.#rate, cutBeforeMs, seed },
      signal,
    );
    witness.dismiss();
    expect(drill.totals[0]?.applied).toBe(witness.acknowledged.length);
    expect(witness.acknowledged.length).toBeGreaterThan(0);
    if (writers === "one") {
      expect(drill.conflicts).toEqual([]);
      for (const datacenter of datacenters) expect(await witness.shortIn(datacenter)).toEqual([]);
    }
    expect(drill.convergence?.verdict).toBe("equal");
    expect(await witness.differing(datacenters)).toEqual([]);
    checkLosses(drill, witness);
    return drill;
  }
}

/** What was lost by a datacenter that was given up, or lost a conflict, is what the witness misses. */
function checkLosses({ losses, returned, conflicts, unexplained }: DrillReport, witness: Witness): void {
  const named = (write: { key: string; number: number; generation: number | null }): string =>
    `${write.key} ${write.number} ${write.generation}`;
  const acknowledged = new Set(witness.acknowledged.map(named));
  const losers = conflicts.flatMap((conflict) => conflict.losers);
  expect(losers.filter((one) => one.datacenter === "dc-a" && !acknowledged.has(named(one)))).toEqual([]);
  expect(unexplained).toEqual([]);
  // Only a drill that gives its datacenter up brings it back closed.
  if (witness.missing === undefined) return;
  expect(losses[0]?.lost.map(named).sort()).toEqual(witness.missing);
  // The datacenter's own change logs say the same, before it serves again.
  expect(returned[0]).toMatchObject({ unknownPartitions: 0, notAmongThem: [] });
}
