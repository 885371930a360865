/**
 * A connection to a datacenter's NATS as every process makes it: it is tried until it is there, and
 * reconnects for ever, soon at first and then about once a second, jittered so that a returning
 * server is not met by everybody at once. Being without NATS is a state, never a failure.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { connect, type NatsConnection, type NodeConnectionOptions } from "@nats-io/transport-node";
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
  /** Shown in the server's monitoring. */
  readonly name: string;
  readonly log: Logger;
}

/** The client's options for an address. Throws CONFIG_INVALID. */
function natsConnectionOptions(url: string, name: string): NodeConnectionOptions {
  const servers = url.split(",").map((part) => parseServer(part.trim()));
  const first = servers[0];
  if (first === undefined) throw new MeridianError("CONFIG_INVALID", "the NATS address is empty");
  const user = decodeURIComponent(first.username);
  const pass = decodeURIComponent(first.password);
  const credentials = pass !== "" ? { user, pass } : user !== "" ? { token: user } : {};
  return {
    servers: servers.map((server) => server.host || server.pathname),
    name,
    ...credentials,
    ...(first.protocol === "tls:" ? { tls: {} } : {}),
    reconnect: true,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: 2,
    timeout: CONNECT_TIMEOUT_MS,
  };
}

function parseServer(text: string): URL {
  const full = text.includes("://") ? text : `nats://${text}`;
  if (!URL.canParse(full)) throw new MeridianError("CONFIG_INVALID", `not a NATS address: ${text}`);
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
    ...natsConnectionOptions(options.url, options.name),
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
