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
import { type Beginning, Desk } from "./desk.ts";
import { type FeedMessage, FeedReader, streamExists } from "./feed-reader.ts";
import { Keeper } from "./keeper.ts";
import { Tracker } from "./tracker.ts";

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
   * Where a reader without a kept position begins: with what the feed still has (default of a declared
   * consumer), or with what changes from now on (default of others).
   */
  readonly from?: "oldest" | "now";
  /** False: end when all that the feed has now is read. Default true. */
  readonly follow?: boolean;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

const FIND_MS = 10_000;
const RETRY_MS = 250;
/** In messages of the server's monitoring. */
const CLIENT_NAME = "meridian changes";

/**
 * Yields changes, and gaps where the datacenter no longer has what came before. Throws NATS_UNREACHABLE
 * when NATS does not answer at the start (later it is waited for), NOT_FOUND when there is no such feed
 * or it declares no such consumer, and BAD_REQUEST for what is not a feed's message.
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
    const beginning = consumer === undefined ? undefined : await begin(desk, tracker, options, signal);
    if (consumer !== undefined && beginning === undefined) return;
    const reader = new FeedReader({
      connection,
      stream: feedStream(datacenter, feed),
      signal,
      start: startOf(options, beginning),
    });
    if (consumer !== undefined) {
      keeper = new Keeper({ desk, tracker, reader, signal });
      if (!(await keeper.open())) return;
    }
    const follow = options.follow ?? true;
    yield* read({ reader, tracker, keeper, unsure: beginning?.open ?? false, follow, signal });
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
    if (performance.now() > deadline) {
      throw new MeridianError(
        "NOT_FOUND",
        `${datacenter} has no feed ${feed}, or no shipper of it has started`,
      );
    }
    await sleep(RETRY_MS);
  }
}

/** Waits until the shippers say where the consumer is; undefined when the reading was ended first. */
async function begin(
  desk: Desk,
  tracker: Tracker,
  { from }: ChangesOptions,
  signal: AbortSignal,
): Promise<Beginning | undefined> {
  while (!signal.aborted) {
    const beginning = await desk.ask();
    if (beginning !== undefined) {
      const isNew = beginning.positions.length === 0;
      const begun = isNew && from === "now" ? beginning.published : beginning.positions;
      tracker.begin(beginning.log, begun);
      return beginning;
    }
    await sleep(RETRY_MS);
  }
  return undefined;
}

function startOf({ from, consumer }: ChangesOptions, beginning: Beginning | undefined) {
  if (consumer === undefined) return { stream: "", sequence: 0, now: from !== "oldest" };
  return { stream: beginning?.stream ?? "", sequence: beginning?.streamLast ?? 0, now: false };
}

interface Reading {
  readonly reader: FeedReader;
  readonly tracker: Tracker;
  readonly keeper: Keeper | undefined;
  /** What lies in the stream already may have been handed out before. */
  readonly unsure: boolean;
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

async function* read(reading: Reading): AsyncGenerator<Change | Gap, void, undefined> {
  const { reader, tracker, keeper, unsure, follow, signal } = reading;
  for await (const batch of reader.batches()) {
    let count = 0;
    for await (const message of batch) {
      count++;
      const change = judge(tracker, message);
      if (change !== undefined) {
        const old = unsure && reader.wasThere(message.sequence);
        tracker.take(change.position);
        yield old && change.kind !== "gap" ? { ...change, redelivered: true } : change;
        tracker.consumed(change.position);
      }
      keeper?.passed(message.sequence);
      if (signal.aborted) return;
    }
    if (count > 0) continue;
    keeper?.drained();
    if (!follow && tracker.tornCount === 0 && reader.atEnd) return;
  }
}

/** What of a message is to be handed out. */
function judge(tracker: Tracker, { bytes }: FeedMessage): Change | Gap | undefined {
  const change = parseChange(bytes);
  const { log, partition, from } = change.position;
  const before = tracker.log === 0 || tracker.log === log ? tracker.last(partition) : undefined;
  switch (tracker.judge(change.position)) {
    case "next":
      // Who begins, or has all that is missing, misses nothing.
      if (change.kind !== "gap") return change;
      if (before === undefined || before === 0) {
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
