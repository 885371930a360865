/** Proves that a ledger which covers too little or too much, or does not sum up, is found wrong. */
import { expect, test } from "vitest";
import { ledgerProblems, type LedgerView } from "./ledger.ts";

const RIGHT: LedgerView = {
  where: "b1, slot 7",
  origin: "dc-a",
  position: 12,
  committed: 9,
  covered: 9,
  states: { applied: 5, superseded: 3, recovered: 1 },
};

test("a ledger that sums up to what was committed is right", () => {
  expect(ledgerProblems(RIGHT)).toEqual([]);
});

test("what is covered and was not committed, or the other way, is told", () => {
  for (const covered of [8, 10]) {
    const states = { applied: covered };
    expect(ledgerProblems({ ...RIGHT, covered, states })).toEqual([
      `b1, slot 7, changes of dc-a up to 12: ${covered} are covered, 9 were committed`,
    ]);
  }
});

test("a change in no state, or in two, is told; so is a state that none can be in", () => {
  expect(ledgerProblems({ ...RIGHT, states: { applied: 8 } })).toHaveLength(1);
  expect(ledgerProblems({ ...RIGHT, states: { applied: 8, parked: 2 } })).toHaveLength(1);
  expect(ledgerProblems({ ...RIGHT, states: { applied: 10, parked: -1 } })).toEqual([
    "b1, slot 7, changes of dc-a up to 12: -1 are parked",
  ]);
});
