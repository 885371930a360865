/**
 * Lists and maps as the clients store them (msgpack) written as JSON text. A string or blob inside
 * carries its particle type as its first byte; a map's key that is no string becomes one; what marks a
 * list or map as ordered is left out.
 */
import { MeridianError } from "../../common/errors.ts";

const PARTICLE_STRING = 3;
const PARTICLE_GEOJSON = 23;
/** Deeper than any client nests. */
const DEPTH_MAX = 64;

/** The JSON text of the one value in `bytes` [start, end). Throws RECORD_CORRUPT when it is not whole. */
export function msgpackToJson(bytes: Buffer, start: number, end: number): string {
  const reader = new Reader(bytes, start, end);
  return reader.value(0);
}

class Reader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  value(depth: number): string {
    if (depth > DEPTH_MAX) throw broken("nested too deeply");
    const type = this.#bytes.readUInt8(this.#take(1));
    if (type < 0x80) return String(type);
    if (type >= 0xe0) return String(type - 256);
    if (type <= 0x8f) return this.#map(type & 15, depth);
    if (type <= 0x9f) return this.#list(type & 15, depth);
    if (type <= 0xbf) return this.#text(type & 31);
    return this.#typed(type, depth);
  }

  #typed(type: number, depth: number): string {
    const bytes = this.#bytes;
    switch (type) {
      case 0xc0:
        return "null";
      case 0xc2:
        return "false";
      case 0xc3:
        return "true";
      case 0xc4:
      case 0xd9:
        return this.#text(bytes.readUInt8(this.#take(1)));
      case 0xc5:
      case 0xda:
        return this.#text(bytes.readUInt16BE(this.#take(2)));
      case 0xc6:
      case 0xdb:
        return this.#text(bytes.readUInt32BE(this.#take(4)));
      case 0xca:
        return number(bytes.readFloatBE(this.#take(4)));
      case 0xcb:
        return number(bytes.readDoubleBE(this.#take(8)));
      case 0xcc:
        return String(bytes.readUInt8(this.#take(1)));
      case 0xcd:
        return String(bytes.readUInt16BE(this.#take(2)));
      case 0xce:
        return String(bytes.readUInt32BE(this.#take(4)));
      case 0xcf:
        return String(bytes.readBigUInt64BE(this.#take(8)));
      case 0xd0:
        return String(bytes.readInt8(this.#take(1)));
      case 0xd1:
        return String(bytes.readInt16BE(this.#take(2)));
      case 0xd2:
        return String(bytes.readInt32BE(this.#take(4)));
      case 0xd3:
        return String(bytes.readBigInt64BE(this.#take(8)));
      case 0xdc:
        return this.#list(bytes.readUInt16BE(this.#take(2)), depth);
      case 0xdd:
        return this.#list(bytes.readUInt32BE(this.#take(4)), depth);
      case 0xde:
        return this.#map(bytes.readUInt16BE(this.#take(2)), depth);
      case 0xdf:
        return this.#map(bytes.readUInt32BE(this.#take(4)), depth);
      default:
        throw broken(`type ${type} is none that clients write`);
    }
  }

  #list(count: number, depth: number): string {
    const items: string[] = [];
    for (let index = 0; index < count; index++) {
      if (index === 0 && this.#skipMark()) continue;
      items.push(this.value(depth + 1));
    }
    return `[${items.join()}]`;
  }

  #map(count: number, depth: number): string {
    const fields: string[] = [];
    for (let index = 0; index < count; index++) {
      if (index === 0 && this.#skipMark()) {
        // The mark is a key; its value is nil.
        this.value(depth + 1);
        continue;
      }
      const key = this.value(depth + 1);
      const name = key.startsWith('"') ? key : JSON.stringify(key);
      fields.push(`${name}:${this.value(depth + 1)}`);
    }
    return `{${fields.join()}}`;
  }

  /** Whether the next item is an extension, which marks the order: then it is passed over. */
  #skipMark(): boolean {
    const type = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    const bytes = this.#bytes;
    if (type !== undefined && type >= 0xd4 && type <= 0xd8) {
      this.#take(2 + (1 << (type - 0xd4)));
      return true;
    }
    if (type !== 0xc7) return false;
    this.#take(1);
    const length = bytes.readUInt8(this.#take(1));
    this.#take(1 + length);
    return true;
  }

  #text(length: number): string {
    const start = this.#take(length);
    if (length === 0) return '""';
    const particle = this.#bytes[start];
    if (particle === PARTICLE_STRING) {
      return JSON.stringify(this.#bytes.toString("utf8", start + 1, start + length));
    }
    if (particle === PARTICLE_GEOJSON) return this.#bytes.toString("utf8", start + 1, start + length);
    return `"${this.#bytes.toString("base64", start + 1, start + length)}"`;
  }

  /** Where the next `length` bytes lie. */
  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#end) throw broken("shorter than it says");
    this.#at = at + length;
    return at;
  }
}

/** JSON has no text for what is no finite number. */
export function number(value: number): string {
  return Number.isFinite(value) ? String(value) : "null";
}

function broken(reason: string): MeridianError {
  return new MeridianError("RECORD_CORRUPT", `a list or map is ${reason}`);
}
