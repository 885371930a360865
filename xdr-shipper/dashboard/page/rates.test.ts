/**
 * Proves of rates that they come from answers of different moments, and never from a count that began anew.
 */
import { expect, test } from "vitest";
import { Rates } from "./rates.js";

test("none with the first answer; then over the last seconds only", () => {
  const rates = new Rates();
  expect(rates.take("a", 100, 0)).toBeNull();
  expect(rates.take("a", 300, 2000)).toBe(100);
  for (const second of [4, 6, 8, 10, 12]) rates.take("a", 300, second * 1000);
  expect(rates.take("a", 300, 14_000)).toBe(0);
});

test("a count that began anew, or was not known, has no rate", () => {
  const rates = new Rates();
  rates.take("a", 100, 0);
  expect(rates.take("a", 5, 2000)).toBeNull();
  expect(rates.take("a", 25, 4000)).toBe(10);
  expect(rates.take("a", null, 6000)).toBeNull();
  expect(rates.take("a", 1_000_000, 8000)).toBeNull();
});

test("the same answer shown again changes nothing", () => {
  const rates = new Rates();
  rates.take("a", 0, 0);
  rates.take("a", 500, 5000);
  expect(rates.take("a", 500, 5010)).toBe(100);
});
