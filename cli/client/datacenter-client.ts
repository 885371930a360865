/**
 * The official Aerospike client, connected to one datacenter of a set-up, and which of its errors
 * may be tried again.
 */
import Aerospike, { type Client } from "aerospike";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { DatacenterLayout } from "../setup/layout.ts";
import { makeCloseSafe } from "./safe-close.ts";

/** A write's time before its outcome is in doubt. */
const TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 5000;
/** What goes wrong is said by the errors; the client's own log would stand between our lines. */
const LOG_OFF = { level: Aerospike.log.OFF };
Aerospike.setDefaultLogging(LOG_OFF);

/** Connects; LINK_DOWN when no node answers. */
export async function connectDatacenter(datacenter: DatacenterLayout, concurrency = 100): Promise<Client> {
  // Retries are the caller's: the client's own would hide what was in doubt.
  const policy = { totalTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS, maxRetries: 0 };
  const config = new Aerospike.Config({
    hosts: datacenter.nodes.map(({ servicePort }) => ({ addr: "127.0.0.1", port: servicePort })),
    connTimeoutMs: CONNECT_TIMEOUT_MS,
    maxConnsPerNode: Math.max(100, concurrency),
    log: LOG_OFF,
    policies: {
      read: new Aerospike.ReadPolicy(policy),
      // The key is sent along, so that a comparison can name the record.
      write: new Aerospike.WritePolicy({ ...policy, key: Aerospike.policy.key.SEND }),
      remove: new Aerospike.RemovePolicy(policy),
    },
  });
  const client = makeCloseSafe(new Aerospike.Client(config));
  try {
    await client.connect();
    return client;
  } catch (error) {
    // Also a client that never connected keeps the process alive until it is closed.
    releaseClient(client);
    throw new MeridianError(
      "LINK_DOWN",
      `no node of ${datacenter.name} takes clients: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

/** The client keeps threads of its own: once no connection is left they must be let go. */
export function releaseClient(client: Client): void {
  client.close(false);
  Aerospike.releaseEventLoop();
}

const { status } = Aerospike;
/** Codes after which the same write, tried again, may succeed; timeouts are in doubt. */
const RETRYABLE: ReadonlySet<number> = new Set([
  status.ERR_TIMEOUT,
  status.ERR_CONNECTION,
  status.ERR_ASYNC_CONNECTION,
  status.ERR_NO_MORE_CONNECTIONS,
  status.ERR_INVALID_NODE,
  status.ERR_ASYNC_QUEUE_FULL,
  status.MAX_ERROR_RATE,
  status.ERR_CLUSTER,
  status.ERR_CLUSTER_CHANGE,
  status.ERR_SERVER_FULL,
  status.ERR_DEVICE_OVERLOAD,
  status.ERR_RECORD_BUSY,
]);

export function isRetryable(error: unknown): boolean {
  return error instanceof Aerospike.AerospikeError && RETRYABLE.has(Number(error.code));
}

function isInDoubt(error: unknown): boolean {
  return (
    error instanceof Aerospike.AerospikeError && (error.inDoubt === true || error.code === status.ERR_TIMEOUT)
  );
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Aerospike.AerospikeError && error.code === status.ERR_RECORD_NOT_FOUND;
}

/** A client error as one of ours, in one line. */
export function asMeridianError(error: unknown, what: string): unknown {
  if (!(error instanceof Aerospike.AerospikeError)) return error;
  if (isInDoubt(error)) {
    return new MeridianError(
      "IN_DOUBT",
      `${what}: outcome unknown, it may or may not have been done (${error.message})`,
    );
  }
  return new MeridianError("UNAVAILABLE", `${what}: ${error.message}`);
}
