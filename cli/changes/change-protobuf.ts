/** Messages of a feed of format `protobuf` (proto/change.proto), read as the fields of the layout `json`. */
import { meridian } from "../../proto/gen/change.js";
import type { BinValue } from "./change.ts";

type Value = meridian.change.IValue;
type Wide = NonNullable<Value["int"]>;

/** So that one place judges what a message holds. Throws for bytes that are none. */
export function decodeProtobuf(bytes: Uint8Array): object {
  const told = meridian.change.Change.decode(bytes);
  const { msg, namespace, set, digest, userKey, operation, outcome, origin, changed } = told;
  const position = positionOf(told.position ?? {});
  if (msg === "gap") return { msg, namespace, position };
  return {
    msg,
    key: [namespace, set, Buffer.from(digest).toString("base64"), userKey ? valueIn(userKey) : null],
    gen: told.generation,
    lut: integer(told.lastUpdateMs),
    exp: integer(told.expiry),
    ...{ operation, outcome, origin, position },
    ...(changed.length === 0 ? {} : { changed }),
    ...(told.again ? { again: true } : {}),
    ...(told.tooLarge ? { tooLarge: true } : {}),
    ...(msg === "write" && !told.tooLarge ? { bins: binsIn(told.bins) } : {}),
    ...(told.before ? beforeIn(told.before) : {}),
  };
}

function binsIn(bins: readonly meridian.change.IBin[]): object[] {
  return bins.map(({ name, value }) => ({ name, value: valueIn(value ?? {}) }));
}

function beforeIn({ none, tooLarge, ...record }: meridian.change.IBefore): object {
  if (none) return { before: null };
  if (tooLarge) return { beforeTooLarge: true };
  return {
    before: {
      gen: record.generation ?? 0,
      lut: integer(record.lastUpdateMs ?? 0),
      exp: integer(record.expiry ?? 0),
      bins: binsIn(record.bins ?? []),
    },
  };
}

function positionOf({ log, partition, from, sequence, ...source }: meridian.change.IPosition): object {
  return {
    log: integer(log ?? 0),
    partition: partition ?? 0,
    from: integer(from ?? 0),
    sequence: integer(sequence ?? 0),
    ...(integer(source.originLog ?? 0) === 0
      ? {}
      : {
          originLog: integer(source.originLog ?? 0),
          originSequence: integer(source.originSequence ?? 0),
        }),
  };
}

function valueIn({ int, float, str, blob, bool, hll, geojson, list, map }: Value): BinValue {
  if (int !== null && int !== undefined) return integer(int);
  if (list) return (list.values ?? []).map(valueIn);
  if (map) return objectOf(map.entries ?? []);
  const bytes = blob ?? hll;
  // A copy: what is handed out must not keep the whole message.
  if (bytes) return Uint8Array.from(bytes);
  return str ?? float ?? bool ?? geojson ?? null;
}

/** Keys that are no strings become ones, as in the other formats. */
function objectOf(entries: readonly meridian.change.IMapEntry[]): BinValue {
  return Object.fromEntries(
    entries.map(({ key, value }) => {
      const name = valueIn(key ?? {});
      return [typeof name === "string" ? name : keyText(name), valueIn(value ?? {})];
    }),
  );
}

function keyText(key: BinValue): string {
  if (key instanceof Uint8Array) return Buffer.from(key).toString("base64");
  return JSON.stringify(key, (_name, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/** A number, or a bigint where it would lose digits. */
function integer(wide: Wide): number | bigint {
  if (typeof wide === "number") return wide;
  const value = wide.high * 4_294_967_296 + (wide.low >>> 0);
  return Number.isSafeInteger(value) ? value : (BigInt(wide.high) << 32n) | BigInt(wide.low >>> 0);
}
