/**
 * Proves that the cache never answers with anything but the record's last image, whatever is
 * overwritten in its ring, and that what is read again and again stays in.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { RecordCache } from "./record-cache.ts";

const SLOT = 70_000;

function digestOf(number: number): Buffer {
  const digest = Buffer.alloc(20);
  // Few values in the word that chooses the bucket.
  digest.writeUInt32LE(number % 3, 4);
  digest.writeUInt32LE(number, 16);
  return digest;
}

/** As the storage does with what it wrote. */
function change(cache: RecordCache, digest: Buffer, image: Buffer | undefined): void {
  const source = Buffer.concat([Buffer.alloc(3), digest]);
  const cell = cache.find(SLOT, source, 3);
  if (cell >= 0) cache.replace(cell, SLOT, digest, image);
}

test("a hit is the last image written", () => {
  const act = fc.record({
    type: fc.constantFrom("read", "read", "write", "delete", "clear"),
    number: fc.nat(12),
    size: fc.oneof(fc.nat(300), fc.constant(2000)),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 300 }), (acts) => {
      const cache = new RecordCache(8192);
      const disk = new Map<number, Buffer>();
      let serial = 0;
      for (const { type, number, size } of acts) {
        const digest = digestOf(number);
        const stored = disk.get(number);
        if (type === "clear") cache.clear();
        else if (type === "delete") {
          disk.delete(number);
          change(cache, digest, undefined);
        } else if (type === "write") {
          const image = Buffer.alloc(size + 4, ++serial % 251);
          disk.set(number, image);
          change(cache, digest, image);
        } else {
          const hit = cache.get(SLOT, digest);
          if (hit !== undefined) expect(hit.equals(stored ?? Buffer.alloc(0))).toBe(true);
          else if (stored !== undefined) cache.add(SLOT, digest, stored);
        }
      }
    }),
  );
});

test("a record that is read often stays in while others pass through", () => {
  const cache = new RecordCache(64 * 1024);
  const often = digestOf(3);
  cache.add(SLOT, often, Buffer.alloc(100, 7));
  for (let number = 4; number < 5000; number++) {
    if (number % 3 !== 0) cache.add(SLOT, digestOf(number), Buffer.alloc(100));
    if (number % 20 === 0) expect(cache.get(SLOT, often)?.[0]).toBe(7);
  }
});
