/**
 * What a reader of a feed has dealt with, so that it holds in every datacenter: of each partition a vector,
 * by log the last change of it, all before it included. A reader keeps it where it keeps what it makes of the
 * changes (`JSON.stringify`), and goes on by it after its datacenter is lost: docs/change-feeds.md.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Change, Gap } from "./change.ts";

const number = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const partition = z
  .int()
  .min(0)
  .max(PARTITION_COUNT - 1);
const schema = z.object({
  version: z.literal(1),
  /** Partition; by log the last change that is dealt with. */
  partitions: z.array(z.tuple([partition, z.array(z.tuple([number, number]))])),
});

export type Vector = ReadonlyMap<number, number>;

export class Places {
  readonly #vectors = new Map<number, Map<number, number>>();

  /** Reads what `JSON.stringify` wrote. Throws BAD_REQUEST. */
  static parse(text: string): Places {
    const places = new Places();
    try {
      for (const [partition, vector] of schema.parse(JSON.parse(text)).partitions) {
        places.join(partition, vector);
      }
    } catch (error) {
      throw new MeridianError("BAD_REQUEST", "these are no places of a feed's reader", { cause: error });
    }
    return places;
  }

  toJSON(): z.infer<typeof schema> {
    const partitions = [...this.#vectors].map(([partition, vector]): [number, [number, number][]] => [
      partition,
      [...vector],
    ]);
    return { version: 1, partitions };
  }

  get isEmpty(): boolean {
    return this.#vectors.size === 0;
  }

  /** Nothing: of this partition nothing is known to be dealt with. */
  of(partition: number): Vector {
    return this.#vectors.get(partition) ?? new Map();
  }

  /** A change, or a gap, is dealt with. The reader does it when the next one is asked for. */
  take({ position, ...told }: Change | Gap): void {
    const { partition, log, sequence, originLog, originSequence } = position;
    // A record as it stood has no place of its own.
    if (sequence === 0) return;
    this.join(partition, [[log, sequence]]);
    // What was recovered may be from before what was applied by then.
    const joins = told.kind !== "gap" && told.outcome !== "recovered";
    if (joins && originLog !== undefined) this.join(partition, [[originLog, originSequence ?? 0]]);
  }

  /** Whether a change was dealt with, or may have been. */
  covers({ position, outcome }: Change): boolean {
    const { partition, log, sequence, originLog, originSequence } = position;
    const vector = this.of(partition);
    if (originLog === undefined) return sequence <= (vector.get(log) ?? 0);
    if (outcome === "recovered") return vector.has(originLog);
    return (originSequence ?? 0) <= (vector.get(originLog) ?? 0);
  }

  /** All of these logs up to there is dealt with, too. */
  join(partition: number, vector: Iterable<readonly [number, number]>): void {
    const known = this.#vectors.get(partition) ?? new Map<number, number>();
    this.#vectors.set(partition, known);
    for (const [log, last] of vector) known.set(log, Math.max(last, known.get(log) ?? 0));
  }
}
