/**
 * Proves that a record image decodes to what it was made of, that equal parts give equal bytes, that
 * every flipped bit and every cut is detected, and that the content hash sees all but `seen`.
 */
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeImage, type ImageParts, RecordImage } from "./record.ts";

const anyBytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const anyLut = fc.oneof(
  fc.constantFrom(0n, 1n, 65536n, 2n ** 63n, 2n ** 64n - 1n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);
const anySourceId = fc.constantFrom(1, 2, 128, 255);
const anyU32 = fc.oneof(fc.constantFrom(0, 1, 0x8000_0000, 0xffff_ffff), fc.nat({ max: 0xffff_ffff }));
const anyParts: fc.Arbitrary<ImageParts> = fc.record({
  generation: anyU32,
  lut: anyLut,
  sourceId: anySourceId,
  voidTime: anyU32,
  tombstone: fc.boolean(),
  seen: fc
    .uniqueArray(fc.record({ sourceId: anySourceId, lut: anyLut }), { selector: (field) => field.sourceId })
    .map((fields) => fields.toSorted((a, b) => a.sourceId - b.sourceId)),
  setName: anyBytes(63),
  userKey: anyBytes(100),
  binCount: fc.nat({ max: 65535 }),
  bins: anyBytes(200),
});

function parts(image: RecordImage): ImageParts {
  return {
    generation: image.generation,
    lut: image.lut,
    sourceId: image.sourceId,
    voidTime: image.voidTime,
    tombstone: image.tombstone,
    seen: image.seen,
    setName: Buffer.from(image.setName),
    userKey: Buffer.from(image.userKey),
    binCount: image.binCount,
    bins: Buffer.from(image.bins),
  };
}
const sample: ImageParts = {
  generation: 7,
  lut: 123_456_789_012n,
  sourceId: 2,
  voidTime: 500,
  tombstone: false,
  seen: [
    { sourceId: 1, lut: 5n },
    { sourceId: 2, lut: 123_456_789_012n },
  ],
  setName: Buffer.from("cities"),
  userKey: Buffer.from("\u0003Bern"),
  binCount: 1,
  bins: Buffer.from("a bin region"),
};

describe("record image", () => {
  test("round trip, byte-equal when made again", () => {
    fc.assert(
      fc.property(anyParts, (made) => {
        const bytes = encodeImage(made);
        const image = RecordImage.checked(bytes);
        expect(parts(image)).toEqual(made);
        expect(encodeImage(parts(image)).equals(bytes)).toBe(true);
        expect(image.withSeen(made.seen).equals(bytes)).toBe(true);
      }),
    );
  });

  test("every flipped bit is detected", () => {
    const whole = encodeImage(sample);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const broken = Buffer.from(whole);
      broken[bit >> 3] = (broken[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => RecordImage.checked(broken), `bit ${bit}`).toThrow("record image");
    }
  });

  test("every cut and every tail is detected", () => {
    const whole = encodeImage(sample);
    for (let length = 0; length < whole.length; length++) {
      expect(() => RecordImage.checked(whole.subarray(0, length)), `${length} bytes`).toThrow("record image");
    }
    expect(() => RecordImage.checked(Buffer.concat([whole, Buffer.of(0)]))).toThrow("record image");
  });

  test("lengths that lie under a right checksum are detected", () => {
    for (const [offset, value] of [
      [7, 255],
      [24, 255],
      [26, 255],
    ] as const) {
      const lying = encodeImage(sample);
      lying[offset] = value;
      lying.writeUInt32LE(crc32(lying.subarray(4)), 0);
      expect(() => RecordImage.checked(lying), `offset ${offset}`).toThrow("shorter than its header says");
    }
  });

  test("the content hash sees every part but `seen`", () => {
    const hash = (made: ImageParts): string =>
      Buffer.from(new RecordImage(encodeImage(made)).contentHash()).toString("hex");
    const changes: readonly Partial<ImageParts>[] = [
      { generation: 8 },
      { lut: 123_456_789_013n },
      { sourceId: 3 },
      { voidTime: 501 },
      { tombstone: true },
      { setName: Buffer.from("citieS") },
      { userKey: Buffer.from("\u0003Berne") },
      { binCount: 2 },
      { bins: Buffer.from("a bin regioN") },
      // The same bytes, cut differently.
      { setName: Buffer.from("citie"), userKey: Buffer.from("s\u0003Bern") },
    ];
    const hashes = [sample, ...changes.map((change) => ({ ...sample, ...change }))].map(hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash({ ...sample, seen: [] })).toBe(hash(sample));
  });

  test("gone: a tombstone at once, an expired one from its void time on", () => {
    const image = (change: Partial<ImageParts>): RecordImage =>
      new RecordImage(encodeImage({ ...sample, ...change }));
    expect(image({ tombstone: true, voidTime: 0 }).isGone(0)).toBe(true);
    expect(image({ voidTime: 0 }).isGone(0xffff_ffff)).toBe(false);
    expect(image({ voidTime: 500 }).isGone(499)).toBe(false);
    expect(image({ voidTime: 500 }).isGone(500)).toBe(true);
  });
});
