/** Proves that figures read well at every size, and that what is not known is never shown as 0. */
import { expect, test } from "vitest";
import { byteRate, bytes, count, rate, seconds, sum, UNKNOWN } from "./format.js";

test.each([
  [count(0), "0"],
  [count(1_234_567), "1,234,567"],
  [bytes(0), "0 B"],
  [bytes(999), "999 B"],
  [bytes(1500), "1.5 kB"],
  [bytes(64_000), "64 kB"],
  [bytes(2_500_000_000_000), "2500 GB"],
  [seconds(0), "0.0 s"],
  [seconds(9.96), "10.0 s"],
  [seconds(42.4), "42 s"],
  [seconds(119.9), "1 min 59 s"],
  [seconds(3600), "1 h 0 min"],
  [rate(0), "0/s"],
  [rate(0.25), "0.3/s"],
  [rate(1234.5), "1,235/s"],
  [byteRate(2_000_000), "2.0 MB/s"],
])("%s", (shown, wanted) => {
  expect(shown).toBe(wanted);
});

test("what is not known", () => {
  for (const show of [count, bytes, seconds, rate, byteRate]) {
    expect([show(null), show(undefined)]).toEqual([UNKNOWN, UNKNOWN]);
  }
  expect(sum([1, null, 2])).toBeNull();
  expect(sum([1, undefined])).toBeNull();
  expect(sum([])).toBe(0);
});
