/**
 * Bins as bytes. A bin is a span of bytes in the client protocol's op layout, wherever it lies: in a
 * record's image, in a request, or in a value just computed. Spans are immutable and never copied
 * until the final region is put together.
 */
import { OP_HEADER_BYTES, OpType, readU32, sameBytes, writeU32 } from "./wire.ts";

/** One bin (or op): `bytes` [start, end) in op layout. */
export interface BinSpan {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A lookup is by comparing bytes until this many comparisons were spent; then by a hash. */
const SCAN_BUDGET = 256;

function binNameBytes(bin: BinSpan): number {
  return bin.bytes[bin.start + 7] as number;
}
export function binParticle(bin: BinSpan): number {
  return bin.bytes[bin.start + 5] as number;
}
export function binValueStart(bin: BinSpan): number {
  return bin.start + OP_HEADER_BYTES + binNameBytes(bin);
}

/** The end of the op that starts at `offset`. */
export function opEnd(bytes: Buffer, offset: number): number {
  return offset + 4 + readU32(bytes, offset);
}

function sameName(a: BinSpan, bytes: Buffer, opStart: number): boolean {
  const length = bytes[opStart + 7] as number;
  return (
    binNameBytes(a) === length &&
    sameBytes(a.bytes, a.start + OP_HEADER_BYTES, bytes, opStart + OP_HEADER_BYTES, length)
  );
}

function nameKey(bytes: Buffer, opStart: number): string {
  const start = opStart + OP_HEADER_BYTES;
  return bytes.toString("latin1", start, start + (bytes[opStart + 7] as number));
}

/**
 * A record's bins while ops are evaluated: ordered, by name, and mutable. Lookups stay linear in
 * time however many bins and ops a hostile request names.
 */
export class BinTable {
  readonly #bins: (BinSpan | undefined)[] = [];
  #live = 0;
  #spent = 0;
  #index: Map<string, number> | undefined;

  /** The bins of a region, e.g. of an image. */
  static of(region: Buffer, start: number, count: number): BinTable {
    const table = new BinTable();
    let offset = start;
    for (let index = 0; index < count; index++) {
      const end = opEnd(region, offset);
      table.#bins.push({ bytes: region, start: offset, end });
      offset = end;
    }
    table.#live = count;
    return table;
  }

  get count(): number {
    return this.#live;
  }

  /** The bin that has the name of the op at `bytes[opStart]`. */
  find(bytes: Buffer, opStart: number): BinSpan | undefined {
    return this.#bins[this.#indexOf(bytes, opStart)];
  }

  /** Puts a bin in the place of the one with its name, or at the end. */
  set(bin: BinSpan): void {
    const index = this.#indexOf(bin.bytes, bin.start);
    if (index >= 0) {
      this.#bins[index] = bin;
      return;
    }
    this.#bins.push(bin);
    this.#live += 1;
    this.#index?.set(nameKey(bin.bytes, bin.start), this.#bins.length - 1);
  }

  /** Removes the bin with the name of the op at `bytes[opStart]`. */
  remove(bytes: Buffer, opStart: number): void {
    const index = this.#indexOf(bytes, opStart);
    if (index < 0) return;
    this.#bins[index] = undefined;
    this.#live -= 1;
    this.#index?.delete(nameKey(bytes, opStart));
    if (this.#bins.length > 64 && this.#live < this.#bins.length / 2) this.#compact();
  }

  clear(): void {
    this.#bins.length = 0;
    this.#live = 0;
    this.#index = undefined;
  }

  spans(): BinSpan[] {
    const spans: BinSpan[] = [];
    for (const bin of this.#bins) if (bin !== undefined) spans.push(bin);
    return spans;
  }

  /** Drops the holes that removals left, so that walking the bins costs what there are. */
  #compact(): void {
    const bins = this.spans();
    this.#bins.length = 0;
    for (const bin of bins) this.#bins.push(bin);
    this.#index = undefined;
  }

  #indexOf(bytes: Buffer, opStart: number): number {
    if (this.#index !== undefined) return this.#index.get(nameKey(bytes, opStart)) ?? -1;
    if (this.#spent > SCAN_BUDGET && this.#bins.length > 8) {
      this.#index = new Map();
      for (let index = 0; index < this.#bins.length; index++) {
        const bin = this.#bins[index];
        if (bin !== undefined) this.#index.set(nameKey(bin.bytes, bin.start), index);
      }
      return this.#index.get(nameKey(bytes, opStart)) ?? -1;
    }
    this.#spent += this.#bins.length;
    for (let index = 0; index < this.#bins.length; index++) {
      const bin = this.#bins[index];
      if (bin !== undefined && sameName(bin, bytes, opStart)) return index;
    }
    return -1;
  }
}

/** Bytes of spans put together. */
export function spansBytes(spans: readonly BinSpan[]): number {
  let bytes = 0;
  for (const span of spans) bytes += span.end - span.start;
  return bytes;
}

/**
 * Copies spans one after the other to `out[offset]` and makes stored bins of them: op type 1,
 * version 0, so that equal records have equal bytes whatever op wrote them.
 */
export function copySpans(spans: readonly BinSpan[], out: Buffer, offset: number): number {
  let at = offset;
  for (const span of spans) {
    span.bytes.copy(out, at, span.start, span.end);
    out[at + 4] = OpType.read;
    out[at + 6] = 0;
    at += span.end - span.start;
  }
  return at;
}

/** Makes stored bins of `count` ops that lie at `out[start]`: see copySpans. */
export function normaliseOps(out: Buffer, start: number, count: number): void {
  let at = start;
  for (let index = 0; index < count; index++) {
    out[at + 4] = OpType.read;
    out[at + 6] = 0;
    at = opEnd(out, at);
  }
}

/** A bin of its own: the name of the op at `bytes[opStart]`, a particle type and a value. */
export function makeBin(
  bytes: Buffer,
  opStart: number,
  particle: number,
  first: Uint8Array,
  second: Uint8Array | undefined,
): BinSpan {
  const nameBytes = bytes[opStart + 7] as number;
  const valueBytes = first.length + (second?.length ?? 0);
  const bin = Buffer.allocUnsafe(OP_HEADER_BYTES + nameBytes + valueBytes);
  writeU32(bin, 4 + nameBytes + valueBytes, 0);
  bin[4] = OpType.read;
  bin[5] = particle;
  bin[6] = 0;
  bin[7] = nameBytes;
  bytes.copy(bin, OP_HEADER_BYTES, opStart + OP_HEADER_BYTES, opStart + OP_HEADER_BYTES + nameBytes);
  bin.set(first, OP_HEADER_BYTES + nameBytes);
  if (second !== undefined) bin.set(second, OP_HEADER_BYTES + nameBytes + first.length);
  return { bytes: bin, start: 0, end: bin.length };
}
