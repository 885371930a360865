/**
 * The origin's end of the bus on JetStream: keeps the destination's stream in being, publishes on
 * it and tells what is known to be lost. Works from nats-server 2.9 on.
 *
 * The stream holds about what may be in flight and drops the oldest beyond it. It is recognized by
 * its creation time: another one means that everything before is gone. Publish acknowledgements are
 * looked at for failures only.
 */
import { createInbox, type Msg, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstreamManager,
  RetentionPolicy,
  type StreamInfo,
  StorageType,
} from "@nats-io/jetstream";
import { errorMessage } from "../../common/errors.ts";
import { BUS_MESSAGE_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import {
  positionAskSubject,
  positionSubject,
  shipStream,
  shipSubject,
  shipSubjects,
} from "../../proto/subjects.ts";
import type { BusPublisher, BusPublisherEvents } from "./bus.ts";
import type { NatsLink } from "./nats-link.ts";

const CHECK_INTERVAL_MS = 2000;
const RETRY_MS = 250;
const ACK_TIMEOUT_MS = 5000;
const REFUSED_MS = 2000;
const REBUILD_MS = 10_000;
/** Smallest stream worth having; tried when the server refuses to reserve more. */
const STREAM_BYTES_MIN = 16 * 1024 * 1024;
const INSUFFICIENT_STORAGE = 10047;

export interface JetStreamPublisherOptions {
  readonly link: NatsLink;
  readonly origin: string;
  readonly destination: string;
  /** Bytes the stream may hold. */
  readonly streamBytes: number;
  /** Copies of the stream among the servers of a NATS cluster. */
  readonly replicas: number;
  readonly events: BusPublisherEvents;
  readonly log: Logger;
}

interface Outstanding {
  readonly lost: () => void;
  readonly sentAt: number;
}

export class JetStreamPublisher implements BusPublisher {
  readonly #options: JetStreamPublisherOptions;
  readonly #stream: string;
  readonly #inbox = createInbox();
  readonly #outstanding = new Map<number, Outstanding>();
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #subscriptions: Subscription[] = [];
  #published = 0;
  #lastSequence = 0;
  /** Creation time of the stream we publish to. */
  #identity = "";
  #forgotten = false;
  /** Since when every message is refused. */
  #refusedSince: number | undefined;
  #rebuiltAt = Number.NEGATIVE_INFINITY;
  #rebuild = false;
  #open = false;
  #checking = false;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #complaint = "";

  constructor(options: JetStreamPublisherOptions) {
    this.#options = options;
    this.#stream = shipStream(options.origin, options.destination);
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS);
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  get open(): boolean {
    return this.#open;
  }

  get messageBytesMax(): number {
    const allowed = this.#connection?.info?.max_payload ?? BUS_MESSAGE_BYTES_MAX;
    return Math.min(BUS_MESSAGE_BYTES_MAX, allowed);
  }

  publish(namespace: string, lane: number, message: Uint8Array, lost: () => void): void {
    const { origin, destination } = this.#options;
    if (this.#connection === undefined || !this.#open) {
      setImmediate(lost);
      return;
    }
    const id = ++this.#published;
    this.#outstanding.set(id, { lost, sentAt: performance.now() });
    const reply = `${this.#inbox}.${id}`;
    this.#connection.publish(shipSubject(origin, destination, namespace, lane), message, { reply });
  }

  ask(message: Uint8Array): void {
    const { origin, destination } = this.#options;
    this.#connection?.publish(positionAskSubject(origin, destination), message);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    clearInterval(this.#timer);
    clearTimeout(this.#retry);
    await this.#connection?.flush();
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  #linked(connection: NatsConnection | undefined): void {
    if (connection !== this.#connection && connection !== undefined) {
      // Subscriptions outlive reconnects, but not the connection object.
      const { origin, destination, events } = this.#options;
      this.#subscriptions = [
        connection.subscribe(`${this.#inbox}.*`, {
          callback: (_error, message) => this.#acknowledged(message),
        }),
        connection.subscribe(positionSubject(origin, destination), {
          callback: (_error, message) => events.onReport(message.data),
        }),
      ];
      this.#connection = connection;
    }
    if (connection === undefined) {
      this.#close("no connection");
      return;
    }
    this.#check();
  }

  /** Nothing is taken until the stream is found (again); what is not acknowledged counts as lost. */
  #close(reason: string): void {
    if (this.#open) this.#options.log.warn({ stream: this.#stream, reason }, "the bus takes no messages");
    const wasOpen = this.#open;
    this.#open = false;
    const lost = [...this.#outstanding.values()];
    this.#outstanding.clear();
    if (wasOpen) this.#options.events.onState(false, false);
    for (const { lost: tell } of lost) tell();
  }

  #acknowledged(message: Msg): void {
    const id = Number(message.subject.slice(this.#inbox.length + 1));
    const sent = this.#outstanding.get(id);
    if (sent === undefined) return;
    this.#outstanding.delete(id);
    if (message.headers?.code === 503) {
      sent.lost();
      this.#close("no stream takes the subject");
      this.#check();
      return;
    }
    const ack = parseAck(message);
    if (ack.error !== undefined) {
      this.#complain("publish refused", ack.error);
      sent.lost();
      this.#refused();
      return;
    }
    this.#refusedSince = undefined;
    // A sequence that runs back means another stream.
    if (ack.sequence <= this.#lastSequence) this.#check();
    this.#lastSequence = ack.sequence;
  }

  /**
   * A stream that refuses everything for seconds (its folder was deleted under the server, its disk
   * is broken) is made anew: it is only a buffer.
   */
  #refused(): void {
    const now = performance.now();
    this.#refusedSince ??= now;
    if (now - this.#refusedSince < REFUSED_MS || now - this.#rebuiltAt < REBUILD_MS) return;
    this.#refusedSince = undefined;
    this.#rebuiltAt = now;
    this.#rebuild = true;
    this.#close("every message is refused");
    this.#check();
  }

  /** Finds or makes the stream; opens or closes the bus by the outcome. */
  #check(): void {
    const connection = this.#options.link.connection;
    this.#expire();
    if (connection === undefined || this.#checking || this.#closed) return;
    this.#checking = true;
    this.#ensureStream(connection).then(
      (info) => {
        this.#checking = false;
        this.#found(info);
      },
      (error: unknown) => {
        this.#checking = false;
        if (this.#closed) return;
        this.#complain("the ship stream cannot be made", errorMessage(error));
        this.#close("no stream");
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#check(), RETRY_MS);
      },
    );
  }

  #found(info: StreamInfo): void {
    if (this.#closed || this.#options.link.connection === undefined) return;
    const identity = `${info.created}`;
    if (identity !== this.#identity) {
      this.#forgotten = this.#identity !== "";
      this.#identity = identity;
      this.#lastSequence = info.state.last_seq;
    }
    if (this.#open && !this.#forgotten) return;
    const forgotten = this.#forgotten;
    this.#forgotten = false;
    this.#open = true;
    this.#complaint = "";
    this.#options.log.info({ stream: this.#stream, created: identity, forgotten }, "the bus takes messages");
    this.#options.events.onState(true, forgotten);
  }

  async #ensureStream(connection: NatsConnection): Promise<StreamInfo> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 });
    try {
      if (!this.#rebuild) return await manager.streams.info(this.#stream);
      this.#options.log.warn({ stream: this.#stream }, "the ship stream is made anew");
      this.#rebuild = false;
      await manager.streams.delete(this.#stream);
    } catch (error) {
      if (!isApiError(error, JetStreamApiCodes.StreamNotFound)) throw error;
    }
    let bytes = this.#options.streamBytes;
    for (;;) {
      try {
        return await this.#createStream(manager, bytes);
      } catch (error) {
        if (!isApiError(error, INSUFFICIENT_STORAGE) || bytes <= STREAM_BYTES_MIN) throw error;
        bytes = Math.max(STREAM_BYTES_MIN, Math.floor(bytes / 2));
      }
    }
  }

  #createStream(manager: JetStreamManager, bytes: number): Promise<StreamInfo> {
    const { origin, destination } = this.#options;
    return manager.streams.add({
      name: this.#stream,
      subjects: [shipSubjects(origin, destination)],
      storage: StorageType.File,
      retention: RetentionPolicy.Limits,
      discard: DiscardPolicy.Old,
      max_bytes: bytes,
      num_replicas: this.#options.replicas,
      // Repeats are told apart by the destination's positions; the bus need not remember them.
      duplicate_window: 100_000_000,
    });
  }

  #expire(): void {
    const limit = performance.now() - ACK_TIMEOUT_MS;
    for (const [id, { lost, sentAt }] of this.#outstanding) {
      if (sentAt > limit) break;
      this.#outstanding.delete(id);
      lost();
    }
  }

  /** Logs a complaint once, not once a message. */
  #complain(what: string, reason: string): void {
    const complaint = `${what}: ${reason}`;
    if (complaint === this.#complaint) return;
    this.#complaint = complaint;
    this.#options.log.warn({ stream: this.#stream, reason }, what);
  }
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}

function parseAck(message: Msg): { sequence: number; error?: string } {
  const body: unknown = message.json();
  if (typeof body !== "object" || body === null) return { sequence: 0, error: "unreadable acknowledgement" };
  if ("error" in body) return { sequence: 0, error: JSON.stringify(body.error) };
  return { sequence: "seq" in body && typeof body.seq === "number" ? body.seq : 0 };
}
