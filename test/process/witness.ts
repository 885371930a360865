/**
 * An independent witness of a drill: it stands between the drill and the official client, writes its own
 * log of acknowledgements in one datacenter, and reads datacenters with clients of its own: a survivor just
 * before the drill puts the lost datacenter back, and whatever it is asked for. What it says is compared
 * with what the drill reports; it uses none of the drill's own judgement.
 */
import { isDeepStrictEqual } from "node:util";
import type { Client } from "aerospike";
import { isNotFound, isRetryable } from "../../cli/client/datacenter-client.ts";
import type { Stage } from "../../cli/drill/stage.ts";
import type { SetupDatacenter } from "../../cli/setup/setup.ts";
import { connectClient, forEachOf, keyOf } from "./official-client.ts";
import { until } from "./until.ts";

interface Acknowledged {
  readonly set: string;
  readonly key: string;
  readonly number: number;
  readonly generation: number;
}

/** A record as clients see it. */
interface Found {
  readonly generation: number;
  readonly bins: Readonly<Record<string, unknown>>;
}

/** What the client's `operate` gets from the drill. */
type Operate = Client["operate"];

export class Witness {
  readonly stage: Stage;
  /** Writes of the struck datacenter that were acknowledged and that the survivor did not have. */
  missing: string[] | undefined;
  readonly acknowledged: Acknowledged[] = [];
  #deafen: () => void = () => undefined;
  readonly #struck: SetupDatacenter;
  readonly #hosts: (datacenter: string) => string;
  readonly #clients = new Map<string, Client>();

  /** `survivor`: the datacenter that is left, of drills that give one up; `hosts`: of a datacenter. */
  constructor(
    inner: Stage,
    struck: SetupDatacenter,
    survivor: SetupDatacenter | undefined,
    hosts: (datacenter: string) => string,
  ) {
    this.#struck = struck;
    this.#hosts = hosts;
    let isGivenUp = false;
    this.stage = {
      name: inner.name,
      datacenters: inner.datacenters,
      checkWhole: () => inner.checkWhole(),
      connect: async (datacenter, concurrency) => {
        const client = await inner.connect(datacenter, concurrency);
        if (datacenter.name === struck.name) this.#listen(client);
        return client;
      },
      kill: (names) => inner.kill(names),
      start: async (names) => {
        if (isGivenUp && survivor !== undefined) this.missing ??= await this.#missingIn(survivor);
        await inner.start(names);
      },
      restart: (name) => inner.restart(name),
      pause: (names) => inner.pause(names),
      resume: (names) => inner.resume(names),
      wipeBus: (datacenter) => inner.wipeBus(datacenter),
      cutWan: (a, b) => inner.cutWan(a, b),
      healWan: (a, b) => inner.healWan(a, b),
      shapeWan: (a, b, shape) => inner.shapeWan(a, b, shape),
      setClockOffset: (datacenter, offsetMs) => inner.setClockOffset(datacenter, offsetMs),
      switchOver: (from, to, onStep) => inner.switchOver(from, to, onStep),
      declareLost: async (lost, to) => {
        isGivenUp = true;
        await inner.declareLost(lost, to);
      },
      isHeld: (datacenter) => inner.isHeld(datacenter),
      listOrphans: (origin, survivor) => inner.listOrphans(origin, survivor),
      unfence: (datacenter) => inner.unfence(datacenter),
      restore: () => inner.restore(),
    };
  }

  #listen(client: Client): void {
    const bin = `n${this.#struck.sourceId}`;
    const operate: Operate = client.operate.bind(client);
    const listening = async (...args: [Parameters<Operate>[0], unknown[], ...unknown[]]) => {
      const [key, operations] = args;
      // The number that is written is in the request; that it was acknowledged is in the answer.
      const written = operations
        .map((one) => JSON.parse(JSON.stringify(one)) as { bin?: string; value?: unknown })
        .find((one) => one.bin === bin && typeof one.value === "number");
      const answer = await Reflect.apply(operate, client, args);
      this.acknowledged.push({
        set: key.set,
        key: String(key.key),
        number: Number(written?.value),
        generation: Number(answer.gen),
      });
      return answer;
    };
    Reflect.set(client, "operate", listening);
    this.#deafen = () => Reflect.set(client, "operate", operate);
  }

  /** The next drill has a witness of its own. */
  dismiss(): void {
    this.#deafen();
  }

  /**
   * Keys whose record in a datacenter counts fewer writes of the struck one than it has acknowledged. Each
   * write counts itself in a bin; of keys that several write at once this is no loss but a conflict.
   */
  async shortIn(datacenter: SetupDatacenter): Promise<string[]> {
    const records = await this.#recordsIn(datacenter);
    const acknowledged = new Map<string, number>();
    for (const { key } of this.acknowledged) acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
    return [...acknowledged].flatMap(([key, writes]) => {
      const counted = Number(records.get(key)?.bins[`c${this.#struck.sourceId}`] ?? 0);
      return counted < writes ? [`${key}: ${counted} of ${writes}`] : [];
    });
  }

  /**
   * Acknowledged writes of the struck datacenter that a survivor, which alone has written since, does not
   * have. By generations, which the servers count: a key's generation, less the writes that the survivor
   * itself has added, is the last of the struck datacenter's that it has.
   */
  async #missingIn(survivor: SetupDatacenter): Promise<string[]> {
    const records = await this.#recordsIn(survivor);
    const last = (key: string): number => {
      const { generation = 0, bins = {} } = records.get(key) ?? {};
      return generation - Number(bins[`c${survivor.sourceId}`] ?? 0);
    };
    return this.acknowledged
      .filter(({ key, generation }) => generation > last(key))
      .map(({ key, number, generation }) => `${key} ${number} ${generation}`)
      .sort();
  }

  /** Keys, of those acknowledged in the struck datacenter, that are not the same in all of these. */
  async differing([first, ...others]: readonly SetupDatacenter[]): Promise<string[]> {
    if (first === undefined) return [];
    const expected = await this.#recordsIn(first);
    const found = await Promise.all(others.map((one) => this.#recordsIn(one)));
    return [...expected.keys()].filter((key) =>
      found.some((records) => !isDeepStrictEqual(records.get(key), expected.get(key))),
    );
  }

  /** Every key that was acknowledged; undefined where there is no record. */
  async #recordsIn({ name, alternateAddresses }: SetupDatacenter): Promise<Map<string, Found | undefined>> {
    const client =
      this.#clients.get(name) ?? (await connectClient(this.#hosts(name), { alternate: alternateAddresses }));
    this.#clients.set(name, client);
    const places = [...new Map(this.acknowledged.map((one) => [`${one.set} ${one.key}`, one])).values()];
    const records = new Map<string, Found | undefined>();
    await forEachOf(places.length, 64, async (index) => {
      const place = places[index];
      if (place !== undefined) records.set(place.key, await readRecord(client, place));
    });
    return records;
  }
}

/** Undefined where there is no record. */
async function readRecord(client: Client, { set, key }: Acknowledged): Promise<Found | undefined> {
  const { found } = await until(`the record ${key}`, { timeoutMs: 30_000 }, async () => {
    try {
      const { gen, bins } = await client.get(keyOf("test", set, key));
      return { found: { generation: Number(gen), bins: { ...bins } } };
    } catch (error) {
      if (isNotFound(error)) return { found: undefined };
      if (isRetryable(error)) return undefined;
      throw error;
    }
  });
  return found;
}
