/**
 * A record's version: which write made it. Pure data, no clock, no bytes.
 *
 * LUT (last-update time) is a hybrid timestamp: milliseconds since the Unix epoch in the upper 48
 * bits, a counter in the lower 16. It is a bigint, since it does not fit a double.
 */
export type Lut = bigint;

/** Source id of a datacenter, 1 to 255. */
export type SourceId = number;

/** One field of `seen`: the highest LUT of `sourceId` that a record descends from. */
export interface Seen {
  readonly sourceId: SourceId;
  readonly lut: Lut;
}

export interface Version {
  /** 1 at the first write, +1 a write, continues through tombstones, never wraps (u32). */
  readonly generation: number;
  readonly lut: Lut;
  readonly sourceId: SourceId;
  /** Seconds since 2010-01-01 UTC, 0 = never expires. */
  readonly voidTime: number;
  readonly tombstone: boolean;
  /** Sorted by source id, one field a datacenter that ever wrote the record; includes the own LUT. */
  readonly seen: readonly Seen[];
}

/** Seconds between the Unix epoch and 2010-01-01 UTC, the zero of void times. */
export const VOID_TIME_EPOCH_SECONDS = 1_262_304_000;

export const LUT_COUNTER_BITS = 16n;

/** A LUT from milliseconds since the Unix epoch and a counter of 0 to 65535. */
export function makeLut(unixMs: number, counter = 0): Lut {
  return (BigInt(unixMs) << LUT_COUNTER_BITS) | BigInt(counter);
}

/** The millisecond part of a LUT. */
export function lutUnixMs(lut: Lut): number {
  return Number(lut >> LUT_COUNTER_BITS);
}

/** The highest LUT in `seen`, 0n when empty. */
export function highestSeen(seen: readonly Seen[]): Lut {
  let highest = 0n;
  for (const field of seen) if (field.lut > highest) highest = field.lut;
  return highest;
}

/** The LUT that `seen` holds for a source id, 0n when it never wrote. */
export function seenLut(seen: readonly Seen[], sourceId: SourceId): Lut {
  for (const field of seen) if (field.sourceId === sourceId) return field.lut;
  return 0n;
}

/** Whether something with this `seen` descends from (or is) the write (sourceId, lut). */
export function covers(seen: readonly Seen[], version: { sourceId: SourceId; lut: Lut }): boolean {
  return seenLut(seen, version.sourceId) >= version.lut;
}

/** The least upper bound: per source id the higher LUT. Returns `a` itself when `b` adds nothing. */
export function joinSeen(a: readonly Seen[], b: readonly Seen[]): readonly Seen[] {
  let joined: Seen[] | undefined;
  for (const field of b) {
    if (seenLut(joined ?? a, field.sourceId) >= field.lut) continue;
    joined ??= [...a];
    const index = joined.findIndex((own) => own.sourceId === field.sourceId);
    if (index < 0) joined.push(field);
    else joined[index] = field;
  }
  if (joined === undefined) return a;
  return joined.sort((left, right) => left.sourceId - right.sourceId);
}

/** `seen` after a write of `sourceId` with `lut`: its field replaced, the rest kept. */
export function seenAfterWrite(seen: readonly Seen[], sourceId: SourceId, lut: Lut): readonly Seen[] {
  return joinSeen(seen, [{ sourceId, lut }]);
}
