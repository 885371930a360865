/**
 * Gives every property test the seed of the run (printed at its start and its end), so that
 * `TEST_SEED=n npm test` repeats it. Loaded by vitest before each test file.
 */
import fc from "fast-check";

const seed = Number(process.env["TEST_SEED"]);
if (!Number.isSafeInteger(seed)) throw new Error("TEST_SEED is not an integer");
fc.configureGlobal({ seed, endOnFailure: false });
