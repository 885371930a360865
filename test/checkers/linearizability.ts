/**
 * Linearizability of single records: whether the operations of a history can be put in one order that
 * respects time (what ended before another began comes first) and in which each has its outcome. After
 * Wing and Gong's search with Lowe's memo, key by key.
 *
 * What is claimed:
 * - Intervals are closed: an operation that is called when another one ends may come before it.
 * - What was refused never happened. What is in doubt happened once at any time after its call, or
 *   never.
 * - The verdict `unknown` means that the budget ended first. It is not a pass, and must be told.
 *
 * What makes it quick on histories of thousands of operations, none of which changes a verdict:
 * - A read that can come next does: it changes nothing, so no order is lost by it.
 * - The search turns back where an answer can no longer come about (linearizability-demand.ts), and
 *   where a generation would get another value than was read with it.
 * - Writes whose values no read tells are exchangeable: of those that could come next, only the one
 *   that ends first is tried. Where nobody could tell, those in doubt are left out altogether.
 */
import { describeOperation, type Operation, type Value } from "./operation.ts";
import { generationRunsBack } from "./generations.ts";
import { Demand } from "./linearizability-demand.ts";
import { type Plan, plan, type Planned } from "./linearizability-plan.ts";
import { ABSENT, EMPTY, type RecordModel, UNREAD } from "./record-model.ts";

export interface LinearizabilityOptions {
  /** What the record is before the history; default: none, generation 0. */
  readonly initial?: { readonly value: Value | undefined; readonly generation: number } | undefined;
  /** Search steps per key. */
  readonly stepsMax?: number | undefined;
  /** Time per key, for histories of real processes; a simulator leaves it out and stays deterministic. */
  readonly millisecondsMax?: number | undefined;
}

export type Verdict = "linearizable" | "violation" | "unknown";

export interface KeyReport {
  readonly key: string;
  readonly verdict: Verdict;
  readonly operations: number;
  readonly steps: number;
  /** For people: empty when linearizable. */
  readonly explanation: string;
}

const STEPS_MAX = 2_000_000;
const EXPLANATION_STEPS_MAX = 20_000;
/** Operations of the longest order that a report shows. */
const ORDER_SHOWN = 12;

/** Judges each key of a history by itself; one report a key, in order of first appearance. */
export function checkLinearizable(
  history: readonly Operation[],
  options: LinearizabilityOptions = {},
): KeyReport[] {
  const byKey = new Map<string, Operation[]>();
  for (const operation of history) {
    const known = byKey.get(operation.key);
    if (known === undefined) byKey.set(operation.key, [operation]);
    else known.push(operation);
  }
  return [...byKey].map(([key, operations]) => {
    const back = generationRunsBack(operations);
    if (back !== undefined) {
      const explanation = `key ${key}: not linearizable; ${back}`;
      return { key, verdict: "violation", operations: operations.length, steps: 0, explanation };
    }
    const search = new Search(operations, options, true);
    const verdict = search.run();
    const { steps } = search;
    const explanation = verdict === "linearizable" ? "" : explain(key, operations, search, verdict, options);
    return { key, verdict, operations: operations.length, steps, explanation };
  });
}

function writesList(one: Operation): boolean {
  const writes = one.kind === "write" || one.kind === "compare-and-set";
  return writes && typeof one.value === "object";
}

/** The shortcuts see early that nothing leads on; people see more in the order that goes furthest. */
function explain(
  key: string,
  operations: readonly Operation[],
  search: Search,
  verdict: Verdict,
  options: LinearizabilityOptions,
): string {
  const { initial } = options;
  const plain = new Search(operations, { initial, stepsMax: EXPLANATION_STEPS_MAX }, false);
  plain.run();
  const best = plain.placed > search.placed ? plain : search;
  const head =
    verdict === "unknown"
      ? `key ${key}: unknown, no order found within ${search.steps} steps`
      : `key ${key}: not linearizable`;
  return `${head}; ${best.explain()}`;
}

/** The explanations of all keys that are not shown to be linearizable: empty when all is well. */
export function linearizabilityProblems(
  history: readonly Operation[],
  options: LinearizabilityOptions = {},
): string[] {
  return checkLinearizable(history, options)
    .filter((report) => report.verdict !== "linearizable")
    .map((report) => report.explanation);
}

/** One point of the search: a state, what brought it about, and what may come next. */
interface Frame {
  readonly state: number;
  /** Operations placed on the way here: one that changes the record, then reads. */
  readonly placed: number[];
  readonly choices: readonly number[];
  next: number;
}

class Search {
  steps = 0;
  readonly #model: RecordModel;
  readonly #planned: readonly Planned[];
  readonly #initial: number;
  /** How many of the planned operations ended; they come first, by time of call. */
  readonly #ended: number;
  readonly #shortcuts: boolean;
  readonly #stepsMax: number;
  readonly #deadline: number | undefined;
  readonly #done: Uint8Array;
  /** Of the ended operations, all below this one are placed. */
  #low = 0;
  #endedLeft: number;
  #placedCount = 0;
  readonly #demand: Demand;
  readonly #isTold: boolean;
  readonly #valueAt: Plan["valueAt"];
  readonly #seen = new Set<string>();
  #longest: number[] = [];
  #longestState: number;

  constructor(operations: readonly Operation[], options: LinearizabilityOptions, shortcuts: boolean) {
    // A list that is written whole has two origins, its last token and itself: the shortcuts know one.
    this.#shortcuts = shortcuts && !operations.some(writesList);
    const { model, planned, ended, isTold, valueAt } = plan(operations);
    this.#model = model;
    this.#planned = planned;
    this.#isTold = isTold;
    this.#valueAt = valueAt;
    this.#ended = ended;
    this.#endedLeft = ended;
    this.#stepsMax = options.stepsMax ?? STEPS_MAX;
    this.#deadline =
      options.millisecondsMax === undefined ? undefined : performance.now() + options.millisecondsMax;
    this.#done = new Uint8Array(planned.length);
    const initial = options.initial ?? { value: undefined, generation: 0 };
    this.#initial = model.stateId(model.valueId(initial.value), initial.generation);
    this.#longestState = this.#initial;
    this.#demand = new Demand(model);
    for (const one of planned) this.#demand.count(one, 1);
  }

  run(): Verdict {
    const frames: Frame[] = [];
    const first = this.#enter(this.#initial, []);
    if (this.#endedLeft === 0) return "linearizable";
    frames.push(first);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const choice = frame.choices[frame.next];
      if (choice === undefined) {
        this.#noteLongest(frames);
        for (const index of frame.placed) this.#unplace(index);
        frames.pop();
        continue;
      }
      frame.next += 1;
      const planned = this.#at(choice);
      const state = this.#model.apply(frame.state, planned);
      if (state === undefined || (this.#shortcuts && this.#isHopeless(frame.state, state, planned))) continue;
      this.steps += 1;
      if (this.#isOver()) {
        this.#noteLongest(frames);
        return "unknown";
      }
      this.#place(choice);
      const entered = this.#enter(state, [choice]);
      if (this.#endedLeft === 0) return "linearizable";
      frames.push(entered);
    }
    return "violation";
  }

  /** How many operations the longest order has. */
  get placed(): number {
    return this.#longest.length;
  }

  explain(): string {
    const placed = new Set(this.#longest);
    const endedPlaced = this.#longest.filter((index) => index < this.#ended).length;
    const shown = this.#longest.slice(-ORDER_SHOWN);
    const left = this.#nextInTime(placed).map((index) => describeOperation(this.#at(index).operation));
    return [
      `the longest order has ${endedPlaced} of ${this.#ended} operations, and ends`,
      ...(shown.length < this.#longest.length ? ["    …"] : []),
      ...shown.map((index) => `    ${describeOperation(this.#at(index).operation)}`),
      `  with ${this.#model.describe(this.#longestState)}. Of these, none leads on:`,
      ...left.map((line) => `    ${line}`),
    ].join("\n");
  }

  /** Places what can come next without a choice; then what may follow, nothing when tried before. */
  #enter(reached: number, placed: number[]): Frame {
    let state = reached;
    for (let found = true; found; ) {
      found = false;
      for (const index of this.#nextEnded()) {
        if (!this.#changesNothing(state, this.#at(index))) continue;
        this.#place(index);
        placed.push(index);
        found = true;
      }
      if (this.#shortcuts) state = this.#withoutUnneeded(state);
    }
    if (this.#endedLeft === 0) return { state, placed, choices: [], next: 0 };
    const key = this.#key(state);
    if (this.#seen.has(key)) return { state, placed, choices: [], next: 0 };
    this.#seen.add(key);
    return { state, placed, choices: this.#choices(), next: 0 };
  }

  /** Such operations can come at once where they fit: no later order is lost by it. */
  #changesNothing(state: number, planned: Planned): boolean {
    if (!planned.mutates) return this.#model.apply(state, planned) !== undefined;
    // A value nobody reads, written over one nobody reads any more, where nobody could tell.
    const { value } = this.#model.register(state);
    return this.#shortcuts && !this.#isTold && planned.unread && value === UNREAD;
  }

  /** Values that nobody reads any more are all the same. */
  #withoutUnneeded(state: number): number {
    const { value, generation } = this.#model.register(state);
    const isKept = value === ABSENT || value === EMPTY || this.#demand.isNeeded(value);
    return isKept ? state : this.#model.stateId(UNREAD, generation);
  }

  #isHopeless(before: number, after: number, by: Planned): boolean {
    // In doubt and without effect: it may as well never have happened.
    if (before === after) return by.end === Number.POSITIVE_INFINITY;
    const made = this.#model.register(after);
    const told = this.#valueAt.get(made.generation);
    if (told !== undefined && told !== made.value) return true;
    return this.#demand.isHopeless(this.#model.register(before).value, made.value, by);
  }

  /** Operations that change the record and may come next: those that end first, doubtful ones last. */
  #choices(): number[] {
    const choices = this.#nextEnded().filter((index) => this.#at(index).mutates);
    choices.sort((a, b) => this.#at(a).end - this.#at(b).end);
    const limit = this.#earliestEnd();
    for (let index = this.#ended; index < this.#planned.length; index++) {
      if (this.#at(index).call > limit) break;
      if (this.#done[index] === 0) choices.push(index);
    }
    const tried = new Set<string>();
    return choices.filter((index) => {
      const { exchangeable } = this.#at(index);
      if (exchangeable === undefined) return true;
      const isFirst = !tried.has(exchangeable);
      tried.add(exchangeable);
      return isFirst;
    });
  }

  /** The earliest end of what is not placed: nothing called later may come before it. */
  #earliestEnd(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (let index = this.#low; index < this.#ended; index++) {
      if (this.#done[index] === 1) continue;
      const { call, end } = this.#at(index);
      if (call > earliest) break;
      if (end < earliest) earliest = end;
    }
    return earliest;
  }

  /** Ended operations that time lets come next. */
  #nextEnded(): number[] {
    const limit = this.#earliestEnd();
    const found: number[] = [];
    for (let index = this.#low; index < this.#ended; index++) {
      if (this.#done[index] === 1) continue;
      if (this.#at(index).call > limit) break;
      found.push(index);
    }
    return found;
  }

  #place(index: number): void {
    this.#done[index] = 1;
    this.#placedCount += 1;
    this.#demand.count(this.#at(index), -1);
    if (index >= this.#ended) return;
    this.#endedLeft -= 1;
    while (this.#low < this.#ended && this.#done[this.#low] === 1) this.#low += 1;
  }

  #unplace(index: number): void {
    this.#done[index] = 0;
    this.#placedCount -= 1;
    this.#demand.count(this.#at(index), 1);
    if (index >= this.#ended) return;
    this.#endedLeft += 1;
    if (index < this.#low) this.#low = index;
  }

  /** State and what is placed, exactly: two points with the same key have the same future. */
  #key(state: number): string {
    let key = `${state} ${this.#low}`;
    let bits = 0;
    let width = 0;
    // What was called after the first open operation ended cannot be placed yet.
    const limit = this.#low < this.#ended ? this.#at(this.#low).end : Number.NEGATIVE_INFINITY;
    for (let index = this.#low; index < this.#ended && this.#at(index).call <= limit; index++) {
      bits = (bits << 1) | (this.#done[index] ?? 0);
      width += 1;
      if (width === 30) {
        key += ` ${bits.toString(36)}`;
        bits = 0;
        width = 0;
      }
    }
    key += ` ${bits.toString(36)}/${width}`;
    for (let index = this.#ended; index < this.#planned.length; index++) {
      if (this.#done[index] === 1) key += `+${(index - this.#ended).toString(36)}`;
    }
    return key;
  }

  #isOver(): boolean {
    if (this.steps >= this.#stepsMax) return true;
    if (this.#deadline === undefined || this.steps % 256 !== 0) return false;
    return performance.now() > this.#deadline;
  }

  #noteLongest(frames: readonly Frame[]): void {
    const last = frames.at(-1);
    if (last === undefined || this.#placedCount <= this.#longest.length) return;
    this.#longest = frames.flatMap((frame) => frame.placed);
    this.#longestState = last.state;
  }

  /** What time lets come after an order, for the report. */
  #nextInTime(placed: ReadonlySet<number>): number[] {
    const left = this.#planned.map((_, index) => index).filter((index) => !placed.has(index));
    const limit = left.reduce((least, index) => Math.min(least, this.#at(index).end), Infinity);
    return left.filter((index) => this.#at(index).call <= limit);
  }

  #at(index: number): Planned {
    const planned = this.#planned[index];
    if (planned === undefined) throw new Error(`no operation ${index}`);
    return planned;
  }
}
