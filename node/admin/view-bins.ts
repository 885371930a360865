/** Bins of an image as JSON: what JSON has a type for as it is, the rest as bytes. */
import type { RecordImage } from "../../proto/record.ts";

const OP_HEADER_BYTES = 8;
const INTEGER = 1;
const DOUBLE = 2;
const STRING = 3;
const BLOB = 4;
const BOOL = 17;

/** Values by bin name; integers beyond what a double holds as decimal strings. */
export function viewBins({ bins, binCount }: RecordImage): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (let index = 0, offset = 0; index < binCount; index++) {
    const end = offset + 4 + bins.readUInt32BE(offset);
    const nameEnd = offset + OP_HEADER_BYTES + bins.readUInt8(offset + 7);
    const name = bins.toString("utf8", offset + OP_HEADER_BYTES, nameEnd);
    found[name] = viewValue(bins.readUInt8(offset + 5), bins.subarray(nameEnd, end));
    offset = end;
  }
  return found;
}

function viewValue(particle: number, value: Buffer): unknown {
  if (particle === INTEGER && value.length === 8) {
    const integer = value.readBigInt64BE();
    const number = Number(integer);
    return Number.isSafeInteger(number) ? number : integer.toString();
  }
  if (particle === DOUBLE && value.length === 8) return value.readDoubleBE();
  if (particle === STRING) return value.toString();
  if (particle === BOOL) return value[0] === 1;
  if (particle === BLOB) return { bytes: value.toString("hex") };
  return { particle, bytes: value.toString("hex") };
}
