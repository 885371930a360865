/**
 * An independent witness of a drill: it stands between the drill and the official client, writes its
 * own log of acknowledgements, and reads the survivor with a client of its own just before the drill
 * puts the lost datacenter back. What it says is compared with what the drill reports; it uses none of
 * the drill's own judgement.
 */
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

/** What the client's `operate` gets from the drill. */
type Operate = Client["operate"];

export class Witness {
  readonly stage: Stage;
  /** Writes of the struck datacenter that were acknowledged and that the survivor did not have. */
  missing: string[] | undefined;
  readonly acknowledged: Acknowledged[] = [];
  #deafen: () => void = () => undefined;
  readonly #struck: SetupDatacenter;
  readonly #survivor: SetupDatacenter;
  readonly #hosts: string;

  /** `hosts`: those of the datacenter that is left. */
  constructor(inner: Stage, struck: SetupDatacenter, survivor: SetupDatacenter, hosts: string) {
    this.#struck = struck;
    this.#survivor = survivor;
    this.#hosts = hosts;
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
      start: (names) => inner.start(names),
      restart: (name) => inner.restart(name),
      pause: (names) => inner.pause(names),
      resume: (names) => inner.resume(names),
      wipeBus: (datacenter) => inner.wipeBus(datacenter),
      cutWan: (a, b) => inner.cutWan(a, b),
      healWan: (a, b) => inner.healWan(a, b),
      shapeWan: (a, b, shape) => inner.shapeWan(a, b, shape),
      setClockOffset: (datacenter, offsetMs) => inner.setClockOffset(datacenter, offsetMs),
      switchOver: (from, to, onStep) => inner.switchOver(from, to, onStep),
      startFenced: async (datacenter) => {
        this.missing ??= await this.#compare();
        await inner.startFenced(datacenter);
      },
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
   * By generations, which the servers count: a key's generation in the survivor, less the writes that the
   * survivor itself has added, is the last of the struck datacenter's that it has.
   */
  async #compare(): Promise<string[]> {
    const client = await connectClient(this.#hosts, { alternate: this.#survivor.alternateAddresses });
    const places = [...new Map(this.acknowledged.map((one) => [`${one.set} ${one.key}`, one])).values()];
    const last = new Map<string, number>();
    await forEachOf(places.length, 64, async (index) => {
      const place = places[index];
      if (place !== undefined) last.set(place.key, await this.#generationOf(client, place));
    });
    return this.acknowledged
      .filter(({ key, generation }) => generation > (last.get(key) ?? 0))
      .map(({ key, number, generation }) => `${key} ${number} ${generation}`)
      .sort();
  }

  /** 0 where there is no record. */
  async #generationOf(client: Client, { set, key }: Acknowledged): Promise<number> {
    return await until(`the record ${key}`, { timeoutMs: 30_000 }, async () => {
      try {
        const { gen, bins } = await client.get(keyOf("test", set, key));
        return Number(gen) - Number(bins[`c${this.#survivor.sourceId}`] ?? 0);
      } catch (error) {
        if (isNotFound(error)) return 0;
        if (isRetryable(error)) return undefined;
        throw error;
      }
    });
  }
}
