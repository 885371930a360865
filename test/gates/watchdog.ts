/**
 * Ends the process of a test file whose event loop stands still: no timeout of a test can fire there, and
 * the run would wait for ever (native code may block, a loop may not end). Loaded by vitest before each
 * test file; the run goes on with the next file, and fails.
 */
import { Worker } from "node:worker_threads";
import { expect } from "vitest";

/** Images are built, and packed examples run, while the process waits: longer than any of these. */
const STANDS_MS = 400_000;
const BEAT_MS = 1000;

const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
setInterval(() => {
  Atomics.add(beats, 0, 1);
  Atomics.notify(beats, 0);
}, BEAT_MS).unref();
const workerData = { beats, standsMs: STANDS_MS, file: expect.getState().testPath };
new Worker(new URL("watchdog-worker.ts", import.meta.url), { workerData, execArgv: [] }).unref();
