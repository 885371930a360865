/**
 * A record's image as a map of bins (common/version/bins.ts), and back: the only place that makes images of
 * format 2. Equal records have equal bytes: bins are sorted by name, and each fact is told in one way only.
 *
 * Stamps, one for each live bin in the order of the bins, then one for each dead bin in the order of names:
 *
 *   dead bins begin with u8 length, name; then
 *   u8 source id, u64 LUT (little-endian) of the write that gave the value, or took it
 *   u8 which write changed last how long it lives, as long as the record unless it says otherwise: 0 the
 *      record's last one; 2 the one that gave the value, or took it; 1 another one, or another void time:
 *      they follow, u8 source id, u64 LUT, of a live bin u32 void time
 *
 * An image of format 1 is that of a write which gave all its bins, in place of whatever was there: the whole
 * version wins or loses, as it did where it was made.
 */
import { MeridianError } from "../common/errors.ts";
import {
  type BinEntry,
  type BinRecord,
  compareStamps,
  expireBins,
  type Stamp,
} from "../common/version/bins.ts";
import { encodeImage, RecordImage } from "./record.ts";

const STAMP_BYTES = 9;
const OP_HEADER_BYTES = 8;
const LIFE_OF_RECORD = 0;
const LIFE_OWN = 1;
const LIFE_OF_VALUE = 2;
/** Of one bin's stamp, at most: name with its length, two stamps, mode, void time. */
const BIN_STAMP_BYTES_MAX = 256 + 2 * STAMP_BYTES + 1 + 4;

/** Bins of a region by name, one character a byte. Throws RECORD_CORRUPT when it is no such region. */
export function binsByName(region: Buffer, count: number): Map<string, Buffer> {
  const bins = new Map<string, Buffer>();
  let offset = 0;
  for (let index = 0; index < count; index++) {
    const end = offset + OP_HEADER_BYTES <= region.length ? offset + 4 + region.readUInt32BE(offset) : 0;
    const nameEnd = offset + OP_HEADER_BYTES + (region[offset + 7] ?? 0);
    if (end < nameEnd || end > region.length) throw broken("a bin is cut off");
    bins.set(region.toString("latin1", offset + OP_HEADER_BYTES, nameEnd), region.subarray(offset, end));
    offset = end;
  }
  if (offset !== region.length || bins.size !== count) throw broken("its bins are not what it says");
  return bins;
}

/** Names as an entry has them (`u8 length, name` repeated); undefined: it names none. */
export function namesOf(bytes: Buffer): Set<string> | undefined {
  if (bytes.length === 0) return undefined;
  const names = new Set<string>();
  for (let at = 0; at < bytes.length; at += 1 + (bytes[at] ?? 0)) {
    names.add(bytes.toString("latin1", at + 1, at + 1 + (bytes[at] ?? 0)));
  }
  return names;
}

/** The same back; empty above what an entry holds. */
export function encodeNames(names: readonly string[]): Buffer {
  const bytes = Buffer.concat(
    names.map((name) => Buffer.from(`${String.fromCharCode(name.length)}${name}`, "latin1")),
  );
  return bytes.length > 0xffff ? Buffer.alloc(0) : bytes;
}

/** An image as a map of bins. Throws RECORD_CORRUPT when its bins or stamps are not what it says. */
export function binRecordOf(image: RecordImage): BinRecord {
  const { generation, lut, sourceId, seen, setName, userKey, voidTime, stamped } = image;
  const live = binsByName(image.bins, image.binCount);
  const own: Stamp = { lut, sourceId };
  const head = { generation, ...own, seen, setName, userKey };
  if (stamped === undefined) {
    const bins = new Map<string, BinEntry>();
    for (const [name, value] of live) bins.set(name, { ...own, life: own, voidTime, value });
    return { ...head, floor: own, bins };
  }
  try {
    const bins = readStamps(Buffer.from(stamped.stamps), stamped.deadCount, live, own, voidTime);
    return { ...head, floor: stamped.floor, bins };
  } catch (error) {
    if (error instanceof RangeError) throw broken("its stamps are cut off");
    throw error;
  }
}

function readStamps(
  stamps: Buffer,
  deadCount: number,
  live: ReadonlyMap<string, Buffer>,
  own: Stamp,
  voidTime: number,
): Map<string, BinEntry> {
  const bins = new Map<string, BinEntry>();
  let offset = 0;
  const readStamp = (): Stamp => {
    const stamp = { sourceId: stamps.readUInt8(offset), lut: stamps.readBigUInt64LE(offset + 1) };
    offset += STAMP_BYTES;
    return stamp;
  };
  const readEntry = (name: string, value: Buffer | undefined): void => {
    const stamp = readStamp();
    const mode = stamps.readUInt8(offset++);
    if (mode > LIFE_OF_VALUE) throw broken(`a stamp of kind ${mode}`);
    const life = mode === LIFE_OWN ? readStamp() : mode === LIFE_OF_RECORD ? own : stamp;
    const lives = mode === LIFE_OWN && value !== undefined;
    const until = lives ? stamps.readUInt32LE(offset) : voidTime;
    if (lives) offset += 4;
    bins.set(name, { ...stamp, life, voidTime: value === undefined ? 0 : until, value });
  };
  for (const [name, value] of live) readEntry(name, value);
  for (let index = 0; index < deadCount; index++) {
    const length = stamps.readUInt8(offset);
    const name = stamps.toString("latin1", offset + 1, offset + 1 + length);
    offset += 1 + length;
    readEntry(name, undefined);
  }
  if (offset !== stamps.length || bins.size !== live.size + deadCount) throw broken("its stamps do not fit");
  return bins;
}

/** The image of a map of bins. */
export function encodeBinRecord(record: BinRecord): Buffer {
  const { generation, lut, sourceId, seen, setName, userKey, floor } = record;
  const names = [...record.bins.keys()].toSorted(byBytes);
  const live: [name: string, entry: BinEntry, value: Buffer][] = [];
  const dead: [name: string, entry: BinEntry][] = [];
  for (const name of names) {
    const entry = record.bins.get(name);
    if (entry?.value !== undefined) live.push([name, entry, entry.value]);
    else if (entry !== undefined) dead.push([name, entry]);
  }
  const voidTimes = live.map(([, entry]) => entry.voidTime);
  const voidTime = voidTimes.includes(0) ? 0 : voidTimes.reduce((latest, one) => Math.max(latest, one), 0);
  const stamps = Buffer.allocUnsafe(record.bins.size * BIN_STAMP_BYTES_MAX);
  let at = 0;
  const writeStamp = (stamp: Stamp): void => {
    stamps[at] = stamp.sourceId;
    stamps.writeBigUInt64LE(stamp.lut, at + 1);
    at += STAMP_BYTES;
  };
  for (const [, entry] of live) {
    writeStamp(entry);
    const mode = entry.voidTime === voidTime ? lifeOf(entry, record) : LIFE_OWN;
    stamps[at++] = mode;
    if (mode !== LIFE_OWN) continue;
    writeStamp(entry.life);
    at = stamps.writeUInt32LE(entry.voidTime, at);
  }
  for (const [name, entry] of dead) {
    stamps[at] = name.length;
    at += 1 + stamps.write(name, at + 1, "latin1");
    writeStamp(entry);
    const mode = lifeOf(entry, record);
    stamps[at++] = mode;
    if (mode === LIFE_OWN) writeStamp(entry.life);
  }
  return encodeImage({
    ...{ generation, lut, sourceId, seen, setName, userKey, voidTime },
    tombstone: live.length === 0,
    binCount: live.length,
    bins: Buffer.concat(live.map(([, , value]) => value)),
    stamped: {
      floor,
      deadCount: dead.length,
      stamps: stamps.subarray(0, at),
      mixedLives: voidTimes.some((one) => one !== voidTime),
    },
  });
}

function lifeOf(entry: BinEntry, record: Stamp): number {
  if (compareStamps(entry.life, record) === 0) return LIFE_OF_RECORD;
  return compareStamps(entry.life, entry) === 0 ? LIFE_OF_VALUE : LIFE_OWN;
}

/** The image as it is for who looks at `nowVoidTime`: without the bins that have expired before it does. */
export function withoutExpired(image: RecordImage, nowVoidTime: number): RecordImage {
  if (!image.hasMixedLives || image.isGone(nowVoidTime)) return image;
  const record = binRecordOf(image);
  const lives = expireBins(record, nowVoidTime);
  return lives === record ? image : new RecordImage(encodeBinRecord(lives));
}

/** When the first of its bins expires; 0: none ever does. */
export function earliestVoidTime(image: RecordImage): number {
  if (!image.hasMixedLives) return image.voidTime;
  let earliest = 0;
  for (const { voidTime } of binRecordOf(image).bins.values()) {
    if (voidTime !== 0 && (earliest === 0 || voidTime < earliest)) earliest = voidTime;
  }
  return earliest;
}

function byBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function broken(why: string): MeridianError {
  return new MeridianError("RECORD_CORRUPT", `record image is broken: ${why}`);
}
