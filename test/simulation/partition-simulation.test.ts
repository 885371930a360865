/**
 * Proves the partition core (node/partition/) over random schedules of crashes, pauses, cuts, slow
 * disks, wiped disks, trimmed logs and restless controllers: every invariant that the oracle knows
 * holds, and everything serves again afterwards. And proves that this could fail: mutants do.
 * A longer run, or one seed again: `node test/simulation/partition-run.ts --seed N`.
 */
import { expect, test } from "vitest";
import { MUTANTS } from "./partition-mutants.ts";
import { SCENARIOS } from "./partition-scenarios.ts";
import { runSeed } from "./partition-schedule.ts";

/** Seeds that failed once: kept for ever. */
const ONCE_FAILED = [26, 53, 85, 559, 570, 635, 745, 785, 1631, 9424, 13_256, 201_476, 802_786];
/** The rarest thing that must happen sometimes comes in one of sixty. */
const FRESH_SEEDS = 400;
const TIMEOUT_MS = 240_000;

/** What must happen in the runs, or they prove nothing about it. */
const SOMETIMES = [
  "took over",
  "handed over",
  "truncated",
  "installed",
  "granted in sync",
  "taken out of sync",
  "stale ask refused",
  "lease refused",
  "map skipped",
  "wiped",
  "half-open connection replaced",
  "write in doubt",
];

test(
  "random schedules, safe throughout and alive afterwards",
  () => {
    const start = Number(process.env["TEST_SEED"] ?? 1);
    const totals = new Map<string, number>();
    const seeds = [...ONCE_FAILED, ...Array.from({ length: FRESH_SEEDS }, (_, index) => start + index)];
    for (const seed of seeds) {
      const outcome = runSeed(seed);
      if (outcome.checker !== undefined) expect.fail(`seed ${seed}: ${outcome.message}\n${outcome.options}`);
      expect(outcome.acked, `seed ${seed} acknowledged nothing`).toBeGreaterThan(0);
      for (const [what, count] of outcome.counts) totals.set(what, (totals.get(what) ?? 0) + count);
    }
    expect(SOMETIMES.filter((what) => !totals.has(what))).toEqual([]);
  },
  TIMEOUT_MS,
);

test("the same seed gives the same history", () => {
  const [once, again] = [runSeed(7), runSeed(7)];
  expect(again.events).toBe(once.events);
  expect([...again.counts]).toEqual([...once.counts]);
});

test.each(MUTANTS.filter((mutant) => mutant.seeds !== undefined))(
  "a core that $name is noticed",
  ({ broken, caughtBy, seeds = 0 }) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const { checker } = runSeed(seed, broken);
      if (checker !== undefined && caughtBy.includes(checker)) return;
    }
    expect.fail(`none of ${seeds} seeds was noticed by: ${caughtBy.join("; ")}`);
  },
  TIMEOUT_MS,
);

test("every other mutant has its scenario", () => {
  const told = new Set(SCENARIOS.flatMap((scenario) => scenario.mutants ?? []));
  const left = MUTANTS.filter((mutant) => mutant.seeds === undefined && !told.has(mutant.name));
  expect(left.map((mutant) => mutant.name)).toEqual([]);
});
