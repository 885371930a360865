/**
 * Test projects, from quick to slow. `npm test` runs all; `npm run test:unit` and
 * `npm run test:end-to-end` one of them; a path after `--` narrows either.
 *
 * Every run draws one seed for all property tests and prints it; TEST_SEED=... repeats a run.
 */
import { defineConfig } from "vitest/config";
import { compileCache } from "./cli/setup/project-root.ts";

process.env["TEST_SEED"] ??= String(Date.now() % 2_147_483_647);
// As the command line has it: what tests start does not strip and compile the same sources each time.
process.env["NODE_COMPILE_CACHE"] ??= compileCache;
const generous = Number(process.env["CI"] === "true" ? 2 : 1);
const setupFiles = ["test/gates/seed.ts"];
/** Where real processes are, and native code that may block. */
const watched = [...setupFiles, "test/gates/watchdog.ts"];
const exclude = ["**/node_modules/**", "**/.meridian/**"];
/** What brings up containers on a Docker engine. */
const containers = ["test/containers/**/*.test.ts"];
/** The image is built there, and a drill of three datacenters restarts nodes six times. */
const containerTimes = { testTimeout: 180_000 * generous, hookTimeout: 300_000 * generous };
/** What starts real processes and watches the time: alone on the machine, one file after the other. */
const processes = ["test/end-to-end/**/*.test.ts", "test/process/**/*.test.ts", "test/xdr/xdr.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default", "./test/gates/counts-reporter.ts"],
    // A test that is right but slow on a busy machine must not be reported as wrong.
    testTimeout: 20_000 * generous,
    hookTimeout: 20_000 * generous,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{common,proto,node,xdr-shipper,cli,deploy}/**/*.test.ts"],
          exclude,
          setupFiles,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: [...exclude, ...processes, ...containers],
          setupFiles: watched,
          testTimeout: 60_000 * generous,
          hookTimeout: 60_000 * generous,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // Real processes, real nats-server, the official client: one file at a time.
          name: "end-to-end",
          include: processes,
          exclude,
          setupFiles: watched,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 180_000 * generous,
          hookTimeout: 120_000 * generous,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "containers",
          include: containers,
          exclude,
          setupFiles: watched,
          fileParallelism: false,
          maxWorkers: 1,
          ...containerTimes,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
