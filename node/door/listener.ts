/**
 * The client door: listens for clients, hands their requests to the records, and takes requests that
 * other nodes were asked and are not the primary for.
 */
import { createServer, type Server, type Socket } from "node:net";
import type { Registry } from "prom-client";
import { assert } from "../../common/assert.ts";
import { type Clock, systemClock } from "../../common/clock.ts";
import { MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { Records } from "../records.ts";
import { Connection } from "./connection.ts";
import { DoorCounters, registerDoorMetrics } from "./counters.ts";
import type { DoorContext } from "./door-context.ts";
import { DEFAULT_DOOR_LIMITS, type DoorLimits } from "./door-limits.ts";
import { DoorShared } from "./door-shared.ts";
import { Executor } from "./executor.ts";
import { Info } from "./info.ts";
import { Message } from "./message.ts";
import { type DoorNamespace, Namespaces } from "./namespaces.ts";
import { headerReply, replyBody } from "./reply.ts";
import { ResultCode } from "./wire.ts";

const SWEEP_MS_MAX = 1000;
/** How often refused connections are told of in the log. */
const REFUSAL_SILENCE_MS = 10_000;
const BACKLOG = 1024;
/** Below the socket's own buffer a full one would not be announced when it empties. */
const UNREAD_BYTES_MIN = 128 * 1024;

export interface DoorOptions {
  readonly address: string;
  /** 0 = any free one. */
  readonly port: number;
  readonly records: Records;
  readonly context: DoorContext;
  /** For timeouts and idle limits; the machine's when absent. */
  readonly clock?: Clock | undefined;
  readonly limits?: Partial<DoorLimits> | undefined;
  readonly log: Logger;
  /** Prometheus registry; none in tests. */
  readonly metrics?: Registry | undefined;
}

export interface Door {
  /** Listens. Throws PORT_TAKEN. */
  start(): Promise<void>;
  /** Takes no more requests, answers those in flight, closes all connections. */
  stop(): Promise<void>;
  /** The port that it listens on. */
  readonly port: number;
  readonly counters: DoorCounters;
  /** Bytes of replies that clients have not taken yet. */
  readonly unreadBytes: number;
  readonly namespaces: readonly DoorNamespace[];
  /**
   * Answers a message (an AS_MSG body) that another node was asked; `done` gets the reply's AS_MSG
   * body, once. The message must stay as it is until then.
   */
  handleProxied(message: Buffer, done: (reply: Buffer) => void): void;
}

/** Makes a door; `start` opens it. */
export function createDoor(options: DoorOptions): Door {
  return new ListeningDoor(options);
}

class ListeningDoor implements Door {
  readonly counters = new DoorCounters();
  readonly namespaces: readonly DoorNamespace[];
  readonly #options: DoorOptions;
  readonly #clock: Clock;
  readonly #limits: DoorLimits;
  readonly #shared: DoorShared;
  readonly #executor: Executor;
  readonly #server: Server;
  #sweeper: NodeJS.Timeout | undefined;
  #stopping = false;
  #refusalToldMs = Number.NEGATIVE_INFINITY;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_DOOR_LIMITS, ...options.limits };
    assert(this.#limits.unreadBytes >= UNREAD_BYTES_MIN, "unreadBytes is above the socket's own buffer");
    const clock = options.clock ?? systemClock();
    this.#clock = clock;
    const namespaces = new Namespaces(options.context.namespaces, options.context.xdr);
    this.namespaces = namespaces.all;
    this.#executor = new Executor(options.records, namespaces, this.#limits, clock, options.log);
    const info = new Info(options.context, namespaces, this.counters, clock);
    this.#shared = new DoorShared(this.#executor, this.counters, this.#limits, options.log, clock, info);
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#accept(socket));
    this.#server.maxConnections = this.#limits.connectionsMax;
    this.#server.on("drop", () => this.#refused("as many as may be are open"));
    if (options.metrics !== undefined) registerDoorMetrics(options.metrics, this.counters, this.namespaces);
  }

  /** Often enough for the limits that are set. */
  get #sweepMs(): number {
    const { stallMs, idleMs } = this.#limits;
    return Math.max(10, Math.min(SWEEP_MS_MAX, stallMs / 4, idleMs === 0 ? stallMs : idleMs / 4));
  }

  get unreadBytes(): number {
    return this.#shared.unreadBytes;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : this.#options.port;
  }

  start(): Promise<void> {
    const { address, port, log } = this.#options;
    return new Promise((resolve, reject) => {
      const onError = (error: NodeJS.ErrnoException): void => {
        const taken = error.code === "EADDRINUSE";
        reject(
          taken
            ? new MeridianError("PORT_TAKEN", `another process listens on ${address}:${port}`, {
                cause: error,
              })
            : error,
        );
      };
      this.#server.once("error", onError);
      this.#server.listen({ host: address, port, backlog: BACKLOG }, () => {
        this.#server.off("error", onError);
        // Later errors are of accepting one connection (too many open files): the door stays open.
        this.#server.on("error", (error) => this.#refused(error.message));
        this.#sweeper = setInterval(() => this.#sweep(), this.#sweepMs);
        log.info({ address, port: this.port }, "client door open");
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    clearInterval(this.#sweeper);
    const listened = this.#server.listening;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    if (this.#shared.connections.size > 0) {
      const cutOff = setTimeout(() => {
        for (const connection of this.#shared.connections) connection.destroy();
      }, this.#limits.drainMs);
      const empty = new Promise<void>((resolve) => {
        this.#shared.onEmpty = resolve;
      });
      for (const connection of this.#shared.connections) connection.drain();
      await empty;
      clearTimeout(cutOff);
    }
    this.#executor.deadlines.expireAll();
    if (listened) await closed;
  }

  handleProxied(message: Buffer, done: (reply: Buffer) => void): void {
    if (this.#stopping) {
      done(replyBody(headerReply(ResultCode.unavailable)));
      return;
    }
    const parsed = Message.parse(message, 0, message.length);
    // Batches are handed on row by row: one that comes whole is from no node of ours.
    if (parsed === undefined || parsed.batchStart >= 0) {
      this.#shared.noteMalformed(undefined, "proxied message is not a single-record request");
      done(replyBody(headerReply(ResultCode.parameter)));
      return;
    }
    this.#executor.execute(parsed, { reply: (frame) => done(replyBody(frame)) }, "from_proxy");
  }

  #accept(socket: Socket): void {
    this.counters.client_connections_opened += 1;
    this.#shared.connections.add(new Connection(socket, this.#shared));
  }

  /** Counts it; says so once for all of a while, since those who are refused come again at once. */
  #refused(reason: string): void {
    this.counters.client_connections_refused += 1;
    const now = this.#clock.monotonicMs();
    if (now - this.#refusalToldMs < REFUSAL_SILENCE_MS) return;
    this.#refusalToldMs = now;
    const { client_connections_refused: refused } = this.counters;
    const open = this.#shared.connections.size;
    this.#options.log.warn({ reason, open, refused }, "client connections refused");
  }

  #sweep(): void {
    const now = this.#clock.monotonicMs();
    for (const connection of this.#shared.connections) connection.sweep(now);
  }
}
