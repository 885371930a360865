/**
 * A load of registers with its checker. Each key has one writer that puts 1, 2, 3, ... one after the
 * other, so every value is written once and newer values are greater; any number of readers read
 * random keys. Then linearizability of a key means:
 * - a read that starts after a value was acknowledged, or seen by a read, never answers a lesser one,
 *   except, once, one in doubt: nobody knows when that takes effect (counted as `late`);
 * - no read ever answers a value that was refused, or none that was attempted;
 * - at the end the value is the last one acknowledged, or one in doubt under the same rules.
 * The checker knows nothing of the product's code.
 */
import { type Client, type Key, keyOf, outcomeOf, read, readPatiently } from "./official-client.ts";
import { elapse } from "./until.ts";

export interface RegistersOptions {
  readonly clients: readonly Client[];
  readonly namespace?: string | undefined;
  readonly set: string;
  readonly keys: number;
  readonly readers: number;
  /** After each operation of a writer; 0 for a full load. */
  readonly pauseMs?: number | undefined;
}

/** After an operation failed, so that a dead node does not turn the load into a busy loop. */
const RETRY_PAUSE_MS = 10;
const VIOLATIONS_MAX = 20;

class Register {
  readonly key: Key;
  attempted = 0;
  acknowledged = 0;
  /** Highest value that a read answered. */
  seen = 0;
  readonly inDoubt = new Set<number>();
  /** Values that a read answered before their writes were acknowledged. */
  readonly seenEarly = new Set<number>();
  /** The value in doubt that took effect after greater ones, until a greater one is seen again. */
  late: number | undefined;
  readonly refused = new Set<number>();
  /** When the first write that started after the mark was acknowledged. */
  recoveredMs: number | undefined;

  constructor(key: Key) {
    this.key = key;
  }
  get floor(): number {
    return this.late ?? Math.max(this.acknowledged, this.seen);
  }

  /** A read, or the end, found this value. Whether it may be there although it is below `floor`. */
  mayBeLate(value: number): boolean {
    return value === this.late || (this.inDoubt.has(value) && !this.seenEarly.has(value));
  }

  note(value: number): void {
    if (value > this.acknowledged) this.seenEarly.add(value);
    if (value > this.seen) this.late = undefined;
    this.seen = Math.max(this.seen, value);
  }
}

export interface RegisterCounts {
  applied: number;
  inDoubt: number;
  refused: number;
  reads: number;
  failedReads: number;
  /** Writes in doubt that took effect after later writes. */
  late: number;
}

export class Registers {
  readonly violations: string[] = [];
  readonly counts: RegisterCounts = { applied: 0, inDoubt: 0, refused: 0, reads: 0, failedReads: 0, late: 0 };
  /** Messages of failures, with how often they came: to understand a run. */
  readonly failures = new Map<string, number>();
  readonly registers: readonly Register[];
  readonly #options: RegistersOptions;
  #running = false;
  #loops: Promise<unknown> | undefined;
  #markMs = 0;

  constructor(options: RegistersOptions) {
    this.#options = options;
    this.registers = Array.from(
      { length: options.keys },
      (_, index) => new Register(keyOf(options.namespace ?? "test", options.set, `r${index}`)),
    );
  }

  start(): void {
    this.#running = true;
    this.#loops = Promise.all([
      ...this.registers.map((register, index) => this.#write(register, this.#client(index))),
      ...Array.from({ length: this.#options.readers }, (_, index) => this.#read(this.#client(index))),
    ]);
  }

  /** Resolves when the operations under way have ended. Throws what no outcome could be made of. */
  async stop(): Promise<void> {
    this.#running = false;
    await this.#loops;
  }

  /** From here on `recoveredMs` of each register is the first success of a write begun later. */
  mark(atMs: number): void {
    this.#markMs = atMs;
    for (const register of this.registers) register.recoveredMs = undefined;
  }

  /** Reads everything once more; returns all violations found so far. */
  async check(client: Client): Promise<string[]> {
    for (const register of this.registers) {
      const value = numberOf(await readPatiently(client, register.key));
      const { acknowledged, inDoubt } = register;
      const fine =
        value === acknowledged || (value > acknowledged && inDoubt.has(value)) || register.mayBeLate(value);
      if (!fine) {
        this.#violate(
          register,
          `ends at ${value}, acknowledged ${acknowledged}, in doubt ${[...inDoubt].at(-1)}`,
        );
      }
    }
    return this.violations;
  }

  #client(index: number): Client {
    const { clients } = this.#options;
    const client = clients[index % clients.length];
    if (client === undefined) throw new Error("registers need a client");
    return client;
  }

  async #write(register: Register, client: Client): Promise<void> {
    while (this.#running) {
      const value = register.attempted + 1;
      register.attempted = value;
      const startedMs = performance.now();
      const outcome = await outcomeOf(client.put(register.key, { n: value }));
      if (outcome.kind === "applied") {
        this.counts.applied += 1;
        register.acknowledged = value;
        register.late = undefined;
        if (startedMs >= this.#markMs) register.recoveredMs ??= performance.now();
      } else {
        if (outcome.kind === "in-doubt") {
          this.counts.inDoubt += 1;
          register.inDoubt.add(value);
        } else {
          this.counts.refused += 1;
          register.refused.add(value);
          if (register.seen >= value) this.#violate(register, `refused ${value} had been read`);
        }
        this.#failed(`write ${outcome.kind} ${outcome.code} ${outcome.message}`);
        await elapse(RETRY_PAUSE_MS);
      }
      if (this.#options.pauseMs !== undefined) await elapse(this.#options.pauseMs);
    }
  }

  async #read(client: Client): Promise<void> {
    while (this.#running) {
      const register = this.registers[Math.floor(Math.random() * this.registers.length)];
      if (register === undefined) return;
      const { floor } = register;
      let value: number;
      try {
        value = numberOf(await read(client, register.key));
      } catch (error) {
        this.counts.failedReads += 1;
        this.#failed(`read ${error instanceof Error ? error.message : String(error)}`);
        await elapse(RETRY_PAUSE_MS);
        continue;
      }
      this.counts.reads += 1;
      if (value < floor && register.mayBeLate(value)) {
        if (register.late !== value) this.counts.late += 1;
        register.late = value;
        continue;
      }
      if (value < floor) this.#violate(register, `read ${value} after ${floor}`);
      if (value > register.attempted || register.refused.has(value)) {
        this.#violate(register, `read ${value}: refused, or never attempted`);
      }
      register.note(value);
      if (this.#options.pauseMs !== undefined) await elapse(this.#options.pauseMs);
    }
  }

  #failed(message: string): void {
    const known = message.replaceAll(/\d{2,}/g, "N");
    this.failures.set(known, (this.failures.get(known) ?? 0) + 1);
  }

  #violate(register: Register, what: string): void {
    if (this.violations.length < VIOLATIONS_MAX) this.violations.push(`${register.key.key}: ${what}`);
  }
}

/** A record that does not exist counts as 0: less than any value written. */
function numberOf(bins: Record<string, unknown> | undefined): number {
  return bins === undefined ? 0 : Number(bins["n"]);
}
