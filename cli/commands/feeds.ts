/** `meridian feeds`: change feeds and their consumers, declared at run time. */
import type { Command } from "commander";
import { readConfigFile } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import { EXIT, printJson, printLine, wholeNumber, withExamples, withWait } from "../command-line.ts";
import { fromText } from "../changes/from-text.ts";
import { askFeeds, orderFeeds } from "../feeds/ask-feeds.ts";
import { moveConsumer } from "../feeds/move-consumer.ts";
import { renderFeeds } from "../feeds/render-feeds.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface ChangeOptions extends SetupChoice {
  readonly wait: number;
}

/** Keys of a feed as options: lists are separated by commas. */
interface AddOptions extends ChangeOptions {
  readonly file?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly set?: string;
  readonly bins?: string;
  readonly origins?: string;
  readonly operations?: string;
  readonly expression?: string;
  readonly format?: string;
  readonly beforeImage?: boolean;
  readonly consumers?: string;
  readonly retentionBytes?: number;
  readonly retentionSeconds?: number;
  readonly windowBytes?: number;
}

const WAIT_SECONDS_DEFAULT = 15;

export function addFeeds(program: Command): void {
  const command = program
    .command("feeds")
    .description("change feeds of a datacenter, and their consumers, at run time");
  addList(command);
  addAdd(command);
  addRemove(command);
  addMove(command);
  const consumer = command.command("consumer").description("consumers whose positions the datacenter keeps");
  addConsumer(consumer, "add", "declare a consumer: the change log is held for it from now on");
  addConsumer(consumer, "remove", "let a consumer go: its position is forgotten, and holds nothing any more");
}

function addList(feeds: Command): void {
  const command = feeds
    .command("list")
    .description("show the feeds that there are; * was declared at run time, the rest is the file's")
    .argument("<datacenter>", "whose feeds, e.g. dc-a");
  withSetupOptions(command);
  withExamples(command, [["feeds list dc-a --json", "for programs"]]);
  command.action(async (name: string, options: SetupChoice) => {
    const report = await askFeeds(datacenterNamed(await openSetup(options), name));
    if (options.json) printJson({ order: report.order, feeds: report.feeds, void: report.void });
    else printLine(renderFeeds(name, report));
  });
}

function addAdd(feeds: Command): void {
  const command = feeds
    .command("add")
    .description(
      "declare a feed: all nodes and shippers of the datacenter follow it, restarts and failovers included, " +
        "until it is removed",
    )
    .argument("<datacenter>", "whose feed, e.g. dc-a")
    .option("--file <path>", "a YAML file with the keys of a feed, or a list of feeds, instead of options")
    .option("--name <name>", "names its stream, CDC_<datacenter>_<name>")
    .option("--namespace <name>", "whose records")
    .option("--set <names>", "of these sets only, comma-separated (default: all)")
    .option("--bins <names>", "only these bins")
    .option("--origins <names>", "only changes that were made in these datacenters")
    .option("--operations <names>", "only these: insert,update,touch,delete,expire,merge,restore")
    .option("--expression <base64>", "only records that pass it (docs/expressions.md)")
    .option("--format <name>", "json, flat-json, cloudevents or protobuf (default: json)")
    .option(
      "--before-image",
      "tell what a record was before each change; the change log keeps it from then on",
    )
    .option("--consumers <names>", "declared consumers, whose positions are kept")
    .option("--retention-bytes <n>", "what its stream keeps at most", wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option("--retention-seconds <n>", "age at which messages leave it", wholeNumber(1, 31_536_000))
    .option("--window-bytes <n>", "published and not acknowledged", wholeNumber(1, Number.MAX_SAFE_INTEGER));
  withChange(command);
  withExamples(command, [
    ["feeds add dc-a --name orders --namespace test --set orders --consumers audit", "one feed"],
    ["feeds add dc-a --file feeds.yaml", "what a file says"],
  ]);
  command.action(async (name: string, options: AddOptions) => {
    const changes = feedsOf(options).map((feed) => ({ action: "add" as const, feed }));
    await carryOut(name, changes, options);
  });
}

function addRemove(feeds: Command): void {
  const command = feeds
    .command("remove")
    .description(
      "remove a feed that was declared at run time, with its stream and its consumers' positions: who reads it " +
        "ends with NOT_FOUND",
    )
    .argument("<datacenter>", "whose feed, e.g. dc-a")
    .argument("<feed...>", "names of feeds");
  withChange(command);
  withExamples(command, [["feeds remove dc-a orders", "nothing holds the change log for it any more"]]);
  command.action(async (name: string, given: string[], options: ChangeOptions) => {
    const changes = given.map((feed) => ({ action: "remove" as const, feed }));
    await carryOut(name, changes, options);
  });
}

function addConsumer(consumer: Command, verb: "add" | "remove", meaning: string): void {
  const command = consumer
    .command(verb)
    .description(meaning)
    .argument("<datacenter>", "whose feed, e.g. dc-a")
    .argument("<feed>", "name of the feed, of the file's, too")
    .argument("<consumer...>", "names of consumers");
  withChange(command);
  withExamples(command, [[`feeds consumer ${verb} dc-a orders audit`, "of feed orders"]]);
  command.action(async (name: string, feed: string, given: string[], options: ChangeOptions) => {
    const action = `${verb}-consumer` as const;
    await carryOut(
      name,
      given.map((one) => ({ action, feed, consumer: one })),
      options,
    );
  });
}

interface MoveOptions extends ChangeOptions {
  readonly to: string;
  readonly force?: boolean;
}

function addMove(feeds: Command): void {
  const command = feeds
    .command("move")
    .description("move a declared consumer's position, back or forward: it goes on there when it reads next")
    .argument("<datacenter>", "whose feed, e.g. dc-a")
    .argument("<feed>", "name of the feed")
    .argument("<consumer>", "a consumer that it declares")
    .requiredOption(
      "--to <where>",
      "all records as they stand and then what changes (beginning), what the change log has (oldest), what comes " +
        "(now), or positions, LOG:PARTITION:SEQUENCE,...: the change after each, in these partitions",
    )
    .option("--force", "although somebody reads as the consumer: that reading ends with an error");
  withSetupOptions(withWait(command, "it is moved", [1, 3600], WAIT_SECONDS_DEFAULT));
  withExamples(command, [
    ["feeds move dc-a orders audit --to oldest", "all that the change log has, once more"],
    [
      "feeds move dc-a orders audit --to 91243041246974:976:3",
      "partition 976 goes on with the change after 3",
    ],
  ]);
  command.action(async (name: string, feed: string, consumer: string, options: MoveOptions) => {
    const to = fromText(options.to, "--to");
    const datacenter = datacenterNamed(await openSetup(options), name);
    const moved = { feed, consumer, to, force: options.force ?? false };
    await moveConsumer(datacenter, moved, options.wait * 1000);
    if (options.json) printJson({ datacenter: name, feed, consumer, to: options.to });
    else printLine(`${name}: ${consumer} goes on in ${feed} from ${options.to}`);
  });
}

function withChange(command: Command): Command {
  const until = "all nodes and shippers follow";
  return withSetupOptions(withWait(command, until, [0, 3600], WAIT_SECONDS_DEFAULT));
}

/** What the file or the options say, unchecked: the datacenter's nodes check it. */
function feedsOf(options: AddOptions): unknown[] {
  if (options.file === undefined) return [feedOf(options)];
  const raw = readConfigFile(options.file);
  const isObject = typeof raw === "object" && raw !== null;
  const said: unknown = isObject && "feeds" in raw ? raw.feeds : raw;
  return Array.isArray(said) ? said : [said];
}

function feedOf(options: AddOptions): Record<string, unknown> {
  if (options.name === undefined || options.namespace === undefined) {
    throw new MeridianError("CONFIG_INVALID", "a feed needs --name and --namespace, or --file");
  }
  const list = (text: string | undefined): string[] | undefined => text?.split(",");
  const said = {
    name: options.name,
    namespace: options.namespace,
    set: list(options.set),
    bins: list(options.bins),
    origins: list(options.origins),
    operations: list(options.operations),
    expression: options.expression,
    format: options.format,
    "before-image": options.beforeImage,
    consumers: list(options.consumers),
    "retention-bytes": options.retentionBytes,
    "retention-seconds": options.retentionSeconds,
    "window-bytes": options.windowBytes,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

async function carryOut(name: string, changes: readonly FeedChange[], options: ChangeOptions): Promise<void> {
  const setup = await openSetup(options);
  const outcome = await orderFeeds(setup, datacenterNamed(setup, name), changes, options.wait * 1000);
  process.exitCode = outcome.missing.length === 0 ? EXIT.ok : EXIT.inconclusive;
  if (options.json) {
    printJson(outcome);
    return;
  }
  if (outcome.missing.length === 0) {
    printLine(`${name}: order ${outcome.order} holds at all nodes and shippers`);
  } else
    printLine(`${name}: order ${outcome.order} stands; not followed yet by ${outcome.missing.join(", ")}`);
}
