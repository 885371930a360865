/** A stored value as an expression sees it: by its particle type. Pure. */
import { MeridianError } from "../errors.ts";
import { readMsgpack } from "../msgpack/read-msgpack.ts";
import type { StoredBin } from "./record.ts";
import { type Text, type Value, VALUE_BUILDER, type ValueType } from "./values.ts";

/** Particle types of the client protocol by what expressions call them; all others are blobs. */
const PARTICLES: Readonly<Record<number, ValueType>> = {
  1: "int",
  2: "float",
  3: "string",
  17: "bool",
  18: "hll",
  19: "map",
  20: "list",
  23: "geojson",
};
const GEOJSON_HEADER_BYTES = 3;

/** Bytes that a list or map is read from; of other values nothing is read but what is there. */
export function readingWork({ particle, start, end }: StoredBin): number {
  return particle === 19 || particle === 20 ? end - start : 0;
}

/** Undefined when it is of another type, or not what its type says. */
export function storedValue(bin: StoredBin, type: ValueType): Value | undefined {
  const { particle, bytes, start, end } = bin;
  if ((PARTICLES[particle] ?? "blob") !== type) return undefined;
  switch (type) {
    case "int":
      return end - start === 8 ? bytes.readBigInt64BE(start) : undefined;
    case "float":
      return end - start === 8 ? bytes.readDoubleBE(start) : undefined;
    case "bool":
      return end - start === 1 ? bytes[start] !== 0 : undefined;
    case "list":
    case "map":
      return collection(bin, type);
    case "geojson":
      return geojson(bin);
    case "string":
    case "hll":
    case "blob":
      return text(type, bytes, start, end, particle);
    default:
      return undefined;
  }
}

function text(type: Text["type"], bytes: Buffer, start: number, end: number, particle: number): Text {
  return { type, bytes: bytes.subarray(start, end), particle };
}

function collection({ bytes, start, end }: StoredBin, type: "list" | "map"): Value | undefined {
  try {
    const value = readMsgpack(VALUE_BUILDER, bytes, start, end);
    if (value === null || typeof value !== "object" || value.type !== type) return undefined;
    return { ...value, stored: bytes.subarray(start, end) };
  } catch (error) {
    // A client may store what is no list: to an expression it is none.
    if (error instanceof MeridianError && error.code === "RECORD_CORRUPT") return undefined;
    throw error;
  }
}

/** Flags and cells come before the text: one byte, a count, eight bytes for each cell. */
function geojson({ bytes, start, end, particle }: StoredBin): Value | undefined {
  if (end - start < GEOJSON_HEADER_BYTES) return undefined;
  const at = start + GEOJSON_HEADER_BYTES + 8 * bytes.readUInt16BE(start + 1);
  return at > end ? undefined : text("geojson", bytes, at, end, particle);
}
