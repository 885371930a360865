/**
 * All schedules of a small world of the partition core with so many faults, for as long as it takes:
 *
 *   npm run simulate -- --world exhaustive --faults 3
 *   ... --departures 0      the usual order but for the faults; default: any disturbances, as many as faults
 *   ... --from 40 --to 80   only these parts, for several processes, or to go on where one was ended
 *   ... --nodes 3 --writes 2 --kinds crash,power,break,cut,pause
 *
 * Part by part (`partsOf`), since all of it at once is more than a machine remembers. Exit code 1 when
 * a checker failed.
 */
import { parseArgs } from "node:util";
import { explore, partsOf } from "./exhaustive-search.ts";
import type { Bounds, FaultKind } from "./exhaustive-world.ts";

const KINDS: readonly FaultKind[] = ["crash", "power", "break", "cut", "pause"];

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "3" },
    writes: { type: "string", default: "2" },
    faults: { type: "string", default: "3" },
    departures: { type: "string" },
    kinds: { type: "string", default: KINDS.join() },
    from: { type: "string", default: "0" },
    to: { type: "string" },
  },
});
const faults = Number(values.faults);
const bounds: Bounds = {
  nodes: Number(values.nodes),
  writes: Number(values.writes),
  faults,
  kinds: KINDS.filter((kind) => values.kinds.split(",").includes(kind)),
  disturbances: faults,
  departures: Number(values.departures ?? faults),
};
const parts = partsOf(bounds);
const from = Number(values.from);
const to = Math.min(parts.length, Number(values.to ?? parts.length));
console.log(`${parts.length} parts, of which ${from} to ${to - 1}: ${JSON.stringify(bounds)}`);
const startMs = performance.now();
let states = 0;
let schedules = 0;
for (const [index, part] of parts.entries()) {
  if (index < from || index >= to) continue;
  const found = explore(bounds, {}, part);
  states += found.states;
  schedules += found.schedules;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  console.log(
    `part ${index}: ${found.states} states; ${schedules} schedules, ${states} states in ${seconds} s`,
  );
  if (found.violation === undefined) continue;
  console.log(`FAILS ${found.violation.message}, after: ${found.violation.schedule.join("; ")}`);
  process.exit(1);
}
console.log("all hold");
