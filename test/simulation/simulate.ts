/**
 * Simulates whole worlds from a terminal (README.md beside this file):
 *
 *   npm run simulate -- --seed 42            one seed, with its option block and its story
 *   npm run simulate -- --minutes 10         fresh seeds until one fails, which is kept in seeds.json
 *   ... --seeds 100 --from 1                 so many, from that one on
 *   ... --keep                               goes on after a failure
 *   ... --mutant "ignores a gap"             with one line of the product broken
 *   ... --json                               ends with one line for programs
 *   npm run simulate -- --kept               the worlds that failed once, as seeds.json has them
 *   npm run simulate -- --world partition    the partition core's own simulation; its options follow
 *   npm run simulate -- --world exhaustive   all its schedules with so many faults; its options follow
 *
 * Exit code 1 when a checker failed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MUTANTS, type Mutant } from "./mutants.ts";
import { loadIntoWorld } from "./world/loader.ts";
import { describeOptions, type WorldOptions } from "./world/options.ts";
import type { WorldOutcome } from "./world/world.ts";

const EXIT_BROKEN = 70;
const SEEDS_FILE = new URL("./seeds.json", import.meta.url);
/** Where fresh seeds begin; the clock is the world's own later. */
const FRESH = Date.now() % 1_000_000_000;
const realImmediate = setImmediate;
const realNowMs = performance.now.bind(performance);

const worldAt = process.argv.indexOf("--world");
const other = worldAt > 0 ? process.argv[worldAt + 1] : undefined;
if (other === "partition" || other === "exhaustive") {
  process.argv.splice(worldAt, 2);
  await (other === "partition" ? import("./partition-run.ts") : import("./exhaustive-run.ts"));
} else await simulate();

interface Totals {
  seeds: number;
  acknowledged: number;
  operations: number;
  inDoubt: number;
  readonly counts: Map<string, number>;
  readonly failures: { seed: number; checker: string; message: string }[];
}

async function simulate(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string" },
      seeds: { type: "string" },
      from: { type: "string" },
      minutes: { type: "string" },
      mutant: { type: "string" },
      keep: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      kept: { type: "boolean", default: false },
      options: { type: "string" },
    },
  });
  const mutant = MUTANTS.find(({ name }) => name === values.mutant);
  if (values.mutant !== undefined && mutant === undefined) throw new Error(`no mutant ${values.mutant}`);
  loadIntoWorld(mutant?.patches ?? []);
  const { takeOver, runWorld } = await import("./world/entry.ts");
  const given: Partial<WorldOptions> = JSON.parse(values.options ?? "{}");
  const run: Run = (seed, trace, kept) =>
    runWorld(seed, { options: { ...mutant?.options, ...kept, ...given }, trace });
  // Outside of any promise: there the world's own microtasks could not be run.
  realImmediate(() => {
    takeOver();
    try {
      process.exit(start(run, values, mutant));
    } catch (error) {
      // The world takes what nobody catches for a node's; this is the simulation's own.
      console.error(error);
      process.exit(EXIT_BROKEN);
    }
  });
}

interface Wanted {
  readonly seed?: string | undefined;
  readonly seeds?: string | undefined;
  readonly from?: string | undefined;
  readonly minutes?: string | undefined;
  readonly keep: boolean;
  readonly json: boolean;
  readonly kept: boolean;
}

type Run = (seed: number, trace?: (line: string) => void, kept?: Partial<WorldOptions>) => WorldOutcome;

/** A world that failed once, by its seed and what it was like. */
interface Kept {
  readonly seed: number;
  readonly why: string;
  readonly options?: Partial<WorldOptions>;
}

function start(run: Run, wanted: Wanted, mutant: Mutant | undefined): number {
  if (wanted.seed !== undefined) return tell(run, Number(wanted.seed));
  const seeds = wanted.seeds === undefined ? undefined : Number(wanted.seeds);
  const minutes = wanted.minutes === undefined ? undefined : Number(wanted.minutes);
  const from = wanted.from === undefined ? FRESH : Number(wanted.from);
  const { keep, json } = wanted;
  if (wanted.kept) return replay(run, json);
  return soak(run, {
    from,
    seeds,
    minutes: minutes ?? (seeds === undefined ? 1 : undefined),
    mutant,
    keep,
    json,
  });
}

/** One seed with its story. */
function tell(run: Run, seed: number): number {
  const lines: string[] = [];
  const outcome = run(seed, (line) => lines.push(line));
  lines.push(`seed ${seed} ${describeOptions(outcome.options)}`, report(outcome.counts));
  lines.push(
    `${outcome.events} events, ${outcome.operations.length} operations, ${outcome.virtualMs.toFixed(0)} ms`,
  );
  lines.push(outcome.checker === undefined ? "holds" : `FAILS ${outcome.message}`);
  writeFileSync(1, `${lines.join("\n")}\n`);
  return outcome.checker === undefined ? 0 : 1;
}

interface Budget {
  readonly from: number;
  readonly seeds: number | undefined;
  readonly minutes: number | undefined;
  readonly mutant: Mutant | undefined;
  readonly keep: boolean;
  readonly json: boolean;
}

function soak(run: Run, budget: Budget): number {
  const { from, mutant } = budget;
  const startMs = realNowMs();
  const startCpu = process.cpuUsage();
  const endMs = budget.minutes === undefined ? Number.POSITIVE_INFINITY : startMs + budget.minutes * 60_000;
  const totals = noTotals();
  const seeds = budget.seeds ?? Number.POSITIVE_INFINITY;
  for (let seed = from; seed < from + seeds && realNowMs() < endMs; seed++) {
    const outcome = run(seed);
    add(totals, outcome);
    if (outcome.checker === undefined) continue;
    if (!budget.json) say(`seed ${seed} FAILS ${outcome.message}\n  ${describeOptions(outcome.options)}`);
    if (mutant === undefined && budget.minutes !== undefined) remember(seed, outcome);
    const caught = mutant === undefined || mutant.caughtBy.includes(outcome.checker);
    if (caught && !budget.keep) break;
  }
  const seconds = (realNowMs() - startMs) / 1000;
  const { user, system } = process.cpuUsage(startCpu);
  const cpuMs = (user + system) / 1000 / totals.seeds;
  if (budget.json) say(JSON.stringify({ ...totals, counts: Object.fromEntries(totals.counts), seconds }));
  else {
    const perSecond = (totals.seeds / seconds).toFixed(1);
    say(
      `seeds ${from} to ${from + totals.seeds - 1}: ${perSecond} a second, ${cpuMs.toFixed(0)} ms of CPU each`,
    );
    say(`${totals.operations} operations, ${totals.acknowledged} acknowledged, ${totals.inDoubt} in doubt`);
    say(report(totals.counts));
    say(totals.failures.length === 0 ? "all hold" : `${totals.failures.length} FAIL`);
  }
  return totals.failures.length === 0 ? 0 : 1;
}

function add(totals: Totals, outcome: WorldOutcome): void {
  totals.seeds++;
  totals.operations += outcome.operations.length;
  for (const operation of outcome.operations) {
    if (operation.outcome === "applied") totals.acknowledged++;
    if (operation.outcome === "unknown") totals.inDoubt++;
  }
  for (const [what, count] of outcome.counts) totals.counts.set(what, (totals.counts.get(what) ?? 0) + count);
  const { seed, checker, message } = outcome;
  if (checker !== undefined) totals.failures.push({ seed, checker, message });
}

/** Kept for ever: CI runs it again. */
function remember(seed: number, { checker, message, options }: WorldOutcome): void {
  const kept = readKept();
  if (kept.some((one) => one.seed === seed)) return;
  const why = `${checker}: ${message}`.split("\n")[0]?.slice(0, 160) ?? "";
  writeFileSync(SEEDS_FILE, `${JSON.stringify([...kept, { seed, why, options }], undefined, 2)}\n`);
}

function readKept(): Kept[] {
  return JSON.parse(readFileSync(SEEDS_FILE, "utf8"));
}

function replay(run: Run, json: boolean): number {
  const totals = noTotals();
  for (const { seed, options } of readKept()) add(totals, run(seed, undefined, options));
  for (const { seed, message } of totals.failures) if (!json) say(`seed ${seed} FAILS ${message}`);
  if (json) say(JSON.stringify({ ...totals, counts: Object.fromEntries(totals.counts) }));
  else say(`${totals.seeds} worlds, ${totals.failures.length} FAIL`);
  return totals.failures.length === 0 ? 0 : 1;
}

function noTotals(): Totals {
  return { seeds: 0, acknowledged: 0, operations: 0, inDoubt: 0, counts: new Map(), failures: [] };
}

function report(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => `${what}: ${count}`)
    .join(", ");
}

/** At once, also when the process is killed right after. */
function say(text: string): void {
  writeFileSync(1, `${text}\n`);
}
