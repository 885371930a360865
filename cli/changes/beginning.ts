/** Where the reading of a feed begins, by what was asked for and by what is known of the consumer. */
import type { NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { askPlaces, type FoundPlaces } from "./place-desk.ts";
import type { Places } from "./places.ts";
import type { Beginning, Desk, Move } from "./desk.ts";
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
  /** The consumer's position is moved there first. */
  readonly restart: boolean;
  /** What the reader has dealt with, maybe in another datacenter: goes before `from`. */
  readonly places: Places | undefined;
  readonly datacenter: string;
  readonly feed: string;
  readonly signal: AbortSignal;
  /** No shipper says where the consumer is: throws when none ever will. */
  readonly onMissing: () => Promise<void>;
}

const RETRY_MS = 250;
/** Somebody who was killed counts as reading for some seconds. */
const BUSY_MS = 8000;
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
  const known = await foundPlaces(options);
  if (known === "ended") return undefined;
  if (known !== undefined) {
    options.tracker.begin(known.log, positionsIn(known));
    return { start: OLDEST, standing: [], unsure: false };
  }
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
  if (typeof from === "object" && !options.restart) {
    throw new MeridianError(
      "BAD_REQUEST",
      "a declared consumer goes on where it was: positions move it with restart; a time is for readers without a name",
    );
  }
  const isNewHere = await isNewToPlaces(options);
  if (options.restart || isNewHere) {
    if (!(await moved(options, isNewHere))) return undefined;
  }
  // Before anything is asked: what is published after it is read, or stands in what is read.
  const found = await streamNow(connection, stream);
  const kept = await keptBeginning(options);
  if (kept === undefined) return undefined;
  const { log, positions, published, open: unsure, streamLast: sequence, move } = kept;
  const isNew = positions.length === 0 && move === 0;
  tracker.begin(log, isNew && from === "now" ? published : positions);
  const start = { stream: kept.stream, sequence, now: false };
  const standing = standingOf(kept, from);
  // With all of them read as they stand, what the stream has by then is not needed.
  const fromEnd = kept.stream === "" && standing.length === PARTITION_COUNT;
  return { start: fromEnd ? endOf(found) : start, standing, unsure };
}

/** Who was moved begins where it was moved to. */
function standingOf({ positions, standing, move }: Beginning, from: From | undefined): readonly number[] {
  if (move > 0) return standing;
  if (from !== "beginning") return [];
  const known = new Set(positions.map(([partition]) => partition));
  return PARTITIONS.filter((partition) => !known.has(partition));
}

/** Whether a declared consumer begins in this datacenter by what it has dealt with elsewhere. */
async function isNewToPlaces(options: PlanOptions): Promise<boolean> {
  if (options.places === undefined || options.places.isEmpty) return false;
  const kept = await keptBeginning(options);
  return kept !== undefined && kept.move === 0 && kept.positions.length === 0;
}

/** Where a reader goes on that was elsewhere; undefined: it was nowhere. */
async function foundPlaces(options: PlanOptions): Promise<FoundPlaces | "ended" | undefined> {
  const { places } = options;
  if (places === undefined || places.isEmpty) return undefined;
  const asked = PARTITIONS.map((partition) => ({ partition, sequence: 0, vector: places.of(partition) }));
  return (await askPlaces(options, "find", asked)) ?? "ended";
}

function positionsIn({ places }: FoundPlaces): [number, number][] {
  return places.map(({ partition, sequence }) => [partition, sequence]);
}

/** Adds to what a reader has dealt with what that is in other datacenters' logs; false: it was ended. */
export async function tellPlaces(
  options: Omit<PlanOptions, "places"> & { readonly places: Places },
): Promise<boolean> {
  const { places, tracker, consumer, from } = options;
  // Who begins now has dealt with what is published.
  const isNow = consumer === undefined && (from === undefined || from === "now");
  const published = new Map(isNow ? ((await keptBeginning(options))?.published ?? []) : []);
  const asked = PARTITIONS.map((partition) => ({
    partition,
    sequence: tracker.last(partition) ?? published.get(partition) ?? 0,
    vector: new Map<number, number>(),
  }));
  const told = await askPlaces(options, "tell", asked);
  for (const { partition, vector } of told?.places ?? []) places.join(partition, vector);
  return told !== undefined;
}

/** Moves the position, as soon as the shippers can; false when the reading was ended before. */
async function moved(options: PlanOptions, isNewHere: boolean): Promise<boolean> {
  const { desk, from, signal, onMissing } = options;
  const known = await foundPlaces(options);
  if (known === "ended") return false;
  const to = known === undefined ? (from ?? "oldest") : { log: known.log, positions: positionsIn(known) };
  // Who never read here was handed nothing of it but by another datacenter, which the places tell.
  const move = { ...moveTo(to, false), open: !isNewHere };
  while (!signal.aborted) {
    if (await moveNow(desk, move)) return true;
    await onMissing();
    await sleep(RETRY_MS);
  }
  return false;
}

/**
 * Moves a declared consumer's position; false: not all of it, to be tried again. A moment after the shippers
 * began they do not know who reads. Throws BUSY when somebody does, BAD_REQUEST for what cannot be.
 */
export async function moveNow(desk: Desk, move: Move): Promise<boolean> {
  const deadline = performance.now() + BUSY_MS;
  for (;;) {
    try {
      return await desk.move(move);
    } catch (error) {
      if (!(error instanceof MeridianError && error.code === "BUSY")) throw error;
      if (performance.now() > deadline) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** Throws BAD_REQUEST for a time: the log's entries have none that the bus would know. */
export function moveTo(from: From, force: boolean): Move {
  if (from instanceof Date) {
    throw new MeridianError("BAD_REQUEST", "a declared consumer is moved to positions, not to a time");
  }
  if (typeof from === "string") return { to: from, log: 0, positions: [], force };
  return { to: "positions", log: from.log, positions: from.positions, force };
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
