/**
 * Proves the whole product over random worlds (world/): real nodes and shippers of several
 * datacenters on virtual time, with a network, disks, buses, KVs and clocks that do their worst.
 * Nothing acknowledged is lost, nothing stale is read, all datacenters end equal, and everything
 * works again after the last fault. And proves that this could fail: each mutant of the real code is
 * caught by the checker it is meant for. The worlds run in processes of their own, since they
 * replace timers, clocks, random numbers and TCP of a whole process.
 *
 * A longer run, or one seed again: `npm run simulate` (README.md beside this file).
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MUTANTS } from "./mutants.ts";

const SIMULATE = join(import.meta.dirname, "simulate.ts");
const TIMEOUT_MS = 240_000;
/** The same ones each time: what they say is about a change. Fresh ones are for `npm run simulate`. */
const WORLDS = 150;

/** What must happen in the runs, or they prove nothing about it. */
const SOMETIMES = [
  "failover",
  "entries truncated",
  "partition copied",
  "lease refused",
  "write in doubt",
  "redelivery",
  "gap refused",
  "duplicate dropped",
  "conflict lost",
  "conflict won",
  "gap declared",
  "recovery by scan",
  "unflushed batch lost",
  "stale read",
  "log trimmed",
  "record expired",
  "cut a primary off from all but its clients",
  "run a clock at another rate",
  "jump a datacenter's clocks",
  "change the bus's leader",
  "failover: over",
  "order found",
];
/** Records of a datacenter whose operations the search put in no order in time: they say nothing. */
const ORDERS_MISSED_MAX = 0.01;

interface Result {
  readonly seeds: number;
  readonly acknowledged: number;
  readonly operations: number;
  readonly inDoubt: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly { readonly seed: number; readonly checker: string; readonly message: string }[];
}

function simulate(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SIMULATE, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      // A product that spins within one event would never come back.
      timeout: TIMEOUT_MS - 20_000,
    });
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      // 1 is a failed checker, which the caller looks at.
      if (code === 0 || code === 1) resolve(text);
      else reject(new Error(`the simulation ended with ${code}`));
    });
  });
}

async function soak(...args: string[]): Promise<Result> {
  const lines = (await simulate("--json", ...args)).trimEnd().split("\n");
  return JSON.parse(lines.at(-1) ?? "");
}

function explain({ failures }: Result): string {
  return failures.map(({ seed, message }) => `npm run simulate -- --seed ${seed}: ${message}`).join("\n");
}

test(
  "random worlds are safe throughout and alive afterwards",
  async () => {
    const result = await soak("--from", "1", "--seeds", String(WORLDS));
    expect(result.failures, explain(result)).toEqual([]);
    expect(result.seeds).toBe(WORLDS);
    expect(SOMETIMES.filter((what) => result.counts[what] === undefined)).toEqual([]);
    const missed = result.counts["order not found in time"] ?? 0;
    expect(missed / (result.counts["order found"] ?? 0)).toBeLessThan(ORDERS_MISSED_MAX);
    // In a world of one second a fault may leave nobody an answer; in all of them together, never.
    expect(result.acknowledged / result.operations).toBeGreaterThan(0.5);
    // Too many writes of unknown outcome would leave too little to be checked.
    expect(result.inDoubt / result.operations).toBeLessThan(0.05);
  },
  TIMEOUT_MS,
);

test(
  "worlds whose bins converge end equal byte for byte",
  async () => {
    // Expiry of single bins, which is no event of the order of versions, is test/version/bins.test.ts.
    const rest = { datacenters: 2, ttlSeconds: 0, logBytes: 4_000_000 };
    const options = { byBins: true, policy: "last-update-time", ...rest };
    const result = await soak("--from", "1", "--seeds", "40", "--options", JSON.stringify(options));
    expect(result.failures, explain(result)).toEqual([]);
    expect(result.seeds).toBe(40);
    const met = ["conflict lost", "conflict won", "failover", "redelivery", "entries truncated"];
    expect(met.filter((what) => result.counts[what] === undefined)).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "worlds that failed once hold",
  async () => {
    const result = await soak("--kept");
    expect(result.failures, explain(result)).toEqual([]);
    expect(result.seeds).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test(
  "the same seed gives the same story, byte for byte",
  async () => {
    const [once, again] = await Promise.all([simulate("--seed", "7"), simulate("--seed", "7")]);
    expect(once.length).toBeGreaterThan(5000);
    expect(again === once).toBe(true);
  },
  TIMEOUT_MS,
);

describe("a product that", () => {
  test.each(MUTANTS)(
    "$name is noticed",
    async ({ name, caughtBy, seeds, from = 1 }) => {
      const result = await soak("--mutant", name, "--from", String(from), "--seeds", String(seeds));
      const checkers = result.failures.map(({ checker }) => checker);
      expect(
        checkers.some((checker) => caughtBy.includes(checker)),
        `only ${checkers}`,
      ).toBe(true);
    },
    TIMEOUT_MS,
  );
});
