/**
 * Stands in for @nats-io/transport-node: connections to the simulated servers that behave as the
 * client library's do. They reconnect for ever, keep what is published meanwhile, and notice a
 * silent server by its missing pongs.
 */
import type { Host } from "./host.ts";
import type { ServerSession, ToClient, ToServer } from "./nats-server.ts";
import type { Wire } from "./network.ts";
import { world } from "./present.ts";

export interface ConnectOptions {
  readonly servers: string | readonly string[];
  readonly timeout?: number;
  readonly reconnectTimeWait?: number;
  readonly reconnectDelayHandler?: () => number;
  readonly pingInterval?: number;
  readonly maxPingOut?: number;
}

interface Message {
  readonly subject: string;
  readonly data: Uint8Array;
  respond(data: Uint8Array): void;
}
type Callback = (error: Error | null, message: Message) => void;
interface Status {
  readonly type: "disconnect" | "reconnect";
}

const KEPT_MAX = 1000;

/** Resolves once connected; rejects when the server refuses or does not answer in time. */
export function connect(options: ConnectOptions): Promise<NatsConnection> {
  const [server] = typeof options.servers === "string" ? [options.servers] : options.servers;
  const { scheduler } = world();
  const host = scheduler.current;
  if (host === undefined || server === undefined) throw new Error("only a host connects, and to a server");
  const address = server.replace(/^nats:\/\//, "");
  return dial(host, address, options.timeout ?? 2000).then(
    (wire) => new NatsConnection(host, address, options, wire),
  );
}

function dial(host: Host, address: string, timeoutMs: number): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      reject(new Error("TIMEOUT"));
    }, timeoutMs);
    const settle = (wire: Wire | undefined): void => {
      clearTimeout(timer);
      if (over) wire?.close(0);
      else if (wire === undefined) reject(new Error("CONNECTION_REFUSED"));
      else resolve(wire);
    };
    world().network.dial(host, address, settle, () => over);
  });
}

export class NatsConnection {
  readonly #host: Host;
  readonly #address: string;
  readonly #options: ConnectOptions;
  readonly #subscriptions = new Map<number, { readonly subject: string; readonly callback: Callback }>();
  readonly #calls = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  readonly #statuses: Status[] = [];
  readonly #pings: NodeJS.Timeout;
  readonly #ended = Promise.withResolvers<undefined>();
  #wire: Wire | undefined;
  #kept: ToServer[] = [];
  #wakeStatus: () => void = () => undefined;
  #pingsOut = 0;
  #lastId = 0;
  #closed = false;

  constructor(host: Host, address: string, options: ConnectOptions, wire: Wire) {
    this.#host = host;
    this.#address = address;
    this.#options = options;
    this.#attach(wire);
    this.#pings = setInterval(() => this.#ping(), options.pingInterval ?? 120_000);
  }

  publish(subject: string, data: Uint8Array = new Uint8Array(0), options?: { reply?: string }): void {
    this.#send({ op: "publish", subject, data: Buffer.from(data), reply: options?.reply ?? "" }, true);
  }

  subscribe(subject: string, { callback }: { callback: Callback }): { unsubscribe(): void } {
    const sid = ++this.#lastId;
    this.#subscriptions.set(sid, { subject, callback });
    if (this.#wire !== undefined) this.#send({ op: "subscribe", sid, subject }, false);
    return {
      unsubscribe: () => {
        this.#subscriptions.delete(sid);
        this.#send({ op: "unsubscribe", sid }, false);
      },
    };
  }

  request(subject: string, data: Uint8Array, { timeout }: { timeout: number }): Promise<Message> {
    return new Promise((resolve, reject) => {
      const inbox = `inbox.${this.#host.name}.${this.#host.life}.${++this.#lastId}`;
      const end = (): void => {
        clearTimeout(timer);
        subscription.unsubscribe();
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error("TIMEOUT"));
      }, timeout);
      const subscription = this.subscribe(inbox, {
        callback: (_error, message) => {
          end();
          resolve(message);
        },
      });
      this.publish(subject, data, { reply: inbox });
    });
  }

  /** Has the server do something; rejects when no answer comes in time, whatever came of it. */
  call<T>(run: (session: ServerSession) => T | Promise<T>, timeoutMs: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const id = ++this.#lastId;
      const settle = (): void => {
        clearTimeout(timer);
        this.#calls.delete(id);
      };
      const fail = (error: unknown): void => {
        settle();
        reject(error);
      };
      const timer = setTimeout(() => fail(new Error("TIMEOUT")), timeoutMs);
      this.#calls.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as T);
        },
        reject: fail,
      });
      if (this.#wire === undefined) fail(new Error("DISCONNECT"));
      else this.#send({ op: "call", id, run }, false);
    });
  }

  /** Has the server do something, whatever comes of it. */
  tell(run: (session: ServerSession) => void): void {
    this.#send({ op: "call", id: 0, run }, false);
  }

  async *status(): AsyncGenerator<Status> {
    while (!this.#closed) {
      const next = this.#statuses.shift();
      if (next !== undefined) yield next;
      else {
        await new Promise<void>((resolve) => {
          this.#wakeStatus = resolve;
        });
      }
    }
  }

  closed(): Promise<undefined> {
    return this.#ended.promise;
  }
  async flush(): Promise<void> {
    if (this.#wire !== undefined) await this.call(() => undefined, 1000).catch(ignoreTimeout);
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#closed = true;
    clearInterval(this.#pings);
    this.#wire?.close(0);
    this.#wire = undefined;
    this.#failCalls();
    this.#wakeStatus();
    this.#ended.resolve(undefined);
    return Promise.resolve();
  }

  #attach(wire: Wire): void {
    this.#wire = wire;
    this.#pingsOut = 0;
    wire.attach(0, {
      onReceive: (items) => {
        for (const item of items as readonly ToClient[]) this.#take(item);
      },
      onClosed: () => this.#lost(wire),
    });
    for (const [sid, { subject }] of this.#subscriptions)
      this.#send({ op: "subscribe", sid, subject }, false);
    const kept = this.#kept;
    this.#kept = [];
    for (const item of kept) this.#send(item, false);
  }

  #send(item: ToServer, keep: boolean): void {
    if (this.#closed) return;
    if (this.#wire !== undefined) this.#wire.send(0, item, 64);
    else if (keep && this.#kept.length < KEPT_MAX) this.#kept.push(item);
  }

  #take(item: ToClient): void {
    if (this.#closed) return;
    switch (item.op) {
      case "message": {
        const { subject, data, reply } = item;
        const respond = (answer: Uint8Array): void => this.publish(reply, answer);
        this.#subscriptions.get(item.sid)?.callback(null, { subject, data, respond });
        break;
      }
      case "answer":
        if (item.error === undefined) this.#calls.get(item.id)?.resolve(item.value);
        else this.#calls.get(item.id)?.reject(item.error);
        break;
      case "push":
        item.run();
        break;
      case "pong":
        this.#pingsOut = 0;
        break;
    }
  }

  #ping(): void {
    const wire = this.#wire;
    if (wire === undefined) return;
    if (++this.#pingsOut > (this.#options.maxPingOut ?? 2)) {
      wire.close(0);
      this.#lost(wire);
    } else this.#send({ op: "ping" }, false);
  }

  #lost(wire: Wire): void {
    if (this.#wire !== wire || this.#closed) return;
    this.#wire = undefined;
    this.#failCalls();
    this.#tell({ type: "disconnect" });
    this.#reconnect();
  }

  #reconnect(): void {
    const { reconnectDelayHandler, reconnectTimeWait } = this.#options;
    const delayMs = reconnectDelayHandler?.() ?? reconnectTimeWait ?? 2000;
    setTimeout(() => {
      if (this.#closed) return;
      dial(this.#host, this.#address, this.#options.timeout ?? 2000).then(
        (wire) => {
          if (this.#closed) {
            wire.close(0);
            return;
          }
          this.#attach(wire);
          this.#tell({ type: "reconnect" });
        },
        () => this.#reconnect(),
      );
    }, delayMs);
  }

  #tell(status: Status): void {
    this.#statuses.push(status);
    this.#wakeStatus();
  }

  #failCalls(): void {
    for (const call of [...this.#calls.values()]) call.reject(new Error("DISCONNECT"));
  }
}

function ignoreTimeout(error: unknown): void {
  if (!(error instanceof Error) || !/TIMEOUT|DISCONNECT/.test(error.message)) throw error;
}
