/**
 * Runs the storage's writes one after the other, each with a deadline. The first that fails, or
 * does not settle in time (a hanging flush), ends all: what the disk holds is unknown from then on,
 * so every later one is rejected.
 */
import { AssertionError } from "../../common/assert.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";

interface Job {
  /** Does the work; never rejects. What it returns tells the caller how it ended. */
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

export class WriteQueue {
  readonly #deadlineMs: number;
  readonly #waiting: Job[] = [];
  #running: Job | undefined;
  #failure: Error | undefined;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /** Throws when the storage can no longer be used. */
  assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }
  /** Whether no write is under way; a hanging one is. */
  get idle(): boolean {
    return this.#running === undefined;
  }

  /** Runs `task` when all before it are done; at once, in this turn, when none is. */
  write<T>(task: () => Promise<T>): Promise<T> {
    return this.#enqueue(task, true);
  }

  /** Runs `task` between writes; its failure is its caller's only. */
  between<T>(task: () => Promise<T>): Promise<T> {
    return this.#enqueue(task, false);
  }

  /** Rejects everything from now on, also what waits. */
  stop(reason: Error): void {
    this.#failure ??= reason;
    for (const job of this.#waiting.splice(0)) job.reject(this.#failure);
  }

  #enqueue<T>(task: () => Promise<T>, fatal: boolean): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise<T>((resolve, reject) => {
      const run = async (): Promise<() => void> => {
        try {
          const result = await task();
          return () => resolve(result);
        } catch (error) {
          if (fatal) this.fail(error);
          return () => reject(fatal ? this.#failure : error);
        }
      };
      this.#waiting.push({ run, reject });
      this.#startNext();
    });
  }

  #startNext(): void {
    if (this.#running !== undefined) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    this.#running = job;
    const watchdog = setTimeout(() => {
      this.fail(new MeridianError("STORE_HANGS", `a write did not settle within ${this.#deadlineMs} ms`));
      job.reject(this.#failure);
    }, this.#deadlineMs);
    watchdog.unref();
    void job.run().then((settle) => {
      clearTimeout(watchdog);
      // Before the caller goes on: what it then writes is started in its own turn.
      this.#running = undefined;
      this.#startNext();
      settle();
    });
  }

  /** Ends the storage for a reason found elsewhere than in a write. */
  fail(cause: unknown): void {
    this.stop(
      cause instanceof AssertionError || cause instanceof MeridianError
        ? cause
        : new MeridianError("STORE_FAILED", `the storage failed: ${errorMessage(cause)}`, { cause }),
    );
  }
}
