/**
 * A read that renews the record's life: clients may ask that a record of which less than so many
 * percent of its TTL is left is touched. The read is answered first; the touch follows on its own
 * and gives up at the first obstacle, as the next read asks again.
 */
import { lutUnixMs, VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Operation } from "../../proto/entry.ts";
import type { RecordImage } from "../../proto/record.ts";
import type { Evaluation, WriteCommand, WriteOutcome } from "../records.ts";
import type { NamespaceCounters } from "./counters.ts";

const NOTHING = Buffer.alloc(0);

/** Seconds that the record was given when it was last written; 0 = for ever. */
function timeToLive(image: RecordImage): number {
  if (image.voidTime === 0) return 0;
  const writtenAt = Math.floor(lutUnixMs(image.lut) / 1000) - VOID_TIME_EPOCH_SECONDS;
  return Math.max(0, image.voidTime - writtenAt);
}

/** Whether less than `percent` of the record's life is left. */
export function isDueForTouch(image: RecordImage, nowVoidTime: number, percent: number): boolean {
  const ttl = timeToLive(image);
  return ttl > 0 && !image.isGone(nowVoidTime) && (image.voidTime - nowVoidTime) * 100 < ttl * percent;
}

export class ReadTouch implements WriteCommand {
  readonly slot: Slot;
  readonly digest: Buffer;
  readonly #percent: number;
  readonly #counters: NamespaceCounters;

  constructor(slot: Slot, digest: Buffer, percent: number, counters: NamespaceCounters) {
    this.slot = slot;
    this.digest = digest;
    this.#percent = percent;
    this.#counters = counters;
  }

  evaluate(current: RecordImage | undefined, nowVoidTime: number): Evaluation {
    // Somebody may have written or touched it since it was read.
    if (current === undefined || !isDueForTouch(current, nowVoidTime, this.#percent)) return { write: false };
    return {
      write: true,
      operation: Operation.touch,
      tombstone: false,
      setName: current.setName,
      userKey: current.userKey,
      voidTime: nowVoidTime + timeToLive(current),
      binCount: current.binCount,
      bins: current.bins,
      changedBins: NOTHING,
    };
  }

  complete(outcome: WriteOutcome): void {
    if (outcome.kind === "applied") this.#counters.read_touch_success += 1;
    else if (outcome.kind === "unwritten") this.#counters.read_touch_skip += 1;
    else this.#counters.read_touch_error += 1;
  }
}
