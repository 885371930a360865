/**
 * Proves the partition core in all schedules of small worlds (exhaustive-world.ts), within bounds that
 * each test states and completes: committed entries never change and are on every in-sync disk, one node
 * answers at most, what it shows is committed and holds all that was acknowledged, and at rest everything
 * serves again with equal logs. Prints how many schedules that were. And that it would notice: the
 * mutants of partition-mutants.ts that a small world can show are caught, each by a checker it names.
 */
import { describe, expect, test } from "vitest";
import { exploreInParallel } from "./exhaustive-parallel.ts";
import { type Exploration, explore } from "./exhaustive-search.ts";
import { SharedStates, STATE_BYTES } from "./exhaustive-states.ts";
import type { Bounds, FaultKind } from "./exhaustive-world.ts";
import { brokenAs, MUTANTS } from "./partition-mutants.ts";

const KINDS: readonly FaultKind[] = ["crash", "power", "break", "cut", "pause"];

function run(name: string, bounds: Bounds): Exploration {
  const found = explore(bounds);
  const { schedules, states, transitions, longest, counts } = found;
  const much = [...counts].map(([what, count]) => `${what} ${count}`).join(", ");
  console.log(
    `${name}: ${schedules.toLocaleString("en")} schedules, ${states} states, ${transitions} transitions, ` +
      `at most ${longest} events; ${much}`,
  );
  const schedule = found.violation?.schedule.join("; ");
  expect(found.violation?.message, `after: ${schedule}`).toBeUndefined();
  return found;
}

describe("all schedules", () => {
  test("three nodes, two writes, no fault: every order", () => {
    const bounds = { nodes: 3, writes: 2, faults: 0, kinds: [], disturbances: Number.POSITIVE_INFINITY };
    // Counted by hand for one write at two nodes it is 4; the figure for this world is pinned.
    expect(run("3 nodes, 2 writes", bounds).schedules).toBe(1_807_204);
  });

  test("two nodes, one write, no fault: as many orders as counted by hand", () => {
    const bounds = { nodes: 2, writes: 1, faults: 0, kinds: [], disturbances: Number.POSITIVE_INFINITY };
    expect(run("2 nodes, 1 write", bounds).schedules).toBe(4);
  });

  test("three nodes, two writes, one fault at any point", { timeout: 300_000 }, () => {
    const { counts } = run("3 nodes, 2 writes, 1 fault", {
      nodes: 3,
      writes: 2,
      faults: 1,
      kinds: KINDS,
      disturbances: 1,
    });
    for (const what of [...KINDS, "promise", "grant", "repair", "start", "heal", "resume", "late:"]) {
      expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
    }
  });

  test("two nodes, two writes, two faults or other disturbances", { timeout: 300_000 }, () => {
    const found = run("2 nodes, 2 writes, 2 disturbances", {
      nodes: 2,
      writes: 2,
      faults: 2,
      kinds: KINDS,
      disturbances: 2,
    });
    expect(found.counts.get("granted in sync") ?? 0).toBeGreaterThan(100);
  });
});

test("two nodes, a write, three disturbances: pauses and crashes", { timeout: 300_000 }, () => {
  const bounds = { nodes: 2, writes: 1, faults: 2, kinds: ["pause", "crash"], disturbances: 3 } as const;
  run("2 nodes, 1 write, 3 disturbances (pause, crash)", bounds);
});

test("three nodes, two writes, two faults of any kind or other disturbances", { timeout: 300_000 }, () => {
  const bounds = { nodes: 3, writes: 2, faults: 2, kinds: KINDS, disturbances: 2 };
  const found = run("3 nodes, 2 writes, 2 disturbances", bounds);
  expect(found.counts.get("repair") ?? 0).toBeGreaterThan(1000);
  expect(found.states).toBeGreaterThan(500_000);
});

describe("threads that share what they have seen", () => {
  const bounds = { nodes: 2, writes: 1, faults: 1, kinds: ["crash"], disturbances: 3 } as const;

  test("find what one search finds", async () => {
    const alone = explore(bounds);
    const found = await exploreInParallel(bounds, { threads: 3, bytes: 2 * alone.states * STATE_BYTES + 1 });
    const { states, transitions, longest } = found;
    console.log(`${states} states, ${transitions} transitions, at most ${longest} events, by 3 threads`);
    expect(states).toBeGreaterThan(5000);
    expect([states, transitions]).toEqual([alone.states, alone.transitions]);
    expect(found.violation).toBeUndefined();
  });

  test("catch what is wrong, with the schedule that shows it", async () => {
    const mutant = "grants leases without a map";
    const hard = { ...bounds, faults: 2, kinds: ["pause", "crash"] } as const;
    // With one disturbance nothing is wrong, so it is one of the threads that notices.
    expect(explore({ ...hard, disturbances: 1 }, brokenAs(mutant)).violation).toBeUndefined();
    const { violation } = await exploreInParallel(hard, { threads: 2, bytes: 10_000_000, mutant });
    console.log(`${violation?.checker} after: ${violation?.schedule.join("; ")}`);
    expect(MUTANTS.find(({ name }) => name === mutant)?.caughtBy).toContain(violation?.checker);
    const disturbances = violation?.schedule.filter((name) => /^(pause|crash|late)/.test(name)) ?? [];
    expect(disturbances.length).toBeGreaterThan(1);
  });

  test("say so when there is no room for all states", async () => {
    await expect(exploreInParallel(bounds, { threads: 2, bytes: 16_000 })).rejects.toThrow("more memory");
  });

  test("each state is somebody's once, however close keys are", () => {
    const memory = new SharedArrayBuffer(1000 * STATE_BYTES);
    const [one, other] = [new SharedStates(memory), new SharedStates(memory)];
    const keys = Array.from({ length: 900 }, (_, index) => String(index).padStart(16, "0").padEnd(20, "x"));
    const known = (states: SharedStates): (number | undefined)[] => keys.map((key) => states.begin(key));
    expect(new Set(known(one))).toEqual(new Set([undefined]));
    expect(new Set(known(other))).toEqual(new Set([0]));
  });
});

describe("mutants are caught", () => {
  const small: Readonly<Record<string, Bounds>> = {
    "acknowledges before the flush": { nodes: 2, writes: 1, faults: 1, kinds: ["crash"], disturbances: 2 },
    "does not wait for the promise": { nodes: 2, writes: 1, faults: 1, kinds: ["pause"], disturbances: 2 },
    // Found by this search in the product itself.
    "grants leases without a map": {
      nodes: 2,
      writes: 1,
      faults: 2,
      kinds: ["pause", "crash"],
      disturbances: 3,
    },
    "truncates by sequence only": { nodes: 3, writes: 2, faults: 1, kinds: ["crash"], disturbances: 2 },
    "serves before its tail is committed": { nodes: 3, writes: 2, faults: 1, kinds: KINDS, disturbances: 2 },
    "takes entries of any epoch": { nodes: 3, writes: 2, faults: 1, kinds: KINDS, disturbances: 2 },
    "empties in-sync replicas": { nodes: 3, writes: 2, faults: 1, kinds: KINDS, disturbances: 2 },
    "joins with what is not flushed": { nodes: 2, writes: 2, faults: 2, kinds: KINDS, disturbances: 2 },
    "forgets proposals when the link breaks": {
      nodes: 2,
      writes: 2,
      faults: 2,
      kinds: KINDS,
      disturbances: 2,
    },
  };
  test.each(Object.entries(small))("%s", { timeout: 120_000 }, (name, bounds) => {
    const mutant = MUTANTS.find((one) => one.name === name);
    const { violation, states } = explore(bounds, mutant?.broken);
    console.log(`${name}: ${violation?.checker} after ${states} states: ${violation?.schedule.join("; ")}`);
    expect(mutant?.caughtBy).toContain(violation?.checker);
  });
});
