/**
 * Bins as JSON, from the bytes of a record's image, without an object in between: integers of 64 bits
 * keep all their digits.
 */
import { MeridianError } from "../../common/errors.ts";
import { msgpackToJson, number } from "./msgpack-json.ts";

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

/** A bin's name and type as JSON could quote them, and its value as JSON text. */
export type OnBin = (name: string, type: string, value: string) => void;

/**
 * Calls `onBin` for every bin of a region in the client protocol's op layout. A list, map or GeoJSON that
 * a client wrote broken is told as the blob that it is: one such record must not end a feed.
 */
export function eachBin(region: Buffer, onBin: OnBin): void {
  let at = 0;
  while (at + OP_HEADER_BYTES <= region.length) {
    const end = at + 4 + region.readUInt32BE(at);
    const particle = region[at + 5] as number;
    const nameEnd = at + OP_HEADER_BYTES + (region[at + 7] as number);
    const name = region.toString("utf8", at + OP_HEADER_BYTES, nameEnd);
    const value = particleToJson(particle, region, nameEnd, end);
    if (value === undefined) onBin(name, "blob", base64(region, nameEnd, end));
    else onBin(name, TYPES[particle] ?? "blob", value);
    at = end;
  }
}

/** A user key (particle type and value); null when the client sent none. */
export function userKeyToJson(key: Buffer): string {
  if (key.length === 0) return "null";
  return particleToJson(key[0] as number, key, 1, key.length) ?? base64(key, 1, key.length);
}

/** Undefined: what is there is not what its type says. */
function particleToJson(particle: number, bytes: Buffer, start: number, end: number): string | undefined {
  switch (particle) {
    case 1:
      return integer(bytes, start, end);
    case 2:
      return end - start === 8 ? number(bytes.readDoubleBE(start)) : undefined;
    case 3:
      return JSON.stringify(bytes.toString("utf8", start, end));
    case 17:
      return bytes[start] === 0 ? "false" : "true";
    case 19:
    case 20:
      return collection(bytes, start, end);
    case 23:
      return geojson(bytes, start, end);
    default:
      return base64(bytes, start, end);
  }
}

function collection(bytes: Buffer, start: number, end: number): string | undefined {
  try {
    return msgpackToJson(bytes, start, end);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "RECORD_CORRUPT") return undefined;
    throw error;
  }
}

function base64(bytes: Buffer, start: number, end: number): string {
  return `"${bytes.toString("base64", start, end)}"`;
}

function integer(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start !== 8) return undefined;
  const high = bytes.readInt32BE(start);
  // Within what a number holds exactly, which is most of them.
  if (high >= -0x100000 && high < 0x100000)
    return String(high * 4_294_967_296 + bytes.readUInt32BE(start + 4));
  return String(bytes.readBigInt64BE(start));
}

/** Flags and cells come before the text: one byte, a count, eight bytes for each cell. */
function geojson(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start < GEOJSON_HEADER_BYTES) return undefined;
  const text = start + GEOJSON_HEADER_BYTES + 8 * bytes.readUInt16BE(start + 1);
  return text > end ? undefined : JSON.stringify(bytes.toString("utf8", text, end));
}
