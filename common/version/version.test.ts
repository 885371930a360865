/**
 * V5 of common/version/SPEC.md: proves the arithmetic of LUTs, and that joining `seen` is a least upper bound
 * per source id.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  covers,
  highestSeen,
  joinSeen,
  lutUnixMs,
  makeLut,
  type Seen,
  seenAfterWrite,
  seenLut,
} from "./version.ts";

const anySeen: fc.Arbitrary<readonly Seen[]> = fc
  .uniqueArray(
    fc.record({ sourceId: fc.constantFrom(1, 2, 3, 254, 255), lut: fc.bigInt({ min: 1n, max: 5n }) }),
    {
      selector: (field) => field.sourceId,
      maxLength: 5,
    },
  )
  .map((fields) => fields.toSorted((a, b) => a.sourceId - b.sourceId));

describe("LUT", () => {
  test("milliseconds and counter come apart again, and the milliseconds lead", () => {
    const anyMs = fc.oneof(fc.constantFrom(0, 1, 2 ** 48 - 1), fc.nat({ max: 2 ** 48 - 1 }));
    fc.assert(
      fc.property(
        anyMs,
        fc.nat({ max: 65535 }),
        anyMs,
        fc.nat({ max: 65535 }),
        (ms, counter, ms2, counter2) => {
          const lut = makeLut(ms, counter);
          expect(lutUnixMs(lut)).toBe(ms);
          expect(lut & 65535n).toBe(BigInt(counter));
          expect(lut < 2n ** 64n).toBe(true);
          if (ms < ms2) expect(lut < makeLut(ms2, counter2)).toBe(true);
        },
      ),
    );
  });
});

describe("seen", () => {
  test("join is commutative, associative, idempotent and sorted", () => {
    fc.assert(
      fc.property(anySeen, anySeen, anySeen, (a, b, c) => {
        expect(joinSeen(a, b)).toEqual(joinSeen(b, a));
        expect(joinSeen(joinSeen(a, b), c)).toEqual(joinSeen(a, joinSeen(b, c)));
        expect(joinSeen(a, a)).toBe(a);
        const ids = joinSeen(a, b).map((field) => field.sourceId);
        expect(ids).toEqual(ids.toSorted((x, y) => x - y));
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test("join is the least upper bound, returns its first argument when that is it, and changes neither", () => {
    fc.assert(
      fc.property(anySeen, anySeen, (a, b) => {
        const before = JSON.stringify([a, b], (_, value) =>
          typeof value === "bigint" ? String(value) : value,
        );
        const joined = joinSeen(a, b);
        for (const sourceId of [1, 2, 3, 254, 255]) {
          const [left, right] = [seenLut(a, sourceId), seenLut(b, sourceId)];
          expect(seenLut(joined, sourceId)).toBe(left > right ? left : right);
        }
        expect(joined === a).toBe(b.every((field) => seenLut(a, field.sourceId) >= field.lut));
        const after = JSON.stringify([a, b], (_, value) =>
          typeof value === "bigint" ? String(value) : value,
        );
        expect(after).toBe(before);
      }),
    );
  });

  test("covers what it holds and what came before it from the same source", () => {
    fc.assert(
      fc.property(
        anySeen,
        fc.constantFrom(1, 2, 9),
        fc.bigInt({ min: 1n, max: 6n }),
        (seen, sourceId, lut) => {
          expect(covers(seen, { sourceId, lut })).toBe(
            seen.some((field) => field.sourceId === sourceId && field.lut >= lut),
          );
          const after = seenAfterWrite(seen, sourceId, highestSeen(seen) + 1n);
          expect(covers(after, { sourceId, lut: highestSeen(seen) + 1n })).toBe(true);
          for (const field of seen) expect(covers(after, field)).toBe(true);
        },
      ),
    );
  });
});
