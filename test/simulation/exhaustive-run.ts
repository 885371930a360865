/**
 * All schedules of a small world of the partition core with so many faults, to the end:
 *
 *   npm run simulate -- --world exhaustive --faults 3
 *   ... --disturbances 4 --departures 1   faults and departures from the usual order together, and of
 *                                         those departures; default: both as many as faults
 *   ... --nodes 3 --writes 2 --kinds crash,power,break,cut,pause
 *   ... --threads 2                       default: one a processor
 *   ... --gibibytes 6                     memory for states, 60 million in each; a thread needs one more
 *   ... --mutant "truncates by sequence only"
 *
 * Exit code 1 when a checker failed.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { exploreInParallel, type Progress } from "./exhaustive-parallel.ts";
import type { Bounds, FaultKind } from "./exhaustive-world.ts";

const KINDS: readonly FaultKind[] = ["crash", "power", "break", "cut", "pause"];
const PROGRESS_SECONDS = 30;

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "3" },
    writes: { type: "string", default: "2" },
    faults: { type: "string", default: "3" },
    disturbances: { type: "string" },
    departures: { type: "string" },
    kinds: { type: "string", default: KINDS.join() },
    threads: { type: "string", default: String(availableParallelism()) },
    gibibytes: { type: "string", default: "6" },
    mutant: { type: "string" },
  },
});
const { mutant } = values;
const faults = Number(values.faults);
const bounds: Bounds = {
  nodes: Number(values.nodes),
  writes: Number(values.writes),
  faults,
  kinds: KINDS.filter((kind) => values.kinds.split(",").includes(kind)),
  disturbances: Number(values.disturbances ?? faults),
  departures: Number(values.departures ?? faults),
};
const threads = Number(values.threads);
const bytes = Math.floor(Number(values.gibibytes) * 2 ** 30);
console.log(`${threads} threads, ${values.gibibytes} GiB for states: ${JSON.stringify(bounds)}`);
const startMs = performance.now();
let toldSeconds = 0;

function tell({ parts, done, states }: Progress): void {
  const seconds = (performance.now() - startMs) / 1000;
  if (seconds < toldSeconds + PROGRESS_SECONDS) return;
  toldSeconds = seconds;
  const left = (seconds / done) * (parts - done);
  console.log(
    `${seconds.toFixed(0)} s: ${done} of ${parts} parts, ${states} states, ` +
      `${(states / seconds).toFixed(0)} a second; ${left.toFixed(0)} s left if parts go on as they did`,
  );
}

const { violation, ...found } = await exploreInParallel(bounds, { threads, bytes, mutant }, tell);
const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
console.log(
  `${found.states} states, ${found.transitions} transitions, schedules of up to ${found.longest} events, ` +
    `in ${seconds} s`,
);
if (violation === undefined) console.log("all hold");
else {
  console.log(`FAILS ${violation.message}, after: ${violation.schedule.join("; ")}`);
  process.exitCode = 1;
}
