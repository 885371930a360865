/**
 * Follows a KV bucket, or one key of it, through everything that may happen to it: lost connection,
 * killed server, lost messages, deleted and recreated bucket. Works in sessions: `onBegin`, then
 * the latest value of every key, then `onCurrent`, then changes as they come. Whatever goes wrong,
 * or may have gone wrong unseen, ends the session and begins another, so a listener never has to
 * guess whether it missed something: with `onBegin` it knows nothing again.
 *
 * Values may still be late, and an old one may be seen again in a new session: a watch is a hint of
 * where things stand, decisions are made by compare-and-set.
 */
import {
  AckPolicy,
  DeliverPolicy,
  type JetStreamManager,
  jetstreamManager,
  ReplayPolicy,
} from "@nats-io/jetstream";
import {
  createInbox,
  type Msg,
  type NatsConnection,
  nanos,
  type Subscription,
} from "@nats-io/transport-node";
import { errorMessage } from "../errors.ts";
import type { Logger } from "../log.ts";

const HEARTBEAT_MS = 1000;
/** No message and no heartbeat for this long: the consumer is gone. */
const SILENCE_MS = 3500;
const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1000;
const REQUEST_TIMEOUT_MS = 2000;

export interface BucketValue {
  readonly key: string;
  readonly value: Uint8Array;
  /** Position in the bucket's stream: rises with every write. Of no meaning once recreated. */
  readonly revision: number;
  readonly deleted: boolean;
}

export interface BucketWatchHandlers {
  /** A session begins: what was known is void. `incarnation` differs when the bucket was made anew. */
  readonly onBegin?: ((incarnation: string) => void) | undefined;
  readonly onValue: (value: BucketValue) => void;
  /** Every value that was there at the beginning has been given. */
  readonly onCurrent?: (() => void) | undefined;
}

export interface BucketWatchOptions {
  readonly connection: NatsConnection;
  readonly bucket: string;
  /** Only this key; all keys when absent. */
  readonly key?: string | undefined;
  /** Called before each session: makes the bucket when it is gone. Without it the watch waits. */
  readonly ensureBucket?: (() => Promise<void>) | undefined;
  readonly log: Logger;
}

export class BucketWatch {
  readonly #options: BucketWatchOptions;
  readonly #handlers: BucketWatchHandlers;
  readonly #prefix: string;
  #manager: JetStreamManager | undefined;
  #session: Session | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #failures = 0;
  #starting = false;
  #again = false;
  #stopped = false;

  constructor(options: BucketWatchOptions, handlers: BucketWatchHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#prefix = `$KV.${options.bucket}.`;
    void this.#begin();
  }

  /** Ends the session and begins another at once: call when the connection is back. */
  restart(): void {
    this.#end();
    void this.#begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#retryTimer);
    this.#session?.close();
    this.#session = undefined;
  }

  async #begin(): Promise<void> {
    if (this.#stopped) return;
    if (this.#starting) {
      this.#again = true;
      return;
    }
    this.#starting = true;
    this.#again = false;
    try {
      await this.#options.ensureBucket?.();
      await this.#openSession();
      this.#failures = 0;
    } catch (error) {
      this.#end();
      this.#failures++;
      if (this.#failures === 3) {
        this.#options.log.warn({ bucket: this.#options.bucket, reason: errorMessage(error) }, "watch fails");
      }
      const most = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(this.#failures, 10));
      clearTimeout(this.#retryTimer);
      // tidy: clock, spreads the retries of many processes over time
      this.#retryTimer = setTimeout(() => this.restart(), most * (0.5 + Math.random() / 2));
    } finally {
      this.#starting = false;
    }
    if (this.#again) this.restart();
  }

  async #openSession(): Promise<void> {
    const { connection, bucket, key } = this.#options;
    const stream = `KV_${bucket}`;
    this.#manager ??= await jetstreamManager(connection, { checkAPI: false, timeout: REQUEST_TIMEOUT_MS });
    const { created } = await this.#manager.streams.info(stream);
    if (this.#stopped) return;
    this.#handlers.onBegin?.(created);
    const session = new Session(connection, this.#prefix, this.#handlers, (reason) => {
      if (this.#session !== session) return;
      this.#options.log.info({ bucket, reason }, "watch begins anew");
      this.restart();
    });
    this.#session = session;
    const info = await this.#manager.consumers.add(stream, {
      deliver_subject: session.inbox,
      deliver_policy: DeliverPolicy.LastPerSubject,
      ack_policy: AckPolicy.None,
      replay_policy: ReplayPolicy.Instant,
      filter_subject: `${this.#prefix}${key ?? ">"}`,
      idle_heartbeat: nanos(HEARTBEAT_MS),
      mem_storage: true,
      num_replicas: 1,
    });
    session.expect(info.num_pending + info.delivered.consumer_seq);
  }
}

/** One push consumer's life. */
class Session {
  readonly inbox = createInbox();
  readonly #prefix: string;
  readonly #handlers: BucketWatchHandlers;
  readonly #onBroken: (reason: string) => void;
  readonly #subscription: Subscription;
  #watchdog: NodeJS.Timeout;
  #received = 0;
  /** Values that were there at the beginning; unknown until the consumer's answer is in. */
  #initial: number | undefined;
  #current = false;
  #closed = false;

  constructor(
    connection: NatsConnection,
    prefix: string,
    handlers: BucketWatchHandlers,
    onBroken: (reason: string) => void,
  ) {
    this.#prefix = prefix;
    this.#handlers = handlers;
    this.#onBroken = onBroken;
    this.#subscription = connection.subscribe(this.inbox, {
      callback: (error, message) => {
        if (error !== null) this.#broken(error.message);
        else this.#receive(message);
      },
    });
    this.#watchdog = this.#armWatchdog();
  }

  expect(initial: number): void {
    this.#initial = initial;
    this.#checkCurrent();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#watchdog);
    // A connection that is closing has dropped the subscription already.
    if (!this.#subscription.isClosed()) this.#subscription.unsubscribe();
  }

  #armWatchdog(): NodeJS.Timeout {
    return setTimeout(() => this.#broken("no heartbeat"), SILENCE_MS);
  }

  #broken(reason: string): void {
    if (!this.#closed) this.#onBroken(reason);
  }

  #receive(message: Msg): void {
    if (this.#closed) return;
    clearTimeout(this.#watchdog);
    this.#watchdog = this.#armWatchdog();
    if (message.headers !== undefined && message.headers.code > 0) this.#control(message);
    else this.#value(message);
  }

  /** Heartbeats tell how much was sent: a difference means that something got lost on the way. */
  #control(message: Msg): void {
    const sent = message.headers?.get("Nats-Last-Consumer") ?? "";
    if (message.headers?.code !== 100) this.#broken(message.headers?.description ?? "consumer ended");
    else if (sent !== "" && Number(sent) !== this.#received) this.#broken("messages were lost");
  }

  #value(message: Msg): void {
    const delivery = parseDelivery(message.reply ?? "");
    if (delivery === undefined) return;
    if (delivery.consumerSequence !== this.#received + 1) {
      this.#broken("messages were lost");
      return;
    }
    this.#received++;
    const operation = message.headers?.get("KV-Operation") ?? "";
    this.#handlers.onValue({
      key: message.subject.slice(this.#prefix.length),
      value: message.data,
      revision: delivery.streamSequence,
      deleted: operation === "DEL" || operation === "PURGE",
    });
    this.#checkCurrent();
  }

  #checkCurrent(): void {
    if (this.#current || this.#closed || this.#initial === undefined || this.#received < this.#initial)
      return;
    this.#current = true;
    this.#handlers.onCurrent?.();
  }
}

/**
 * Reads the reply subject of a JetStream delivery: `$JS.ACK.<stream>.<consumer>.<delivered>.
 * <stream seq>.<consumer seq>.<time>.<pending>`; with a domain and account two more come in front.
 */
function parseDelivery(reply: string): { streamSequence: number; consumerSequence: number } | undefined {
  const tokens = reply.split(".");
  const base = tokens.length >= 11 ? 7 : tokens.length === 9 ? 5 : -1;
  if (base < 0 || tokens[0] !== "$JS" || tokens[1] !== "ACK") return undefined;
  return { streamSequence: Number(tokens[base]), consumerSequence: Number(tokens[base + 1]) };
}
