/** Images and entries for tests of the storage and the change log. */
import { type Slot, slotPartitionId } from "../../proto/cluster-map.ts";
import { encodeEntry, EntryKind, Operation } from "../../proto/entry.ts";
import type { Outcome } from "../../proto/ledger.ts";
import { encodeImage } from "../../proto/record.ts";

const NOTHING = Buffer.alloc(0);

export interface SampleImage {
  readonly tombstone?: boolean;
  readonly value?: string;
  readonly generation?: number;
}

export function sampleImage({ tombstone = false, value = "", generation = 1 }: SampleImage = {}): Buffer {
  return encodeImage({
    generation,
    lut: BigInt(generation) << 16n,
    sourceId: 1,
    voidTime: 0,
    tombstone,
    seen: [{ sourceId: 1, lut: BigInt(generation) << 16n }],
    setName: NOTHING,
    userKey: NOTHING,
    binCount: 0,
    bins: Buffer.from(value),
  });
}

/** A digest of the slot's partition; `number` tells digests of a slot apart. */
export function sampleDigest(slot: Slot, number: number): Buffer {
  const digest = Buffer.alloc(20);
  digest.writeUInt16LE(slotPartitionId(slot), 0);
  digest.writeUInt32LE(Math.imul(number + 1, 0x9e37_79b1) >>> 0, 4);
  digest.writeUInt32BE(number, 16);
  return digest;
}

export interface SampleEntry {
  readonly slot: Slot;
  readonly sequence: number;
  readonly epoch?: number;
  /** Without an image the kind is `remove` when there is a digest, else `position` or `barrier`. */
  readonly digest?: Buffer;
  readonly image?: Buffer;
  readonly origin?: { readonly id: number; readonly logId: number; readonly sequence: number };
  /** Of a put with an origin. */
  readonly outcome?: Outcome;
  /** Payload of a position or a note. */
  readonly payload?: Buffer;
  readonly isNote?: boolean;
}

export function sampleEntry(sample: SampleEntry): { slot: Slot; bytes: Buffer } {
  const { slot, sequence, epoch = 1, digest, image, origin } = sample;
  const bytes = encodeEntry({
    kind: kindOf(sample),
    operation: Operation.none,
    partitionId: slotPartitionId(slot),
    epoch,
    sequence,
    originId: origin?.id ?? 0,
    originLogId: origin?.logId ?? 0,
    originSequence: origin?.sequence ?? 0,
    outcome: sample.outcome,
    ...(digest === undefined ? {} : { digest }),
    ...(image === undefined ? {} : { image }),
    ...(sample.payload === undefined ? {} : { image: sample.payload }),
  });
  return { slot, bytes };
}

function kindOf({ digest, image, origin, isNote = false }: SampleEntry): EntryKind {
  if (isNote) return EntryKind.note;
  if (image !== undefined) return EntryKind.put;
  if (digest !== undefined) return EntryKind.remove;
  return origin === undefined ? EntryKind.barrier : EntryKind.position;
}
