/**
 * Proves that the cache never answers with anything but the record's last image, whatever is
 * overwritten in its ring, and that what is read again and again stays in.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { recordKey } from "./keys.ts";
import { RecordCache } from "./record-cache.ts";

function keyOf(number: number): Buffer {
  const digest = Buffer.alloc(20);
  // Few values in the word that chooses the bucket.
  digest.writeUInt32LE(number % 3, 4);
  digest.writeUInt32LE(number, 16);
  return recordKey(1, digest);
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
        const key = keyOf(number);
        const stored = disk.get(number);
        if (type === "clear") cache.clear();
        else if (type === "delete") {
          disk.delete(number);
          cache.update(key, undefined);
        } else if (type === "write") {
          const image = Buffer.alloc(size + 4, ++serial % 251);
          disk.set(number, image);
          cache.update(key, image);
        } else {
          const hit = cache.get(key);
          if (hit !== undefined) expect(hit.equals(stored ?? Buffer.alloc(0))).toBe(true);
          else if (stored !== undefined) cache.add(key, stored);
        }
      }
    }),
  );
});

test("a record that is read often stays in while others pass through", () => {
  const cache = new RecordCache(64 * 1024);
  const often = keyOf(3);
  cache.add(often, Buffer.alloc(100, 7));
  for (let number = 4; number < 5000; number++) {
    if (number % 3 !== 0) cache.add(keyOf(number), Buffer.alloc(100));
    if (number % 20 === 0) expect(cache.get(often)?.[0]).toBe(7);
  }
});
