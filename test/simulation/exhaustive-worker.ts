/**
 * A thread of a search of several (exhaustive-parallel.ts): takes part after part until none is left, or
 * a checker has failed here or in another thread; tells after each what it has found in all.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Shared, SharedExploration } from "./exhaustive-parallel.ts";
import { Search } from "./exhaustive-search.ts";
import { SharedStates } from "./exhaustive-states.ts";
import { brokenAs } from "./partition-mutants.ts";

const { bounds, mutant, parts, states, taken: memory }: Shared = workerData;
const search = new Search(bounds, brokenAs(mutant), new SharedStates(states));
const taken = new Int32Array(memory);
for (;;) {
  const part = parts[Atomics.add(taken, 0, 1)];
  if (part === undefined) break;
  const { states, transitions, longest, violation } = search.run(part);
  if (violation !== undefined) Atomics.store(taken, 0, parts.length);
  const found: SharedExploration = { states, transitions, longest, violation };
  parentPort?.postMessage(found);
  if (violation !== undefined) break;
}
