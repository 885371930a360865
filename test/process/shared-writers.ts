/** Writers of several datacenters that put to the same keys without a pause: conflicts all the time. */
import { type Client, keyOf, outcomeOf } from "./official-client.ts";
import { elapse } from "./until.ts";

const PAUSE_MS = 10;

export class SharedWriters {
  applied = 0;
  readonly #keys: number;
  #running = true;
  readonly #loops: Promise<void>[];

  /** One writer a client, named after its place in the list. */
  constructor(clients: readonly Client[], keys: number) {
    this.#keys = keys;
    this.#loops = clients.map((client, who) => this.#write(client, who));
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#loops);
  }

  async #write(client: Client, who: number): Promise<void> {
    for (let number = 0; this.#running; number++) {
      const key = keyOf(number % 2 === 0 ? "test" : "gen", "shared", `k${number % this.#keys}`);
      // Now and then a delete, so that tombstones meet updates, too.
      const write = number % 7 === 6 ? client.remove(key) : client.put(key, { who, number });
      const outcome = await outcomeOf(write);
      if (outcome.kind === "applied") this.applied += 1;
      await elapse(PAUSE_MS);
    }
  }
}
