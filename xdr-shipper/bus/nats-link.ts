/**
 * A NATS connection that never gives up: it is made in the background, comes back whenever the
 * server does, and notices a silently cut link within seconds. Several users share one link; each
 * listens for its ups and downs.
 */
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { type NatsOptions, natsConnectionOptions, shownNatsUrl } from "../../common/nats/connect.ts";

const RETRY_MS = 250;

export type LinkListener = (connection: NatsConnection | undefined) => void;

export class NatsLink {
  readonly #options: NatsOptions;
  readonly #servers: string;
  readonly #log: Logger;
  readonly #listeners = new Set<LinkListener>();
  #connection: NatsConnection | undefined;
  #up = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;
  #lastError = "";

  constructor(options: NatsOptions) {
    this.#options = options;
    this.#servers = shownNatsUrl(options.url);
    this.#log = options.log;
    this.#connect();
  }

  /** The connection while it is up. */
  get connection(): NatsConnection | undefined {
    return this.#up ? this.#connection : undefined;
  }

  /** Calls `listener` at every up (with the connection) and down; at once if it is up. */
  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener);
    if (this.connection !== undefined) listener(this.connection);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#listeners.clear();
    await this.#connection?.close();
  }

  #connect(): void {
    const connecting = connect({
      ...natsConnectionOptions(this.#options),
      reconnectTimeWait: RETRY_MS,
      reconnectJitter: RETRY_MS / 2,
    });
    connecting.then(
      (connection) => this.#connected(connection),
      (error: unknown) => this.#failed(error),
    );
  }

  #connected(connection: NatsConnection): void {
    if (this.#closed) {
      connection.close().catch((error: unknown) => this.#log.warn({ err: error }, "closing NATS failed"));
      return;
    }
    this.#connection = connection;
    this.#lastError = "";
    this.#set(true);
    this.#follow(connection).catch((error: unknown) => this.#failed(error));
  }

  /** Follows the connection's state until it is closed for good; then starts over. */
  async #follow(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === "disconnect") this.#set(false);
      else if (status.type === "reconnect") this.#set(true);
    }
    const error = await connection.closed();
    if (!this.#closed) this.#failed(error ?? new Error("the connection was closed"));
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    this.#set(false);
    const reason = errorMessage(error);
    if (reason !== this.#lastError)
      this.#log.warn({ servers: this.#servers, reason }, "NATS cannot be reached");
    this.#lastError = reason;
    this.#retry = setTimeout(() => this.#connect(), RETRY_MS);
  }

  #set(up: boolean): void {
    if (this.#up === up) return;
    this.#up = up;
    this.#log.info({ servers: this.#servers, up }, up ? "connected to NATS" : "lost NATS");
    for (const listener of [...this.#listeners]) listener(this.connection);
  }
}
