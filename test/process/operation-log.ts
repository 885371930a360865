/**
 * What was done to one key that has one writer of numbers, in columns: a soak notes millions of
 * operations, of which objects would take gigabytes.
 */
import type { Operation, Outcome } from "../checkers/operation.ts";

export interface NumberOperation {
  readonly client: string;
  readonly call: number;
  readonly end: number;
  readonly outcome: Outcome;
  readonly kind: "read" | "write";
  /** Undefined, of a read: there was no record. */
  readonly value: number | undefined;
}

const OUTCOMES: readonly Outcome[] = ["applied", "refused", "unknown", "mismatch"];
const ROWS_MIN = 256;
const ABSENT = -1;

export class OperationLog {
  readonly #key: string;
  readonly #clients: string[] = [];
  #rows = 0;
  #calls = new Float64Array(ROWS_MIN);
  #ends = new Float64Array(ROWS_MIN);
  #values = new Float64Array(ROWS_MIN);
  /** Client, outcome and kind of a row: 13, 2 and 1 bits. */
  #tags = new Uint16Array(ROWS_MIN);

  constructor(key: string) {
    this.#key = key;
  }

  get size(): number {
    return this.#rows;
  }

  push({ client, call, end, outcome, kind, value }: NumberOperation): void {
    if (this.#rows === this.#calls.length) this.#grow();
    const row = this.#rows++;
    this.#calls[row] = call;
    this.#ends[row] = end;
    this.#values[row] = value ?? ABSENT;
    this.#tags[row] =
      (this.#clientIndex(client) << 3) | (OUTCOMES.indexOf(outcome) << 1) | Number(kind === "write");
  }

  /** All of it, as the checkers take it. */
  operations(): Operation[] {
    return Array.from({ length: this.#rows }, (_, row) => this.#operation(row));
  }

  #operation(row: number): Operation {
    const tag = this.#tags[row] ?? 0;
    const value = this.#values[row] ?? ABSENT;
    const base = {
      key: this.#key,
      client: this.#clients[tag >> 3] ?? "",
      call: this.#calls[row] ?? 0,
      end: this.#ends[row] ?? 0,
      outcome: OUTCOMES[(tag >> 1) & 3] ?? "unknown",
    };
    if ((tag & 1) === 1) return { ...base, kind: "write", value };
    return { ...base, kind: "read", value: value === ABSENT ? undefined : value };
  }

  #clientIndex(client: string): number {
    const known = this.#clients.indexOf(client);
    return known >= 0 ? known : this.#clients.push(client) - 1;
  }

  #grow(): void {
    const rows = 2 * this.#calls.length;
    const grown = (values: Float64Array): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(rows);
      next.set(values);
      return next;
    };
    this.#calls = grown(this.#calls);
    this.#ends = grown(this.#ends);
    this.#values = grown(this.#values);
    const tags = new Uint16Array(rows);
    tags.set(this.#tags);
    this.#tags = tags;
  }
}
