/**
 * Reads a change feed: `for await (const change of changes({...}))`. Every committed version of every
 * record, in order per record, at least once; what may come a second time is marked.
 *
 * A declared consumer goes on where it was: asking for the next change says that the one before is
 * dealt with, and that position is kept by the datacenter's nodes. Nothing is read further ahead than a
 * bounded number of messages.
 */
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { natsConnectionOptions } from "../../common/nats/connect.ts";
import { feedStream } from "../../proto/subjects.ts";
import { type Change, type Gap, parseChange } from "./change.ts";
import { type From, type Plan, plan, type Positions, tellPlaces } from "./beginning.ts";
import { Desk } from "./desk.ts";
import { FeedReader, streamExists } from "./feed-reader.ts";
import { requireFeed } from "./feed-list.ts";
import { Keeper } from "./keeper.ts";
import { Places } from "./places.ts";
import { readSnapshot } from "./snapshot.ts";
import { Tracker } from "./tracker.ts";

export type { Places } from "./places.ts";
export type { Positions } from "./beginning.ts";
export type { BinValue, Change, ChangePosition, Gap } from "./change.ts";

export interface ChangesOptions {
  /** The datacenter's NATS: `nats://user:password@host:port`, `tls://...`; several, comma-separated. */
  readonly nats: string;
  /** PEM of the authority that signed the server's certificate, for `tls://`; else the system's. */
  readonly natsCa?: string;
  /** `user:password`, or a token, when the address holds none. */
  readonly natsCredentials?: string;
  readonly datacenter: string;
  /** Name of the feed in the datacenter's configuration. */
  readonly feed: string;
  /**
   * A consumer that the feed declares: its position is kept, and holds the change log. Without one the
   * reader has no position but in memory.
   */
  readonly consumer?: string;
  /**
   * Where a reader without a kept position begins: docs/change-feeds.md, Replay. Default: `oldest` of a
   * declared consumer, `now` of others. A time is for readers without a name.
   */
  readonly from?: From;
  /**
   * Of a declared consumer: its position is moved to `from` (not a time) before the reading begins, wherever
   * it was; refused with BUSY while somebody reads as it. Default false: it goes on where it was.
   */
  readonly restart?: boolean;
  /**
   * What the reader has dealt with, so that it holds in other datacenters: kept up to date while it is read.
   * Who has some, and no position in this datacenter, begins by them whatever `from` says, and what they
   * cover is marked. To save them with what is made of a change, `places.take(change)` comes before.
   */
  readonly places?: Places;
  /** With `from: "beginning"`: all records are dealt with, and where changes go on from, to be kept. */
  readonly onSnapshot?: (positions: Positions) => void;
  /** False: end when all that the feed has now is read. Default true. */
  readonly follow?: boolean;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

/** For `places`: none yet, or those that were saved (`JSON.stringify`). Throws BAD_REQUEST. */
export function placesOf(saved?: string): Places {
  return saved === undefined ? new Places() : Places.parse(saved);
}

const FIND_MS = 10_000;
const RETRY_MS = 250;
/** In messages of the server's monitoring. */
const CLIENT_NAME = "meridian changes";

/**
 * Yields changes, and gaps where the datacenter no longer has what came before. Throws NATS_UNREACHABLE
 * when NATS does not answer at the start (later it is waited for), NOT_FOUND when there is no such feed, or
 * it is removed meanwhile, or declares no such consumer, or does not reach back so far, BAD_REQUEST for
 * what is not a feed's message.
 */
export async function* changes(options: ChangesOptions): AsyncGenerator<Change | Gap, void, undefined> {
  const { datacenter, feed, consumer } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const connection = await connectTo(options);
  let keeper: Keeper | undefined;
  try {
    await feedIsThere(connection, options);
    const tracker = new Tracker(consumer !== undefined);
    const desk = new Desk({ connection, datacenter, feed, consumer: consumer ?? "-" });
    const stream = feedStream(datacenter, feed);
    const { from, restart = false, places } = options;
    const onMissing = (): Promise<void> => requireFeed(connection, datacenter, feed);
    const planning = {
      ...{ connection, stream, desk, tracker, consumer, from, restart, signal, onMissing },
      ...{ datacenter, feed, places },
    };
    const planned = await plan(planning);
    if (planned === undefined) return;
    const { start, unsure } = planned;
    const reader = new FeedReader({ connection, stream, signal, start, onMissing });
    if (consumer !== undefined) {
      keeper = new Keeper({ desk, tracker, reader, signal });
      if (!(await keeper.open())) return;
    }
    yield* readStanding({ connection, options, planned, tracker, keeper, signal });
    if (places !== undefined && !(await tellPlaces({ ...planning, places }))) return;
    yield* read({ reader, tracker, keeper, unsure, places, follow: options.follow ?? true, signal });
  } finally {
    ended.abort();
    await keeper?.close();
    await connection.close();
  }
}

async function connectTo(options: ChangesOptions): Promise<NatsConnection> {
  const { nats, natsCa, natsCredentials } = options;
  try {
    const name = CLIENT_NAME;
    return await connect(
      natsConnectionOptions({ url: nats, caText: natsCa, credentials: natsCredentials, name }),
    );
  } catch (error) {
    if (error instanceof MeridianError) throw error;
    throw new MeridianError("NATS_UNREACHABLE", `NATS does not answer: ${errorMessage(error)}`, {
      cause: error,
    });
  }
}

/** A feed is known by its stream, which its shippers make when they start. */
async function feedIsThere(connection: NatsConnection, { datacenter, feed }: ChangesOptions): Promise<void> {
  const deadline = performance.now() + FIND_MS;
  while (!(await streamExists(connection, feedStream(datacenter, feed)))) {
    await requireFeed(connection, datacenter, feed);
    if (performance.now() > deadline) {
      throw new MeridianError(
        "NOT_FOUND",
        `${datacenter} has no feed ${feed}, or no shipper of it has started`,
      );
    }
    await sleep(RETRY_MS);
  }
}

interface Standing {
  readonly connection: NatsConnection;
  readonly options: ChangesOptions;
  readonly planned: Plan;
  readonly tracker: Tracker;
  readonly keeper: Keeper | undefined;
  readonly signal: AbortSignal;
}

/** Records as they stand; a partition's changes go on where all of its records are dealt with. */
async function* readStanding(standing: Standing): AsyncGenerator<Change, void, undefined> {
  const { connection, options, planned, tracker, keeper, signal } = standing;
  const { datacenter, feed, onSnapshot } = options;
  const { standing: partitions, unsure } = planned;
  if (partitions.length === 0) return;
  for await (const part of readSnapshot({ connection, datacenter, feed, partitions, unsure, signal })) {
    const { log, partition, sequence } = part;
    if (tracker.log === 0) tracker.begin(log, []);
    if (tracker.log !== log) {
      throw new MeridianError("UNAVAILABLE", "the namespace has another log now: begin again");
    }
    for (const change of part.changes) {
      if (keeper !== undefined) keeper.partial = true;
      yield change;
      keeper?.check();
      if (signal.aborted) return;
    }
    if (!part.last) continue;
    if (keeper !== undefined) keeper.partial = false;
    const position = { log, partition, from: sequence, sequence };
    tracker.take(position);
    tracker.consumed(position);
  }
  if (!signal.aborted) onSnapshot?.({ log: tracker.log, positions: tracker.positions() });
}

interface Reading {
  readonly reader: FeedReader;
  readonly tracker: Tracker;
  readonly keeper: Keeper | undefined;
  /** What lies in the stream already may have been handed out before. */
  readonly unsure: boolean;
  readonly places: Places | undefined;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** What the bus lost comes again in this time, if it was to come: then a reader without a name goes on. */
const TORN_MS = 15_000;

async function* read(reading: Reading): AsyncGenerator<Change | Gap, void, undefined> {
  const { reader, tracker, keeper, unsure, places, follow, signal } = reading;
  let namespace = "";
  for await (const batch of reader.batches()) {
    let count = 0;
    for await (const message of batch) {
      count++;
      const change = parseChange(message.bytes);
      namespace = change.namespace;
      const told = judge(tracker, change);
      if (told !== undefined) {
        const old = unsure && reader.wasThere(message.sequence);
        tracker.take(told.position);
        yield told.kind !== "gap" && (old || places?.covers(told)) ? { ...told, redelivered: true } : told;
        tracker.consumed(told.position);
        places?.take(told);
      }
      keeper?.passed(message.sequence);
      if (signal.aborted) return;
    }
    if (keeper === undefined) {
      for (const gap of givenUp(tracker, namespace)) {
        yield gap;
        places?.take(gap);
      }
    }
    if (count > 0) continue;
    keeper?.drained();
    if (!follow && tracker.tornCount === 0 && reader.atEnd) return;
  }
}

/** A reader without a name cannot have the feed publish again: what does not come is a gap. */
function* givenUp(tracker: Tracker, namespace: string): Generator<Gap> {
  for (const [partition, sequence] of tracker.tornSince(performance.now() - TORN_MS)) {
    const from = tracker.giveUp(partition, sequence);
    yield { kind: "gap", namespace, position: { log: tracker.log, partition, from, sequence } };
  }
}

/** What of a message is to be handed out. */
function judge(tracker: Tracker, change: Change | Gap): Change | Gap | undefined {
  const { log, partition, from } = change.position;
  const { log: known } = tracker;
  const before = known === 0 || known === log ? tracker.last(partition) : undefined;
  switch (tracker.judge(change.position, performance.now())) {
    case "next":
      if (change.kind !== "gap") return change;
      // Who begins, or has all that is missing, misses nothing.
      if (before === undefined || !tracker.knows(partition)) {
        tracker.take(change.position);
        tracker.consumed(change.position);
        return undefined;
      }
      return { ...change, position: { ...change.position, from: Math.max(from, before + 1) } };
    case "repeat":
    case "torn":
      return undefined;
    case "other-log":
      tracker.begin(log, []);
      return { kind: "gap", namespace: change.namespace, position: change.position };
  }
}
