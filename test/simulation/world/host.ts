/**
 * Virtual time for a whole world of processes. Each process is a host with clocks of its own; every
 * event belongs to a host (or to the world), and nothing runs outside of an event. A host that was
 * killed gets no event any more; one that is stopped gets them all once it goes on.
 *
 * After each event all microtasks are run, as Node does between two callbacks, so a promise never
 * settles in another host's event. The same seed gives the same order of everything.
 */
import type { Random } from "../virtual-time.ts";

/** Wall time at virtual time 0. */
const WALL_START_MS = 1_800_000_000_000;

/** What can be called off. */
export interface Scheduled {
  cancel(): void;
}

class Event implements Scheduled {
  readonly atMs: number;
  readonly order: number;
  readonly host: Host | undefined;
  readonly life: number;
  readonly isTimer: boolean;
  /** Undefined once cancelled. */
  run: (() => void) | undefined;

  constructor(atMs: number, order: number, host: Host | undefined, run: () => void, isTimer: boolean) {
    this.atMs = atMs;
    this.order = order;
    this.host = host;
    this.life = host?.life ?? 0;
    this.run = run;
    this.isTimer = isTimer;
  }

  cancel(): void {
    this.run = undefined;
  }
}

export class Host {
  readonly name: string;
  /** Rises with every start and every death: what belonged to an earlier life is void. */
  life = 0;
  up = false;
  stopped = false;
  /** Lost its power: what is sent to it is answered by nobody. */
  powerless = false;
  /** Monotonic time runs at this rate of virtual time. */
  rate = 1;
  bootedAtMs = 0;
  wallOffsetMs = 0;
  /** Wall time runs at this rate of virtual time, from that moment on. */
  wallRate = { rate: 1, sinceMs: 0 };
  /** Wall time stands still at this value. */
  frozenWallMs: number | undefined;
  readonly deferred: Event[] = [];
  /** What a death must undo: sockets, listeners, connections. */
  readonly onDeath = new Set<(politely: boolean) => void>();

  constructor(name: string) {
    this.name = name;
  }
}

type Crash = (host: Host | undefined, error: unknown) => void;

export class Scheduler {
  nowMs = 0;
  /** Events run so far. */
  count = 0;
  current: Host | undefined;
  readonly random: Random;
  readonly #onCrash: Crash;
  readonly #heap: Event[] = [];
  #order = 0;

  /** `onCrash`: a host's code threw and nobody caught it. */
  constructor(random: Random, onCrash: Crash) {
    this.random = random;
    this.#onCrash = onCrash;
  }

  /** Runs `run` as an event of `host` in `delayMs`. */
  after(delayMs: number, host: Host | undefined, run: () => void, isTimer = false): Scheduled {
    const atMs = this.nowMs + (delayMs > 0 ? delayMs : 0);
    const event = new Event(atMs, this.#order++, host, run, isTimer);
    push(this.#heap, event);
    return event;
  }

  /** Runs events until `done` says so or virtual time passes `untilMs`. */
  run(untilMs: number, done: () => boolean = () => false): void {
    while (!done()) {
      const next = this.#heap[0];
      if (next === undefined || next.atMs > untilMs) {
        this.nowMs = Math.max(this.nowMs, untilMs);
        return;
      }
      pop(this.#heap);
      this.nowMs = next.atMs;
      this.#take(next);
    }
  }

  /** Runs something of `host` now, from an event of the world. */
  within<T>(host: Host, run: () => T): T {
    const before = this.current;
    this.current = host;
    try {
      const result = run();
      runMicrotasks();
      return result;
    } finally {
      this.current = before;
    }
  }

  /** The host goes on: what waited is run, timers before or after what was received. */
  resume(host: Host): void {
    host.stopped = false;
    const waiting = host.deferred.splice(0);
    const timersFirst = this.random.chance(0.5);
    const ordered = [
      ...waiting.filter((event) => event.isTimer === timersFirst),
      ...waiting.filter((event) => event.isTimer !== timersFirst),
    ];
    for (const event of ordered) this.after(0, host, () => event.run?.(), event.isTimer);
  }

  monotonicMs(): number {
    const host = this.current;
    return host === undefined ? this.nowMs : 1 + (this.nowMs - host.bootedAtMs) * host.rate;
  }
  wallMs(): number {
    const host = this.current;
    const trueMs = WALL_START_MS + Math.floor(this.nowMs);
    if (host === undefined) return trueMs;
    const { rate, sinceMs } = host.wallRate;
    const gained = rate === 1 ? 0 : Math.floor((this.nowMs - sinceMs) * (rate - 1));
    return host.frozenWallMs ?? trueMs + host.wallOffsetMs + gained;
  }

  /** From now on the host's wall clock runs at this rate, on from where it is. */
  runWallClock(host: Host, rate: number): void {
    const { rate: before, sinceMs } = host.wallRate;
    host.wallOffsetMs += Math.floor((this.nowMs - sinceMs) * (before - 1));
    host.wallRate = { rate, sinceMs: this.nowMs };
  }

  #take(event: Event): void {
    const { host } = event;
    if (event.run === undefined || (host !== undefined && host.life !== event.life)) return;
    if (host?.stopped) {
      host.deferred.push(event);
      return;
    }
    this.count++;
    this.current = host;
    try {
      event.run();
      runMicrotasks();
    } catch (error) {
      this.#onCrash(host, error);
    } finally {
      this.current = undefined;
    }
  }
}

/**
 * Runs all microtasks now. Node offers this only as the callback that it runs itself after every
 * callback from native code; run-time alternatives are a real turn of the event loop per event, which
 * takes ten times as long. Works outside of microtasks only, which `assertMicrotasksRun` makes sure.
 */
const nodeProcess = process as unknown as { _tickCallback(): void };
function runMicrotasks(): void {
  nodeProcess._tickCallback();
}

/** Throws unless microtasks are run when they should be. */
export function assertMicrotasksRun(): void {
  let depth = 0;
  const descend = async (levels: number): Promise<void> => {
    if (levels > 0) await descend(levels - 1);
    depth++;
  };
  void descend(9);
  runMicrotasks();
  if (depth !== 10) throw new Error("microtasks cannot be run here: the world needs a turn of its own");
}

function push(heap: Event[], event: Event): void {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isBefore(above, event)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    const takesRight = left !== undefined && right !== undefined && isBefore(right, left);
    const child = takesRight ? right : left;
    if (child === undefined || isBefore(last, child)) break;
    heap[at] = child;
    at = 2 * at + (takesRight ? 2 : 1);
  }
  heap[at] = last;
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
