/**
 * Convergence by bins (`conflict-resolve-writes`): a record as a map of bins, each with the stamp of the
 * write that gave it its value, and the join of two such records. Pure.
 *
 * Must guarantee: `joinRecords` is a join, commutative, associative and idempotent, so that datacenters which
 * have exchanged everything hold equal records whatever the order, number and grouping of arrivals. It is
 * one because every part of it takes the greater of two by a total order: of each bin the greater entry, of
 * the floors the greater one, of the versions the winner by THE order (order.ts); and what lies below a floor
 * lies below every greater one.
 */
import { type ConflictPolicy, compareVersions } from "./order.ts";
import { covers, joinSeen, type Lut, type Seen, type SourceId } from "./version.ts";

/** Names one write of a record. */
export interface Stamp {
  readonly lut: Lut;
  readonly sourceId: SourceId;
}

/** Before every write. */
const NO_STAMP: Stamp = { lut: 0n, sourceId: 0 };

/** One bin, live or dead. What is dead is kept: an older value that arrives late must meet it. */
export interface BinEntry extends Stamp {
  /** The write that changed last how long the bin lives: every write may, of all bins that it leaves. */
  readonly life: Stamp;
  /** Seconds since 2010-01-01 UTC, 0 = never expires; 0 of a dead bin. */
  readonly voidTime: number;
  /** The bin in its encoded form, name included; undefined: it was deleted, or has expired. */
  readonly value: Buffer | undefined;
}

export interface BinRecord extends Stamp {
  readonly generation: number;
  readonly seen: readonly Seen[];
  readonly setName: Uint8Array;
  readonly userKey: Uint8Array;
  /** The last write that replaced the record as a whole, or deleted it: all bins are as new, or newer. */
  readonly floor: Stamp;
  /** By name, one character a byte; in no order. */
  readonly bins: ReadonlyMap<string, BinEntry>;
}

export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.lut !== b.lut) return a.lut < b.lut ? -1 : 1;
  return a.sourceId - b.sourceId;
}

/**
 * The total order of a bin's entries: the later value; of one value the later life; of one life the expired
 * bin, which whoever holds the live one comes to as well. Content last, for two writes of one stamp.
 */
export function compareEntries(a: BinEntry, b: BinEntry): number {
  return (
    compareStamps(a, b) ||
    compareStamps(a.life, b.life) ||
    Number(a.value === undefined) - Number(b.value === undefined) ||
    Buffer.compare(a.value ?? NOTHING, b.value ?? NOTHING) ||
    a.voidTime - b.voidTime
  );
}

const NOTHING = Buffer.alloc(0);

/** The join: nothing of either that is not older than what the other has of the same bin is lost. */
export function joinRecords(policy: ConflictPolicy, a: BinRecord, b: BinRecord): BinRecord {
  const floor = compareStamps(a.floor, b.floor) < 0 ? b.floor : a.floor;
  const bins = new Map<string, BinEntry>();
  for (const { bins: entries } of [a, b]) {
    for (const [name, entry] of entries) {
      const other = bins.get(name);
      if (compareStamps(entry, floor) < 0) continue;
      if (other === undefined || compareEntries(entry, other) > 0) bins.set(name, entry);
    }
  }
  const winner = compareVersions(policy, ordered(a), ordered(b)) < 0 ? b : a;
  const { generation, lut, sourceId, setName, userKey } = winner;
  return { generation, lut, sourceId, setName, userKey, seen: joinSeen(a.seen, b.seen), floor, bins };
}

function ordered({ generation, lut, sourceId, setName, userKey }: BinRecord) {
  return { generation, lut, sourceId, contentHash: () => Buffer.concat([setName, userKey]) };
}

/** What a local write makes of a record. */
export interface BinWrite extends Stamp {
  readonly generation: number;
  readonly seen: readonly Seen[];
  readonly setName: Uint8Array;
  readonly userKey: Uint8Array;
  readonly voidTime: number;
  /** Bins of the record after the write, by name. */
  readonly live: ReadonlyMap<string, Buffer>;
  /** Names that the write named; undefined: all of `live`. */
  readonly named: ReadonlySet<string> | undefined;
  /** It replaces or deletes the record as a whole: bins that it has not seen go, too. */
  readonly isWhole: boolean;
}

/**
 * The record after a local write: bins that it names, and those that it drops, get its stamp, the others keep
 * theirs; all that live get the void time that it gives. So a write has changed the bins whose stamp, or
 * whose life, is its own.
 */
export function writtenRecord(before: BinRecord | undefined, write: BinWrite): BinRecord {
  const { lut, sourceId, generation, seen, setName, userKey, voidTime, live, named, isWhole } = write;
  const stamp = { lut, sourceId };
  const bins = new Map<string, BinEntry>();
  for (const [name, value] of live) {
    const old = before?.bins.get(name);
    const isKept = !isWhole && named !== undefined && !named.has(name) && old?.value !== undefined;
    const made = isKept ? { lut: old.lut, sourceId: old.sourceId } : stamp;
    // A bin that neither the value nor the life changes of stays what it is, in all datacenters.
    const life = isKept && old.voidTime === voidTime ? old.life : stamp;
    bins.set(name, { ...made, life, voidTime, value });
  }
  const dead = { ...stamp, life: stamp, voidTime: 0, value: undefined };
  if (!isWhole) {
    for (const [name, entry] of before?.bins ?? []) {
      if (!bins.has(name)) bins.set(name, entry.value === undefined && !named?.has(name) ? entry : dead);
    }
    // Also the delete of a bin that is not there: it may be there elsewhere.
    for (const name of named ?? []) if (!bins.has(name)) bins.set(name, dead);
  }
  const floor = isWhole ? stamp : (before?.floor ?? NO_STAMP);
  return { ...stamp, generation, seen, setName, userKey, floor, bins };
}

/** The record with the bins dead that have expired at `nowVoidTime`; itself when none has. */
export function expireBins(record: BinRecord, nowVoidTime: number): BinRecord {
  let bins: Map<string, BinEntry> | undefined;
  for (const [name, entry] of record.bins) {
    if (entry.value === undefined || entry.voidTime === 0 || entry.voidTime > nowVoidTime) continue;
    bins ??= new Map(record.bins);
    bins.set(name, { ...entry, voidTime: 0, value: undefined });
  }
  return bins === undefined ? record : { ...record, bins };
}

/** What one of two concurrent records lost to the other. */
export interface BinLoss {
  /** Names of the bins of which its value, or its delete, does not stand. */
  readonly names: readonly string[];
  /** By how much the nearest of them lost, as LUTs; 0: by source id. */
  readonly margin: Lut;
}

/**
 * What `own` loses by a join with `other`: bins whose entry goes although the other had not seen it. What the
 * other had seen is overwritten, and no loss. Undefined: nothing.
 */
export function lostTo(other: BinRecord, own: BinRecord): BinLoss | undefined {
  const names: string[] = [];
  let margin: Lut | undefined;
  for (const [name, entry] of own.bins) {
    const rival = other.bins.get(name);
    const isBelow = compareStamps(entry, other.floor) < 0;
    const loses = isBelow || (rival !== undefined && compareStamps(entry, rival) < 0);
    // A dead bin that goes below a floor is as dead as before.
    if (!loses || covers(other.seen, entry) || (isBelow && entry.value === undefined)) continue;
    const winner = rival !== undefined && compareStamps(rival, other.floor) > 0 ? rival : other.floor;
    names.push(name);
    const by = winner.lut - entry.lut;
    if (margin === undefined || by < margin) margin = by;
  }
  return margin === undefined ? undefined : { names: names.toSorted(), margin };
}

/** Whether its last write deleted the record as a whole. */
export function isDelete({ floor, bins, lut, sourceId }: BinRecord): boolean {
  return bins.size === 0 && compareStamps(floor, { lut, sourceId }) === 0;
}
