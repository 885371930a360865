/**
 * A load of registers. Each key has one writer that puts 1, 2, 3, ... one after the other, so every
 * value is written once; any number of readers read random keys. Calls, ends and outcomes are noted,
 * and the linearizability checker (test/checkers) judges them: no stale read, none of what was refused
 * or never attempted, no acknowledged write lost, also not at the end, and nothing applied twice.
 */
import { linearizabilityProblems } from "../checkers/linearizability.ts";
import { type Client, type Key, keyOf, outcomeOf, read, readPatiently } from "./official-client.ts";
import { OperationLog } from "./operation-log.ts";
import { elapse } from "./until.ts";

export interface RegistersOptions {
  readonly clients: readonly Client[];
  readonly namespace?: string | undefined;
  readonly set: string;
  readonly keys: number;
  readonly readers: number;
  /** After each operation of a writer; 0 for a full load. */
  readonly pauseMs?: number | undefined;
  /** Writes a second of all writers together, at most; absent: as many as there are. */
  readonly rate?: number | undefined;
}

/** Writers that were late may catch up on so much. */
const CATCH_UP_MS = 100;

/** After an operation failed, so that a dead node does not turn the load into a busy loop. */
const RETRY_PAUSE_MS = 50;
/** Per key; the search is done in a fraction of it. */
const SEARCH_MS_MAX = 20_000;

class Register {
  readonly key: Key;
  attempted = 0;
  acknowledged = 0;
  readonly inDoubt = new Set<number>();
  /** Values in doubt that were read after greater ones had been acknowledged. */
  readonly late = new Set<number>();
  readonly history: OperationLog;
  /** When the first write that started after the mark was acknowledged. */
  recoveredMs: number | undefined;

  constructor(key: Key) {
    this.key = key;
    this.history = new OperationLog(key.key);
  }
}

export interface RegisterCounts {
  applied: number;
  inDoubt: number;
  refused: number;
  reads: number;
  failedReads: number;
  /** Writes in doubt that were read after later ones had been acknowledged. */
  late: number;
}

export class Registers {
  readonly counts: RegisterCounts = { applied: 0, inDoubt: 0, refused: 0, reads: 0, failedReads: 0, late: 0 };
  /** Messages of failures, with how often they came: to understand a run. */
  readonly failures = new Map<string, number>();
  readonly registers: readonly Register[];
  readonly #options: RegistersOptions;
  #running = false;
  #loops: Promise<unknown> | undefined;
  #markMs = 0;
  /** When the next write is due. */
  #dueMs = 0;

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
      ...Array.from({ length: this.#options.readers }, (_, index) =>
        this.#read(this.#client(index), `reader ${index}`),
      ),
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

  /** Reads everything once more; returns what is wrong with the whole history, key by key. */
  async check(client: Client): Promise<string[]> {
    for (const register of this.registers) {
      const call = performance.now();
      const value = numberIn(await readPatiently(client, register.key));
      this.#noteRead(register, "check", call, value);
    }
    // Key by key, so that only one's history is there as objects.
    return this.registers.flatMap(({ history }) =>
      linearizabilityProblems(history.operations(), { millisecondsMax: SEARCH_MS_MAX }),
    );
  }

  #client(index: number): Client {
    const { clients } = this.#options;
    const client = clients[index % clients.length];
    if (client === undefined) throw new Error("registers need a client");
    return client;
  }

  async #write(register: Register, client: Client): Promise<void> {
    while (this.#running) {
      await this.#turn();
      const value = register.attempted + 1;
      register.attempted = value;
      const startedMs = performance.now();
      const outcome = await outcomeOf(client.put(register.key, { n: value }));
      const known = outcome.kind === "in-doubt" ? ("unknown" as const) : outcome.kind;
      const times = { call: startedMs, end: performance.now(), outcome: known };
      register.history.push({ client: "writer", ...times, kind: "write", value });
      if (outcome.kind === "applied") {
        this.counts.applied += 1;
        register.acknowledged = value;
        if (startedMs >= this.#markMs) register.recoveredMs ??= performance.now();
      } else {
        if (outcome.kind === "in-doubt") {
          this.counts.inDoubt += 1;
          register.inDoubt.add(value);
        } else this.counts.refused += 1;
        this.#failed(`write ${outcome.kind} ${outcome.code} ${outcome.message}`);
        await elapse(RETRY_PAUSE_MS);
      }
      if (this.#options.pauseMs !== undefined) await elapse(this.#options.pauseMs);
    }
  }

  async #turn(): Promise<void> {
    const { rate } = this.#options;
    if (rate === undefined) return;
    const now = performance.now();
    this.#dueMs = Math.max(this.#dueMs, now - CATCH_UP_MS) + 1000 / rate;
    if (this.#dueMs > now) await elapse(this.#dueMs - now);
  }

  async #read(client: Client, name: string): Promise<void> {
    while (this.#running) {
      const register = this.registers[Math.floor(Math.random() * this.registers.length)];
      if (register === undefined) return;
      const startedMs = performance.now();
      let value: number | undefined;
      try {
        value = numberIn(await read(client, register.key));
      } catch (error) {
        this.counts.failedReads += 1;
        this.#failed(`read ${error instanceof Error ? error.message : String(error)}`);
        await elapse(RETRY_PAUSE_MS);
        continue;
      }
      this.counts.reads += 1;
      this.#noteRead(register, name, startedMs, value);
      if (this.#options.pauseMs !== undefined) await elapse(this.#options.pauseMs);
    }
  }

  #noteRead(register: Register, client: string, call: number, value: number | undefined): void {
    const times = { call, end: performance.now(), outcome: "applied" } as const;
    register.history.push({ client, ...times, kind: "read", value });
    if (value === undefined || value >= register.acknowledged || !register.inDoubt.has(value)) return;
    if (!register.late.has(value)) this.counts.late += 1;
    register.late.add(value);
  }

  #failed(message: string): void {
    const known = message.replaceAll(/\d{2,}/g, "N");
    this.failures.set(known, (this.failures.get(known) ?? 0) + 1);
  }
}

/** Undefined when there is no record. */
function numberIn(bins: Record<string, unknown> | undefined): number | undefined {
  return bins === undefined ? undefined : Number(bins["n"]);
}
