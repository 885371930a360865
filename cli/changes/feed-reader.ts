/**
 * Reads a feed's stream in order, a bounded number of messages ahead, by a consumer of the bus that
 * remembers nothing. Whatever happens to it or to the stream ends in setting it up again: after the last
 * message taken when the stream is the same, else from the stream's beginning.
 */
import {
  AckPolicy,
  type Consumer,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamInfo,
  type StreamState,
} from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";

const AHEAD_MESSAGES = 1000;
const FETCH_MS = 1000;
const RETRY_MS = 250;
const CHECK_MS = 2000;
const NANOS = 1_000_000;
const INACTIVE_NANOS = 60_000_000_000;

export interface FeedMessage {
  readonly bytes: Uint8Array;
  /** In the stream. */
  readonly sequence: number;
}

/** Where the reading of a stream begins. */
export interface Start {
  /** Creation time of the stream that `sequence` is about; another stream is read from its beginning. */
  readonly stream: string;
  readonly sequence: number;
  /** Only what comes from now on. */
  readonly now: boolean;
  /** Only what was published from then on. */
  readonly time?: Date;
}

export interface FeedReaderOptions {
  readonly connection: NatsConnection;
  readonly stream: string;
  readonly start: Start;
  readonly signal: AbortSignal;
  /** The stream cannot be read now: throws when it never can be again. */
  readonly onMissing: () => Promise<void>;
}

export class FeedReader {
  readonly #options: FeedReaderOptions;
  /** Which stream is read, and up to where it is read. */
  identity: string;
  sequence: number;
  /** The stream that was found first, and its last sequence then. */
  #foundFirst: { readonly identity: string; readonly end: number } | undefined;
  /** All that the stream had when it was asked last is read. */
  atEnd = false;
  #now: boolean;
  #checkedAt = 0;

  constructor(options: FeedReaderOptions) {
    this.#options = options;
    this.identity = options.start.stream;
    this.sequence = options.start.sequence;
    this.#now = options.start.now;
  }

  /** Whether a message of this sequence was there when the reading began. */
  wasThere(sequence: number): boolean {
    return this.#foundFirst?.identity === this.identity && sequence <= this.#foundFirst.end;
  }

  /** Batches of messages, in the stream's order; an empty one when the stream has no more for now. */
  async *batches(): AsyncGenerator<AsyncIterable<FeedMessage>> {
    const { signal } = this.#options;
    while (!signal.aborted) {
      const consumer = await this.#setUp();
      if (consumer === undefined) {
        await this.#options.onMissing();
        await sleep(RETRY_MS);
        continue;
      }
      while (!signal.aborted) {
        const state = { failed: false, count: 0 };
        yield this.#fetch(consumer, state);
        if (state.failed || (state.count === 0 && !(await this.#isSame(consumer)))) break;
      }
    }
  }

  async *#fetch(consumer: Consumer, state: { failed: boolean; count: number }): AsyncGenerator<FeedMessage> {
    try {
      const batch = await consumer.fetch({ max_messages: AHEAD_MESSAGES, expires: FETCH_MS });
      for await (const message of batch) {
        state.count++;
        this.sequence = message.seq;
        yield { bytes: message.data, sequence: message.seq };
        if (this.#options.signal.aborted) return;
      }
      this.atEnd = state.count === 0;
    } catch {
      // The server or the consumer went: set up again, after what was taken.
      this.atEnd = false;
      state.failed = true;
    }
  }

  /** Undefined: not now. */
  async #setUp(): Promise<Consumer | undefined> {
    const { connection, stream } = this.#options;
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 });
      const info = await manager.streams.info(stream);
      this.#found(info);
      return await this.#consumer(manager);
    } catch {
      return undefined;
    }
  }

  #found(info: StreamInfo): void {
    const identity = `${info.created}`;
    this.#foundFirst ??= { identity, end: info.state.last_seq };
    if (this.#now) {
      this.#now = false;
      this.identity = identity;
      this.sequence = info.state.last_seq;
    }
    if (identity === this.identity && info.state.last_seq >= this.sequence) return;
    this.identity = identity;
    this.sequence = 0;
  }

  async #consumer(manager: JetStreamManager): Promise<Consumer> {
    const { connection, stream, start } = this.#options;
    const { time } = start;
    const { name } = await manager.consumers.add(stream, {
      ack_policy: AckPolicy.None,
      ...(time === undefined || this.sequence > 0
        ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: this.sequence + 1 }
        : { deliver_policy: DeliverPolicy.StartTime, opt_start_time: time.toISOString() }),
      inactive_threshold: INACTIVE_NANOS,
      mem_storage: true,
    });
    return await jetstream(connection).consumers.get(stream, name);
  }

  /** Whether the stream and the consumer are still those that were set up. */
  async #isSame(consumer: Consumer): Promise<boolean> {
    const now = performance.now();
    if (now - this.#checkedAt < CHECK_MS) return true;
    this.#checkedAt = now;
    const { connection, stream } = this.#options;
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 });
      const info = await manager.streams.info(stream);
      await consumer.info();
      return `${info.created}` === this.identity && info.state.last_seq >= this.sequence;
    } catch {
      return false;
    }
  }
}

export interface StreamFound {
  /** Creation time. */
  readonly identity: string;
  readonly last: number;
  /** Since then nothing that was published has left it. */
  readonly begins: Date;
}

/** Whether there is a stream of that name. */
export async function streamExists(connection: NatsConnection, stream: string): Promise<boolean> {
  try {
    await streamNow(connection, stream);
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return false;
    throw error;
  }
}

/** What a stream has now. Throws what JetStream answers when there is none. */
export async function streamNow(connection: NatsConnection, stream: string): Promise<StreamFound> {
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 2000 });
  const { created, config, state } = await manager.streams.info(stream);
  return { identity: `${created}`, last: state.last_seq, begins: beginOf(created, config.max_age, state) };
}

function beginOf(
  created: unknown,
  maxAgeNanos: number,
  { first_seq, first_ts, messages }: StreamState,
): Date {
  if (first_seq <= 1) return new Date(`${created}`);
  // All of it went by age.
  if (messages === 0) return new Date(Date.now() - maxAgeNanos / NANOS);
  return new Date(`${first_ts}`);
}
