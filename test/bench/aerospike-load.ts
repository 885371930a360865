/**
 * Load through the official client: a fixed number of operations in flight, as a busy application
 * server has. Measures what the client sees; the servers' CPU is measured from outside.
 */
import Aerospike from "aerospike";
import { errorMessage } from "../../common/errors.ts";

type Client = Awaited<ReturnType<typeof Aerospike.connect>>;

const NAMESPACE = "test";
const SET = "bench";
const BIN = "b";
const CONNECTIONS_MAX = 400;

export interface LoadResult {
  readonly operations: number;
  readonly failures: number;
  /** The first failure's message. */
  readonly failure?: string | undefined;
  readonly seconds: number;
}

export interface LoadOptions {
  readonly kind: "put" | "get";
  readonly inFlight: number;
  /** Keys are 0 to keys - 1, drawn evenly. */
  readonly keys: number;
  readonly valueBytes: number;
  /** The load ends after so many seconds, or so many operations. */
  readonly seconds?: number | undefined;
  readonly operations?: number | undefined;
  /** At most so many operations a second. */
  readonly rate?: number | undefined;
}

export async function connect(hosts: string): Promise<Client> {
  // No retry: a put that was sent twice would be counted once. Long enough for a busy disk.
  const timeouts = { socketTimeout: 60_000, totalTimeout: 60_000, maxRetries: 0 };
  const config = new Aerospike.Config({
    hosts,
    maxConnsPerNode: CONNECTIONS_MAX,
    log: { level: Aerospike.log.OFF },
    policies: {
      read: new Aerospike.ReadPolicy(timeouts),
      write: new Aerospike.WritePolicy(timeouts),
      batchParentWrite: new Aerospike.BatchPolicy(timeouts),
    },
  });
  return await new Aerospike.Client(config).connect();
}

export function keyOf(id: number): { ns: string; set: string; key: number } {
  return { ns: NAMESPACE, set: SET, key: id };
}

/** A value that compresses as badly as real text does not: the same for a key every time. */
export function payload(id: number, bytes: number): Buffer {
  const value = Buffer.allocUnsafe(bytes);
  let state = (id + 1) * 2_654_435_761;
  for (let at = 0; at < bytes; at++) {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e37_79b9) >>> 0;
    value[at] = 32 + (state % 64);
  }
  return value;
}

/** Runs the load; resolves when every operation has ended. */
export function runLoad(client: Client, options: LoadOptions): Promise<LoadResult> {
  const { kind, inFlight, keys, valueBytes, rate } = options;
  const started = performance.now();
  const endsAt = started + (options.seconds ?? 3600) * 1000;
  const most = options.operations ?? Number.POSITIVE_INFINITY;
  let issued = 0;
  let ended = 0;
  let failures = 0;
  let failure: string | undefined;
  let id = 0;
  return new Promise((resolve) => {
    const finish = (): void => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ operations: ended - failures, failures, failure, seconds });
    };
    const done = (error: unknown): void => {
      ended += 1;
      if (error) {
        failures += 1;
        failure ??= errorMessage(error);
      }
      issue();
      if (ended === issued && (issued >= most || performance.now() >= endsAt)) finish();
    };
    const issue = (): void => {
      const now = performance.now();
      if (issued >= most || now >= endsAt) return;
      const dueMs = rate === undefined ? 0 : started + (issued / rate) * 1000 - now;
      issued += 1;
      // A prime step visits every key once before any twice, in no order the store could like.
      id = (id + 7_919) % keys;
      const key = keyOf(id);
      const send = (): void => {
        if (kind === "put") client.put(key, { [BIN]: payload(issued, valueBytes) }, done);
        else client.get(key, done);
      };
      if (dueMs > 1) setTimeout(send, dueMs);
      else send();
    };
    for (let slot = 0; slot < inFlight; slot++) issue();
  });
}

/** Writes records 0 to count - 1 in batches, as fast as the servers take them. */
export async function fill(client: Client, count: number, valueBytes: number, from = 0): Promise<void> {
  const BATCH = 200;
  const LANES = 4;
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const first = next;
      next += BATCH;
      const rows = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => ({
        type: Aerospike.batchType.BATCH_WRITE,
        key: new Aerospike.Key(NAMESPACE, SET, first + index),
        ops: [Aerospike.operations.write(BIN, payload(first + index, valueBytes))],
      }));
      const results = await client.batchWrite(rows).catch((error: unknown) => {
        // The client's error holds the whole batch.
        throw new Error(`filling failed: ${errorMessage(error)}`);
      });
      const failed = results.find((row) => row.status !== 0);
      if (failed !== undefined) throw new Error(`filling failed with status ${failed.status}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
