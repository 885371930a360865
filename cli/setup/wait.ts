/** Waits for a condition by asking again and again. */
import { setTimeout as pause } from "node:timers/promises";

/** Resolves to whether the condition came true within `timeoutMs`. An error of it is passed on. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { readonly timeoutMs: number; readonly intervalMs: number },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() >= deadline) return false;
    await pause(options.intervalMs);
  }
}
