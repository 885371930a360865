/** Proves that a clock is shifted by what is said, either way, and by nothing that is no number of it. */
import { expect, test } from "vitest";
import { systemClock } from "../../common/clock.ts";
import type { AdminSource } from "./admin-source.ts";
import { shiftClockRoute } from "./shift-clock.ts";

const clock = systemClock();
const shiftClock = (offsetMs: number): void => {
  clock.offsetMs = offsetMs;
};
const ask = (query: string) => shiftClockRoute({ shiftClock } as AdminSource, new URLSearchParams(query));

test("the wall clock is so far from the machine's, the monotonic one goes on", () => {
  const monotonic = clock.monotonicMs();
  for (const offsetMs of [300_000, -300_000, 0]) {
    expect(ask(`ms=${offsetMs}`)).toEqual({ offsetMs });
    expect(Math.round((clock.wallMs() - Date.now()) / 1000)).toBe(offsetMs / 1000);
  }
  expect(clock.monotonicMs() - monotonic).toBeLessThan(200_000);
});

test.each(["", "ms=", "ms=1.5", "ms=x", "ms=1e3", "ms=86400001", "ms=-86400001"])(
  "%s is refused",
  (query) => {
    expect(() => ask(query)).toThrow(/whole number of milliseconds/);
    expect(clock.offsetMs).toBe(0);
  },
);
