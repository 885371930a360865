/** Bins as values of a format, from the bytes of a record's image, without an object in between. */
import { MeridianError } from "../../common/errors.ts";
import { readMsgpack } from "../../common/msgpack/read-msgpack.ts";
import type { ValueBuilder } from "../../common/msgpack/value-builder.ts";

/** Particle types of the client protocol, and what the outbound connectors call them. */
const TYPES: Readonly<Record<number, string>> = {
  1: "int",
  2: "float",
  3: "str",
  17: "bool",
  18: "hll",
  19: "map",
  20: "list",
  23: "geojson",
};
const OP_HEADER_BYTES = 8;
const GEOJSON_HEADER_BYTES = 3;

/** A bin's name, the name of its type, and its value. */
export type OnBin<Value> = (name: string, type: string, value: Value) => void;

/** Whether a bin is told, by its name; undefined: all are. */
export type BinChoice = ReadonlySet<string> | undefined;

/**
 * Calls `onBin` for every bin of a region in the client protocol's op layout that is chosen. A list, map or
 * GeoJSON that a client wrote broken is told as the blob that it is: one such record must not end a feed.
 */
export function eachBin<Value>(
  build: ValueBuilder<Value>,
  region: Buffer,
  chosen: BinChoice,
  onBin: OnBin<Value>,
): void {
  let at = 0;
  while (at + OP_HEADER_BYTES <= region.length) {
    const end = at + 4 + region.readUInt32BE(at);
    const particle = region[at + 5] as number;
    const nameEnd = at + OP_HEADER_BYTES + (region[at + 7] as number);
    const name = region.toString("utf8", at + OP_HEADER_BYTES, nameEnd);
    at = end;
    if (chosen !== undefined && !chosen.has(name)) continue;
    const value = particleValue(build, particle, region, nameEnd, end);
    if (value === undefined) onBin(name, "blob", build.blob(region, nameEnd, end));
    else onBin(name, TYPES[particle] ?? "blob", value);
  }
}

/** A user key (particle type and value); undefined when the client sent none. */
export function userKeyValue<Value>(build: ValueBuilder<Value>, key: Buffer): Value | undefined {
  if (key.length === 0) return undefined;
  return particleValue(build, key[0] as number, key, 1, key.length) ?? build.blob(key, 1, key.length);
}

/** Undefined: what is there is not what its type says. */
function particleValue<Value>(
  build: ValueBuilder<Value>,
  particle: number,
  bytes: Buffer,
  start: number,
  end: number,
): Value | undefined {
  switch (particle) {
    case 1:
      return end - start === 8
        ? build.wide(bytes.readInt32BE(start), bytes.readUInt32BE(start + 4))
        : undefined;
    case 2:
      return end - start === 8 ? build.float(bytes.readDoubleBE(start)) : undefined;
    case 3:
      return build.text(bytes, start, end);
    case 17:
      return build.bool(bytes[start] !== 0);
    case 18:
      return build.hll(bytes, start, end);
    case 19:
    case 20:
      return collection(build, bytes, start, end);
    case 23:
      return geojson(build, bytes, start, end);
    default:
      return build.blob(bytes, start, end);
  }
}

function collection<Value>(
  build: ValueBuilder<Value>,
  bytes: Buffer,
  start: number,
  end: number,
): Value | undefined {
  try {
    return readMsgpack(build, bytes, start, end);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "RECORD_CORRUPT") return undefined;
    throw error;
  }
}

/** Flags and cells come before the text: one byte, a count, eight bytes for each cell. */
function geojson<Value>(
  build: ValueBuilder<Value>,
  bytes: Buffer,
  start: number,
  end: number,
): Value | undefined {
  if (end - start < GEOJSON_HEADER_BYTES) return undefined;
  const text = start + GEOJSON_HEADER_BYTES + 8 * bytes.readUInt16BE(start + 1);
  return text > end ? undefined : build.geojson(bytes, text, end);
}
