/**
 * Deadlines of requests in flight. One coarse timer for all of them instead of one each: every
 * request of a client carries a timeout, and next to none reaches it. The list is in order of
 * arrival, not of deadlines; it is as long as what is in flight, which is bounded.
 */
import type { Clock } from "../../common/clock.ts";

/** A request that waits. `next` and `previous` belong to the list. */
export interface Waiting {
  deadlineMs: number;
  next: Waiting | undefined;
  previous: Waiting | undefined;
  expire(): void;
}

const SWEEP_MS = 20;

export class Deadlines {
  readonly #clock: Clock;
  #first: Waiting | undefined;
  #last: Waiting | undefined;
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#count;
  }

  add(waiting: Waiting, timeoutMs: number): void {
    waiting.deadlineMs = this.#clock.monotonicMs() + timeoutMs;
    waiting.previous = this.#last;
    waiting.next = undefined;
    if (this.#last === undefined) this.#first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
    this.#count += 1;
    this.#timer ??= setTimeout(() => this.#sweep(), SWEEP_MS);
  }

  remove(waiting: Waiting): void {
    if (waiting.previous === undefined) this.#first = waiting.next;
    else waiting.previous.next = waiting.next;
    if (waiting.next === undefined) this.#last = waiting.previous;
    else waiting.next.previous = waiting.previous;
    waiting.next = undefined;
    waiting.previous = undefined;
    this.#count -= 1;
  }

  /** Ends everything that waits, e.g. when the door closes. */
  expireAll(): void {
    while (this.#first !== undefined) this.#expire(this.#first);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #expire(waiting: Waiting): void {
    this.remove(waiting);
    waiting.expire();
  }

  #sweep(): void {
    const now = this.#clock.monotonicMs();
    const due: Waiting[] = [];
    for (let waiting = this.#first; waiting !== undefined; waiting = waiting.next) {
      if (waiting.deadlineMs <= now) due.push(waiting);
    }
    // One expiring may settle another (a batch ends), so each is asked whether it still waits.
    for (const waiting of due) if (this.#holds(waiting)) this.#expire(waiting);
    this.#timer = this.#first === undefined ? undefined : setTimeout(() => this.#sweep(), SWEEP_MS);
  }

  #holds(waiting: Waiting): boolean {
    return waiting.previous !== undefined || this.#first === waiting;
  }
}
