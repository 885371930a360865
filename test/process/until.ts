/** Waiting for conditions: asked again and again, never a fixed sleep. */
import { setTimeout as pause } from "node:timers/promises";

export interface UntilOptions {
  readonly timeoutMs: number;
  readonly intervalMs?: number | undefined;
}

/** Resolves with the first answer that is not undefined; throws, saying what was waited for. */
export async function until<T>(
  what: string,
  options: UntilOptions,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const startedMs = performance.now();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    const waitedMs = performance.now() - startedMs;
    if (waitedMs > options.timeoutMs) throw new Error(`waited ${Math.round(waitedMs)} ms in vain: ${what}`);
    await pause(options.intervalMs ?? 50);
  }
}

/** The same for a condition that is true or not. */
export async function untilTrue(
  what: string,
  options: UntilOptions,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  await until(what, options, async () => ((await condition()) ? true : undefined));
}

/** Lets `ms` pass: for faults and loads that last a given time, not for conditions. */
export async function elapse(ms: number): Promise<void> {
  await pause(ms);
}
