/**
 * LE1, LE2 and LE9 of node/replica/SPEC.md, of the counting alone: whatever ends without an entry, whatever
 * is missing, filtered or cannot be read, what is taken adds up to the numbers that were seen.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDelta, emptyLedger, Outcome, unaccountedOf } from "../../proto/ledger.ts";
import { RunTally } from "./run-tally.ts";

test("what is taken covers all numbers; only what is missing is unaccounted for", () => {
  const step = fc.constantFrom("carried", "ended", "missing", "damaged", "filtered");
  fc.assert(
    fc.property(fc.nat(5), fc.array(step, { maxLength: 30 }), (start, steps) => {
      const tally = new RunTally(start, true);
      const ledger = { ...emptyLedger(), changes: start, applied: start };
      let number = start;
      let missing = 0;
      let lost = 0;
      let seen = start > 0;
      for (const one of steps) {
        number++;
        if (one === "missing") {
          lost++;
          continue;
        }
        if (one === "damaged") {
          tally.seeNameless();
          continue;
        }
        if (one === "filtered") {
          // As one entry for two changes; delivered again it counts for nothing.
          tally.seeFiltered(++number, 2);
          tally.seeFiltered(number, 2);
        } else tally.see(number);
        // Before the first change that is seen nobody can tell what an older release has applied.
        if (seen) missing += lost;
        seen = true;
        lost = 0;
        if (one === "filtered") continue;
        if (one === "ended") tally.end(Outcome.superseded, false);
        else {
          const delta = tally.take(false);
          if (delta !== undefined) addDelta(ledger, delta, 1);
          addDelta(ledger, { ...emptyLedger(), changes: 1, applied: 1 }, 1);
          expect(ledger.changes).toBe(number);
        }
      }
      const rest = tally.take(true);
      if (rest !== undefined) addDelta(ledger, rest, 1);
      expect(ledger.changes).toBe(tally.number);
      expect(unaccountedOf(ledger)).toBe(missing);
    }),
  );
});

test("a change that cannot be read, and was applied before, is not counted again", () => {
  const tally = new RunTally(7, true);
  tally.seeNameless();
  tally.see(8);
  expect(tally.take(true)).toBeUndefined();
  expect(tally.number).toBe(8);
});

test("what a release has applied that counted nothing is taken for recovered", () => {
  const tally = new RunTally(0, true);
  tally.see(41);
  expect(tally.take(false)).toEqual({ ...emptyLedger(), changes: 40, recovered: 40 });
});

test("a scan covers what is above the last number, and nothing twice", () => {
  const tally = new RunTally(5, true);
  tally.recoverTo(9);
  tally.recoverTo(8);
  expect(tally.take(true)).toEqual({ ...emptyLedger(), changes: 4, recovered: 4 });
  expect(tally.take(true)).toBeUndefined();
});

test("of a row of filtered changes that was covered in part only the rest counts", () => {
  const tally = new RunTally(5, true);
  tally.seeFiltered(7, 4);
  expect(tally.take(false)).toEqual({ ...emptyLedger(), changes: 2, filtered: 2 });
  tally.seeFiltered(10, 1);
  expect(tally.take(true)).toEqual({ ...emptyLedger(), changes: 3, filtered: 1 });
  expect(tally.number).toBe(10);
});

test("filtered changes of a release that counted none are counted as they come", () => {
  const tally = new RunTally(3, true);
  tally.seeFiltered(0, 2);
  expect(tally.take(true)).toEqual({ ...emptyLedger(), changes: 2, filtered: 2 });
  expect(tally.number).toBe(5);
});

test("what cannot be read counts before a change without a number, until the next number says otherwise", () => {
  const tally = new RunTally(7, true);
  tally.seeNameless();
  tally.seeForwarded();
  expect(tally.take(false)).toEqual({ ...emptyLedger(), changes: 1, parked: 1 });
  // It was a forwarded change, too, and had no number.
  tally.see(8);
  expect(tally.take(true)).toEqual({ ...emptyLedger(), changes: -1, parked: -1 });
  expect(tally.number).toBe(8);
});
