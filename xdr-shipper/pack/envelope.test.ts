/**
 * Proves of the bus envelope: any content comes back as it was, whole or cut, compressed or not;
 * no damaged or mixed-up fragment gets through; what is held while fragments come is bounded.
 */
import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MeridianError } from "../../common/errors.ts";
import { decodeFragment, ENVELOPE_BYTES, encodeEnvelope, Reassembler } from "./envelope.ts";

const ZSTD = { level: 1, threshold: 128 };
const HEAD = { publisher: 123_456_789_012_345, number: 7 };

function content(bytes: number, seed = 1): Buffer {
  const buffer = Buffer.alloc(bytes);
  for (let index = 0; index < bytes; index++) buffer[index] = (index * seed) % 251;
  return buffer;
}

describe("an envelope", () => {
  test("comes back as it was", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        fc.uint8Array({ maxLength: 500 }),
        fc.boolean(),
        fc.integer({ min: ENVELOPE_BYTES + 100, max: 6000 }),
        (body, table, compress, messageBytesMax) => {
          const reassembler = new Reassembler();
          const messages = encodeEnvelope(HEAD, body, table, compress ? ZSTD : undefined, messageBytesMax);
          messages.forEach((message, index) => {
            expect(message.length).toBeLessThanOrEqual(messageBytesMax);
            const fragment = decodeFragment(message);
            expect(fragment).toMatchObject(HEAD);
            const whole = reassembler.add(fragment);
            if (index < messages.length - 1) expect(whole).toBeUndefined();
            else {
              expect(whole?.body.equals(body)).toBe(true);
              expect(whole?.table.equals(table)).toBe(true);
            }
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  test("is compressed only when that pays", () => {
    const even = encodeEnvelope(HEAD, Buffer.alloc(10_000, 1), content(10), ZSTD, 20_000);
    expect(even[0]?.length).toBeLessThan(200);
    const random = Buffer.concat(
      Array.from({ length: 128 }, (_, index) => hash("sha256", `${index}`, "buffer")),
    );
    const kept = encodeEnvelope(HEAD, random, content(10), ZSTD, 20_000);
    expect(kept[0]?.length).toBe(ENVELOPE_BYTES + 4096 + 10);
  });

  test("is refused with any bit flipped", () => {
    const [message = Buffer.alloc(0)] = encodeEnvelope(HEAD, content(300), content(40), undefined, 20_000);
    for (let bit = 0; bit < message.length * 8; bit += 7) {
      const damaged = Buffer.from(message);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decodeFragment(damaged)).toThrow(MeridianError);
    }
    for (let length = 0; length < message.length; length += 11) {
      expect(() => decodeFragment(message.subarray(0, length))).toThrow(MeridianError);
    }
  });

  test("is dropped when a fragment is missing, late or of another message", () => {
    const cut = (number: number) =>
      encodeEnvelope({ publisher: 1, number }, content(1000, number), content(20), undefined, 300).map(
        decodeFragment,
      );
    const first = cut(1);
    const second = cut(2);
    expect(first.length).toBeGreaterThan(3);
    const reassembler = new Reassembler();
    const feed = (fragments: readonly ReturnType<typeof decodeFragment>[]) =>
      fragments.map((fragment) => reassembler.add(fragment)).filter((whole) => whole !== undefined);
    expect(feed(first.filter((_, index) => index !== 1))).toHaveLength(0);
    expect(feed([...first.slice(0, 2), ...second.slice(2)])).toHaveLength(0);
    expect(feed(first.toReversed())).toHaveLength(0);
    expect(feed([...first.slice(0, 2), ...second])).toHaveLength(1);
    expect(feed(first)).toHaveLength(1);
  });

  test("does not believe a compressed size: no bomb unfolds", () => {
    const [message = Buffer.alloc(0)] = encodeEnvelope(
      HEAD,
      Buffer.alloc(100_000, 1),
      content(1),
      ZSTD,
      20_000,
    );
    const fragment = decodeFragment(message);
    expect(() => new Reassembler().add({ ...fragment, contentBytes: 1000, tableBytes: 1 })).toThrow(
      MeridianError,
    );
  });
});
