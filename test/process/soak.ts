/**
 * `npm run soak -- --minutes 30 --seed N`: random faults on real processes under load, with all checks
 * of soak-run.ts. The seed decides which faults come and when; processes and networks decide the
 * rest, so a seed repeats a schedule, not a run. Exit code 1 when anything did not hold.
 */
import { Command } from "commander";
import { wholeNumber } from "../../cli/command-line.ts";
import { SoakRun } from "./soak-run.ts";

const SEED_MAX = 2 ** 31 - 1;
const IN_DOUBT_SHARE_MAX = 0.05;

const options = new Command("soak")
  .description("Random faults on real processes, under load.")
  .option("--minutes <n>", "how long faults are made", wholeNumber(1, 100_000), 30)
  .option("--seed <n>", "draws the faults", wholeNumber(0, SEED_MAX), Date.now() % SEED_MAX)
  .option("--nodes <n>", "nodes of each of the two datacenters", wholeNumber(2, 8), 3)
  .option(
    "--queued <n>",
    "changes that wait behind a cut WAN at the end",
    wholeNumber(1, 10_000_000),
    100_000,
  )
  .parse()
  .opts<{ minutes: number; seed: number; nodes: number; queued: number }>();

const startedMs = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(`${seconds.padStart(8)} s  ${line}\n`);
};
say(`seed ${options.seed}, ${options.minutes} minutes, ${options.nodes} nodes a datacenter`);
const { violations, inDoubtShare, windows } = await SoakRun.run({
  ...options,
  flowMsMax: 5000,
  lagMsMax: 30_000,
  say,
});
if (inDoubtShare > IN_DOUBT_SHARE_MAX) violations.push(`${inDoubtShare} of the writes ended in doubt`);
if (windows === 0) violations.push("no window without a fault was judged: an outage would not have shown");
for (const violation of violations) process.stdout.write(`violation: ${violation}\n`);
process.stdout.write(`seed ${options.seed}: ${violations.length} violations\n`);
// Its clients are open.
process.exit(violations.length === 0 ? 0 : 1);
