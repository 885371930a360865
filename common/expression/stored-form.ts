/**
 * A value as it is stored in a bin: particle type and bytes. A list or map that was read from a bin is what
 * it was there, with its order; one of an expression is unordered. Pure.
 */
import { isList, isMap, isText, type Value } from "./values.ts";

export interface StoredForm {
  readonly particle: number;
  readonly bytes: Buffer;
}

const PARTICLES = { string: 3, blob: 4, hll: 18, geojson: 23 } as const;
const MAP = 19;
const LIST = 20;
/** Flags and the number of cells before the text: none. */
const GEOJSON_HEADER = Buffer.alloc(3);

/** Undefined of nil: it is no value of a bin. */
export function storedForm(value: Value): StoredForm | undefined {
  if (value === null) return undefined;
  if (typeof value === "boolean") return { particle: 17, bytes: Buffer.of(Number(value)) };
  if (typeof value === "bigint") return { particle: 1, bytes: integer(value) };
  if (typeof value === "number") return { particle: 2, bytes: float(value) };
  if (isList(value)) return { particle: LIST, bytes: value.stored ?? msgpack(value) };
  if (isMap(value)) return { particle: MAP, bytes: value.stored ?? msgpack(value) };
  const bytes = value.type === "geojson" ? Buffer.concat([GEOJSON_HEADER, value.bytes]) : value.bytes;
  return { particle: PARTICLES[value.type], bytes };
}

function integer(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function float(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

function msgpack(value: Value): Buffer {
  const parts: Buffer[] = [];
  write(parts, value);
  return Buffer.concat(parts);
}

function write(parts: Buffer[], value: Value): void {
  if (value === null) parts.push(Buffer.of(0xc0));
  else if (typeof value === "boolean") parts.push(Buffer.of(value ? 0xc3 : 0xc2));
  else if (typeof value === "bigint") parts.push(Buffer.of(0xd3), integer(value));
  else if (typeof value === "number") parts.push(Buffer.of(0xcb), float(value));
  else if (isList(value)) {
    parts.push(head(0xdd, value.items.length));
    for (const item of value.items) write(parts, item);
  } else if (isMap(value)) {
    parts.push(head(0xdf, value.entries.length));
    for (const [key, one] of value.entries) {
      write(parts, key);
      write(parts, one);
    }
  } else if (isText(value)) {
    parts.push(head(0xdb, value.bytes.length + 1), Buffer.of(PARTICLES[value.type]), value.bytes);
  }
}

/** A type whose length has 32 bits. */
function head(type: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(5);
  bytes[0] = type;
  bytes.writeUInt32BE(length, 1);
  return bytes;
}
