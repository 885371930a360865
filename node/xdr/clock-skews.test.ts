/**
 * Proves when writes are refused for the clock: only ahead, only for certain, only above the bound, and no
 * longer than somebody measures it; and that skews of two other datacenters are told by both.
 */
import { expect, test } from "vitest";
import { ClockSkews } from "./clock-skews.ts";

test("who is ahead for certain refuses writes, until nobody says so any more", () => {
  let now = 0;
  const skews = new ClockSkews(1, 500, () => now);
  expect(skews.refusesWrites).toBe(false);
  for (const [ahead, error, refuses] of [
    [-600, 10, true],
    [-600, 200, false],
    [-500, 0, false],
    [600, 10, false],
    [-600, 10, true],
  ] as const) {
    skews.note(2, { ahead, error });
    expect(skews.refusesWrites).toBe(refuses);
  }
  now = 30_001;
  expect(skews.refusesWrites).toBe(false);
  expect(skews.of(2)).toBeUndefined();
});

test("without a bound no clock refuses anything", () => {
  const skews = new ClockSkews(1, 0, () => 0);
  skews.note(2, { ahead: -1e9, error: 0 });
  expect(skews.refusesWrites).toBe(false);
});

test("between two others both must be known", () => {
  const skews = new ClockSkews(1, 0, () => 0);
  skews.note(2, { ahead: 30, error: 1 });
  expect(skews.between(2, 1)).toEqual({ ahead: 30, error: 1 });
  expect(skews.between(1, 2)).toEqual({ ahead: -30, error: 1 });
  expect(skews.between(2, 3)).toBeUndefined();
  skews.note(3, { ahead: -10, error: 2 });
  expect(skews.between(2, 3)).toEqual({ ahead: 40, error: 3 });
});
