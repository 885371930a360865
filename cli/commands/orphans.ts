/** `meridian orphans`: lists what a datacenter has committed and another one has not applied. */
import type { Command } from "commander";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";
import { listOrphans, type Orphan, type OrphanList } from "../failover/orphans.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface OrphansOptions extends SetupChoice {
  readonly survivor: string;
}

export function addOrphans(program: Command): void {
  const command = program
    .command("orphans")
    .description(
      "list exactly the changes that a datacenter committed and the survivor of a failover has not " +
        "applied: every version, told by the survivor's positions and the datacenter's change logs",
    )
    .argument("<datacenter>", "the one whose changes are looked for, e.g. dc-a")
    .requiredOption("--survivor <datacenter>", "the one that may lack them, e.g. dc-b");
  withSetupOptions(command);
  withExamples(command, [
    [
      "orphans dc-a --survivor dc-b",
      "exit 0: there are none; 1: there are; 2: it cannot be told of all partitions",
    ],
    ["orphans dc-a --survivor dc-b --json", "with digests, times and positions"],
    ["orphans dc-a --survivor dc-b --compose two-dc", "of the containers of `meridian up`"],
  ]);
  command.action(async (name: string, options: OrphansOptions) => {
    const setup = await openSetup(options);
    const list = await listOrphans(datacenterNamed(setup, name), datacenterNamed(setup, options.survivor));
    const found = list.orphans.length === 0 ? EXIT.ok : EXIT.negative;
    process.exitCode = list.unknown.length > 0 ? EXIT.inconclusive : found;
    if (options.json) printJson(list);
    else show(list);
  });
}

function show({ origin, survivor, fence, orphans, unknown }: OrphanList): void {
  for (const orphan of orphans) printLine(describe(orphan));
  const records = orphans.filter(({ last }) => last).length;
  printLine(
    orphans.length === 0
      ? `${survivor} has applied everything that is known of ${origin}`
      : `${formatCount(orphans.length)} changes of ${formatCount(records)} records are in ${origin} only`,
  );
  for (const { namespace, reason, partitions } of unknown) {
    printLine(`not known of ${formatCount(partitions.length)} partitions of ${namespace}: ${reason}`);
  }
  if (fence === "open") printLine(`${origin} is not fenced: this was so for a moment`);
}

function describe(orphan: Orphan): string {
  const { namespace, set, key, digest, kind, generation, time, partition, sequence, last } = orphan;
  const name = key === null ? `digest ${digest}` : `key ${key}`;
  const version = `generation ${generation}, ${time}`;
  const later = last ? "" : ", a later one follows";
  return `${kind} ${namespace}/${set} ${name}: ${version} (partition ${partition}, ${sequence})${later}`;
}
