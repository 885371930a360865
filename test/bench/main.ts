/**
 * `npm run bench`: each figure beside its own limit measured in the same run, as JSON lines on
 * standard output and a table at the end; progress goes to standard error. Linux only, since CPU
 * time is read from /proc. Numbers of a busy machine are worth nothing: run it alone.
 */
import { existsSync, rmSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { errorMessage } from "../../common/errors.ts";
import { runClientSuite } from "./client-suite.ts";
import { runLagSuite } from "./lag-suite.ts";
import { parseOptions } from "./options.ts";
import { Processes } from "./processes.ts";
import { summarizeProfiles } from "./profile.ts";
import { Report } from "./report.ts";
import { runShippingSuite } from "./shipping-suite.ts";

if (!existsSync("/proc/self/stat")) throw new Error("the benchmark reads CPU time from /proc: Linux only");
const options = parseOptions(process.argv.slice(2));
rmSync(options.folder, { recursive: true, force: true });
const processes = new Processes(join(options.folder, "logs"));
const report = new Report();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    processes.stopAll().then(() => process.exit(130), console.error);
  });
}
console.log(
  JSON.stringify({
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release(), node: process.version },
    options,
  }),
);
try {
  if (options.only.includes("client")) await runClientSuite(options, processes, report);
  await processes.stopAll();
  if (options.only.includes("shipping") || options.only.includes("memory")) {
    await runShippingSuite(options, processes, report);
  }
  if (options.only.includes("lag")) await runLagSuite(options, processes, report);
} catch (error) {
  // The Aerospike client's errors hold the client and its whole command: their message will do.
  console.error(error instanceof Error && "command" in error ? errorMessage(error) : error);
  process.exitCode = 1;
} finally {
  await processes.stopAll();
  console.log(report.table());
  if (options.profile) console.log(summarizeProfiles(options.folder));
  // Gigabytes of data; after a failure the logs in it are what one wants.
  if (process.exitCode === undefined) rmSync(options.folder, { recursive: true, force: true });
  else console.error(`data and logs are kept in ${options.folder}`);
}
// Its clients are open.
process.exit();
