/**
 * Proves that a seed repeats its choices, that picks stay in their range, and that hot keys are as hot
 * as Zipf's law says.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom, ZipfPicker } from "./random.ts";

test("the same seed draws the same numbers, from 0 up to 1; another draws others", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const [one, same, other] = [seed, seed, seed + 1].map(seededRandom);
      const draw = (random: (() => number) | undefined): (number | undefined)[] =>
        Array.from({ length: 20 }, () => random?.());
      const drawn = draw(one);
      expect(draw(same)).toEqual(drawn);
      expect(draw(other)).not.toEqual(drawn);
      for (const value of drawn) expect(value).toSatisfy((number: number) => number >= 0 && number < 1);
    }),
  );
});

function sharesOf(exponent: number): number[] {
  const keys = 100;
  const picks = 100_000;
  const picker = new ZipfPicker(keys, exponent, seededRandom(7));
  const counts = Array.from({ length: keys }, () => 0);
  for (let pick = 0; pick < picks; pick++) {
    const key = picker.pick();
    counts[key] = (counts[key] ?? Number.NaN) + 1;
  }
  expect(counts.every(Number.isFinite)).toBe(true);
  return counts.map((count) => count / picks).sort((a, b) => b - a);
}

test("exponent 0 is uniform, 1 gives the hottest its share", () => {
  const uniform = sharesOf(0);
  expect(uniform[0]).toBeLessThan(0.012);
  expect(uniform[99]).toBeGreaterThan(0.008);
  const sum = Array.from({ length: 100 }, (_, index) => 1 / (index + 1)).reduce((a, b) => a + b);
  const hot = sharesOf(1);
  expect(hot[0]).toBeCloseTo(1 / sum, 2);
  expect(hot[1]).toBeCloseTo(1 / 2 / sum, 2);
});
