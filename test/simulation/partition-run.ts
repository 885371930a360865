/**
 * Runs the partition core's simulation from a terminal:
 *
 *   node test/simulation/partition-run.ts --seed 42         one seed, with its story
 *   node test/simulation/partition-run.ts --seconds 300     fresh seeds until one fails
 *   ... --from 1000                                         seeds from 1000 on
 *
 * Exit code 1 when a checker failed.
 */
import { parseArgs } from "node:util";
import { runSeed } from "./partition-schedule.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seconds: { type: "string", default: "20" },
    from: { type: "string" },
    keep: { type: "boolean", default: false },
  },
});

function report(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, count]) => `${what}: ${count}`)
    .join(", ");
}

if (values.seed !== undefined) {
  const outcome = runSeed(Number(values.seed));
  console.log(`seed ${outcome.seed} ${outcome.options}`);
  console.log(
    `${outcome.events} events, ${outcome.acked} writes, ${outcome.reads} reads; ${report(outcome.counts)}`,
  );
  console.log(outcome.checker === undefined ? "holds" : `FAILS ${outcome.message}`);
  process.exitCode = outcome.checker === undefined ? 0 : 1;
} else {
  const endMs = Date.now() + Number(values.seconds) * 1000;
  const first = values.from === undefined ? Date.now() % 1_000_000_000 : Number(values.from);
  const totals = new Map<string, number>();
  const failures = new Map<string, number[]>();
  let seed = first;
  let acked = 0;
  let reads = 0;
  for (; Date.now() < endMs; seed++) {
    const outcome = runSeed(seed);
    acked += outcome.acked;
    reads += outcome.reads;
    for (const [what, count] of outcome.counts) totals.set(what, (totals.get(what) ?? 0) + count);
    if (outcome.checker === undefined) continue;
    const seeds = failures.get(outcome.checker) ?? [];
    failures.set(outcome.checker, [...seeds, seed]);
    if (seeds.length === 0) console.log(`seed ${seed} FAILS ${outcome.message}\n  ${outcome.options}`);
    if (!values.keep) break;
  }
  console.log(`seeds ${first} to ${seed - 1}: ${acked} writes, ${reads} reads; ${report(totals)}`);
  for (const [checker, seeds] of failures) {
    console.log(`${checker}: ${seeds.length} seeds, as ${seeds.slice(0, 12).join(" ")}`);
  }
  process.exitCode = failures.size === 0 ? 0 : 1;
}
