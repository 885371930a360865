/** Records of container tests, written and read by the official client until it is answered. */
import Aerospike from "aerospike";
import { type Client, connectClient, keyOf, outcomeOf } from "../process/official-client.ts";
import { until, untilTrue } from "../process/until.ts";

export const ARRIVES_MS = 20_000;
const SET = "containers";

/** As clients of this machine connect to containers. */
export async function connectFromHost(seeds: readonly string[] = []): Promise<Client> {
  return await connectClient(seeds.join(","), { alternate: true, timeoutMs: 3000, maxRetries: 2 });
}

/** Until acknowledged: where a busy machine's lease ran out, an application tries again as well. */
export async function put(client: Client, key: string, value: string): Promise<void> {
  await untilTrue(`${key} to be written`, { timeoutMs: ARRIVES_MS }, async () => {
    const outcome = await outcomeOf(client.put(keyOf("test", SET, key), { value }));
    return outcome.kind === "applied";
  });
}

/** Asked until it is answered, too. Undefined when there is no such record. */
export async function read(client: Client, key: string): Promise<unknown> {
  const answer = await until(`${key} to be read`, { timeoutMs: ARRIVES_MS }, async () => {
    try {
      return { value: (await client.get(keyOf("test", SET, key))).bins["value"] };
    } catch (error) {
      if (!(error instanceof Aerospike.AerospikeError)) throw error;
      return error.code === Aerospike.status.ERR_RECORD_NOT_FOUND ? { value: undefined } : undefined;
    }
  });
  return answer.value;
}

/** Resolves when the record is there with this value. */
export async function arrives(
  client: Client,
  key: string,
  value: string,
  timeoutMs = ARRIVES_MS,
): Promise<void> {
  await untilTrue(`${key} to be ${value}`, { timeoutMs }, async () => (await read(client, key)) === value);
}
