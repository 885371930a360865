/**
 * One datacenter's copy of a record in a namespace whose bins converge, with the product's own writes, merges
 * and expiry, and a wall clock that a schedule sets anywhere.
 */
import { type Clock, HybridClock } from "../../common/clock.ts";
import { expireBins } from "../../common/version/bins.ts";
import { highestSeen, seenAfterWrite } from "../../common/version/version.ts";
import { mergeByBins, type RecordMerge } from "../../node/replica/merge-record.ts";
import { encodeStampedWrite } from "../../node/replica/stamped-write.ts";
import { Operation } from "../../proto/entry.ts";
import { RecordImage } from "../../proto/record.ts";
import {
  binRecordOf,
  binsByName,
  encodeBinRecord,
  encodeNames,
  withoutExpired,
} from "../../proto/record-bins.ts";

const NOTHING = Buffer.alloc(0);
const OP_HEADER_BYTES = 8;

/** A bin with an integer value, as images have it. */
export function binOf(name: string, value: number): Buffer {
  const bin = Buffer.alloc(OP_HEADER_BYTES + name.length + 8);
  bin.writeUInt32BE(bin.length - 4, 0);
  bin[4] = 1;
  bin[5] = 1;
  bin[7] = name.length;
  bin.write(name, OP_HEADER_BYTES, "latin1");
  bin.writeBigInt64BE(BigInt(value), OP_HEADER_BYTES + name.length);
  return bin;
}

/** Values by name of what readers see at `nowVoidTime`; undefined: there is no record. */
export function valuesOf(
  image: RecordImage | undefined,
  nowVoidTime = 0,
): Record<string, number> | undefined {
  if (image === undefined || image.isGone(nowVoidTime)) return undefined;
  const shown = withoutExpired(image, nowVoidTime);
  const bins = [...binsByName(shown.bins, shown.binCount)];
  return Object.fromEntries(bins.map(([name, bin]) => [name, Number(bin.readBigInt64BE(bin.length - 8))]));
}

/** Bins to be put, and names to be deleted (null). */
export type Bins = Readonly<Record<string, number | null>>;

export class BinDatacenter {
  readonly sourceId: number;
  wallMs: number;
  /** Of void times, seconds. */
  now = 0;
  image: RecordImage | undefined;
  readonly #hybrid: HybridClock;

  constructor(sourceId: number, wallMs = 0) {
    this.sourceId = sourceId;
    this.wallMs = wallMs;
    const clock: Clock = { wallMs: () => this.wallMs, monotonicMs: () => 0 };
    this.#hybrid = new HybridClock(clock);
  }

  get values(): Record<string, number> | undefined {
    return valuesOf(this.image, this.now);
  }

  put(bins: Bins, voidTime = 0, isWhole = false): RecordImage {
    const before = isWhole ? new Map<string, Buffer>() : this.#live();
    for (const [name, value] of Object.entries(bins)) {
      if (value === null) before.delete(name);
      else before.set(name, binOf(name, value));
    }
    return this.#write(before, Operation.update, { voidTime, isWhole, names: Object.keys(bins) });
  }

  delete(): RecordImage {
    return this.#write(new Map(), Operation.delete, { voidTime: 0, isWhole: true, names: [] });
  }

  /** Undefined: there is no record to be touched. */
  touch(voidTime: number): RecordImage | undefined {
    if (this.values === undefined) return undefined;
    return this.#write(this.#live(), Operation.touch, { voidTime, isWhole: false, names: [] });
  }

  receive(incoming: RecordImage): RecordMerge {
    const merged = mergeByBins("last-update-time", this.image, incoming);
    this.image = new RecordImage(merged.image);
    return merged;
  }

  /** As the background pass does. */
  expire(): void {
    if (this.image === undefined || this.image.tombstone) return;
    const record = binRecordOf(this.image);
    const left = expireBins(record, this.now);
    if (left !== record) this.image = new RecordImage(encodeBinRecord(left));
  }

  #live(): Map<string, Buffer> {
    const { image } = this;
    if (image === undefined || image.isGone(this.now)) return new Map();
    const shown = withoutExpired(image, this.now);
    return binsByName(shown.bins, shown.binCount);
  }

  #write(
    live: ReadonlyMap<string, Buffer>,
    operation: Operation,
    how: { readonly voidTime: number; readonly isWhole: boolean; readonly names: readonly string[] },
  ): RecordImage {
    const { sourceId, image } = this;
    const before = image?.seen ?? [];
    const lut = this.#hybrid.next(highestSeen(before));
    const evaluation = {
      ...{ write: true as const, operation, tombstone: live.size === 0, setName: NOTHING, userKey: NOTHING },
      ...{ voidTime: how.voidTime, isWhole: how.isWhole, changedBins: encodeNames(how.names) },
      ...{ binCount: live.size, bins: Buffer.concat([...live.values()]) },
    };
    const bytes = encodeStampedWrite(image, evaluation, {
      ...{ generation: (image?.generation ?? 0) + 1, lut, sourceId },
      ...{ seen: seenAfterWrite(before, sourceId, lut), nowVoidTime: this.now },
    });
    if (bytes === undefined) throw new Error("too many bins");
    this.image = RecordImage.checked(bytes);
    return this.image;
  }
}
