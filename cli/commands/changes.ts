/** `meridian changes`: what a change feed tells, one line a change. */
import type { Command } from "commander";
import { type Change, changes, type Gap } from "../changes/changes.ts";
import { PlacesFile } from "../changes/places-file.ts";
import { fromText } from "../changes/from-text.ts";
import { printLine, showBigint, withExamples } from "../command-line.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

interface ChangesCommandOptions extends SetupChoice {
  readonly dc: string;
  readonly consumer?: string;
  readonly from?: string;
  readonly follow?: boolean;
  readonly places?: string;
}

export function addChanges(program: Command): void {
  const command = program
    .command("changes")
    .description("show what a change feed tells: every committed change, in order per record")
    .argument("<feed>", "name of a feed of the datacenter, of its file or declared at run time")
    .requiredOption("--dc <name>", "datacenter whose feed is read")
    .option("--follow", "go on with what changes from now on, until Ctrl-C")
    .option("--consumer <name>", "read as a consumer that the feed declares: goes on where it was")
    .option(
      "--from <where>",
      "begin with all records (beginning), what the feed has (oldest), what comes (now), a time, or positions " +
        "(LOG:PARTITION:SEQUENCE,...); a consumer that was here before goes on where it was " +
        "(default: oldest; now with --follow)",
    );
  command.option(
    "--places <file>",
    "keep in this file what is shown, and go on by it, also in another datacenter's feed of these records",
  );
  withSetupOptions(command);
  withExamples(command, [
    ["changes orders --dc dc-a", "all that the feed's stream has"],
    ["changes orders --dc dc-a --follow", "what changes from now on"],
    ["changes orders --dc dc-a --follow --from beginning", "all records as they stand, then what changes"],
    ["changes orders --dc dc-a --from 2026-11-26T18:00:00Z", "what was published since then"],
    ["changes orders --dc dc-a --follow --consumer audit --json", "a declared consumer, one JSON a line"],
    [
      "changes orders --dc dc-b --follow --places orders.json",
      "on in dc-b what was read in dc-a by this file",
    ],
  ]);
  command.action(follow);
}

async function follow(feed: string, options: ChangesCommandOptions): Promise<void> {
  const { consumer, json } = options;
  const from = options.from === undefined ? undefined : fromText(options.from);
  const datacenter = datacenterNamed(await openSetup(options), options.dc);
  const { url, caText, credentials } = await datacenter.natsLogin();
  const ended = new AbortController();
  const stop = (): void => ended.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const isFollowing = options.follow ?? false;
  const file = options.places === undefined ? undefined : new PlacesFile(options.places);
  const feedOptions = {
    nats: url,
    ...(caText === undefined ? {} : { natsCa: caText }),
    ...(credentials === undefined ? {} : { natsCredentials: credentials }),
    ...(consumer === undefined ? {} : { consumer }),
    ...(file === undefined ? {} : { places: file.places }),
    datacenter: options.dc,
    feed,
    from: from ?? (isFollowing && consumer === undefined ? "now" : "oldest"),
    follow: isFollowing,
    signal: ended.signal,
  } as const;
  for await (const change of changes(feedOptions)) {
    printLine(json ? JSON.stringify(change, shown) : lineOf(change));
    file?.take(change);
  }
  file?.save();
}

/** `12:00:01.123 update test/orders 17 gen 3 dc-a {"total":5}` */
function lineOf(change: Change | Gap): string {
  if (change.kind === "gap") {
    const { partition, from, sequence } = change.position;
    return `GAP   partition ${partition}: changes ${from} to ${sequence} are gone; read its records again`;
  }
  const { lut, operation, namespace, set, userKey, digest, generation, origin, outcome, redelivered } =
    change;
  const time = new Date(lut).toISOString().slice(11, 23);
  const key = userKey === null ? digest : JSON.stringify(userKey, shown);
  const marks = [outcome === "local" ? origin : `${origin} ${outcome}`, ...(redelivered ? ["again"] : [])];
  const bins = change.bins === undefined ? "" : ` ${JSON.stringify(change.bins, shown)}`;
  return `${time} ${operation.padEnd(6)} ${namespace}/${set} ${key} gen ${generation} ${marks.join(", ")}${bins}`;
}

/** Bytes as base64, whatever the feed's format; integers with all their digits. */
function shown(name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : showBigint(name, value);
}
