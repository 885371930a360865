/**
 * The traffic of a drill in one datacenter, through the official client: so many operations a second
 * however long each takes (open loop), with a bound on those in flight. Every operation is recorded
 * with its outcome, so that the report can name each acknowledged write that was lost.
 *
 * Must guarantee: at most one write to a key at a time (loss.ts relies on it), writes numbered without
 * gaps by key, and an operation is recorded exactly once, when its outcome is known.
 */
import Aerospike, { type Client } from "aerospike";
import { clientCode, isInDoubt, isNotFound } from "../client/datacenter-client.ts";
import type { OperationLog } from "./operation-log.ts";
import { seededRandom, ZipfPicker } from "./random.ts";

/** Due operations are sent this often. */
const TICK_MS = 5;
/** Beyond this many in flight an operation is not sent, and counted as shed. */
export const IN_FLIGHT_MAX = 500;
/** Busy or foreign keys are passed over; after this many tries the operation is shed. */
const KEY_TRIES = 64;
/** What a drill wrote goes by itself. */
const TTL_SECONDS = 86_400;

export interface WorkloadOptions {
  /** Index of the datacenter in `sourceIds`. */
  readonly datacenter: number;
  /** Of all datacenters: they name the bins that count each one's writes. */
  readonly sourceIds: readonly number[];
  readonly namespace: string;
  readonly set: string;
  readonly rate: number;
  readonly keys: number;
  /** Share of reads, 0 to 1. */
  readonly reads: number;
  /** Zipf's exponent: 0 is uniform. */
  readonly hot: number;
  readonly seed: number;
}

/** Keys as records of the client. */
export function keyNameOf(key: number): string {
  return `k${key}`;
}

export function binsOf(sourceId: number): { readonly number: string; readonly count: string } {
  return { number: `n${sourceId}`, count: `c${sourceId}` };
}

/** Bin that names the datacenter (by source id) of the write that made the record's content. */
export const WRITER_BIN = "w";

export class Workload {
  /** Operations that were due and not sent. */
  shed = 0;
  readonly #client: Client;
  readonly #options: WorkloadOptions;
  readonly #log: OperationLog;
  readonly #nowMs: () => number;
  readonly #picker: ZipfPicker;
  readonly #random: () => number;
  readonly #sourceId: number;
  /** Of reads, and of writes whose record was not seen. */
  readonly #nothingKnown: readonly number[];
  readonly #numbers: Uint32Array;
  readonly #busy: Uint8Array;
  #mayWrite: (key: number) => boolean = () => true;
  #timer: NodeJS.Timeout | undefined;
  #inFlight = 0;
  #idle: (() => void) | undefined;
  /** What went wrong and was no error of the client: a bug, passed on by `stop`. */
  #failure: unknown;

  constructor(client: Client, options: WorkloadOptions, log: OperationLog, nowMs: () => number) {
    const sourceId = options.sourceIds[options.datacenter];
    if (sourceId === undefined) throw new RangeError(`no datacenter ${options.datacenter}`);
    this.#sourceId = sourceId;
    this.#nothingKnown = options.sourceIds.map(() => 0);
    this.#client = client;
    this.#options = options;
    this.#log = log;
    this.#nowMs = nowMs;
    this.#random = seededRandom(options.seed);
    this.#picker = new ZipfPicker(options.keys, options.hot, this.#random);
    this.#numbers = new Uint32Array(options.keys);
    this.#busy = new Uint8Array(options.keys);
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  /** Sends from now on; writes only to keys that `mayWrite` allows. */
  start(mayWrite: (key: number) => boolean = () => true): void {
    if (this.#timer !== undefined) return;
    this.#mayWrite = mayWrite;
    const startMs = this.#nowMs();
    let sent = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((this.#nowMs() - startMs) * this.#options.rate) / 1000);
      for (; sent < due; sent++) {
        if (this.#inFlight >= IN_FLIGHT_MAX) this.shed += 1;
        else this.#sendOne();
      }
    }, TICK_MS);
  }

  /** Sends nothing more; resolves when every operation has its outcome. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#inFlight > 0) {
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  #sendOne(): void {
    if (this.#random() < this.#options.reads) {
      this.#track(this.#read(this.#picker.pick()));
      return;
    }
    const key = this.#freeKey();
    if (key === undefined) this.shed += 1;
    else this.#track(this.#write(key));
  }

  #freeKey(): number | undefined {
    const first = this.#picker.pick();
    for (let tried = 0; tried < KEY_TRIES; tried++) {
      const key = (first + tried) % this.#options.keys;
      if (this.#busy[key] === 0 && this.#mayWrite(key)) return key;
    }
    return undefined;
  }

  #track(operation: Promise<void>): void {
    this.#inFlight += 1;
    operation
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => {
        this.#inFlight -= 1;
        if (this.#inFlight === 0) this.#idle?.();
      });
  }

  async #read(key: number): Promise<void> {
    const startMs = this.#nowMs();
    let code = 0;
    try {
      await this.#client.get(this.#recordKey(key));
    } catch (error) {
      // A record that nobody has written yet is an answer.
      if (!isNotFound(error)) code = codeOf(error);
    }
    this.#log.add({
      ...{ datacenter: this.#options.datacenter, isWrite: false, key, number: 0, previous: 0, ordinal: 0 },
      ...{ known: this.#nothingKnown, generation: 0, outcome: code === 0 ? "applied" : "refused" },
      ...{ startMs, endMs: this.#nowMs(), code },
    });
  }

  async #write(key: number): Promise<void> {
    const { datacenter, sourceIds } = this.#options;
    const bins = binsOf(this.#sourceId);
    const number = (this.#numbers[key] ?? 0) + 1;
    this.#numbers[key] = number;
    this.#busy[key] = 1;
    const write = { datacenter, isWrite: true, key, number, startMs: this.#nowMs() };
    const operations = [
      Aerospike.operations.read(bins.number),
      Aerospike.operations.write(bins.number, number),
      Aerospike.operations.incr(bins.count, 1),
      Aerospike.operations.read(bins.count),
      Aerospike.operations.write(WRITER_BIN, this.#sourceId),
      ...sourceIds
        .filter((one) => one !== this.#sourceId)
        .map((one) => Aerospike.operations.read(binsOf(one).count)),
    ];
    try {
      const record = await this.#client.operate(this.#recordKey(key), operations, { ttl: TTL_SECONDS });
      this.#log.add({
        ...write,
        outcome: "applied",
        previous: Number(record.bins[bins.number] ?? 0),
        ordinal: Number(record.bins[bins.count]),
        known: sourceIds.map((one) => Number(record.bins[binsOf(one).count] ?? 0)),
        generation: record.gen ?? 0,
        endMs: this.#nowMs(),
        code: 0,
      });
    } catch (error) {
      const code = codeOf(error);
      const outcome = isInDoubt(error) ? "in-doubt" : "refused";
      this.#log.add({
        ...{ ...write, outcome, previous: 0, ordinal: 0, known: this.#nothingKnown, generation: 0, code },
        endMs: this.#nowMs(),
      });
    } finally {
      this.#busy[key] = 0;
    }
  }

  #recordKey(key: number): { ns: string; set: string; key: string } {
    return { ns: this.#options.namespace, set: this.#options.set, key: keyNameOf(key) };
  }
}

/** The status code of a client's error; anything else is passed on. */
function codeOf(error: unknown): number {
  const code = clientCode(error);
  if (code === undefined) throw error;
  return code;
}
