/**
 * Where a feed's readers are heard, over the datacenter's own NATS, as JSON: positions that a declared
 * consumer reports, and questions where to begin. Every instance hears all and minds its own lanes.
 */
import { headers, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { z } from "zod";
import { errorMessage } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import {
  feedAskSubject,
  feedMoveSubject,
  feedPlaceSubject,
  feedPositionSubject,
  feedSnapshotSubject,
  SNAPSHOT_END_HEADER,
} from "../../proto/subjects.ts";
import type { NatsLink } from "../bus/nats-link.ts";

const sequence = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const partition = z
  .int()
  .min(0)
  .max(PARTITION_COUNT - 1);

const reportSchema = z.object({
  /** Log id that the positions are about; 0 when there are none. */
  log: sequence,
  /** Partition, sequence of the last change consumed. */
  positions: z.array(z.tuple([partition, sequence])).max(PARTITION_COUNT),
  /** Partitions where a message accounts for less than what followed: something is missing. */
  torn: z.array(partition).max(PARTITION_COUNT).default([]),
  /** All that the stream holds has been read. */
  drained: z.boolean().default(false),
  /** Creation time of the stream, and the sequence up to which all of it is consumed. */
  stream: z.string().max(100).default(""),
  streamLast: sequence.default(0),
  /** More may have been handed out than `positions` says. */
  open: z.boolean().default(false),
  /** How often the position was moved, as the answer to the question where to begin said. */
  move: sequence.default(0),
});

export type ConsumerReport = z.infer<typeof reportSchema>;

const moveSchema = z.object({
  /** `positions`: the given ones, in their partitions. */
  to: z.enum(["beginning", "oldest", "now", "positions"]),
  /** Log id that the positions are about. */
  log: sequence.default(0),
  positions: z
    .array(z.tuple([partition, sequence]))
    .max(PARTITION_COUNT)
    .default([]),
  /** One above the number that the question where to begin was answered with. */
  move: sequence,
  /** Although somebody reads as this consumer, who is refused from then on. */
  force: z.boolean().default(false),
  /** What the stream has may have been handed out before. */
  open: z.boolean().default(true),
});

export type MoveRequest = z.infer<typeof moveSchema>;

const snapshotSchema = z.object({
  /** Of the reader's choice; another one for each reading of a partition. */
  scan: z.string().min(1).max(100),
  partition,
  /** Counts from 0. */
  chunk: sequence,
  /** Deleted records, too. */
  tombstones: z.boolean().default(false),
});

export type SnapshotRequest = z.infer<typeof snapshotSchema>;

/** Where the answer to a question for records goes. */
export interface SnapshotReply {
  record(message: Uint8Array): void;
  end(summary: object): void;
}

const placesSchema = z.object({
  /** What a reader has that dealt with all up to a sequence; else where one goes on that was elsewhere. */
  vectors: z.boolean(),
  /** Partition, sequence, and by log the last change that is dealt with. */
  places: z.array(z.tuple([partition, sequence, z.array(z.tuple([sequence, sequence])).max(256)])).max(1024),
});

export type PlacesRequest = z.infer<typeof placesSchema>;

export interface FeedDeskOptions {
  readonly link: NatsLink;
  readonly datacenter: string;
  readonly feed: string;
  readonly consumers: readonly string[];
  readonly onReport: (consumer: string, report: ConsumerReport, answer: (answer: object) => void) => void;
  readonly onMove: (consumer: string, request: MoveRequest, answer: (answer: object) => void) => void;
  readonly onPlaces: (request: PlacesRequest, answer: (answer: object) => void) => void;
  readonly onSnapshot: (request: SnapshotRequest, reply: SnapshotReply) => void;
  /** Undefined: nothing can be said yet. */
  readonly onAsk: (consumer: string) => object | undefined;
  readonly log: Logger;
}

export class FeedDesk {
  readonly #options: FeedDeskOptions;
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #subscriptions: readonly Subscription[] = [];

  constructor(options: FeedDeskOptions) {
    this.#options = options;
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  close(): void {
    this.#unlisten();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  #linked(connection: NatsConnection | undefined): void {
    // Subscriptions outlive reconnects, but not the connection object.
    if (connection === undefined || connection === this.#connection) return;
    this.#connection = connection;
    const { datacenter, feed } = this.#options;
    const hear = (subject: string, heard: (consumer: string, message: Msg) => void): Subscription =>
      connection.subscribe(subject, {
        callback: (_error, message) => this.#hear(message, heard),
      });
    this.#subscriptions = [
      hear(feedPositionSubject(datacenter, feed, "*"), (consumer, message) =>
        this.#reported(consumer, message),
      ),
      hear(feedAskSubject(datacenter, feed, "*"), (consumer, message) => this.#asked(consumer, message)),
      hear(feedMoveSubject(datacenter, feed, "*"), (consumer, message) => {
        if (!this.#declared(consumer, message)) return;
        const request = moveSchema.parse(message.json());
        this.#options.onMove(consumer, request, (answer) => respond(message, answer));
      }),
      hear(feedPlaceSubject(datacenter, feed), (_feed, message) => {
        const request = placesSchema.parse(message.json());
        this.#options.onPlaces(request, (answer) => respond(message, answer));
      }),
      hear(feedSnapshotSubject(datacenter, feed), (_feed, message) => {
        this.#options.onSnapshot(snapshotSchema.parse(message.json()), replyTo(message));
      }),
    ];
  }

  /** What cannot be read is answered so: anybody may publish on a subject. */
  #hear(message: Msg, heard: (consumer: string, message: Msg) => void): void {
    const consumer = message.subject.slice(message.subject.lastIndexOf(".") + 1);
    try {
      heard(consumer, message);
    } catch (error) {
      this.#options.log.warn(
        { consumer, reason: errorMessage(error) },
        "a consumer's message cannot be read",
      );
      respond(message, { error: { code: "BAD_REQUEST", message: errorMessage(error) } });
    }
  }

  #reported(consumer: string, message: Msg): void {
    if (!this.#declared(consumer, message)) return;
    const report = reportSchema.parse(message.json());
    this.#options.onReport(consumer, report, (answer) => respond(message, answer));
  }

  #asked(consumer: string, message: Msg): void {
    // Who reads without a position of its own asks as `-`.
    if (consumer !== "-" && !this.#declared(consumer, message)) return;
    const answer = this.#options.onAsk(consumer);
    if (answer !== undefined) respond(message, answer);
  }

  #declared(consumer: string, message: Msg): boolean {
    const { consumers, feed } = this.#options;
    if (consumers.includes(consumer)) return true;
    const problem = `feed ${feed} declares no consumer ${consumer}; it declares: ${consumers.join(", ") || "none"}`;
    respond(message, { error: { code: "NOT_FOUND", message: problem } });
    return false;
  }
}

function replyTo(message: Msg): SnapshotReply {
  return {
    record: (bytes) => message.respond(bytes),
    end: (summary) => {
      const head = headers();
      head.set(SNAPSHOT_END_HEADER, "1");
      message.respond(JSON.stringify(summary), { headers: head });
    },
  };
}

function respond(message: Msg, answer: object): void {
  message.respond(JSON.stringify(answer));
}
