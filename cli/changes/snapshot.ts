/**
 * Reads a feed's records as they stand, partition by partition: each with the sequence of the log at which
 * it stood so. What was handed out of a partition whose reading breaks off is handed out again, marked, and
 * with what was deleted since, so that nobody is left with a record that is gone.
 *
 * A partition is read ahead as a whole, up to a bound, and so are the next few: the datacenter's views live
 * two minutes, however long what is handed out takes.
 */
import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { FEED_SNAPSHOT_AHEAD_BYTES, FEED_SNAPSHOT_AHEAD_PARTITIONS } from "../../common/limits.ts";
import { feedSnapshotSubject, SNAPSHOT_END_HEADER } from "../../proto/subjects.ts";
import { type Change, parseChange } from "./change.ts";

/** A shipper that says nothing for so long says nothing more. */
const SILENCE_MS = 3000;
const RETRY_MS = 250;

const endSchema = z.object({
  log: z.number(),
  sequence: z.number(),
  records: z.number(),
  last: z.boolean(),
});
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** Some of a partition's records. */
export interface SnapshotPart {
  readonly log: number;
  readonly partition: number;
  /** They stood so there. */
  readonly sequence: number;
  readonly changes: readonly Change[];
  /** With this all of the partition is handed out. */
  readonly last: boolean;
}

export interface SnapshotOptions {
  readonly connection: NatsConnection;
  readonly datacenter: string;
  readonly feed: string;
  readonly partitions: readonly number[];
  /** Somebody may have been handed records of these partitions before. */
  readonly unsure: boolean;
  readonly signal: AbortSignal;
}

interface Chunk extends SnapshotPart {
  readonly bytes: number;
}

/** Read from a partition, without a hole from its beginning. */
interface Ahead {
  readonly scan: string;
  readonly chunks: readonly Chunk[];
}

/** Ends early when `signal` says so. Throws what shippers refuse for good. */
export async function* readSnapshot(options: SnapshotOptions): AsyncGenerator<SnapshotPart> {
  const { partitions, unsure, signal } = options;
  // What fails is met when its turn comes.
  const ahead: Promise<PromiseSettledResult<Ahead | undefined>[]>[] = [];
  let next = 0;
  const fill = (): void => {
    for (; ahead.length < FEED_SNAPSHOT_AHEAD_PARTITIONS && next < partitions.length; next++) {
      ahead.push(Promise.allSettled([readAhead(options, partitions[next] ?? 0, unsure)]));
    }
  };
  fill();
  for (const partition of partitions) {
    const [first] = (await ahead.shift()) ?? [];
    fill();
    if (first?.status === "rejected") throw first.reason;
    if (first?.value === undefined || signal.aborted) return;
    yield* readPartition(options, partition, first.value);
  }
}

/** Hands a partition out; begins it anew, marked, when its reading breaks off. */
async function* readPartition(
  options: SnapshotOptions,
  partition: number,
  first: Ahead,
): AsyncGenerator<SnapshotPart> {
  let again = options.unsure;
  for (let ahead: Ahead | undefined = first; ahead !== undefined; ) {
    let ended = false;
    for await (const chunk of rest(options, partition, ahead, again)) {
      yield chunk;
      ended = chunk.last;
    }
    if (ended) return;
    again = true;
    ahead = await readAhead(options, partition, again);
  }
}

/** What was read ahead, and the chunks after it; ends before the last one when the reading breaks off. */
async function* rest(
  options: SnapshotOptions,
  partition: number,
  { scan, chunks }: Ahead,
  again: boolean,
): AsyncGenerator<Chunk> {
  yield* chunks;
  let last = chunks.at(-1)?.last ?? true;
  for (let number = chunks.length; !last && !options.signal.aborted; number++) {
    const chunk = await pull(options, { scan, partition, chunk: number, tombstones: again });
    if (chunk === undefined) return;
    yield chunk;
    last = chunk.last;
  }
}

/** Undefined: the reading was ended first. */
async function readAhead(
  options: SnapshotOptions,
  partition: number,
  again: boolean,
): Promise<Ahead | undefined> {
  while (!options.signal.aborted) {
    const scan = randomUUID();
    const chunks: Chunk[] = [];
    let bytes = 0;
    for (let number = 0; ; number++) {
      const chunk = await pull(options, { scan, partition, chunk: number, tombstones: again });
      if (chunk === undefined) break;
      chunks.push(chunk);
      bytes += chunk.bytes;
      if (chunk.last || bytes > FEED_SNAPSHOT_AHEAD_BYTES) return { scan, chunks };
    }
    await sleep(RETRY_MS);
  }
  return undefined;
}

interface Question {
  readonly scan: string;
  readonly partition: number;
  readonly chunk: number;
  readonly tombstones: boolean;
}

/** Undefined: no shipper answers for it now, or its view is gone. */
async function pull(options: SnapshotOptions, question: Question): Promise<Chunk | undefined> {
  const { connection, datacenter, feed } = options;
  const inbox = createInbox();
  const subscription = connection.subscribe(inbox);
  const timer = setTimeout(() => subscription.unsubscribe(), SILENCE_MS);
  const changes: Change[] = [];
  let bytes = 0;
  try {
    connection.publish(feedSnapshotSubject(datacenter, feed), JSON.stringify(question), { reply: inbox });
    for await (const message of subscription) {
      timer.refresh();
      if (message.headers?.code === 503) return undefined;
      if (message.headers?.has(SNAPSHOT_END_HEADER) !== true) {
        bytes += message.data.length;
        changes.push(standing(message.data, question.tombstones));
        continue;
      }
      const end = endOf(message.json());
      // The bus may lose what nobody acknowledges.
      if (end === undefined || end.records !== changes.length) return undefined;
      return { ...end, partition: question.partition, changes, bytes };
    }
    return undefined;
  } catch (error) {
    if (error instanceof MeridianError) throw error;
    if (connection.isClosed()) throw new MeridianError("NATS_UNREACHABLE", errorMessage(error));
    throw new MeridianError("BAD_REQUEST", "an answer about records cannot be read", { cause: error });
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
}

function endOf(answer: unknown): z.infer<typeof endSchema> | undefined {
  const refused = errorSchema.safeParse(answer);
  if (!refused.success) return endSchema.parse(answer);
  const { code, message } = refused.data.error;
  if (code === "BAD_REQUEST") throw new MeridianError("BAD_REQUEST", message);
  return undefined;
}

/** A record of a snapshot has no place of its own in the log: what is kept by it would lack the others. */
function standing(bytes: Uint8Array, again: boolean): Change {
  const change = parseChange(bytes);
  if (change.kind === "gap") throw new MeridianError("BAD_REQUEST", "a gap is no record");
  const position = { ...change.position, from: 0, sequence: 0 };
  return { ...change, position, redelivered: again };
}
