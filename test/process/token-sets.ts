/**
 * A load of blind appends with its checker: unique tokens are appended to a string bin by an atomic
 * operation. At the end each acknowledged token is there exactly once, each refused one not at all,
 * each one in doubt at most once, and nothing else is there: what took effect twice, or although it
 * was refused, shows.
 */
import Aerospike from "aerospike";
import { type Client, type Key, keyOf, outcomeOf, readPatiently } from "./official-client.ts";
import { elapse } from "./until.ts";

export interface TokenSetsOptions {
  readonly clients: readonly Client[];
  readonly namespace?: string | undefined;
  readonly set: string;
  /** Written at a time: each is followed by another once it is long. */
  readonly keys: number;
  readonly pauseMs: number;
}

/** A record is written anew with every token: for ever, that would be a load of its own. */
const TOKENS_PER_KEY = 400;

export class TokenSets {
  readonly acknowledged = new Set<string>();
  readonly refused = new Set<string>();
  readonly inDoubt = new Set<string>();
  /** Tokens in doubt that took effect; known after `check`. */
  recovered = 0;
  readonly #options: TokenSetsOptions;
  readonly #keys: Key[] = [];
  #running = false;
  #loops: Promise<unknown> | undefined;

  constructor(options: TokenSetsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    const writers = Array.from({ length: this.#options.keys }, (_, index) => this.#append(index));
    this.#loops = Promise.all(writers);
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#loops;
  }

  async check(client: Client): Promise<string[]> {
    const violations: string[] = [];
    const count = new Map<string, number>();
    for (const key of this.#keys) {
      const text = String((await readPatiently(client, key))?.["tokens"] ?? "");
      for (const token of text.split(";").filter((one) => one !== "")) {
        count.set(token, (count.get(token) ?? 0) + 1);
      }
    }
    for (const token of this.acknowledged) {
      if (!count.has(token)) violations.push(`${token} was acknowledged and is lost`);
    }
    for (const [token, times] of count) {
      if (times > 1) violations.push(`${token} took effect ${times} times`);
      if (this.refused.has(token)) violations.push(`${token} was refused and took effect`);
      if (this.inDoubt.has(token)) this.recovered += 1;
      else if (!this.acknowledged.has(token)) violations.push(`${token} was never acknowledged`);
    }
    return violations;
  }

  async #append(index: number): Promise<void> {
    const { clients, pauseMs } = this.#options;
    const client = clients[index % clients.length];
    if (client === undefined) throw new Error("token sets need a client");
    let key = this.#newKey(index, 0);
    for (let number = 0; this.#running; number++) {
      if (number > 0 && number % TOKENS_PER_KEY === 0) key = this.#newKey(index, number / TOKENS_PER_KEY);
      const token = `${index}-${number}`;
      const append = [Aerospike.operations.append("tokens", `${token};`)];
      const { kind } = await outcomeOf(client.operate(key, append));
      if (kind === "applied") this.acknowledged.add(token);
      else if (kind === "refused") this.refused.add(token);
      else this.inDoubt.add(token);
      await elapse(pauseMs);
    }
  }

  #newKey(index: number, chapter: number): Key {
    const { namespace, set } = this.#options;
    const key = keyOf(namespace ?? "test", set, `s${index}.${chapter}`);
    this.#keys.push(key);
    return key;
  }
}
