/**
 * Values of filter expressions, and their order. Pure. Strings stay bytes, as they are compared by bytes;
 * integers are bigints, as all 64 bits count.
 */
import type { ValueBuilder } from "../msgpack/value-builder.ts";

/** By their codes in expressions; this is their order as well, apart from HLL, which has no place in it. */
export const TYPES = [
  "nil",
  "bool",
  "int",
  "string",
  "list",
  "map",
  "blob",
  "float",
  "geojson",
  "hll",
] as const;

export type ValueType = (typeof TYPES)[number];

export interface Text {
  readonly type: "string" | "blob" | "geojson" | "hll";
  readonly bytes: Buffer;
  /** The byte before it, inside of lists, maps and expressions: its particle type, where there is one. */
  readonly particle: number;
}

export interface List {
  readonly type: "list";
  readonly items: readonly Value[];
  readonly weight: number;
  /** Its msgpack, if a bin has it. */
  readonly stored?: Buffer;
}

export interface Entries {
  readonly type: "map";
  /** Ordered by key. */
  readonly entries: readonly (readonly [key: Value, value: Value])[];
  readonly weight: number;
  readonly stored?: Buffer;
}

export type Value = null | boolean | bigint | number | Text | List | Entries;

export function typeOf(value: Value): ValueType {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    default:
      return value === null ? "nil" : value.type;
  }
}

const RANKS = new Map(TYPES.map((type, rank) => [type, rank]));

/**
 * Below 0, 0 or above it, as Aerospike orders values: by type, lists by their first difference and then by
 * length, maps by their number of entries first. NaN is below all other floats, so that it is an order.
 */
export function compareValues(a: Value, b: Value): number {
  const [one, other] = [typeOf(a), typeOf(b)];
  if (one !== other) return (RANKS.get(one) ?? 0) - (RANKS.get(other) ?? 0);
  if (typeof a === "number" && typeof b === "number") return compareFloats(a, b);
  if (typeof a === "bigint" && typeof b === "bigint") return compareOrdered(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  if (isList(a) && isList(b)) return compareItems(a.items, b.items);
  if (isMap(a) && isMap(b)) {
    return a.entries.length - b.entries.length || compareItems(a.entries.flat(), b.entries.flat());
  }
  return isText(a) && isText(b) ? Buffer.compare(a.bytes, b.bytes) : 0;
}

function compareFloats(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return compareOrdered(a, b);
}

function compareOrdered<Ordered extends bigint | number>(a: Ordered, b: Ordered): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareItems(a: readonly Value[], b: readonly Value[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const order = compareValues(a[index] ?? null, b[index] ?? null);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** What comparing with the value takes at most: about one for each value in it, and for 16 bytes. */
export function weightOf(value: Value): number {
  if (isText(value)) return 1 + value.bytes.length / 16;
  return isList(value) || isMap(value) ? value.weight : 1;
}

function weightOfAll(values: readonly Value[]): number {
  return values.reduce<number>((sum, value) => sum + weightOf(value), 1);
}

export function isList(value: Value): value is List {
  return typeof value === "object" && value?.type === "list";
}

export function isMap(value: Value): value is Entries {
  return typeof value === "object" && value?.type === "map";
}

export function isText(value: Value): value is Text {
  return value !== null && typeof value === "object" && value.type !== "list" && value.type !== "map";
}

function textOf(type: Text["type"], bytes: Buffer, start: number, end: number): Text {
  return { type, bytes: bytes.subarray(start, end), particle: bytes[start - 1] ?? 0 };
}

/** Makes values of msgpack, without copying what is text. */
export const VALUE_BUILDER: ValueBuilder<Value> = {
  nothing: () => null,
  bool: (value) => value,
  int: (value) => BigInt(value),
  wide: (high, low) => (BigInt(high) << 32n) | BigInt(low),
  float: (value) => value,
  text: (bytes, start, end) => textOf("string", bytes, start, end),
  geojson: (bytes, start, end) => textOf("geojson", bytes, start, end),
  blob: (bytes, start, end) => textOf("blob", bytes, start, end),
  hll: (bytes, start, end) => textOf("hll", bytes, start, end),
  list: (items) => ({ type: "list", items, weight: weightOfAll(items) }),
  map: (items) => {
    const entries: [Value, Value][] = [];
    for (let at = 0; at < items.length; at += 2) entries.push([items[at] ?? null, items[at + 1] ?? null]);
    entries.sort(([a], [b]) => compareValues(a, b));
    return { type: "map", entries, weight: weightOfAll(items) };
  },
};
