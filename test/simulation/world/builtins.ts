/**
 * What Node gives a process, replaced for the life of this process: timers, clocks, random numbers,
 * TCP. The product's code runs unchanged on it, and cannot tell. Only `loader.ts` imports this, in
 * a process that does nothing but simulate.
 */
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import timers from "node:timers/promises";
import type { Scheduled } from "./host.ts";
import { VirtualServer, VirtualSocket } from "./socket.ts";
import { world } from "./present.ts";

class VirtualTimer {
  readonly #ms: number;
  readonly #repeats: boolean;
  readonly #run: () => void;
  #scheduled: Scheduled | undefined;

  constructor(run: () => void, delayMs: number, repeats: boolean) {
    this.#ms = delayMs >= 1 ? delayMs : 1;
    this.#run = run;
    this.#repeats = repeats;
    this.#schedule();
  }

  cancel(): void {
    this.#scheduled?.cancel();
    this.#scheduled = undefined;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  /** Starts anew, also after it has run. */
  refresh(): this {
    this.cancel();
    this.#schedule();
    return this;
  }

  #schedule(): void {
    const { scheduler } = world();
    const fire = (): void => {
      // As Node does: the next turn of an interval counts from the beginning of this one.
      if (this.#repeats) this.#schedule();
      this.#run();
    };
    this.#scheduled = scheduler.after(this.#ms, scheduler.current, fire, true);
  }
}

function cancel(timer: unknown): void {
  if (timer instanceof VirtualTimer || timer instanceof VirtualImmediate) timer.cancel();
}

class VirtualImmediate {
  readonly #scheduled: Scheduled;
  constructor(run: () => void) {
    const { scheduler } = world();
    this.#scheduled = scheduler.after(0, scheduler.current, run);
  }
  cancel(): void {
    this.#scheduled.cancel();
  }
}

type Accept = (socket: VirtualSocket) => void;
type Callback = (...args: unknown[]) => void;

function sleep(delayMs: number, value: unknown, options?: { signal?: AbortSignal }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = new VirtualTimer(() => resolve(value), delayMs, false);
    options?.signal?.addEventListener("abort", () => {
      timer.cancel();
      reject(options.signal?.reason);
    });
  });
}

function randomBytes(size: number): Buffer {
  const { random } = world().scheduler;
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; at++) bytes[at] = random.int(256);
  return bytes;
}

/** Replaces them all. There is no way back: the process belongs to the simulation from now on. */
export function replaceBuiltins(): void {
  Object.assign(globalThis, {
    setTimeout: (run: Callback, ms = 1, ...args: unknown[]) =>
      new VirtualTimer(() => run(...args), ms, false),
    setInterval: (run: Callback, ms = 1, ...args: unknown[]) =>
      new VirtualTimer(() => run(...args), ms, true),
    setImmediate: (run: Callback, ...args: unknown[]) => new VirtualImmediate(() => run(...args)),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  });
  Date.now = () => world().scheduler.wallMs();
  performance.now = () => world().scheduler.monotonicMs();
  Math.random = () => world().scheduler.random.next();
  Object.assign(timers, { setTimeout: sleep });
  Object.assign(crypto, {
    randomBytes,
    randomInt: (min: number, below: number) =>
      min + Math.floor(world().scheduler.random.next() * (below - min)),
  });
  Object.assign(net, {
    connect: (target: { host: string; port: number }) => VirtualSocket.dial(`${target.host}:${target.port}`),
    createServer: (...given: [unknown, Accept] | [Accept]) =>
      new VirtualServer(given.length === 2 ? given[1] : given[0]),
  });
  syncBuiltinESMExports();
}
