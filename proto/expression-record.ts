/** A record's image as filter expressions ask it: decodes what is asked for, copies nothing. */
import type { ExpressionRecord, StoredBin } from "../common/expression/record.ts";
import { lutUnixMs, VOID_TIME_EPOCH_SECONDS } from "../common/version/version.ts";
import type { RecordImage } from "./record.ts";

const BIN_HEADER_BYTES = 8;
/** Bins are looked for one by one until about so many were looked at in vain; then by their names. */
const SCAN_BUDGET = 256;

export class ImageRecord implements ExpressionRecord {
  readonly digest: Uint8Array;
  readonly #image: RecordImage;
  #scanned = 0;
  #byName: Map<string, StoredBin> | undefined;

  constructor(image: RecordImage, digest: Uint8Array) {
    this.#image = image;
    this.digest = digest;
  }

  get setName(): Buffer {
    return this.#image.setName;
  }
  get userKey(): Buffer {
    return this.#image.userKey;
  }
  get writtenMs(): number {
    return lutUnixMs(this.#image.lut);
  }
  get expirySeconds(): number {
    const { voidTime } = this.#image;
    return voidTime === 0 ? 0 : voidTime + VOID_TIME_EPOCH_SECONDS;
  }
  get tombstone(): boolean {
    return this.#image.tombstone;
  }
  get sizeBytes(): number {
    return this.#image.bytes.length;
  }

  bin(name: Buffer): StoredBin | undefined {
    if (this.#scanned > SCAN_BUDGET) return this.#named(name);
    const { bytes, binsOffset, binCount } = this.#image;
    let at = binsOffset;
    for (let index = 0; index < binCount; index++) {
      if (isNamed(bytes, at, name)) return storedAt(bytes, at);
      at = endOf(bytes, at);
    }
    this.#scanned += binCount;
    return undefined;
  }

  #named(name: Buffer): StoredBin | undefined {
    const { bytes, binsOffset, binCount } = this.#image;
    if (this.#byName === undefined) {
      this.#byName = new Map();
      let at = binsOffset;
      for (let index = 0; index < binCount; index++) {
        const bin = storedAt(bytes, at);
        this.#byName.set(bytes.toString("latin1", at + BIN_HEADER_BYTES, bin.start), bin);
        at = bin.end;
      }
    }
    return this.#byName.get(name.toString("latin1"));
  }
}

function endOf(bytes: Buffer, at: number): number {
  return at + 4 + bytes.readUInt32BE(at);
}

function isNamed(bytes: Buffer, at: number, name: Buffer): boolean {
  if (bytes[at + 7] !== name.length) return false;
  for (let index = 0; index < name.length; index++) {
    if (bytes[at + BIN_HEADER_BYTES + index] !== name[index]) return false;
  }
  return true;
}

function storedAt(bytes: Buffer, at: number): StoredBin {
  const start = at + BIN_HEADER_BYTES + (bytes[at + 7] ?? 0);
  return { particle: bytes[at + 5] ?? 0, bytes, start, end: endOf(bytes, at) };
}
