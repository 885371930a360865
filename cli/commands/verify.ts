/** `meridian verify`: proves the datacenters equal, or names the keys that differ. */
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { RecordView } from "../client/record-version.ts";
import { EXIT, printJson, printLine, wholeNumber, withExamples } from "../command-line.ts";
import { renderLedger } from "../ledger/render-ledger.ts";
import { takeLedger } from "../ledger/take-ledger.ts";
import { takeOverview } from "../overview/overview.ts";
import { formatCount, renderShip } from "../overview/render.ts";
import type { Setup } from "../setup/setup.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";
import { type KeyDifference, type Verdict, worstVerdict } from "../verify/compare.ts";
import { verifyContinuously, type VerificationEvent } from "../verify/continuous.ts";
import { type NamespaceVerdict, verifyNamespace } from "../verify/verify-namespace.ts";

interface VerifyCommandOptions extends SetupChoice {
  readonly namespace?: string;
  readonly wait: number;
  readonly continuous?: boolean;
  readonly passes?: number;
  readonly interval: number;
  readonly repair?: boolean;
  readonly certificate?: string;
}

const KEYS_SHOWN = 20;
const EXIT_OF: Record<Verdict, number> = {
  equal: EXIT.ok,
  different: EXIT.negative,
  inconclusive: EXIT.inconclusive,
};

export function addVerify(program: Command): void {
  const command = program
    .command("verify")
    .description(
      "compare all datacenters partition by partition, versions included; names the keys that differ",
    )
    .option("--namespace <name>", "only this namespace (default: all)")
    .option(
      "--wait <seconds>",
      "how long changes on their way may take to arrive",
      wholeNumber(0, 86_400),
      10,
    );
  command
    .option(
      "--continuous",
      "pass after pass over all copies while writes go on, until Ctrl-C; tells each difference that no " +
        "change on its way explains",
    )
    .option("--passes <n>", "the same, and ends after so many", wholeNumber(1, 1_000_000))
    .option("--interval <seconds>", "between passes", wholeNumber(0, 86_400), 60)
    .option(
      "--repair",
      "with --continuous or --passes: records that differ are written again, as they should be",
    )
    .option("--certificate <file>", "with them: what was found equal, and up to which changes, as JSON");
  withSetupOptions(command);
  withExamples(command, [
    ["verify", "exit code 0: equal, 1: different or changes unaccounted for, 2: cannot be said yet"],
    ["verify --namespace test --wait 60", "gives changes on their way a minute to arrive"],
    ["verify --json", "verdicts and differing keys with both versions"],
    ["verify --compose two-dc", "the datacenters in containers"],
    [
      "verify --continuous --repair",
      "for as long as it runs, and puts right what was changed behind the logs",
    ],
    ["verify --passes 1 --certificate equal.json", "one pass under load, for the records"],
  ]);
  command.action(verify);
}

async function verify(options: VerifyCommandOptions): Promise<void> {
  const setup = await openSetup(options);
  const { datacenters } = setup;
  const overview = await takeOverview(setup);
  const names = [...new Set(overview.datacenters.flatMap((one) => one.namespaces.map(({ name }) => name)))];
  const namespaces = options.namespace === undefined ? names : [options.namespace];
  if (namespaces.length === 0) throw new MeridianError("UNAVAILABLE", "no node answers: `meridian status`");
  if (!namespaces.every((name) => names.includes(name))) {
    throw new MeridianError("NOT_FOUND", `no namespace ${options.namespace}; there are: ${names.join(", ")}`);
  }
  if (options.continuous === true || options.passes !== undefined) {
    const known = overview.datacenters.flatMap((one) => one.namespaces);
    process.exitCode = await verifyPasses(setup, options, namespaces, known);
    return;
  }
  if (options.repair === true || options.certificate !== undefined) {
    throw new MeridianError("BAD_REQUEST", "--repair and --certificate need --continuous or --passes");
  }
  const results: NamespaceVerdict[] = [];
  for (const namespace of namespaces) {
    const bar = new SingleBar({
      format: `${namespace} {bar} {value}/{total} partitions`,
      clearOnComplete: true,
    });
    const showBar = process.stderr.isTTY === true && options.json !== true;
    if (showBar) bar.start(PARTITION_COUNT, 0);
    try {
      const onProgress = (partitions: number): void => {
        if (showBar) bar.update(partitions);
      };
      results.push(
        await verifyNamespace({ datacenters, namespace, waitMs: options.wait * 1000, onProgress }),
      );
    } finally {
      bar.stop();
    }
  }
  const verdict = worstVerdict(results.map((result) => result.verdict));
  const ledger = await takeLedger(datacenters, namespaces);
  process.exitCode = ledger.unaccounted === 0 ? EXIT_OF[verdict] : EXIT.negative;
  if (options.json) {
    const { ships } = await takeOverview(setup);
    const head = { verdict, datacenters: datacenters.map(({ name }) => name) };
    printJson({ ...head, namespaces: results, ledger, ships });
    return;
  }
  for (const result of results) for (const line of resultLines(result)) printLine(line);
  if (ledger.unaccounted > 0) printLine(renderLedger(ledger));
  if (verdict === "equal") return;
  // Why it may be so: changes still on their way, or a link that is cut.
  for (const ship of (await takeOverview(setup)).ships) printLine(renderShip(ship));
}

async function verifyPasses(
  setup: Setup,
  options: VerifyCommandOptions,
  namespaces: readonly string[],
  known: readonly { readonly name: string; readonly policy: string }[],
): Promise<number> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const verdict = await verifyContinuously(setup, {
    namespaces: namespaces.map((name) => {
      const policy = known.find((one) => one.name === name)?.policy;
      return { name, policy: policy === "generation" ? policy : "last-update-time" };
    }),
    passes: options.passes ?? Number.POSITIVE_INFINITY,
    intervalMs: options.interval * 1000,
    waitMs: options.wait * 1000,
    repair: options.repair === true,
    certificatePath: options.certificate,
    signal: stop.signal,
    tell: (event) => {
      if (options.json) printLine(JSON.stringify(event));
      else for (const line of eventLines(event)) printLine(line);
    },
  });
  return EXIT_OF[verdict];
}

function eventLines(event: VerificationEvent): string[] {
  if (event.event === "difference") {
    const { difference, repair } = event;
    const fate = repair === null ? "not repaired" : `${repair.done ? "" : "NOT "}REPAIRED: ${repair.what}`;
    return [...differenceLines(difference), `    ${fate}`];
  }
  const { number, outcome } = event;
  const { namespace, verdict, certificate, records, copies, seconds, differences, repaired, open } = outcome;
  const read = `${formatCount(records)} records, ${formatCount(copies)} more copies of partitions`;
  const found = `${formatCount(differences)} differed, ${formatCount(repaired)} repaired`;
  const upTo = certificate?.datacenters.map(({ name, changes }) => `${name} ${formatCount(changes)}`);
  const result =
    upTo === undefined
      ? `${verdict.toUpperCase()}, ${formatCount(open.length)} partitions not certified`
      : `EQUAL for all writes up to change ${upTo.join(", ")}`;
  return [
    `${namespace}: pass ${number}: ${result} (${read}; ${found}; ${seconds.toFixed(1)} s)`,
    ...outcome.leftOut.map((link) => `  left out everywhere: ${link}`),
  ];
}

function resultLines(result: NamespaceVerdict): string[] {
  const { namespace, verdict, partitions, records, tombstones, seconds } = result;
  const counts = Object.entries(records).map(
    ([name, count]) =>
      `${name} ${formatCount(count)} records, ${formatCount(tombstones[name] ?? 0)} tombstones`,
  );
  const compared = `${partitions.equal} of ${PARTITION_COUNT} partitions equal; ${seconds.toFixed(1)} s`;
  const lines = [`${namespace}: ${verdict.toUpperCase()} (${counts.join("; ")}; ${compared})`];
  for (const link of result.leftOut) lines.push(`  left out everywhere: ${link}`);
  if (result.unknownPartitions > 0) {
    lines.push(`  ${result.unknownPartitions} partitions could not be compared: no primary answered in time`);
  }
  if (result.movingKeys > 0) {
    lines.push(`  ${result.movingKeys} keys were changing while they were compared`);
  }
  if (result.differingKeys > 0) lines.push(`  ${formatCount(result.differingKeys)} keys differ:`);
  for (const difference of result.differences.slice(0, KEYS_SHOWN))
    lines.push(...differenceLines(difference));
  const more = result.differingKeys - KEYS_SHOWN;
  if (more > 0) lines.push(`  and ${formatCount(more)} more (--json lists up to 1000)`);
  return lines;
}

function differenceLines({ key, set, digest, partition, versions }: KeyDifference<RecordView>): string[] {
  const name = key === null ? `digest ${digest}` : `key ${key}`;
  return [
    `  ${name} of set ${set} (partition ${partition}):`,
    ...versions.map(({ datacenter, version }) => `    ${datacenter}: ${describeVersion(version)}`),
  ];
}

function describeVersion(version: RecordView | null): string {
  if (version === null) return "nothing";
  const { generation, lutIso, sourceId, tombstone, imageHash } = version;
  const what = tombstone ? "tombstone, " : "";
  return `${what}generation ${generation}, last update ${lutIso}, source id ${sourceId}, image ${imageHash}`;
}
