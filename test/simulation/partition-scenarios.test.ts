/**
 * Proves that the partition core (node/partition/) survives the schedules of partition-scenarios.ts,
 * and that each of its defences is needed: the mutant without it fails the same schedule.
 */
import { describe, expect, test } from "vitest";
import { MUTANTS } from "./partition-mutants.ts";
import { SCENARIOS } from "./partition-scenarios.ts";

describe.each(SCENARIOS)("$id: $title", ({ play, mutants = [] }) => {
  test("ends well", () => {
    const stage = play();
    stage.rest();
    expect(stage.world.violation).toBeUndefined();
  });

  for (const name of mutants) {
    test(`notices what ${name}`, () => {
      const mutant = MUTANTS.find((one) => one.name === name);
      if (mutant === undefined) throw new Error(`no mutant ${name}`);
      let noticed: string | undefined;
      try {
        const stage = play(mutant.broken);
        stage.rest();
        noticed = stage.world.violation?.checker;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        noticed = error.message;
      }
      expect(noticed).toBeDefined();
    });
  }
});
