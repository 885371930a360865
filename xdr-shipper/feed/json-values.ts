/** Values as JSON text: integers of 64 bits keep all their digits, blobs are base64, keys of maps strings. */
import type { ValueBuilder } from "../../common/msgpack/value-builder.ts";

export const JSON_VALUES: ValueBuilder<string> = {
  nothing: () => "null",
  bool: String,
  int: String,
  wide,
  // JSON has no text for what is no finite number.
  float: (value) => (Number.isFinite(value) ? String(value) : "null"),
  text: (bytes, start, end) => JSON.stringify(bytes.toString("utf8", start, end)),
  geojson: (bytes, start, end) => JSON.stringify(bytes.toString("utf8", start, end)),
  blob: base64,
  hll: base64,
  list: (items) => `[${items.join()}]`,
  map: (items) => {
    const fields: string[] = [];
    for (let at = 0; at + 1 < items.length; at += 2) {
      const key = items[at] as string;
      fields.push(`${key.startsWith('"') ? key : JSON.stringify(key)}:${items[at + 1]}`);
    }
    return `{${fields.join()}}`;
  },
};

function wide(high: number, low: number): string {
  // Within what a number holds exactly, which is most of them.
  if (high >= -0x100000 && high < 0x100000) return String(high * 4_294_967_296 + low);
  return String((BigInt(high) << 32n) | BigInt(low));
}

function base64(bytes: Buffer, start: number, end: number): string {
  return `"${bytes.toString("base64", start, end)}"`;
}
