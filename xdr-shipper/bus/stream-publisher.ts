/**
 * Publishing on one JetStream stream that is ours to keep in being: finds or makes it, publishes with
 * many messages in flight, and tells what became of each. Works from nats-server 2.9 on.
 *
 * The stream is recognized by its creation time: another one means that everything before is gone. So
 * does one that ends before what it acknowledged, at least for its end. Nothing may advance on an
 * acknowledgement but what can be told again.
 */
import {
  createInbox,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type Subscription,
} from "@nats-io/transport-node";
import {
  JetStreamApiCodes,
  type JetStreamManager,
  jetstreamManager,
  type StreamConfig,
  type StreamInfo,
} from "@nats-io/jetstream";
import { errorMessage } from "../../common/errors.ts";
import { BUS_MESSAGE_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import type { NatsLink } from "./nats-link.ts";
import { isApiError } from "./stream-delete.ts";

const CHECK_INTERVAL_MS = 2000;
const RETRY_MS = 250;
const ACK_TIMEOUT_MS = 5000;
const REBUILD_MS = 10_000;
/** Smallest stream worth having; tried when the server refuses to reserve more. */
const STREAM_BYTES_MIN = 16 * 1024 * 1024;
const INSUFFICIENT_STORAGE = 10047;

/**
 * - stored: acknowledged.
 * - cut: the connection went before an acknowledgement came. What was stored of the messages that went
 *   this way together is their beginning.
 * - refused: not stored, or not known to be; messages after it may be.
 */
export type Fate = "stored" | "cut" | "refused";

export interface StreamPublisherOptions {
  readonly link: NatsLink;
  readonly stream: string;
  /** What the stream is made with, for a size in bytes. */
  readonly config: (bytes: number) => Partial<StreamConfig>;
  readonly streamBytes: number;
  /** Change the stream when it is there with other settings: else it is taken as it is. */
  readonly adapt: boolean;
  /** A stream that has refused every message for so long is made anew. */
  readonly refusedMs: number;
  /** A connection was made: to subscribe on it. */
  readonly onConnection: (connection: NatsConnection) => Subscription[];
  /** `forgotten`: what was published before is gone, or its end. */
  readonly onState: (open: boolean, forgotten: boolean) => void;
  readonly log: Logger;
}

interface Outstanding {
  readonly settled: (fate: Fate) => void;
  readonly sentAt: number;
}

export class StreamPublisher {
  readonly #options: StreamPublisherOptions;
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
  #adaptedTo = "";
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

  constructor(options: StreamPublisherOptions) {
    this.#options = options;
    this.#stream = options.stream;
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS);
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  get open(): boolean {
    return this.#open;
  }

  get messageBytesMax(): number {
    return this.#connection?.info?.max_payload ?? BUS_MESSAGE_BYTES_MAX;
  }

  /** Creation time of the stream, empty while there was none. */
  get identity(): string {
    return this.#identity;
  }

  /** The highest sequence that the stream is known to have had. */
  get lastSequence(): number {
    return this.#lastSequence;
  }

  get connection(): NatsConnection | undefined {
    return this.#connection;
  }

  /** Sends a message, in order; `settled` is called once, and never before this returns. */
  publish(
    subject: string,
    message: Uint8Array,
    headers: MsgHdrs | undefined,
    settled: (fate: Fate) => void,
  ): void {
    if (this.#connection === undefined || !this.#open) {
      setImmediate(settled, "cut");
      return;
    }
    const id = ++this.#published;
    this.#outstanding.set(id, { settled, sentAt: performance.now() });
    const reply = `${this.#inbox}.${id}`;
    this.#connection.publish(subject, message, headers === undefined ? { reply } : { reply, headers });
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
      this.#subscriptions = [
        connection.subscribe(`${this.#inbox}.*`, {
          callback: (_error, message) => this.#acknowledged(message),
        }),
        ...this.#options.onConnection(connection),
      ];
      this.#connection = connection;
    }
    if (connection === undefined) {
      this.#close("no connection", "cut");
      return;
    }
    this.#check();
  }

  /** Nothing is taken until the stream is found (again); what is not acknowledged counts as lost. */
  #close(reason: string, fate: Fate = "refused"): void {
    if (this.#open) this.#options.log.warn({ stream: this.#stream, reason }, "the bus takes no messages");
    const wasOpen = this.#open;
    this.#open = false;
    const lost = [...this.#outstanding.values()];
    this.#outstanding.clear();
    if (wasOpen) this.#options.onState(false, false);
    for (const { settled } of lost) settled(fate);
  }

  #acknowledged(message: Msg): void {
    const id = Number(message.subject.slice(this.#inbox.length + 1));
    const sent = this.#outstanding.get(id);
    if (sent === undefined) return;
    this.#outstanding.delete(id);
    if (message.headers?.code === 503) {
      sent.settled("refused");
      this.#close("no stream takes the subject");
      this.#check();
      return;
    }
    const ack = parseAck(message);
    if (ack.error !== undefined) {
      this.#complain("publish refused", ack.error);
      sent.settled("refused");
      this.#refused();
      return;
    }
    this.#refusedSince = undefined;
    if (!ack.duplicate) {
      // A sequence that runs back means another stream.
      if (ack.sequence <= this.#lastSequence) this.#check();
      this.#lastSequence = ack.sequence;
    }
    sent.settled("stored");
  }

  /**
   * A stream that refuses everything for seconds (its folder was deleted under the server, its disk
   * is broken) is made anew: it is only a buffer.
   */
  #refused(): void {
    const now = performance.now();
    this.#refusedSince ??= now;
    if (now - this.#refusedSince < this.#options.refusedMs || now - this.#rebuiltAt < REBUILD_MS) return;
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
    const acknowledged = this.#lastSequence;
    this.#ensureStream(connection).then(
      (info) => {
        this.#checking = false;
        this.#found(info, acknowledged);
      },
      (error: unknown) => {
        this.#checking = false;
        if (this.#closed) return;
        this.#complain("the stream cannot be made", errorMessage(error));
        this.#close("no stream");
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#check(), RETRY_MS);
      },
    );
  }

  /** `acknowledged`: the highest sequence known when the stream was asked for. */
  #found(info: StreamInfo, acknowledged: number): void {
    if (this.#closed || this.#options.link.connection === undefined) return;
    const identity = `${info.created}`;
    if (identity !== this.#identity) {
      this.#forgotten = this.#identity !== "";
      this.#identity = identity;
      this.#lastSequence = info.state.last_seq;
    } else if (info.state.last_seq < acknowledged) {
      this.#forgotten = true;
      this.#lastSequence = info.state.last_seq;
    }
    if (this.#open && !this.#forgotten) return;
    const forgotten = this.#forgotten;
    this.#forgotten = false;
    this.#open = true;
    this.#complaint = "";
    this.#options.log.info({ stream: this.#stream, created: identity, forgotten }, "the bus takes messages");
    this.#options.onState(true, forgotten);
  }

  async #ensureStream(connection: NatsConnection): Promise<StreamInfo> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 });
    try {
      if (!this.#rebuild) return await this.#adapted(manager, await manager.streams.info(this.#stream));
      this.#options.log.warn({ stream: this.#stream }, "the stream is made anew");
      this.#rebuild = false;
      await manager.streams.delete(this.#stream);
    } catch (error) {
      if (!isApiError(error, JetStreamApiCodes.StreamNotFound)) throw error;
    }
    let bytes = this.#options.streamBytes;
    for (;;) {
      try {
        return await manager.streams.add({ name: this.#stream, ...this.#options.config(bytes) });
      } catch (error) {
        if (!isApiError(error, INSUFFICIENT_STORAGE) || bytes <= STREAM_BYTES_MIN) throw error;
        bytes = Math.max(STREAM_BYTES_MIN, Math.floor(bytes / 2));
      }
    }
  }

  /** The stream with the settings that are ours, where it is to have them. */
  async #adapted(manager: JetStreamManager, info: StreamInfo): Promise<StreamInfo> {
    if (!this.#options.adapt || this.#adaptedTo === `${info.created}`) return info;
    const wanted = this.#options.config(this.#options.streamBytes);
    const adapted = await manager.streams.update(this.#stream, { ...info.config, ...wanted });
    this.#adaptedTo = `${info.created}`;
    return adapted;
  }

  #expire(): void {
    const limit = performance.now() - ACK_TIMEOUT_MS;
    for (const [id, { settled, sentAt }] of this.#outstanding) {
      if (sentAt > limit) break;
      this.#outstanding.delete(id);
      settled("refused");
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

function parseAck(message: Msg): { sequence: number; duplicate: boolean; error?: string } {
  const body: unknown = message.json();
  if (typeof body !== "object" || body === null) {
    return { sequence: 0, duplicate: false, error: "unreadable acknowledgement" };
  }
  if ("error" in body) return { sequence: 0, duplicate: false, error: JSON.stringify(body.error) };
  const sequence = "seq" in body && typeof body.seq === "number" ? body.seq : 0;
  return { sequence, duplicate: "duplicate" in body && body.duplicate === true };
}
