/**
 * Says what a datacenter must hold, without the code under test: by sets of writes. A replica knows a
 * set of writes (its own, what arrived, and all that those descended from); the greatest of them by
 * one big number is the record, and per datacenter the newest of them is `seen`.
 */
import type { ConflictPolicy } from "../../common/version/order.ts";

export interface Write {
  readonly id: number;
  readonly generation: number;
  readonly lut: bigint;
  readonly sourceId: number;
  /** Ids of all writes it descends from, itself included. */
  readonly history: ReadonlySet<number>;
}

export type ExpectedOutcome = "created" | "overwrote" | "stale" | "conflict";

export class Oracle {
  readonly writes: Write[] = [];
  readonly #policy: ConflictPolicy;

  constructor(policy: ConflictPolicy) {
    this.#policy = policy;
  }

  /** Notes a write made where `known` was known. */
  add(known: ReadonlySet<number>, made: { generation: number; lut: bigint; sourceId: number }): Write {
    const id = this.writes.length;
    const { generation, lut, sourceId } = made;
    const write = { id, generation, lut, sourceId, history: new Set([...known, id]) };
    this.writes.push(write);
    return write;
  }

  /** The write that must be the record where `known` is known. */
  winner(known: ReadonlySet<number>): Write | undefined {
    let best: Write | undefined;
    for (const write of this.writes) {
      if (known.has(write.id) && (best === undefined || this.rank(write) > this.rank(best))) best = write;
    }
    return best;
  }

  /** `seen` as text: the newest known LUT per source id. */
  seen(known: ReadonlySet<number>): string {
    const newest: bigint[] = [];
    for (const write of this.writes) {
      const before = newest[write.sourceId] ?? 0n;
      if (known.has(write.id) && write.lut > before) newest[write.sourceId] = write.lut;
    }
    return newest.flatMap((lut, sourceId) => [`${sourceId}:${lut}`]).join(" ");
  }

  /** How the arrival of `write`, which carries the knowledge `carried`, must be called. */
  outcome(known: ReadonlySet<number>, write: Write, carried: ReadonlySet<number>): ExpectedOutcome {
    const current = this.winner(known);
    if (current === undefined) return "created";
    if (known.has(write.id)) return "stale";
    return carried.has(current.id) ? "overwrote" : "conflict";
  }

  /** One number for the whole order, most important field first. */
  rank(write: Write): bigint {
    const generation = BigInt(write.generation);
    const source = BigInt(write.sourceId);
    return this.#policy === "generation"
      ? (generation << 72n) | (write.lut << 8n) | source
      : (write.lut << 40n) | (generation << 8n) | source;
  }
}
