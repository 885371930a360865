/**
 * Proves of images of format 2: they hold what they are made of, have one form only, and whatever is broken
 * in them, under a right checksum, is refused as a corrupt record and nothing else.
 */
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MeridianError } from "../common/errors.ts";
import type { BinEntry, BinRecord, Stamp } from "../common/version/bins.ts";
import { RecordImage } from "./record.ts";
import {
  binRecordOf,
  earliestVoidTime,
  encodeBinRecord,
  encodeNames,
  namesOf,
  withoutExpired,
} from "./record-bins.ts";

const anyStamp: fc.Arbitrary<Stamp> = fc.record({
  lut: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
  sourceId: fc.integer({ min: 1, max: 255 }),
});
const anyName = fc.string({ unit: fc.constantFrom("a", "b", "\u00ff", " "), minLength: 1, maxLength: 15 });

function bin(name: string, value: string): Buffer {
  const bytes = Buffer.from(
    `\0\0\0\0\u0001\u0003\0${String.fromCharCode(name.length)}${name}${value}`,
    "latin1",
  );
  bytes.writeUInt32BE(bytes.length - 4, 0);
  return bytes;
}

const anyRecord: fc.Arbitrary<BinRecord> = fc
  .record({
    ...{ stamp: anyStamp, floor: anyStamp, generation: fc.integer({ min: 1, max: 2 ** 32 - 1 }) },
    seen: fc.uniqueArray(anyStamp, { maxLength: 4, selector: ({ sourceId }) => sourceId }),
    setName: fc.uint8Array({ maxLength: 63 }),
    userKey: fc.uint8Array({ maxLength: 40 }),
    bins: fc.dictionary(
      anyName,
      fc.record({
        ...{ stamp: anyStamp, life: anyStamp, isLast: fc.boolean(), isOwn: fc.boolean() },
        voidTime: fc.constantFrom(0, 5, 9),
        value: fc.option(fc.string({ unit: fc.constantFrom("x", "y"), maxLength: 9 })),
      }),
      { maxKeys: 8 },
    ),
  })
  .map(({ stamp, bins, ...rest }) => {
    const entries = Object.entries(bins).map(([name, { stamp: own, life, isLast, isOwn, ...said }]) => {
      const entry: BinEntry = {
        ...own,
        life: isLast ? stamp : isOwn ? own : life,
        voidTime: said.value === null ? 0 : said.voidTime,
        value: said.value === null ? undefined : bin(name, said.value),
      };
      return [name, entry] as const;
    });
    return { ...rest, ...stamp, bins: new Map(entries) };
  });

test("an image is what it was made of, and is made of it again", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const image = RecordImage.checked(encodeBinRecord(record));
      const read = binRecordOf(image);
      const plain = ({ bins, setName, userKey, ...rest }: BinRecord) => ({
        ...rest,
        names: [Buffer.from(setName), Buffer.from(userKey)],
        bins: [...bins].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      });
      expect(plain(read)).toEqual(plain(record));
      expect(encodeBinRecord(read).equals(image.bytes)).toBe(true);
      expect(image.withSeen(image.seen).equals(image.bytes)).toBe(true);
      const alive = [...record.bins.values()].filter(({ value }) => value !== undefined);
      expect(image).toMatchObject({ binCount: alive.length, tombstone: alive.length === 0 });
      const ends = alive.map(({ voidTime }) => voidTime).filter((voidTime) => voidTime > 0);
      expect(earliestVoidTime(image)).toBe(ends.length === 0 ? 0 : Math.min(...ends));
    }),
  );
});

test("who looks later sees fewer bins, and none of an image that is gone", () => {
  fc.assert(
    fc.property(anyRecord, fc.nat({ max: 10 }), (record, now) => {
      const image = new RecordImage(encodeBinRecord(record));
      const shown = withoutExpired(image, now);
      const lives = [...record.bins.values()].filter(
        ({ value, voidTime }) => value !== undefined && (voidTime === 0 || voidTime > now),
      );
      expect(shown.isGone(now)).toBe(lives.length === 0);
      if (lives.length > 0) expect(shown.binCount).toBe(lives.length);
    }),
  );
});

test("a broken image under a right checksum is refused as corrupt", () => {
  fc.assert(
    fc.property(anyRecord, fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (record, place, value, cut) => {
      const bytes = encodeBinRecord(record);
      const broken = cut ? Buffer.from(bytes.subarray(0, place % bytes.length)) : Buffer.from(bytes);
      if (broken.length < 8) return;
      if (!cut) broken[4 + (place % (bytes.length - 4))] = value;
      broken.writeUInt32LE(crc32(broken.subarray(4)), 0);
      try {
        binRecordOf(RecordImage.checked(broken));
      } catch (error) {
        expect(error instanceof MeridianError && error.code).toBe("RECORD_CORRUPT");
      }
    }),
    { numRuns: 2000 },
  );
});

test("names of changed bins come back as they were", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 1, maxLength: 9 }), (names) => {
      expect([...(namesOf(encodeNames(names)) ?? [])]).toEqual(names);
    }),
  );
  expect(namesOf(encodeNames([]))).toBeUndefined();
});
