/**
 * All schedules of a small world, by several threads that share which states they have seen. This thread
 * looks at all states with fewer than two disturbances; what the others lead to is left in parts, which
 * the threads take one after the other. A state with more belongs to whoever comes to it first, so
 * together they look at each state once, as one search would.
 */
import { Worker } from "node:worker_threads";
import { type Exploration, type Part, Search } from "./exhaustive-search.ts";
import { OwnStates } from "./exhaustive-states.ts";
import type { Bounds } from "./exhaustive-world.ts";
import { brokenAs } from "./partition-mutants.ts";

/** Ways to rest are not known where states are shared, so schedules are not counted. */
export type SharedExploration = Pick<Exploration, "states" | "transitions" | "longest" | "violation">;

/** What a thread is given. */
export interface Shared {
  readonly bounds: Bounds;
  readonly mutant: string | undefined;
  readonly parts: readonly Part[];
  readonly states: SharedArrayBuffer;
  /** Parts taken by any thread, in one 32-bit word. */
  readonly taken: SharedArrayBuffer;
}

export interface Progress {
  readonly parts: number;
  /** Parts that were searched to their end. */
  readonly done: number;
  readonly states: number;
}

/** States with so many disturbances are the threads'. */
const LEFT_AT = 2;
const WORD_BYTES = 4;

export interface ParallelOptions {
  readonly threads: number;
  /** Memory for states, of `STATE_BYTES` each; a tenth more than they need is enough. */
  readonly bytes: number;
  readonly mutant?: string | undefined;
}

export async function exploreInParallel(
  bounds: Bounds,
  { threads, bytes, mutant }: ParallelOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<SharedExploration> {
  const search = new Search(
    bounds,
    brokenAs(mutant),
    new OwnStates(),
    Math.min(LEFT_AT, bounds.disturbances),
  );
  const first = search.run([]);
  if (first.violation !== undefined || search.left.length === 0) return first;
  const parts = search.left;
  const shared: Shared = {
    bounds,
    mutant,
    parts,
    states: new SharedArrayBuffer(bytes),
    taken: new SharedArrayBuffer(WORD_BYTES),
  };
  const founds = new Map<number, SharedExploration>([[0, first]]);
  let done = 0;
  const note = (thread: number, found: SharedExploration): void => {
    founds.set(thread, found);
    done++;
    onProgress({ parts: parts.length, done, states: sumOf([...founds.values()]).states });
  };
  const ends = Array.from({ length: threads }, (_, index) => {
    return run(shared, (found) => note(index + 1, found));
  });
  await Promise.all(ends);
  const all = sumOf([...founds.values()]);
  if (all.violation === undefined && done < parts.length) {
    throw new Error(`only ${done} of ${parts.length} parts were searched`);
  }
  return all;
}

/** A thread, to its end; tells what it has found so far after each part. */
function run(shared: Shared, onFound: (found: SharedExploration) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./exhaustive-worker.ts", import.meta.url), { workerData: shared });
    worker.on("message", onFound);
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}

function sumOf(founds: readonly SharedExploration[]): SharedExploration {
  return {
    states: founds.reduce((sum, { states }) => sum + states, 0),
    transitions: founds.reduce((sum, { transitions }) => sum + transitions, 0),
    longest: Math.max(...founds.map(({ longest }) => longest)),
    violation: founds.find(({ violation }) => violation !== undefined)?.violation,
  };
}
