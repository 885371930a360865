/** Where the reading of a feed begins, by what was asked for and by what is known of the consumer. */
import type { NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Beginning, Desk } from "./desk.ts";
import { type Start, type StreamFound, streamNow } from "./feed-reader.ts";
import type { Tracker } from "./tracker.ts";

/** Where a reader was: per partition the sequence of the last change that it has dealt with. */
export interface Positions {
  /** Identity of the log that they are about. */
  readonly log: number;
  /** Partition, sequence. Of partitions that are missing nothing is known. */
  readonly positions: readonly (readonly [number, number])[];
}

/**
 * - beginning: all records as they stand, then every change after that.
 * - oldest: what the feed's stream still has; of a declared consumer: what the change log still has.
 * - now: what changes from now on.
 * - a time: what was published from then on, by the clock of the datacenter's NATS.
 * - positions: what follows them.
 */
export type From = "beginning" | "oldest" | "now" | Date | Positions;

export interface Plan {
  readonly start: Start;
  /** Partitions whose records are read as they stand before the stream is. */
  readonly standing: readonly number[];
  /** What lies in the stream already may have been handed out before. */
  readonly unsure: boolean;
}

export interface PlanOptions {
  readonly connection: NatsConnection;
  readonly stream: string;
  readonly desk: Desk;
  readonly tracker: Tracker;
  readonly consumer: string | undefined;
  readonly from: From | undefined;
  readonly signal: AbortSignal;
  /** No shipper says where the consumer is: throws when none ever will. */
  readonly onMissing: () => Promise<void>;
}

const RETRY_MS = 250;
const PARTITIONS = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
const OLDEST: Start = { stream: "", sequence: 0, now: false };

/**
 * Sets the tracker to where the reading begins. Undefined when the reading was ended first. Throws
 * BAD_REQUEST for what a declared consumer cannot ask, NOT_FOUND when the stream does not reach back far
 * enough.
 */
export async function plan(options: PlanOptions): Promise<Plan | undefined> {
  const { consumer, from } = options;
  if (consumer !== undefined) return await planForDeclared(options);
  const found = await streamNow(options.connection, options.stream);
  const reading = { standing: [], unsure: false };
  if (from === undefined || from === "now") return { ...reading, start: { ...OLDEST, now: true } };
  if (from === "oldest") return { ...reading, start: OLDEST };
  if (from === "beginning") return { ...reading, start: endOf(found), standing: PARTITIONS };
  if (from instanceof Date) return { ...reading, start: { ...OLDEST, time: reachable(from, found) } };
  options.tracker.begin(from.log, from.positions);
  return { ...reading, start: OLDEST };
}

/** Whose position is kept goes on there; `from` is for partitions that it has none of. */
async function planForDeclared(options: PlanOptions): Promise<Plan | undefined> {
  const { connection, stream, tracker, from } = options;
  if (typeof from === "object") {
    throw new MeridianError(
      "BAD_REQUEST",
      "a declared consumer goes on where it was: a time or positions are for readers without a name",
    );
  }
  // Before anything is asked: what is published after it is read, or stands in what is read.
  const found = await streamNow(connection, stream);
  const kept = await keptBeginning(options);
  if (kept === undefined) return undefined;
  const { log, positions, published, open: unsure, streamLast: sequence } = kept;
  const isNew = positions.length === 0;
  tracker.begin(log, isNew && from === "now" ? published : positions);
  const start = { stream: kept.stream, sequence, now: false };
  if (from !== "beginning") return { start, standing: [], unsure };
  const known = new Set(positions.map(([partition]) => partition));
  const standing = PARTITIONS.filter((partition) => !known.has(partition));
  return { start: kept.stream === "" ? endOf(found) : start, standing, unsure };
}

/** Waits until the shippers say where the consumer is. */
async function keptBeginning({ desk, signal, onMissing }: PlanOptions): Promise<Beginning | undefined> {
  while (!signal.aborted) {
    const beginning = await desk.ask();
    if (beginning !== undefined) return beginning;
    await onMissing();
    await sleep(RETRY_MS);
  }
  return undefined;
}

function endOf({ identity, last }: StreamFound): Start {
  return { stream: identity, sequence: last, now: false };
}

/** A time from which on the stream has all that was published. */
function reachable(time: Date, { begins }: StreamFound): Date {
  if (time.getTime() >= begins.getTime()) return time;
  const since = begins.toISOString();
  throw new MeridianError(
    "NOT_FOUND",
    `the feed's stream has what was published since ${since}: begin there, or with all records ("beginning")`,
  );
}
