/**
 * What a world hands to its checkers: what clients asked and were told, and what versions the writes
 * had. Nothing of the product is in it, and the checkers import nothing of the product.
 */
import type { RecordVersion } from "../checkers/version-order.ts";

/** A version as the bytes on a disk show it (offsets of the format, read by eye, not by proto/). */
export interface SeenVersion {
  /** Unique to the write that made it, tombstones included; an expired record keeps it. */
  readonly token: string;
  readonly lut: bigint;
  readonly generation: number;
  readonly sourceId: number;
  readonly tombstone: boolean;
  /** As the checkers want it. */
  readonly whole: RecordVersion;
}

export type Outcome = "applied" | "refused" | "unknown" | "mismatch";

/** One operation of a client on one record in one datacenter. */
export interface ClientOperation {
  readonly datacenter: string;
  readonly key: string;
  readonly kind: "read" | "write" | "delete" | "compare-and-set";
  readonly client: string;
  readonly call: number;
  end: number;
  outcome: Outcome;
  /** What a write leaves; of a read, what was seen (undefined: no record). */
  token: string | undefined;
  generation: number | undefined;
  tombstone: boolean;
  /** Generation that a compare-and-set asks for. */
  readonly expected: number | undefined;
  /** What the primary had when it evaluated the write. */
  parent: string | undefined;
  readonly node: string;
}

export class Violation extends Error {
  override name = "Violation";
  readonly checker: string;

  constructor(checker: string, message: string) {
    super(`${checker}: ${message}`);
    this.checker = checker;
  }
}
