/**
 * Writes many records with a bounded number in flight. A write that may be tried again is, until
 * its time is over: writing the same content once more does no harm, so what was in doubt becomes
 * certain. What fails for good is counted and shown, never passed over.
 */
import { setTimeout as pause } from "node:timers/promises";
import { errorMessage } from "../../common/errors.ts";

export interface BulkOptions<Item> {
  readonly items: readonly Item[];
  readonly concurrency: number;
  readonly write: (item: Item) => Promise<void>;
  readonly isRetryable: (error: unknown) => boolean;
  /** How long one record is tried for. */
  readonly giveUpMs: number;
  readonly onProgress: (done: number) => void;
}

export interface BulkResult {
  readonly written: number;
  readonly retries: number;
  readonly failed: number;
  /** The first failures, for people. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

const BACKOFF_MS = 20;
const BACKOFF_MS_MAX = 1000;
const FAILURES_SHOWN = 5;
/** After this many failures for good, the rest is not tried. */
const FAILURES_MAX = 1000;

export async function writeAll<Item>(options: BulkOptions<Item>): Promise<BulkResult> {
  const { items, concurrency } = options;
  const failures: string[] = [];
  let next = 0;
  let written = 0;
  let failed = 0;
  let retries = 0;
  const startedMs = performance.now();
  const worker = async (): Promise<void> => {
    while (next < items.length && failed < FAILURES_MAX) {
      const item = items[next++];
      if (item === undefined) return;
      try {
        // Not `retries += await`: that would add to the value from before the wait.
        const needed = await writeOne(options, item);
        retries += needed;
        written += 1;
      } catch (error) {
        failed += 1;
        if (failures.length < FAILURES_SHOWN) failures.push(errorMessage(error));
      }
      options.onProgress(written + failed);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  return {
    written,
    retries,
    failed: items.length - written,
    failures,
    seconds: (performance.now() - startedMs) / 1000,
  };
}

/** Resolves to the number of retries it took. */
async function writeOne<Item>(options: BulkOptions<Item>, item: Item): Promise<number> {
  const deadline = performance.now() + options.giveUpMs;
  for (let retries = 0; ; retries++) {
    try {
      await options.write(item);
      return retries;
    } catch (error) {
      if (!options.isRetryable(error) || performance.now() > deadline) throw error;
    }
    // Spread out, so that all waiting writes do not come back at once.
    await pause(Math.min(BACKOFF_MS_MAX, BACKOFF_MS * 2 ** retries) * (0.5 + Math.random()));
  }
}
