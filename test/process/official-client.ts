/** The official Aerospike client, connected for tests, and what the outcome of a call means. */
import Aerospike from "aerospike";
import { elapse, until } from "./until.ts";

const CONNECT_MS = 30_000;
/** Of the client's library, which is another one than a client's own. */
Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });

export type Client = Awaited<ReturnType<typeof Aerospike.connect>>;

/**
 * - applied: acknowledged.
 * - refused: the client says that it did not and will not take effect.
 * - in-doubt: nobody knows.
 */
export type Outcome =
  | { readonly kind: "applied" }
  | { readonly kind: "refused"; readonly code: number; readonly message: string }
  | { readonly kind: "in-doubt"; readonly code: number; readonly message: string };

export interface ClientOptions {
  readonly timeoutMs?: number | undefined;
  readonly maxRetries?: number | undefined;
  /** Also how long a node that does not answer holds up the client's view of all others. */
  readonly connectTimeoutMs?: number | undefined;
  /** From outside of the nodes' network, as from the host of containers. */
  readonly alternate?: boolean | undefined;
}

/**
 * Connects as applications do, with the quickest look at cluster changes that the client offers. No test
 * closes it: closing may stop the process for ever (rehearse.ts), which no timeout of a test would end.
 * The process of a test file ends with its clients.
 */
export async function connectClient(hosts: string, options: ClientOptions = {}): Promise<Client> {
  const timeout = options.timeoutMs ?? 1000;
  const policy = { socketTimeout: timeout, totalTimeout: timeout, maxRetries: options.maxRetries ?? 0 };
  const config = new Aerospike.Config({
    hosts,
    maxConnsPerNode: 400,
    useAlternateAccessAddress: options.alternate ?? false,
    tenderInterval: 250,
    connTimeoutMs: options.connectTimeoutMs ?? 3000,
    log: { level: Aerospike.log.OFF },
    policies: {
      read: new Aerospike.ReadPolicy(policy),
      write: new Aerospike.WritePolicy({ ...policy, key: Aerospike.policy.key.SEND }),
      operate: new Aerospike.OperatePolicy({ ...policy, key: Aerospike.policy.key.SEND }),
      remove: new Aerospike.RemovePolicy(policy),
      batch: new Aerospike.BatchPolicy(policy),
    },
  });
  // On a busy machine the first look at the cluster may take longer than the client waits.
  return await until("the official client to connect", { timeoutMs: CONNECT_MS }, async () => {
    try {
      return await new Aerospike.Client(config).connect();
    } catch (error) {
      if (error instanceof Aerospike.AerospikeError) return undefined;
      throw error;
    }
  });
}

/** What the client's calls take as a key. */
export interface Key {
  readonly ns: string;
  readonly set: string;
  readonly key: string;
}

export function keyOf(namespace: string, set: string, key: string): Key {
  return { ns: namespace, set, key };
}

/** Runs a write and says how it ended; what is no error of the client is thrown. */
export async function outcomeOf(write: Promise<unknown>): Promise<Outcome> {
  try {
    await write;
    return { kind: "applied" };
  } catch (error) {
    if (!(error instanceof Aerospike.AerospikeError)) throw error;
    const { code, message, inDoubt } = error;
    return { kind: inDoubt === true ? "in-doubt" : "refused", code: Number(code), message };
  }
}

/** The bins of a record; undefined when it does not exist. Other failures are thrown. */
export async function read(client: Client, key: Key): Promise<Record<string, unknown> | undefined> {
  try {
    const { bins } = await client.get(key);
    return { ...bins };
  } catch (error) {
    if (error instanceof Aerospike.AerospikeError && error.code === Aerospike.status.ERR_RECORD_NOT_FOUND) {
      return undefined;
    }
    throw error;
  }
}

/** The same, asked again while nodes are changing: for the reads after a test's faults. */
export async function readPatiently(
  client: Client,
  key: Key,
  timeoutMs = 15_000,
): Promise<Record<string, unknown> | undefined> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await read(client, key);
    } catch (error) {
      if (!(error instanceof Aerospike.AerospikeError) || performance.now() > deadline) throw error;
      await elapse(20);
    }
  }
}

/** Runs `work` for 0 to count - 1, at most `width` at a time. */
export async function forEachOf(
  count: number,
  width: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}
