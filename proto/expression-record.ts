/** A record's image as filter expressions ask it: decodes what is asked for, copies nothing. */
import type { ExpressionRecord, StoredBin } from "../common/expression/record.ts";
import { lutUnixMs, VOID_TIME_EPOCH_SECONDS } from "../common/version/version.ts";
import type { RecordImage } from "./record.ts";

const BIN_HEADER_BYTES = 8;
/** Bins are looked for one by one until so many were looked at; then by their names. */
const SCAN_BUDGET = 256;

export class ImageRecord implements ExpressionRecord {
  readonly digest: Uint8Array;
  readonly #image: RecordImage;
  #scanned = 0;
  #byName: ReadonlyMap<string, StoredBin> | undefined;

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
    if (this.#byName !== undefined) return this.#byName.get(name.toString("latin1"));
    if (this.#scanned > SCAN_BUDGET) {
      this.#byName = new Map([...binsOf(this.#image)].map(([key, bin]) => [key.toString("latin1"), bin]));
      return this.bin(name);
    }
    for (const [found, bin] of binsOf(this.#image)) {
      if (name.equals(found)) return bin;
      this.#scanned++;
    }
    return undefined;
  }
}

function* binsOf({ bytes, binsOffset, binCount }: RecordImage): Generator<[name: Buffer, bin: StoredBin]> {
  let at = binsOffset;
  for (let index = 0; index < binCount; index++) {
    const end = at + 4 + bytes.readUInt32BE(at);
    const start = at + BIN_HEADER_BYTES + (bytes[at + 7] ?? 0);
    const particle = bytes[at + 5] ?? 0;
    yield [bytes.subarray(at + BIN_HEADER_BYTES, start), { particle, bytes, start, end }];
    at = end;
  }
}
