/**
 * Proves the hybrid clock: a LUT is above its floor and above every LUT issued before, whatever the
 * wall clock does, and is the wall clock's own time when that is ahead.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HybridClock, systemClock } from "./clock.ts";
import { makeLut } from "./version/version.ts";

function clockAt(start: number): { hybrid: HybridClock; set: (ms: number) => void } {
  let now = start;
  const hybrid = new HybridClock({ wallMs: () => now, monotonicMs: () => 0 });
  return {
    hybrid,
    set: (ms) => {
      now = ms;
    },
  };
}

describe("hybrid clock", () => {
  test("rises strictly over any jumps of the wall clock and any floors", () => {
    const anyMs = fc.oneof(fc.constantFrom(0, 1, 2 ** 40, 2 ** 47), fc.nat({ max: 2 ** 47 }));
    fc.assert(
      fc.property(fc.array(fc.tuple(anyMs, anyMs, fc.nat({ max: 65535 })), { minLength: 1 }), (steps) => {
        const { hybrid, set } = clockAt(0);
        let last = 0n;
        for (const [wallMs, floorMs, counter] of steps) {
          set(wallMs);
          const floor = makeLut(floorMs, counter);
          const lut = hybrid.next(floor);
          expect(lut > floor).toBe(true);
          expect(lut > last).toBe(true);
          expect(lut >= makeLut(wallMs)).toBe(true);
          // Never further ahead than it must be.
          const least = floor > last ? floor : last;
          expect(lut === makeLut(wallMs) || lut === least + 1n).toBe(true);
          last = lut;
        }
      }),
    );
  });

  test("a full counter carries over into the milliseconds", () => {
    const { hybrid } = clockAt(1000);
    expect(hybrid.next(makeLut(1000, 65535))).toBe(makeLut(1001, 0));
    expect(hybrid.lastMs()).toBe(1001);
  });

  test("what saw a version from an hour ahead beats it, and the clock does not stay ahead of others", () => {
    const { hybrid, set } = clockAt(1000);
    const ahead = makeLut(3_601_000);
    expect(hybrid.next(ahead)).toBe(ahead + 1n);
    set(3_602_000);
    expect(hybrid.next(0n)).toBe(makeLut(3_602_000));
  });
});

test("the offset moves the wall clock only", () => {
  const [plain, shifted] = [systemClock(), systemClock(3_600_000)];
  expect(shifted.wallMs() - plain.wallMs()).toBeGreaterThan(3_500_000);
  expect(Math.abs(shifted.monotonicMs() - plain.monotonicMs())).toBeLessThan(1_000);
});
