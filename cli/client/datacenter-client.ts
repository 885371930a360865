/**
 * The official Aerospike client, connected to one datacenter of a set-up, and which of its errors
 * may be tried again.
 */
import Aerospike, { type Client } from "aerospike";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { ClientDatacenter } from "../setup/setup.ts";

/** A write's time before its outcome is in doubt. */
const TIMEOUT_MS = 5000;
const CONNECT_TIMEOUT_MS = 5000;
/** What goes wrong is said by the errors; the client's own log would stand between our lines. */
const LOG_OFF = { level: Aerospike.log.OFF };
Aerospike.setDefaultLogging(LOG_OFF);

export interface ConnectOptions {
  /** A command's time before its outcome is in doubt, and the time for a connection. */
  readonly timeoutMs?: number | undefined;
  /** How often the client looks whether the cluster has changed. */
  readonly tenderMs?: number | undefined;
}

/**
 * Connects; LINK_DOWN when no node answers. The client is not closed: that may take for ever (containers/
 * rehearse.ts says why), and the process that has it ends with what it was for.
 */
export async function connectDatacenter(
  datacenter: ClientDatacenter,
  concurrency = 100,
  options: ConnectOptions = {},
): Promise<Client> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  // Retries are the caller's: the client's own would hide what was in doubt.
  const policy = { totalTimeout: timeoutMs, socketTimeout: timeoutMs, maxRetries: 0 };
  const config = new Aerospike.Config({
    hosts: datacenter.nodes.map(({ servicePort }) => ({ addr: "127.0.0.1", port: servicePort })),
    connTimeoutMs: options.timeoutMs ?? CONNECT_TIMEOUT_MS,
    ...(options.tenderMs === undefined ? {} : { tenderInterval: options.tenderMs }),
    maxConnsPerNode: Math.max(100, concurrency),
    log: LOG_OFF,
    useAlternateAccessAddress: datacenter.alternateAddresses ?? false,
    policies: {
      read: new Aerospike.ReadPolicy(policy),
      // The key is sent along, so that a comparison can name the record.
      write: new Aerospike.WritePolicy({ ...policy, key: Aerospike.policy.key.SEND }),
      operate: new Aerospike.OperatePolicy({ ...policy, key: Aerospike.policy.key.SEND }),
      remove: new Aerospike.RemovePolicy(policy),
    },
  });
  const client = new Aerospike.Client(config);
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new MeridianError(
      "LINK_DOWN",
      `no node of ${datacenter.name} takes clients: ${errorMessage(error)}`,
      { cause: error },
    );
  }
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

/** Whether a write that failed so may have taken effect. */
export function isInDoubt(error: unknown): boolean {
  return (
    error instanceof Aerospike.AerospikeError && (error.inDoubt === true || error.code === status.ERR_TIMEOUT)
  );
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Aerospike.AerospikeError && error.code === status.ERR_RECORD_NOT_FOUND;
}

/** The client's status code; undefined for what is no error of the client. */
export function clientCode(error: unknown): number | undefined {
  return error instanceof Aerospike.AerospikeError ? Number(error.code) : undefined;
}

/** What a status code of the client is called, e.g. ERR_TIMEOUT. */
export function codeName(code: number): string {
  return Object.entries(status).find(([, value]) => value === code)?.[0] ?? `code ${code}`;
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
