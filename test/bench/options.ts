/** Options of `npm run bench`. */
import { join } from "node:path";
import { Command } from "commander";

const SUITES = ["client", "shipping", "memory", "feed", "lag"] as const;
type Suite = (typeof SUITES)[number];

export interface BenchOptions {
  readonly quick: boolean;
  /** Profile the product's processes and print where their time went. */
  readonly profile: boolean;
  readonly only: readonly Suite[];
  /** Folder of data and logs; emptied at the start. */
  readonly folder: string;
  readonly rounds: number;
  /** Length of one measurement of client operations. */
  readonly seconds: number;
  /** Records of the shipping and memory suites. */
  readonly records: number;
  readonly feedFormat: string;
}

export function parseOptions(argv: readonly string[]): BenchOptions {
  const root = join(import.meta.dirname, "../..");
  const program = new Command("npm run bench --")
    .description("Figures of Meridian beside their own limits, measured in the same run.")
    .option("--quick", "short rounds and a tenth of the records: a look, not a measurement", false)
    .option("--profile", "say where the time of nodes and shippers goes (slows them a little)", false)
    .option("--only <suites...>", `of ${SUITES.join(", ")} (the storage engines: npm run bench:engine)`)
    .option("--folder <path>", "where data and logs go", join(root, ".meridian/bench"))
    .option("--rounds <n>", "rounds of the client suite", (text) => Number.parseInt(text, 10))
    .option("--feed-format <format>", "of the feed suite's messages", "json")
    .option("--records <n>", "records to ship", (text) => Number.parseInt(text, 10))
    .parse(["node", "bench", ...argv]);
  const given = program.opts<{
    quick: boolean;
    profile: boolean;
    only?: string[];
    folder: string;
    rounds?: number;
    records?: number;
    feedFormat: string;
  }>();
  const only = (given.only ?? SUITES).map((name) => {
    const suite = SUITES.find((known) => known === name);
    return suite ?? program.error(`--only: there is no ${name}; there are ${SUITES.join(", ")}`);
  });
  return {
    quick: given.quick,
    profile: given.profile,
    only,
    folder: given.folder,
    rounds: given.rounds ?? (given.quick ? 2 : 5),
    seconds: given.quick ? 2 : 5,
    feedFormat: given.feedFormat,
    records: given.records ?? (given.quick ? 100_000 : 1_000_000),
  };
}
