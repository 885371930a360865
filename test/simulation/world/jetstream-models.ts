/**
 * Stand in for the modules that speak JetStream's own API: the control bucket, the members' poll of
 * it, and both ends of the bus. They keep to the interfaces of node/controller/control-kv.ts and
 * xdr-shipper/bus/bus.ts, over the simulated connections.
 */
import { MeridianError } from "../../../common/errors.ts";
import type { BucketWatchHandlers } from "../../../common/nats/bucket-watch.ts";
import type { RawEntry, RawKv, RawOutcome } from "../../../node/controller/control-kv.ts";
import { positionAskSubject, positionSubject, shipStream } from "../../../proto/subjects.ts";
import type {
  BusConsumer,
  BusConsumerEvents,
  BusPublisher,
  BusPublisherEvents,
} from "../../../xdr-shipper/bus/bus.ts";
import type { NatsConnection } from "./nats-client.ts";
import type { ServerSession } from "./nats-server.ts";
import type { StreamMessage } from "./ship-stream.ts";

const REQUEST_TIMEOUT_MS = 1000;
const MESSAGE_BYTES_MAX = 900 * 1024;
const CHECK_INTERVAL_MS = 2000;
const STORE_TIMEOUT_MS = 5000;

// ---- the control bucket ---------------------------------------------------------------------------

interface KvOptions {
  readonly connection: NatsConnection;
  readonly connected: () => boolean;
}

export class JetstreamKv implements RawKv {
  readonly history = 5;
  readonly #options: KvOptions;

  constructor(options: KvOptions) {
    this.#options = options;
  }

  async attempt(
    key: string,
    value: Uint8Array | undefined,
    expected: number,
    nonce: string,
  ): Promise<RawOutcome> {
    this.#requireConnection();
    try {
      return await this.#options.connection.call(
        ({ server }) => server.bucket.attempt(key, value, expected, nonce),
        REQUEST_TIMEOUT_MS,
      );
    } catch (error) {
      if (error instanceof MeridianError) throw error;
      return { kind: "lost" };
    }
  }

  last(key: string): Promise<RawEntry | undefined> {
    return this.#read(({ server }) => server.read(key, true));
  }
  first(key: string, revision: number): Promise<RawEntry | undefined> {
    return this.#read(({ server }) => server.bucket.first(key, revision));
  }

  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void } {
    const { connection } = this.#options;
    let current = 0;
    const restart = (): void => {
      const number = ++current;
      const within = (run: () => void) => (): void => {
        if (number === current) run();
      };
      const begin = (session: ServerSession): void => {
        const send = (run: () => void): void => session.send({ op: "push", run: within(run) }, 64);
        const watch = session.server.bucket.watch({
          onBegin: (incarnation) => send(() => handlers.onBegin?.(incarnation)),
          onValue: (value) => send(() => handlers.onValue(value)),
          onCurrent: () => send(() => handlers.onCurrent?.()),
        });
        session.attached.add(() => watch.stop());
      };
      // A session that cannot begin now is begun when the connection is back, by `restart`.
      const again = (): void => {
        setTimeout(within(restart), 500);
      };
      connection.call(begin, REQUEST_TIMEOUT_MS).catch(again);
    };
    restart();
    return {
      restart,
      stop: () => {
        current = -1;
      },
    };
  }

  async #read<T>(run: (session: ServerSession) => Promise<T>): Promise<T> {
    this.#requireConnection();
    try {
      return await this.#options.connection.call(run, REQUEST_TIMEOUT_MS);
    } catch (cause) {
      throw new MeridianError("NATS_UNREACHABLE", "control KV: no answer", { cause });
    }
  }

  #requireConnection(): void {
    if (!this.#options.connected()) throw new MeridianError("NATS_UNREACHABLE", "not connected to NATS");
  }
}

/** As @nats-io/kv gives it to whoever polls, and gives an order. */
export class Kvm {
  readonly #connection: NatsConnection;
  #writes = 0;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  async open(_bucket: string) {
    const connection = this.#connection;
    const write = async (key: string, value: Uint8Array, revision: number): Promise<number> => {
      const nonce = `poller ${++this.#writes}`;
      const run = ({ server }: ServerSession) => server.bucket.attempt(key, value, revision, nonce);
      const outcome = await connection.call(run, REQUEST_TIMEOUT_MS);
      if (outcome.kind !== "written") throw new Error(`wrong last sequence: ${revision}`);
      return outcome.revision;
    };
    return {
      create: (key: string, value: Uint8Array) => write(key, value, 0),
      update: write,
      get: async (key: string) => {
        const read = ({ server }: ServerSession) => server.read(key, false);
        const entry = await connection.call(read, REQUEST_TIMEOUT_MS);
        if (entry === undefined) return null;
        return { operation: entry.deleted ? "DEL" : "PUT", value: entry.value, revision: entry.revision };
      },
    };
  }
}

// ---- the bus ----------------------------------------------------------------------------------------

interface Link {
  readonly connection: NatsConnection | undefined;
  listen(listener: (connection: NatsConnection | undefined) => void): () => void;
}

interface PublisherOptions {
  readonly link: Link;
  readonly origin: string;
  readonly destination: string;
  readonly streamBytes: number;
  readonly events: BusPublisherEvents;
}

export class JetStreamPublisher implements BusPublisher {
  readonly messageBytesMax = MESSAGE_BYTES_MAX;
  readonly #options: PublisherOptions;
  readonly #stream: string;
  readonly #timer: NodeJS.Timeout;
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #identity = 0;
  #open = false;
  #closed = false;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#stream = shipStream(options.origin, options.destination);
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS);
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  get open(): boolean {
    return this.#open;
  }

  publish(namespace: string, lane: number, message: Uint8Array, lost: () => void): void {
    const connection = this.#connection;
    if (connection === undefined || !this.#open) {
      setImmediate(lost);
      return;
    }
    const bytes = Buffer.from(message);
    const { streamBytes } = this.#options;
    const store = ({ server }: ServerSession): void => {
      server.stream(this.#stream, streamBytes).store(namespace, lane, bytes);
    };
    connection.call(store, STORE_TIMEOUT_MS).catch(lost);
  }

  ask(message: Uint8Array): void {
    const { origin, destination } = this.#options;
    this.#connection?.publish(positionAskSubject(origin, destination), message);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    clearInterval(this.#timer);
    return Promise.resolve();
  }

  #linked(connection: NatsConnection | undefined): void {
    const { origin, destination, events } = this.#options;
    if (connection !== undefined && connection !== this.#connection) {
      this.#connection = connection;
      connection.subscribe(positionSubject(origin, destination), {
        callback: (_error, message) => events.onReport(message.data),
      });
    }
    if (connection !== undefined) this.#check();
    else if (this.#open) {
      this.#open = false;
      events.onState(false, false);
    }
  }

  /** The stream is known by its identity: another one means that all before it is gone. */
  #check(): void {
    const { link, streamBytes, events } = this.#options;
    const look = ({ server }: ServerSession): number => server.stream(this.#stream, streamBytes).identity;
    link.connection?.call(look, 2000).then(
      (identity) => {
        if (this.#closed || link.connection === undefined) return;
        const forgotten = this.#identity !== 0 && identity !== this.#identity;
        this.#identity = identity;
        if (this.#open && !forgotten) return;
        this.#open = true;
        events.onState(true, forgotten);
      },
      () => {
        // Looked for again at the next turn, and when the connection is back.
        if (!this.#open && !this.#closed) setTimeout(() => this.#check(), 250);
      },
    );
  }
}

interface ConsumerOptions {
  readonly link: Link;
  readonly origin: string;
  readonly destination: string;
  readonly instance: string;
  readonly events: BusConsumerEvents;
}

export class JetStreamConsumer implements BusConsumer {
  readonly #options: ConsumerOptions;
  readonly #unlisten: () => void;
  #connection: NatsConnection | undefined;
  #lanes: readonly number[] = [];
  #paused = false;
  #closed = false;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#unlisten = options.link.listen((connection) => this.#linked(connection));
  }

  get connected(): boolean {
    return this.#options.link.connection !== undefined;
  }

  setLanes(lanes: readonly number[]): void {
    const dropped = this.#lanes.filter((lane) => !lanes.includes(lane));
    const taken = lanes.filter((lane) => !this.#lanes.includes(lane));
    this.#lanes = lanes;
    for (const lane of dropped) this.#onConsumer(lane, (consumer) => consumer.pause());
    for (const lane of taken) this.#pull(lane);
  }

  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const lane of this.#lanes) {
      if (paused) this.#onConsumer(lane, (consumer) => consumer.pause());
      else this.#pull(lane);
    }
  }

  report(message: Uint8Array): void {
    const { link, origin, destination } = this.#options;
    link.connection?.publish(positionSubject(origin, destination), message);
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#unlisten();
    return Promise.resolve();
  }

  #linked(connection: NatsConnection | undefined): void {
    const { origin, destination, events } = this.#options;
    if (connection !== undefined && connection !== this.#connection) {
      this.#connection = connection;
      connection.subscribe(positionAskSubject(origin, destination), {
        callback: (_error, message) => events.onAsk(message.data),
      });
    }
    if (connection !== undefined && !this.#paused) for (const lane of this.#lanes) this.#pull(lane);
    events.onConnected(connection !== undefined);
  }

  #pull(lane: number): void {
    this.#onConsumer(lane, (consumer, session) => {
      consumer.attach(session, (message) =>
        session.send({ op: "push", run: () => this.#delivered(message) }, message.bytes.length),
      );
    });
  }

  #delivered(message: StreamMessage): void {
    if (this.#closed || this.#paused || !this.#lanes.includes(message.lane)) return;
    const { lane, sequence } = message;
    this.#options.events.onDelivery({
      ...message,
      done: () => this.#acknowledge(lane, sequence),
    });
  }

  /** One that is lost costs a redelivery. */
  #acknowledge(lane: number, sequence: number): void {
    const { link, origin, destination, instance } = this.#options;
    link.connection?.tell(({ server }) => {
      const stream = server.streams.get(shipStream(origin, destination));
      stream?.consumer(`${instance}.${lane}`, lane).acknowledge(sequence);
    });
  }

  #onConsumer(
    lane: number,
    run: (
      consumer: ReturnType<ReturnType<ServerSession["server"]["stream"]>["consumer"]>,
      session: ServerSession,
    ) => void,
  ): void {
    const { link, origin, destination, instance } = this.#options;
    const call = (session: ServerSession): void => {
      const stream = session.server.streams.get(shipStream(origin, destination));
      if (stream === undefined) throw new Error("no such stream");
      run(stream.consumer(`${instance}.${lane}`, lane), session);
    };
    link.connection?.call(call, REQUEST_TIMEOUT_MS).catch(() => {
      if (this.#closed || this.#paused || !this.#lanes.includes(lane)) return;
      setTimeout(() => {
        if (!this.#closed && !this.#paused && this.#lanes.includes(lane)) this.#pull(lane);
      }, 250);
    });
  }
}
