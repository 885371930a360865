/**
 * Every node's durable log and records as its storage's writes make them, kept by the world from
 * the bytes that go to disk: what the oracle compares nodes and datacenters by. Offsets are those
 * of proto/entry.ts and proto/record.ts, read here on their own.
 */
import type { StorageGroup } from "../../../node/store/storage.ts";
import type { RecordVersion, SeenField } from "../../checkers/version-order.ts";
import type { SeenVersion } from "../history.ts";

const ENTRY_HEADER_BYTES = 64;
const IMAGE_FIXED_BYTES = 29;
/** Of format 2: with a floor, and stamps after the user key. */
const STAMPED_FIXED_BYTES = 44;
const SEEN_BYTES = 9;
const PUT = 1;
export const REMOVE = 4;

export interface SeenEntry {
  readonly bytes: Buffer;
  readonly kind: number;
  readonly epoch: number;
  readonly sequence: number;
  readonly originId: number;
  readonly originSequence: number;
  readonly originLogId: number;
  readonly isExpiry: boolean;
  readonly key: string;
  readonly version: SeenVersion | undefined;
}

export interface SlotEntry {
  readonly slot: number;
  readonly entry: SeenEntry;
}

export interface SlotCopy {
  /** Sequence before the first of `entries`. */
  base: number;
  readonly entries: SeenEntry[];
  readonly records: Map<string, SeenVersion>;
  /** By origin id: log id and sequence. */
  readonly positions: Map<number, { logId: number; sequence: number }>;
}

export function readEntry(bytes: Buffer): SeenEntry {
  const kind = bytes[8] ?? 0;
  const image = bytes.subarray(ENTRY_HEADER_BYTES + bytes.readUInt16LE(26));
  return {
    bytes,
    kind,
    epoch: bytes.readUInt32LE(12),
    sequence: Number(bytes.readBigUInt64LE(16)),
    originId: bytes[24] ?? 0,
    originSequence: Number(bytes.readBigUInt64LE(28)),
    originLogId: Number(bytes.readBigUInt64LE(36)),
    isExpiry: bytes[9] === 5,
    key: bytes.toString("latin1", 44, 64),
    version: kind === PUT ? readVersion(image) : undefined,
  };
}

export function readVersion(image: Buffer): SeenVersion {
  return new ImageVersion(image);
}

/** Every record on every disk is read; few are looked at as a whole. */
class ImageVersion implements SeenVersion {
  readonly token: string;
  readonly lut: bigint;
  readonly generation: number;
  readonly sourceId: number;
  readonly tombstone: boolean;
  readonly #image: Buffer;
  #whole: WholeVersion | undefined;

  constructor(image: Buffer) {
    const keyAt = seenEnd(image) + (image[24] ?? 0);
    this.#image = image;
    this.token = image.toString("latin1", keyAt, keyAt + image.readUInt16LE(25));
    this.lut = image.readBigUInt64LE(12);
    this.generation = image.readUInt32LE(8);
    this.sourceId = image[6] ?? 0;
    this.tombstone = ((image[5] ?? 0) & 1) === 1;
  }

  get whole(): RecordVersion {
    this.#whole ??= new WholeVersion(this, this.#image);
    return this.#whole;
  }
}

class WholeVersion implements RecordVersion {
  readonly lut: bigint;
  readonly generation: number;
  readonly sourceId: number;
  readonly tombstone: boolean;
  readonly voidTime: number;
  readonly seen: readonly SeenField[];
  readonly #image: Buffer;

  constructor({ lut, generation, sourceId, tombstone }: SeenVersion, image: Buffer) {
    this.lut = lut;
    this.generation = generation;
    this.sourceId = sourceId;
    this.tombstone = tombstone;
    this.voidTime = image.readUInt32LE(20);
    const seen: SeenField[] = [];
    for (let at = fixedBytes(image); at < seenEnd(image); at += SEEN_BYTES) {
      seen.push({ sourceId: image[at] ?? 0, lut: image.readBigUInt64LE(at + 1) });
    }
    this.seen = seen;
    this.#image = image;
  }

  /** All but `seen`, as it is: no two contents have one hash. */
  get contentHash(): string {
    const parts = [this.#image.subarray(5, 6), this.#image.subarray(20, 24)];
    if (fixedBytes(this.#image) === STAMPED_FIXED_BYTES) parts.push(this.#image.subarray(27, 44));
    return Buffer.concat([...parts, this.#image.subarray(seenEnd(this.#image))]).toString("hex");
  }
}

function fixedBytes(image: Buffer): number {
  return image[4] === 2 ? STAMPED_FIXED_BYTES : IMAGE_FIXED_BYTES;
}

function seenEnd(image: Buffer): number {
  return fixedBytes(image) + SEEN_BYTES * (image[7] ?? 0);
}

/** One node's copies of all slots. */
export class NodeCopies {
  readonly slots = new Map<number, SlotCopy>();

  slot(slot: number): SlotCopy {
    let copy = this.slots.get(slot);
    if (copy === undefined) {
      copy = { base: 0, entries: [], records: new Map(), positions: new Map() };
      this.slots.set(slot, copy);
    }
    return copy;
  }

  /** Last sequence on disk. */
  last(slot: number): number {
    const copy = this.slots.get(slot);
    return copy === undefined ? 0 : copy.base + copy.entries.length;
  }

  entry(slot: number, sequence: number): SeenEntry | undefined {
    const copy = this.slots.get(slot);
    return copy?.entries[sequence - copy.base - 1];
  }

  /** Takes in a group that is on disk; returns the slots that it touched, and its entries. */
  take(group: StorageGroup): {
    readonly touched: ReadonlySet<number>;
    readonly entries: readonly SlotEntry[];
  } {
    const touched = new Set<number>();
    const entries: SlotEntry[] = [];
    for (const slot of group.clear ?? []) this.slots.delete(slot);
    for (const { slot, sequence } of group.truncate ?? []) {
      touched.add(slot);
      this.#truncate(this.slot(slot), sequence);
    }
    for (const { slot, state } of group.install ?? []) {
      touched.add(slot);
      const copy = this.slot(slot);
      copy.base = state.sequence;
      copy.entries.length = 0;
      copy.positions.clear();
      for (const { originId, originLogId, sequence } of state.applied) {
        copy.positions.set(originId, { logId: originLogId, sequence });
      }
    }
    for (const { slot, digest, image } of group.records ?? []) {
      touched.add(slot);
      const { records } = this.slot(slot);
      const key = digest.toString("latin1", 0, 20);
      if (image === undefined) records.delete(key);
      else records.set(key, readVersion(Buffer.from(image)));
    }
    for (const { slot, bytes } of group.entries ?? []) {
      touched.add(slot);
      const entry = readEntry(Buffer.from(bytes));
      this.append(slot, entry);
      entries.push({ slot, entry });
    }
    return { touched, entries };
  }

  append(slot: number, entry: SeenEntry): void {
    const copy = this.slot(slot);
    copy.entries.push(entry);
    if (entry.kind === PUT && entry.version !== undefined) copy.records.set(entry.key, entry.version);
    else if (entry.kind === REMOVE) copy.records.delete(entry.key);
    if (entry.originId !== 0) {
      copy.positions.set(entry.originId, { logId: entry.originLogId, sequence: entry.originSequence });
    }
  }

  #truncate(copy: SlotCopy, sequence: number): void {
    copy.entries.length = Math.max(0, sequence - copy.base);
    // As the log's rest says; what it does not say any more has been said by an earlier state.
    for (const [originId, position] of copy.positions) {
      const last = copy.entries.findLast((entry) => entry.originId === originId);
      if (last !== undefined) {
        copy.positions.set(originId, { logId: last.originLogId, sequence: last.originSequence });
      } else if (position.sequence > 0) copy.positions.delete(originId);
    }
  }
}
