/** Proves what a reader hands out: each change once and after the one before it, holes found and told. */
import { expect, test } from "vitest";
import { Tracker } from "./tracker.ts";

const LOG = 11;
const at = (partition: number, from: number, sequence: number) => ({ log: LOG, partition, from, sequence });

test("what joins comes next, what was handed out is a repeat", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge(at(3, 9, 10))).toBe("repeat");
  expect(tracker.judge(at(3, 11, 14))).toBe("next");
  tracker.take(at(3, 11, 14));
  expect(tracker.judge(at(3, 11, 14))).toBe("repeat");
  expect(tracker.judge(at(3, 15, 15))).toBe("next");
});

test("a hole is complained of once, and closed by what fills it", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge(at(3, 13, 14))).toBe("torn");
  expect(tracker.unsaid()).toEqual([3]);
  tracker.said([3]);
  expect(tracker.judge(at(3, 15, 16))).toBe("torn");
  expect(tracker.unsaid()).toEqual([]);
  expect(tracker.tornCount).toBe(1);
  expect(tracker.judge(at(3, 11, 12))).toBe("next");
  tracker.take(at(3, 11, 12));
  expect(tracker.tornCount).toBe(0);
  expect(tracker.judge(at(3, 13, 14))).toBe("next");
});

test("who wants all begins at the first change; who looks on, with what comes", () => {
  const whole = new Tracker(true);
  whole.begin(LOG, []);
  expect(whole.judge(at(5, 4, 4))).toBe("torn");
  expect(whole.judge(at(5, 1, 3))).toBe("next");
  const onlooker = new Tracker(false);
  expect(onlooker.judge(at(5, 4, 4))).toBe("next");
  onlooker.take(at(5, 4, 4));
  expect(onlooker.judge(at(5, 6, 6))).toBe("torn");
});

test("positions of another log mean nothing", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge({ ...at(3, 1, 2), log: 12 })).toBe("other-log");
  tracker.begin(12, []);
  expect(tracker.judge({ ...at(3, 1, 2), log: 12 })).toBe("next");
});

test("a position is kept when the one that was told is the present one", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, []);
  tracker.consumed(at(1, 1, 5));
  tracker.consumed(at(2, 1, 6));
  const told = tracker.unkept();
  tracker.consumed(at(2, 7, 8));
  tracker.kept(told);
  expect(tracker.unkept()).toEqual([[2, 8]]);
});
