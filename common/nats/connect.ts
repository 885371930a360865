/**
 * A connection to a datacenter's NATS as every process makes it: it is tried until it is there, and
 * reconnects for ever, soon at first and then about once a second, jittered so that a returning
 * server is not met by everybody at once. Being without NATS is a state, never a failure.
 */
import { setTimeout as sleep } from "node:timers/promises";
import {
  connect,
  type NatsConnection,
  type NodeConnectionOptions,
  type TlsOptions,
} from "@nats-io/transport-node";
import { errorMessage, MeridianError } from "../errors.ts";
import type { Logger } from "../log.ts";

const RETRY_MS_MIN = 50;
const RETRY_MS_MAX = 1000;
/** A dead but open connection is noticed after about three of these. */
const PING_INTERVAL_MS = 2000;
const CONNECT_TIMEOUT_MS = 2000;

export interface NatsOptions {
  /**
   * `nats://user:password@host:port`, `nats://token@host:port`, `tls://...`; several, comma-separated,
   * for a cluster (credentials of the first).
   */
  readonly url: string;
  /** PEM file of the authority that signed the servers' certificates (`tls://`); else the system's. */
  readonly ca?: string | undefined;
  /** The same as PEM itself, where there is no file. */
  readonly caText?: string | undefined;
  /** `user:password`, or a token, when the address holds none. */
  readonly credentials?: string | undefined;
  /** Beginning of the subjects where answers are taken, if a login is allowed no other. */
  readonly inboxPrefix?: string | undefined;
  /** Shown in the server's monitoring. */
  readonly name: string;
  readonly log: Logger;
}

/** The client's options for an address: where, who and over what. Throws CONFIG_INVALID. */
export function natsConnectionOptions(options: Omit<NatsOptions, "log">): NodeConnectionOptions {
  const { url, inboxPrefix, name } = options;
  const servers = url.split(",").map((part) => parseServer(part.trim()));
  const first = servers[0];
  if (first === undefined) throw new MeridianError("CONFIG_INVALID", "the NATS address is empty");
  return {
    servers: servers.map((server) => server.host || server.pathname),
    name,
    ...loginOf(first, options.credentials),
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    ...(first.protocol === "tls:" ? { tls: authorityOf(options) } : {}),
    // A cluster's servers tell addresses that only their own network knows, and that pass by a WAN's proxy.
    ignoreClusterUpdates: true,
    reconnect: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: 2,
    timeout: CONNECT_TIMEOUT_MS,
  };
}

/** An address, or several, as they may be shown: without what one logs in with. */
export function shownNatsUrl(url: string): string {
  const parts = url.split(",").map((part) => part.trim().replace(/^([a-z]+:\/\/)?.*@/, "$1"));
  return parts.join();
}

function authorityOf({ ca, caText }: Pick<NatsOptions, "ca" | "caText">): TlsOptions {
  if (ca !== undefined) return { caFile: ca };
  return caText === undefined ? {} : { ca: caText };
}

function loginOf(
  server: URL,
  given: string | undefined,
): Pick<NodeConnectionOptions, "user" | "pass" | "token"> {
  const inAddress = server.username !== "" || given === undefined;
  const colon = given?.indexOf(":") ?? -1;
  const user = inAddress
    ? decodeURIComponent(server.username)
    : given.slice(0, colon < 0 ? undefined : colon);
  const pass = inAddress ? decodeURIComponent(server.password) : colon < 0 ? "" : given.slice(colon + 1);
  if (pass !== "") return { user, pass };
  return user !== "" ? { token: user } : {};
}

function parseServer(text: string): URL {
  const full = text.includes("://") ? text : `nats://${text}`;
  if (!URL.canParse(full))
    throw new MeridianError("CONFIG_INVALID", `not a NATS address: ${shownNatsUrl(text)}`);
  return new URL(full);
}

/** Time before the next try, `tries` of them having failed. */
function retryMs(tries: number): number {
  const most = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** Math.min(tries, 10));
  // tidy: clock, spreads the reconnects of many processes over time
  return most * (0.5 + Math.random() / 2);
}

/**
 * Connects, trying again until `signal` is aborted (then throws its reason). `onState` is told of
 * every later loss and return of the connection.
 */
export async function connectNats(
  options: NatsOptions,
  signal: AbortSignal,
  onState: (connected: boolean) => void,
): Promise<NatsConnection> {
  const { log } = options;
  let lostTries = 0;
  const settings: NodeConnectionOptions = {
    ...natsConnectionOptions(options),
    reconnectDelayHandler: () => retryMs(lostTries++),
  };
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      const connection = await connect({ ...settings });
      if (signal.aborted) {
        await connection.close();
        signal.throwIfAborted();
      }
      void followState(connection, log, (connected) => {
        lostTries = 0;
        onState(connected);
      });
      return connection;
    } catch (error) {
      signal.throwIfAborted();
      if (tries === 0) log.warn({ reason: errorMessage(error) }, "NATS does not answer; trying again");
      await sleep(retryMs(tries), undefined, { signal });
    }
  }
}

async function followState(
  connection: NatsConnection,
  log: Logger,
  onState: (connected: boolean) => void,
): Promise<void> {
  for await (const status of connection.status()) {
    if (status.type === "disconnect") {
      log.warn("NATS connection lost");
      onState(false);
    } else if (status.type === "reconnect") {
      log.info("NATS connection is back");
      onState(true);
    } else if (status.type === "error") {
      log.warn({ reason: errorMessage(status.error) }, "NATS reports an error");
    }
  }
}
