/**
 * Proves of the shaper, for any shapes and traffic: the order of a connection is kept, delay and jitter
 * stay in their bounds, no time carries more than the bandwidth, and without a shape nothing waits.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Shape, Shaper, UNSHAPED } from "./shaper.ts";

const shapes = fc.record({
  delayMs: fc.nat(500),
  jitterMs: fc.nat(200),
  kbitPerSecond: fc.oneof(fc.constant(0), fc.integer({ min: 8, max: 100_000 })),
});
const traffic = fc.array(fc.record({ gapMs: fc.nat(50), bytes: fc.integer({ min: 1, max: 65_536 }) }), {
  minLength: 1,
  maxLength: 50,
});

interface Passage {
  readonly inMs: number;
  readonly outMs: number;
  readonly bytes: number;
}

function pass(
  shape: Shape,
  chunks: readonly { gapMs: number; bytes: number }[],
  random: () => number,
): Passage[] {
  const shaper = new Shaper(random);
  shaper.setShape(shape);
  let now = 0;
  let last = 0;
  return chunks.map(({ gapMs, bytes }) => {
    now += gapMs;
    last = shaper.leavesAt(now, bytes, last);
    return { inMs: now, outMs: last, bytes };
  });
}

test("a connection's bytes leave in order, none before its delay", () => {
  fc.assert(
    fc.property(
      shapes,
      traffic,
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (s, t, r) => {
        const out = pass(s, t, () => r.next().value ?? 0);
        for (const [index, { inMs, outMs }] of out.entries()) {
          expect(outMs).toBeGreaterThanOrEqual(out[index - 1]?.outMs ?? 0);
          expect(outMs).toBeGreaterThanOrEqual(inMs + Math.max(0, s.delayMs - s.jitterMs));
        }
      },
    ),
  );
});

test("no stretch of time carries more than the bandwidth, but for the jitter at its ends", () => {
  fc.assert(
    fc.property(shapes, traffic, fc.nat(1000), (s, t, seed) => {
      fc.pre(s.kbitPerSecond > 0);
      let state = seed;
      const out = pass(s, t, () => {
        state = (state * 1103515245 + 12345) % 2147483648;
        return state / 2147483648;
      });
      const bits = out.slice(1).reduce((sum, { bytes }) => sum + bytes * 8, 0);
      const tookMs = (out.at(-1)?.outMs ?? 0) - (out[0]?.outMs ?? 0) + 2 * s.jitterMs;
      expect(bits / s.kbitPerSecond).toBeLessThanOrEqual(tookMs + 1e-6 * bits + 1e-6);
    }),
  );
});

test("without a shape nothing waits; a new shape does not wait for the old one's queue", () => {
  const shaper = new Shaper(() => 0.5);
  expect(shaper.leavesAt(10, 1_000_000, 0)).toBe(10);
  shaper.setShape({ ...UNSHAPED, kbitPerSecond: 8 });
  expect(shaper.leavesAt(10, 1000, 0)).toBe(1010);
  expect(shaper.leavesAt(10, 1000, 1010)).toBe(2010);
  shaper.setShape(UNSHAPED);
  expect(shaper.leavesAt(20, 1000, 0)).toBe(20);
});

test("jitter goes both ways and never below zero", () => {
  const draws = [0, 0.999, 0];
  const shaper = new Shaper(() => draws.shift() ?? 0);
  shaper.setShape({ delayMs: 40, jitterMs: 10, kbitPerSecond: 0 });
  expect(shaper.leavesAt(0, 1, 0)).toBe(30);
  expect(shaper.leavesAt(0, 1, 0)).toBeCloseTo(50, 1);
  shaper.setShape({ delayMs: 5, jitterMs: 10, kbitPerSecond: 0 });
  expect(shaper.leavesAt(7, 1, 0)).toBe(7);
});
