/**
 * Lists and maps as the clients store them (msgpack). A string or blob inside carries its particle type as
 * its first byte; what marks a list or map as ordered is left out.
 */
import { MeridianError } from "../errors.ts";
import type { ValueBuilder } from "./value-builder.ts";

const PARTICLE_STRING = 3;
const PARTICLE_GEOJSON = 23;
/** Of extensions: infinity and the wildcard. */
const TYPE_OF_EDGES = 0xff;
/** Deeper than any client nests. */
const DEPTH_MAX = 64;

/** The one value in `bytes` [start, end). Throws RECORD_CORRUPT when it is not whole. */
export function readMsgpack<Value>(
  build: ValueBuilder<Value>,
  bytes: Buffer,
  start: number,
  end: number,
): Value {
  return new Reader(build, bytes, start, end).value(0);
}

/** The same, of bytes that hold nothing else. Throws RECORD_CORRUPT also when something follows the value. */
export function readWholeMsgpack<Value>(build: ValueBuilder<Value>, bytes: Buffer): Value {
  const reader = new Reader(build, bytes, 0, bytes.length);
  const value = reader.value(0);
  if (reader.at !== bytes.length) throw broken(`followed by ${bytes.length - reader.at} bytes`);
  return value;
}

class Reader<Value> {
  readonly #build: ValueBuilder<Value>;
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(build: ValueBuilder<Value>, bytes: Buffer, start: number, end: number) {
    this.#build = build;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get at(): number {
    return this.#at;
  }

  value(depth: number): Value {
    if (depth > DEPTH_MAX) throw broken("nested too deeply");
    const type = this.#bytes.readUInt8(this.#take(1));
    if (type < 0x80) return this.#build.int(type);
    if (type >= 0xe0) return this.#build.int(type - 256);
    if (type <= 0x8f) return this.#map(type & 15, depth);
    if (type <= 0x9f) return this.#list(type & 15, depth);
    if (type <= 0xbf) return this.#text(type & 31);
    return this.#typed(type, depth);
  }

  #typed(type: number, depth: number): Value {
    const bytes = this.#bytes;
    const build = this.#build;
    switch (type) {
      case 0xc0:
        return build.nothing();
      case 0xc2:
        return build.bool(false);
      case 0xc3:
        return build.bool(true);
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
        return build.float(bytes.readFloatBE(this.#take(4)));
      case 0xcb:
        return build.float(bytes.readDoubleBE(this.#take(8)));
      case 0xcc:
        return build.int(bytes.readUInt8(this.#take(1)));
      case 0xcd:
        return build.int(bytes.readUInt16BE(this.#take(2)));
      case 0xce:
        return build.int(bytes.readUInt32BE(this.#take(4)));
      case 0xcf:
        return this.#unsigned();
      case 0xd0:
        return build.int(bytes.readInt8(this.#take(1)));
      case 0xd1:
        return build.int(bytes.readInt16BE(this.#take(2)));
      case 0xd2:
        return build.int(bytes.readInt32BE(this.#take(4)));
      case 0xd3: {
        const at = this.#take(8);
        return build.wide(bytes.readInt32BE(at), bytes.readUInt32BE(at + 4));
      }
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

  /** Beyond 2^63 it is none that clients write. */
  #unsigned(): Value {
    const at = this.#take(8);
    const high = this.#bytes.readInt32BE(at);
    if (high < 0) throw broken("of an integer beyond 64 bits");
    return this.#build.wide(high, this.#bytes.readUInt32BE(at + 4));
  }

  #list(count: number, depth: number): Value {
    const items: Value[] = [];
    for (let index = 0; index < count; index++) {
      if (index === 0 && this.#skipMark()) continue;
      items.push(this.value(depth + 1));
    }
    return this.#build.list(items);
  }

  #map(count: number, depth: number): Value {
    const items: Value[] = [];
    for (let index = 0; index < count; index++) {
      if (index === 0 && this.#skipMark()) {
        // The mark is a key; its value is nil.
        this.value(depth + 1);
        continue;
      }
      items.push(this.value(depth + 1), this.value(depth + 1));
    }
    return this.#build.map(items);
  }

  /**
   * Whether the next item is an extension that marks the order: then it is passed over. Infinity and the
   * wildcard are extensions, too, and none that may be stored.
   */
  #skipMark(): boolean {
    const type = this.#at < this.#end ? this.#bytes[this.#at] : undefined;
    const bytes = this.#bytes;
    if (type === 0xd4 && bytes[this.#at + 1] === TYPE_OF_EDGES) return false;
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

  #text(length: number): Value {
    const start = this.#take(length);
    const end = start + length;
    const build = this.#build;
    if (length === 0) return build.text(this.#bytes, start, end);
    const particle = this.#bytes[start];
    if (particle === PARTICLE_STRING) return build.text(this.#bytes, start + 1, end);
    if (particle === PARTICLE_GEOJSON) return build.geojson(this.#bytes, start + 1, end);
    return build.blob(this.#bytes, start + 1, end);
  }

  /** Where the next `length` bytes lie. */
  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#end) throw broken("shorter than it says");
    this.#at = at + length;
    return at;
  }
}

function broken(reason: string): MeridianError {
  return new MeridianError("RECORD_CORRUPT", `a list or map is ${reason}`);
}
