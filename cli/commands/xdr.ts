/** `meridian xdr`: settings of shipping and of what namespaces take, at run time, under Aerospike's names. */
import type { Command } from "commander";
import { MeridianError } from "../../common/errors.ts";
import { meantHint } from "../../common/nearest-name.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import {
  duration,
  EXIT,
  printJson,
  printLine,
  wholeNumber,
  withExamples,
  withWait,
} from "../command-line.ts";
import { readFileSync } from "node:fs";
import { SOURCE_ID_MAX } from "../../common/limits.ts";
import { addRemote, removeRemote } from "../../common/xdr/remotes.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { orderSettings, requireSettings } from "../xdr/ask-settings.ts";
import { renderSettings } from "../xdr/render-settings.ts";
import { rewind, type RewindOutcome } from "../xdr/rewind.ts";

interface PlaceOptions extends SetupChoice {
  readonly to?: string;
  readonly namespace?: string;
}
interface ChangeOptions extends PlaceOptions {
  readonly wait: number;
}
interface AddOptions extends ChangeOptions {
  readonly srcId: number;
  readonly nats: string;
  readonly natsCa?: string;
  readonly natsCredentialsFile?: string;
}
type Wanted = readonly Pick<XdrChange, "name" | "action" | "value">[];

const WAIT_SECONDS_DEFAULT = 10;
const REWIND_SECONDS_DEFAULT = 600;

export function addXdr(program: Command): void {
  const command = program
    .command("xdr")
    .description("settings of shipping between datacenters, and of what namespaces take, at run time");
  addGet(command);
  addSet(command);
  addUnset(command);
  addPace(
    command,
    "pause",
    "ship nothing to a datacenter until `meridian xdr resume`; nothing is lost by it",
    {
      ...{ name: "max-throughput", action: "set", value: "0" },
    },
  );
  addPace(command, "resume", "ship again, at the pace that the file says", {
    ...{ name: "max-throughput", action: "unset", value: "" },
  });
  addRewind(command);
  addAdd(command);
  addRemove(command);
}

function addGet(xdr: Command): void {
  const command = xdr
    .command("get")
    .description(
      "show the settings that hold; * was ordered at run time, the rest is the file's or the default",
    )
    .argument("<datacenter>", "whose settings, e.g. dc-a");
  withSetupOptions(withPlace(command));
  withExamples(command, [
    ["xdr get dc-a", "of shipping from dc-a, and of its namespaces"],
    ["xdr get dc-a --to dc-b --namespace test --json", "for programs"],
  ]);
  command.action(async (name: string, options: PlaceOptions) => {
    const settings = await requireSettings(datacenterNamed(await openSetup(options), name));
    requireKnown("datacenter", options.to, settings.remotes);
    requireKnown(
      "namespace",
      options.namespace,
      settings.namespaces.map((one) => ({ name: one.namespace })),
    );
    const isWanted = (one: { readonly dc?: string; readonly namespace: string }): boolean =>
      (options.namespace === undefined || one.namespace === options.namespace) &&
      (options.to === undefined || one.dc === options.to);
    const ship = settings.ship.filter(isWanted);
    const namespaces = settings.namespaces.filter(isWanted);
    const { order, remotes } = settings;
    if (options.json) printJson({ order, remotes, ship, namespaces });
    else printLine(renderSettings(name, { remotes, ship, namespaces }));
  });
}

function addSet(xdr: Command): void {
  const command = xdr
    .command("set")
    .description(
      "order settings: all nodes and shippers of the datacenter follow them, restarts and failovers included, " +
        "whatever the file says, until they are unset",
    )
    .argument("<datacenter>", "whose settings, e.g. dc-a")
    .argument("<setting...>", "name=value; of lists also name+=set and name-=set");
  withChange(command);
  withExamples(command, [
    ["xdr set dc-a --to dc-b --namespace test max-throughput=500", "at most 500 changes a second"],
    [
      "xdr set dc-a --to dc-b --namespace test ignore-set+=cache",
      "changes of the set are filtered from now on",
    ],
    [
      "xdr set dc-a --to dc-b --namespace test filter=kwOTUQKldG90YWxk",
      "only what passes the filter expression is shipped (docs/expressions.md)",
    ],
    ["xdr set dc-b --namespace test reject-non-xdr-writes=true", "clients of dc-b read only (code 10)"],
  ]);
  command.action(async (name: string, given: string[], options: ChangeOptions) => {
    await carryOut(name, given.map(settingOf), options);
  });
}

function addUnset(xdr: Command): void {
  const command = xdr
    .command("unset")
    .description("take ordered settings back: what the file says holds again")
    .argument("<datacenter>", "whose settings, e.g. dc-a")
    .argument("<name...>", "e.g. max-throughput");
  withChange(command);
  withExamples(command, [
    ["xdr unset dc-a --to dc-b --namespace test ignore-set", "as in the file again"],
    ["xdr unset dc-a --to dc-c remote", "dc-c was added or removed: as in the file again"],
  ]);
  command.action(async (name: string, names: string[], options: ChangeOptions) => {
    const wanted = names.map((one) => ({ name: one, action: "unset" as const, value: "" }));
    await carryOut(name, wanted, options);
  });
}

function addPace(xdr: Command, verb: string, meaning: string, change: Wanted[number]): void {
  const command = xdr
    .command(verb)
    .description(`${meaning} (max-throughput)`)
    .argument("<datacenter>", "which ships, e.g. dc-a");
  withChange(command);
  withExamples(command, [
    [`xdr ${verb} dc-a --to dc-b`, "all namespaces"],
    [`xdr ${verb} dc-a --to dc-b --namespace test`, "one of them"],
  ]);
  command.action(async (name: string, options: ChangeOptions) => {
    if (options.to === undefined)
      throw new MeridianError("CONFIG_INVALID", `${verb}: to which datacenter (--to)?`);
    await carryOut(name, [change], options);
  });
}

function addRewind(xdr: Command): void {
  const command = xdr
    .command("rewind")
    .description(
      "ship records to a datacenter again although it has had them: all, or those written since a time; " +
        "conflicts are decided as ever, so nothing newer is overwritten",
    )
    .argument("<datacenter>", "which ships, e.g. dc-a")
    .requiredOption("--since <time>", "`all`, a time ago (90s, 15m), or a date (2026-11-26T18:00:00Z)");
  withPlace(command);
  withSetupOptions(withWait(command, "all has arrived", [0, 86_400], REWIND_SECONDS_DEFAULT));
  withExamples(command, [
    ["xdr rewind dc-a --to dc-b --since all", "all records of all namespaces"],
    ["xdr rewind dc-a --to dc-b --namespace test --since 15m", "what was written in the last 15 minutes"],
  ]);
  command.action(async (name: string, options: ChangeOptions & { readonly since: string }) => {
    const { to } = options;
    if (to === undefined) throw new MeridianError("CONFIG_INVALID", "rewind: to which datacenter (--to)?");
    const setup = await openSetup(options);
    const datacenter = datacenterNamed(setup, name);
    const since = sinceOf(options.since, Date.now());
    const outcomes: RewindOutcome[] = [];
    for (const namespace of await namespacesOf(datacenter, options.namespace)) {
      const onProgress = (partitions: number): void => {
        if (!options.json) printLine(`${namespace}: ${partitions} partitions left`);
      };
      const wanted = { to, namespace, since, waitMs: options.wait * 1000, onProgress };
      outcomes.push(await rewind(setup, datacenter, wanted));
    }
    process.exitCode = outcomes.every(({ done }) => done) ? EXIT.ok : EXIT.inconclusive;
    if (options.json) printJson(outcomes);
    else for (const outcome of outcomes) printLine(rewound(name, outcome));
  });
}

function addAdd(xdr: Command): void {
  const command = xdr
    .command("add")
    .description(
      "add a datacenter to those that one ships to and takes from, while traffic flows: all there is is sent " +
        "to it, then what changes; order the same at the new one, or have it in its file",
    )
    .argument("<datacenter>", "which is told, e.g. dc-a")
    .argument("<other>", "the one that is added, e.g. dc-c")
    .requiredOption("--src-id <number>", "its source id, 1 to 255, of its own", wholeNumber(1, SOURCE_ID_MAX))
    .requiredOption("--nats <address>", "where its NATS is reached from here")
    .option("--nats-ca <file>", "PEM file, on the shippers' machines, of who signed its certificate")
    .option(
      "--nats-credentials-file <file>",
      "a file here with `user:password` or a token; kept in the cluster map, so in NATS and on the nodes' disks",
    );
  withSetupOptions(withWait(command, "all nodes follow it", [0, 3600], WAIT_SECONDS_DEFAULT));
  withExamples(command, [
    ["xdr add dc-a dc-c --src-id 3 --nats nats://10.0.0.3:4222", "dc-a ships to dc-c, and takes from it"],
  ]);
  command.action(async (name: string, other: string, options: AddOptions) => {
    const { natsCa, natsCredentialsFile: secret } = options;
    const remote = {
      ...{ name: other, "src-id": options.srcId, nats: options.nats },
      ...(natsCa === undefined ? {} : { "nats-ca": natsCa }),
      ...(secret === undefined ? {} : { "nats-credentials": readFileSync(secret, "utf8").trim() }),
    };
    await carryOutChanges(name, () => Promise.resolve([addRemote(remote)]), options);
  });
}

function addRemove(xdr: Command): void {
  const command = xdr
    .command("remove")
    .description(
      "remove a datacenter: nothing is shipped to it or taken from it any more, and it holds none of the change " +
        "log; what it lacks then it lacks until it is added again",
    )
    .argument("<datacenter>", "which is told, e.g. dc-a")
    .argument("<other>", "the one that is removed, e.g. dc-c");
  withSetupOptions(withWait(command, "all nodes follow it", [0, 3600], WAIT_SECONDS_DEFAULT));
  withExamples(command, [["xdr remove dc-a dc-c", "also if the file of dc-a has it"]]);
  command.action(async (name: string, other: string, options: ChangeOptions) => {
    await carryOutChanges(name, () => Promise.resolve([removeRemote(other)]), options);
  });
}

function rewound(name: string, { namespace, to, done }: RewindOutcome): string {
  return done
    ? `${name} -> ${to}, ${namespace}: all has arrived`
    : `${name} -> ${to}, ${namespace}: goes on; run the command again to wait for its end`;
}

/** Unix seconds. */
function sinceOf(text: string, nowMs: number): number {
  if (text === "all") return 0;
  const ms = /^\d+(\.\d+)?(ms|s|m)?$/.test(text) ? nowMs - duration(text) : Date.parse(text);
  if (Number.isNaN(ms) || ms > nowMs || ms <= 0) {
    throw new MeridianError("CONFIG_INVALID", `--since ${text}: \`all\`, or a time in the past, is needed`);
  }
  return Math.max(1, Math.floor(ms / 1000));
}

function withPlace(command: Command): Command {
  return command
    .option("--to <datacenter>", "of shipping to this datacenter (default: the namespaces' own settings)")
    .option("--namespace <name>", "of this namespace (default: all)");
}

function withChange(command: Command): Command {
  const until = "all nodes follow the settings";
  return withSetupOptions(withWait(withPlace(command), until, [0, 3600], WAIT_SECONDS_DEFAULT));
}

/** `name=value`, `name+=value`, `name-=value`. */
function settingOf(text: string): Wanted[number] {
  const match = /^([A-Za-z_-]+?)(\+|-)?=(.*)$/.exec(text);
  if (match === null) throw new MeridianError("CONFIG_INVALID", `${text}: name=value is needed`);
  const [, name = "", sign, value = ""] = match;
  return { name, value, action: sign === "+" ? "add" : sign === "-" ? "remove" : "set" };
}

async function carryOut(name: string, wanted: Wanted, options: ChangeOptions): Promise<void> {
  await carryOutChanges(name, (datacenter) => placed(datacenter, wanted, options), options);
}

async function carryOutChanges(
  name: string,
  changesAt: (datacenter: SetupDatacenter) => Promise<readonly XdrChange[]>,
  options: ChangeOptions,
): Promise<void> {
  const setup = await openSetup(options);
  const datacenter = datacenterNamed(setup, name);
  const changes = await changesAt(datacenter);
  const outcome = await orderSettings(setup, datacenter, changes, options.wait * 1000);
  process.exitCode = outcome.missing.length === 0 ? EXIT.ok : EXIT.inconclusive;
  if (options.json) {
    printJson(outcome);
    return;
  }
  if (outcome.missing.length === 0) printLine(`${name}: order ${outcome.order} holds at all nodes`);
  else printLine(`${name}: order ${outcome.order} stands; not followed yet by ${outcome.missing.join(", ")}`);
}

/** The changes at every place that is meant. */
async function placed(
  datacenter: SetupDatacenter,
  wanted: Wanted,
  { to, namespace }: PlaceOptions,
): Promise<XdrChange[]> {
  const dc = to ?? "";
  // A datacenter as a whole, as `xdr add` and `xdr remove` have ordered it.
  if (wanted.some(({ name }) => name === "remote")) {
    return wanted.map((change) => ({ dc, namespace: "", ...change }));
  }
  const namespaces = await namespacesOf(datacenter, namespace);
  return namespaces.flatMap((one) => wanted.map((change) => ({ dc, namespace: one, ...change })));
}

/** The one that is meant, or all. */
async function namespacesOf(datacenter: SetupDatacenter, wanted: string | undefined): Promise<string[]> {
  if (wanted !== undefined) return [wanted];
  return (await requireSettings(datacenter)).namespaces.map(({ namespace }) => namespace);
}

function requireKnown(
  what: string,
  name: string | undefined,
  known: readonly { readonly name: string }[],
): void {
  if (name === undefined || known.some((one) => one.name === name)) return;
  const hint = meantHint(
    name,
    known.map((one) => one.name),
  );
  throw new MeridianError("CONFIG_INVALID", `there is no ${what} ${name}${hint}`);
}
