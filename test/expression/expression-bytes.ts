/** Writes filter expressions byte by byte, and records to evaluate them on. */
import type { ExpressionRecord, StoredBin } from "../../common/expression/record.ts";

/** A part of an expression, as its bytes. */
export type Part = Buffer;

export function code(value: number): Part {
  return Buffer.of(value);
}

export function int(value: number | bigint): Part {
  const bytes = Buffer.alloc(9, 0xd3);
  bytes.writeBigInt64BE(BigInt(value), 1);
  return bytes;
}

export function float(value: number): Part {
  const bytes = Buffer.alloc(9, 0xcb);
  bytes.writeDoubleBE(value, 1);
  return bytes;
}

export function bool(value: boolean): Part {
  return Buffer.of(value ? 0xc3 : 0xc2);
}

export const NIL: Part = Buffer.of(0xc0);

/** Names of bins and variables, and patterns. */
export function raw(text: string | Uint8Array): Part {
  const bytes = Buffer.from(text);
  const head = Buffer.of(0xda, 0, 0);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

export function str(text: string): Part {
  return raw(Buffer.concat([Buffer.of(3), Buffer.from(text)]));
}

export function blob(...bytes: number[]): Part {
  return raw(Buffer.of(4, ...bytes));
}

export function array(...parts: readonly Part[]): Part {
  const head = Buffer.of(0xdc, 0, 0);
  head.writeUInt16BE(parts.length, 1);
  return Buffer.concat([head, ...parts]);
}

export function map(...entries: readonly (readonly [Part, Part])[]): Part {
  return Buffer.concat([Buffer.of(0x80 + entries.length), ...entries.flat()]);
}

/** `[operation, …]`. */
export function op(operation: number, ...args: readonly Part[]): Part {
  return array(code(operation), ...args);
}

export function list(...items: readonly Part[]): Part {
  return op(126, array(...items));
}

const TYPES = ["nil", "bool", "int", "string", "list", "map", "blob", "float", "geojson", "hll"];

export function bin(type: string, name: string): Part {
  return op(81, code(TYPES.indexOf(type)), raw(name));
}

export const UNKNOWN: Part = op(0);

const PARTICLES: Readonly<Record<string, number>> = {
  ...{ int: 1, float: 2, string: 3, blob: 4, bool: 17, hll: 18, map: 19, list: 20, geojson: 23 },
};

/** A bin's value: of lists and maps their msgpack. */
export function stored(type: string, value: Buffer): StoredBin {
  return { particle: PARTICLES[type] ?? 4, bytes: value, start: 0, end: value.length };
}

export function storedInt(value: number | bigint): StoredBin {
  return stored("int", int(value).subarray(1));
}

export interface RecordGiven extends Partial<Omit<ExpressionRecord, "bin">> {
  readonly bins?: Readonly<Record<string, StoredBin>>;
}

export function record({ bins = {}, ...given }: RecordGiven = {}): ExpressionRecord {
  return {
    digest: Buffer.alloc(20, 1),
    setName: Buffer.from("demo"),
    userKey: Buffer.alloc(0),
    writtenMs: 1_700_000_000_000,
    expirySeconds: 0,
    tombstone: false,
    sizeBytes: 100,
    ...given,
    bin: (name) => bins[name.toString("latin1")],
  };
}
