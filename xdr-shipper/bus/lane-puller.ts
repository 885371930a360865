/**
 * Pulls one lane of a ship stream, in order, a bounded number of messages ahead. Everything that
 * can happen to the consumer or the stream (deleted, recreated, rolled back, server gone) ends in
 * setting up again: after the last message taken when the stream is the same, else from its start.
 *
 * Acknowledges cumulatively what is dealt with, for one use only: a restarted or other instance
 * starts at the highest floor of the lane's consumers instead of the stream's beginning.
 */
import {
  AckPolicy,
  type ConsumerInfo,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { createInbox, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { remoteInboxPrefix, shipLaneSubjects, shipStream } from "../../proto/subjects.ts";
import type { BusDelivery } from "./bus.ts";

/**
 * Messages asked for ahead: about so many bytes of them, since a WAN needs many small ones under way
 * and memory bears few large ones. Asked for in requests of a quarter each.
 */
const AHEAD_BYTES = 4 * 1024 * 1024;
const AHEAD_MIN = 16;
const AHEAD_MAX = 256;
const REQUEST_EXPIRES_MS = 20_000;
const HEARTBEAT_MS = 2_000;
const CHECK_INTERVAL_MS = 1_000;
const ACK_INTERVAL_MS = 250;
const RETRY_MS = 250;
const NANOS = 1_000_000;
/** Redelivery is of no use: the origin ships again what is lost. */
const ACK_WAIT_MS = 3_600_000;
const INACTIVE_MS = 3_600_000;

export interface LanePullerOptions {
  readonly origin: string;
  readonly destination: string;
  readonly lane: number;
  readonly instance: string;
  readonly onDelivery: (delivery: BusDelivery) => void;
  readonly log: Logger;
}

interface Taken {
  readonly reply: string;
  readonly sequence: number;
  done: boolean;
}

/** A running consumer: ended as a whole when anything is wrong with it. */
interface Session {
  readonly connection: NatsConnection;
  readonly inbox: string;
  readonly subscription: Subscription;
  /** Messages still to come per request. */
  readonly requests: Map<number, number>;
  /** Taken and not yet acknowledged, in order. */
  readonly taken: Taken[];
  heardAt: number;
  requested: number;
}

export class LanePuller {
  readonly #options: LanePullerOptions;
  readonly #stream: string;
  readonly #consumer: string;
  readonly #subject: string;
  readonly #timers: NodeJS.Timeout[];
  #connection: NatsConnection | undefined;
  #session: Session | undefined;
  #settingUp = false;
  #retry: NodeJS.Timeout | undefined;
  #paused = false;
  #closed = false;
  #lastSequence = 0;
  /** Bytes of a message, a moving average. */
  #averageBytes = AHEAD_BYTES / AHEAD_MIN;
  #identity = "";
  #complaint = "";

  constructor(options: LanePullerOptions) {
    this.#options = options;
    const { origin, destination, lane, instance } = options;
    this.#stream = shipStream(origin, destination);
    this.#consumer = `apply_${lane}_${instance}`;
    this.#subject = shipLaneSubjects(origin, destination, lane);
    this.#timers = [
      setInterval(() => this.#check(), CHECK_INTERVAL_MS),
      setInterval(() => this.#acknowledge(), ACK_INTERVAL_MS),
    ];
  }

  /** The connection came up or went. */
  link(connection: NatsConnection | undefined): void {
    this.#connection = connection;
    this.#end();
    this.#start();
  }

  setPaused(paused: boolean): void {
    this.#paused = paused;
    this.#request();
  }

  close(): void {
    this.#acknowledge();
    this.#closed = true;
    clearTimeout(this.#retry);
    for (const timer of this.#timers) clearInterval(timer);
    this.#end();
  }

  #start(): void {
    const connection = this.#connection;
    if (connection === undefined || this.#settingUp || this.#session !== undefined || this.#closed) return;
    this.#settingUp = true;
    this.#setUp(connection).then(
      () => {
        this.#settingUp = false;
        if (connection !== this.#connection) {
          this.#end();
          this.#start();
        }
      },
      (error: unknown) => {
        this.#settingUp = false;
        this.#again(errorMessage(error));
      },
    );
  }

  /** Ends the session and sets up another one shortly. */
  #again(reason: string): void {
    if (this.#closed) return;
    if (reason !== this.#complaint)
      this.#options.log.warn({ stream: this.#stream, reason }, "pulling interrupted");
    this.#complaint = reason;
    this.#end();
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#start(), RETRY_MS);
  }

  #end(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    session.subscription.unsubscribe();
  }

  async #setUp(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 3000 });
    const stream = await manager.streams.info(this.#stream);
    const identity = `${stream.created}`;
    const start = await this.#startSequence(manager, identity, stream.state.last_seq);
    await this.#recreate(manager, start);
    if (this.#closed || connection !== this.#connection) return;
    this.#identity = identity;
    this.#lastSequence = start - 1;
    this.#complaint = "";
    const inbox = createInbox(remoteInboxPrefix(this.#options.destination));
    const session: Session = {
      connection,
      inbox,
      subscription: connection.subscribe(`${inbox}.*`, {
        callback: (error, message) => {
          if (error !== null) this.#again(error.message);
          else this.#receive(session, message);
        },
      }),
      requests: new Map(),
      taken: [],
      heardAt: performance.now(),
      requested: 0,
    };
    this.#session = session;
    this.#options.log.info({ stream: this.#stream, start }, "pulling");
    this.#request();
  }

  /** Where to go on: after what was taken here, or at the highest floor any instance reached. */
  async #startSequence(manager: JetStreamManager, identity: string, last: number): Promise<number> {
    if (identity === this.#identity && this.#lastSequence <= last) return this.#lastSequence + 1;
    const known = this.#identity !== "";
    let floor = 0;
    for (const info of await manager.consumers.list(this.#stream).next()) {
      if (this.#isOfLane(info)) floor = Math.max(floor, info.ack_floor.stream_seq);
    }
    // A floor beyond the stream, or a stream we did not know: its floors may be another one's.
    return known || floor > last ? 1 : floor + 1;
  }

  #isOfLane(info: ConsumerInfo): boolean {
    return info.config.filter_subject === this.#subject;
  }

  async #recreate(manager: JetStreamManager, start: number): Promise<void> {
    try {
      await manager.consumers.delete(this.#stream, this.#consumer);
    } catch (error) {
      const absent = error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound;
      if (!absent) throw error;
    }
    await manager.consumers.add(this.#stream, {
      durable_name: this.#consumer,
      ack_policy: AckPolicy.All,
      ack_wait: ACK_WAIT_MS * NANOS,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: start,
      filter_subject: this.#subject,
      inactive_threshold: INACTIVE_MS * NANOS,
      max_ack_pending: 1_000_000,
      max_waiting: 128,
    });
  }

  /** Keeps messages asked for ahead. */
  #request(): void {
    const session = this.#session;
    if (session === undefined || this.#paused) return;
    let ahead = 0;
    for (const left of session.requests.values()) ahead += left;
    const wanted = Math.min(AHEAD_MAX, Math.max(AHEAD_MIN, Math.floor(AHEAD_BYTES / this.#averageBytes)));
    const batch = Math.floor(wanted / 4);
    while (ahead + batch <= wanted) {
      const id = ++session.requested;
      session.requests.set(id, batch);
      ahead += batch;
      const request = {
        batch,
        expires: REQUEST_EXPIRES_MS * NANOS,
        idle_heartbeat: HEARTBEAT_MS * NANOS,
      };
      session.connection.publish(
        `$JS.API.CONSUMER.MSG.NEXT.${this.#stream}.${this.#consumer}`,
        JSON.stringify(request),
        { reply: `${session.inbox}.${id}` },
      );
    }
  }

  #receive(session: Session, message: Msg): void {
    if (session !== this.#session) return;
    session.heardAt = performance.now();
    if (message.headers !== undefined && message.headers.code >= 100) {
      // Only what the server says itself comes on the inbox's own subject.
      const id = Number(message.subject.slice(session.inbox.length + 1));
      this.#status(session, id, message.headers.code, message.headers.description);
      return;
    }
    // Requests are served in their order.
    for (const [id, left] of session.requests) {
      if (left > 1) session.requests.set(id, left - 1);
      else session.requests.delete(id);
      break;
    }
    this.#averageBytes += (message.data.length - this.#averageBytes) / 16;
    const reply = message.reply ?? "";
    const sequence = streamSequence(reply);
    if (sequence > this.#lastSequence) this.#lastSequence = sequence;
    this.#deliver(session, message, reply, sequence);
    this.#request();
  }

  #deliver(session: Session, message: Msg, reply: string, sequence: number): void {
    const taken: Taken = { reply, sequence, done: false };
    session.taken.push(taken);
    const [, , , namespace = "", lane = ""] = message.subject.split(".");
    this.#options.onDelivery({
      namespace,
      lane: Number(lane),
      bytes: message.data,
      done: () => {
        taken.done = true;
      },
    });
  }

  #status(session: Session, id: number, code: number, description: string): void {
    // 100: heartbeat. 404, 408: the request ended. Anything else: the consumer is not what it was.
    if (code === 100) return;
    session.requests.delete(id);
    if (code === 404 || code === 408) this.#request();
    else this.#again(`${code} ${description}`);
  }

  /** Notices a consumer that no longer speaks, and a stream that is not what it was. */
  #check(): void {
    const session = this.#session;
    if (session === undefined) {
      this.#start();
      return;
    }
    if (session.requests.size === 0) {
      session.heardAt = performance.now();
      return;
    }
    if (performance.now() - session.heardAt > 3 * HEARTBEAT_MS) this.#again("no heartbeat");
  }

  /** Acknowledges the last message up to which all are dealt with (AckAll). */
  #acknowledge(): void {
    const session = this.#session;
    if (session === undefined) return;
    let count = 0;
    while (session.taken[count]?.done === true) count++;
    const [last] = session.taken.splice(0, count).slice(-1);
    if (last !== undefined) session.connection.publish(last.reply, "+ACK");
  }
}

/** The stream sequence in an ACK subject, counted from its end: newer servers prepend fields. */
function streamSequence(reply: string): number {
  const tokens = reply.split(".");
  // $JS.ACK.[domain.account.]stream.consumer.deliveries.streamSeq.consumerSeq.timestamp.pending[.random]
  return Number(tokens.length >= 11 ? tokens[7] : tokens[5]);
}
