/**
 * Proves that what is measured is never further from the truth than the error says, whatever the ways took,
 * and that a clock that was set is not judged by what was measured before.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { OffsetSamples, offsetOf, skewBetween, spreadOf } from "./skew.ts";

const way = fc.double({ min: 0, max: 500, noNaN: true });
const offset = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** A round trip to a clock that is ahead by `truth`. */
function trip(truth: number, there: number, stay: number, back: number) {
  const receivedAt = 1000 + there + truth;
  return {
    sentAt: 1000,
    receivedAt,
    repliedAt: receivedAt + stay,
    returnedAt: 1000 + there + stay + back,
  };
}

test("an offset is right within its error", () => {
  fc.assert(
    fc.property(offset, way, way, way, (truth, there, stay, back) => {
      const measured = offsetOf(trip(truth, there, stay, back));
      expect(Math.abs(measured.ahead - truth)).toBeLessThanOrEqual(measured.error + 1e-6);
      expect(measured.error).toBeLessThanOrEqual((there + back) / 2 + 1e-6);
    }),
  );
});

test("the skew of any two nodes of two datacenters is right within its error", () => {
  const nodes = fc.array(offset, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(nodes, nodes, offset, way, (theirs, ours, between, wayMs) => {
      const measure = (clocks: number[]) => clocks.map((ahead) => offsetOf(trip(ahead, wayMs, 1, wayMs / 3)));
      const [there, here] = [spreadOf(measure(theirs)), spreadOf(measure(ours))];
      if (there === undefined || here === undefined) throw new Error("there are nodes");
      const skew = skewBetween(there, offsetOf(trip(between, wayMs, 2, wayMs * 2)), here);
      for (const their of theirs) {
        for (const own of ours) {
          expect(Math.abs(skew.ahead - (between + their - own))).toBeLessThanOrEqual(skew.error + 1e-6);
        }
      }
    }),
  );
});

test("the quickest of the last round trips counts, and old ones do not", () => {
  const samples = new OffsetSamples();
  expect(samples.best(0)).toBeUndefined();
  samples.add({ ahead: 5, error: 1 }, 0);
  samples.add({ ahead: 9, error: 7 }, 9000);
  expect(samples.best(9000)).toEqual({ ahead: 5, error: 1 });
  expect(samples.best(10_001)).toEqual({ ahead: 9, error: 7 });
  expect(samples.best(19_001)).toBeUndefined();
  for (let at = 0; at < 8; at++) samples.add({ ahead: 100, error: 9 }, 9001 + at);
  expect(samples.best(9010)).toEqual({ ahead: 100, error: 9 });
});

test("no node is no spread", () => {
  expect(spreadOf([])).toBeUndefined();
});
