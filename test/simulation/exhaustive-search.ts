/**
 * Tries every schedule of a small world within its bounds. Two schedules that lead to the same state go
 * on alike, so each state is looked at once; schedules are counted by adding up the ways from it to rest.
 * A schedule ends when everything is at rest, and each such end is checked.
 *
 * The usual order is that of `SmallWorld.choices`: what is under way and on its way to a disk first,
 * then what is asked of the controller, then writes, then what the controller makes of nodes that look
 * dead, then the ends of faults. A disturbance is
 * - a fault, at any point;
 * - `early`: something that may come next does so out of turn;
 * - `late`: a channel (one direction of a connection, a node's flushes, its maps, ...) waits from here
 *   on until nothing else is left to happen.
 * With an infinite bound every order is tried, and there is no usual one.
 */
import { hash } from "node:crypto";
import { Locals } from "./exhaustive-locals.ts";
import { OwnStates, type States } from "./exhaustive-states.ts";
import { type Bounds, type Choice, SmallWorld, type World } from "./exhaustive-world.ts";
import { Violation } from "./partition-oracle.ts";
import type { Broken } from "./partition-schedule.ts";

export interface Exploration {
  /** Complete schedules, from the first state to rest. */
  readonly schedules: number;
  readonly states: number;
  /** Events from one state to another. */
  readonly transitions: number;
  /** Events of the longest schedule. */
  readonly longest: number;
  /** How often something happened, over all transitions. */
  readonly counts: ReadonlyMap<string, number>;
  readonly violation:
    | { readonly checker: string; readonly message: string; readonly schedule: readonly string[] }
    | undefined;
}

/** A schedule is finite: each event uses up something. More than this is a loop. */
const EVENTS_MAX = 500;

/** All schedules. */
export function explore(bounds: Bounds, broken: Broken = {}): Exploration {
  return new Search(bounds, broken, new OwnStates()).run([]);
}

/** Which move is taken in each state from the first one on. */
export type Part = readonly number[];

/** A world and what of the bound is used up. */
interface Point {
  readonly world: World;
  readonly disturbances: number;
  /** Channels that wait. */
  readonly held: readonly string[];
}

interface Move {
  readonly name: string;
  readonly to: () => Point;
}

/** Searches part after part; several of them search as one when they share what states they have seen. */
export class Search {
  readonly #bounds: Bounds;
  readonly #locals: Locals;
  readonly #world: SmallWorld;
  readonly #states: States;
  readonly #leftAt: number;
  readonly #left: Part[] = [];
  readonly #path: string[] = [];
  readonly #indices: number[] = [];
  readonly #counts = new Map<string, number>();
  #visited = 0;
  #transitions = 0;
  #longest = 0;

  /** Goes into no state with `leftAt` disturbances or more: `left` tells how to get there. */
  constructor(bounds: Bounds, broken: Broken, states: States, leftAt = Number.POSITIVE_INFINITY) {
    this.#bounds = bounds;
    this.#states = states;
    this.#leftAt = leftAt;
    this.#locals = new Locals(broken);
    const flaws = new Set(broken.flaws ?? []);
    this.#world = new SmallWorld(bounds, this.#locals, flaws);
  }

  /** One part for each state that was not gone into. */
  get left(): readonly Part[] {
    return this.#left;
  }

  /** Everything from the end of a part on; what is found adds up from part to part. */
  run(part: Part): Exploration {
    this.#path.length = 0;
    this.#indices.length = 0;
    let schedules = 0;
    let violation: Exploration["violation"];
    try {
      schedules = this.#waysFrom(part.reduce((point, index) => this.#take(point, index), this.#start()));
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      violation = { checker: error.checker, message: error.message, schedule: [...this.#path] };
    }
    return {
      schedules,
      states: this.#visited,
      transitions: this.#transitions,
      longest: this.#longest,
      counts: new Map([...this.#counts, ...this.#world.counts]),
      violation,
    };
  }

  #start(): Point {
    return { world: this.#calm(this.#world.first()), disturbances: 0, held: [] };
  }
  #take(point: Point, index: number): Point {
    const move = [...this.#moves(point, this.#world.choices(point.world))][index];
    if (move === undefined) throw new Error(`no move ${index} after ${this.#path.join("; ")}`);
    this.#path.push(move.name);
    return move.to();
  }

  /** Short, and for all purposes different for different points: millions of them are kept. */
  #keyOf({ disturbances, held, world }: Point): string {
    return hash("sha1", `${disturbances} ${held}|${this.#world.key(world)}`, "binary");
  }

  /** From the start to a primary that serves, in the usual order: not what is to be tried. */
  #calm(first: World): World {
    let world = first;
    for (;;) {
      const choice = this.#world.choices(world).find(({ channel }) => channel !== "write");
      if (choice === undefined) return world;
      world = choice.apply();
    }
  }

  #waysFrom(point: Point): number {
    const key = this.#keyOf(point);
    const known = this.#states.begin(key);
    if (known !== undefined) return known;
    if (point.disturbances >= this.#leftAt) {
      this.#left.push([...this.#indices]);
      this.#states.end(key, 0);
      return 0;
    }
    this.#visited++;
    this.#longest = Math.max(this.#longest, this.#path.length);
    if (this.#path.length > EVENTS_MAX) throw new Error(`no end: ${this.#path.slice(-30).join("; ")}`);
    const choices = this.#world.choices(point.world);
    let ways = 0;
    if (choices.length === 0) {
      this.#world.checkAtRest(point.world);
      ways = 1;
    }
    let index = 0;
    for (const { name, to } of this.#moves(point, choices)) {
      this.#path.push(name);
      this.#indices.push(index++);
      this.#transitions++;
      const what = name.split(" ")[0] ?? name;
      this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
      ways += this.#waysFrom(to());
      this.#path.pop();
      this.#indices.pop();
    }
    this.#states.end(key, ways);
    return ways;
  }

  *#moves(point: Point, choices: readonly Choice[]): Generator<Move> {
    const { world, disturbances, held } = point;
    const { disturbances: most } = this.#bounds;
    const after = disturbances + 1;
    const departed = disturbances - world.faults;
    const mayDepart = after <= most && departed < (this.#bounds.departures ?? most);
    if (most === Number.POSITIVE_INFINITY) {
      for (const { name, apply } of choices) yield { name, to: () => ({ ...point, world: apply() }) };
    } else {
      const waiting = choices.filter(({ channel }) => !held.includes(channel));
      // Nothing else is left: what waited goes on.
      const free = waiting.length === 0 ? choices : waiting;
      const stillHeld = waiting.length === 0 ? [] : held;
      const usual = free[0]?.channel;
      for (const { name, channel, apply } of free) {
        const isUsual = channel === usual;
        if (!isUsual && !mayDepart) continue;
        const used = isUsual ? disturbances : after;
        yield { name, to: () => ({ world: apply(), disturbances: used, held: stillHeld }) };
      }
      if (usual !== undefined && free.length > 1 && mayDepart) {
        const heldNow = [...stillHeld, usual].sort();
        yield { name: `late: ${usual}`, to: () => ({ world, disturbances: after, held: heldNow }) };
      }
    }
    if (after > most) return;
    for (const { name, apply } of this.#world.faults(world)) {
      yield { name, to: () => ({ ...point, world: apply(), disturbances: after }) };
    }
  }
}
