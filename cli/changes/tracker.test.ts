/** Proves what a reader hands out: each change once and after the one before it, holes found and told. */
import { expect, test } from "vitest";
import { Tracker } from "./tracker.ts";

const LOG = 11;
const at = (partition: number, from: number, sequence: number) => ({ log: LOG, partition, from, sequence });

test("what joins comes next, what was handed out is a repeat", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge(at(3, 9, 10), 0)).toBe("repeat");
  expect(tracker.judge(at(3, 11, 14), 0)).toBe("next");
  tracker.take(at(3, 11, 14));
  expect(tracker.judge(at(3, 11, 14), 0)).toBe("repeat");
  expect(tracker.judge(at(3, 15, 15), 0)).toBe("next");
});

test("a hole is complained of once, and closed by what fills it", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge(at(3, 13, 14), 0)).toBe("torn");
  expect(tracker.unsaid()).toEqual([3]);
  tracker.said([3]);
  expect(tracker.judge(at(3, 15, 16), 0)).toBe("torn");
  expect(tracker.unsaid()).toEqual([]);
  expect(tracker.tornCount).toBe(1);
  expect(tracker.judge(at(3, 11, 12), 0)).toBe("next");
  tracker.take(at(3, 11, 12));
  expect(tracker.tornCount).toBe(0);
  expect(tracker.judge(at(3, 13, 14), 0)).toBe("next");
});

test("who wants all begins at the first change; who looks on, with what comes", () => {
  const whole = new Tracker(true);
  whole.begin(LOG, []);
  expect(whole.judge(at(5, 4, 4), 0)).toBe("torn");
  expect(whole.judge(at(5, 1, 3), 0)).toBe("next");
  const onlooker = new Tracker(false);
  expect(onlooker.judge(at(5, 4, 4), 0)).toBe("next");
  onlooker.take(at(5, 4, 4));
  expect(onlooker.judge(at(5, 6, 6), 0)).toBe("torn");
});

test("positions of another log mean nothing", () => {
  const tracker = new Tracker(true);
  tracker.begin(LOG, [[3, 10]]);
  expect(tracker.judge({ ...at(3, 1, 2), log: 12 }, 0)).toBe("other-log");
  tracker.begin(12, []);
  expect(tracker.judge({ ...at(3, 1, 2), log: 12 }, 0)).toBe("next");
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

test("what is missing for too long can be given up: up to the last that was seen beyond it", () => {
  const tracker = new Tracker(false);
  tracker.begin(LOG, [
    [3, 10],
    [4, 0],
  ]);
  expect(tracker.judge(at(3, 13, 14), 100)).toBe("torn");
  expect(tracker.judge(at(3, 15, 17), 200)).toBe("torn");
  expect(tracker.judge(at(4, 2, 2), 300)).toBe("torn");
  expect(tracker.tornSince(99)).toEqual([]);
  expect(tracker.tornSince(100)).toEqual([[3, 17]]);
  expect(tracker.giveUp(3, 17)).toBe(11);
  expect(tracker.tornCount).toBe(1);
  expect(tracker.judge(at(3, 11, 12), 400)).toBe("repeat");
  expect(tracker.judge(at(3, 18, 20), 400)).toBe("next");
  expect([tracker.knows(4), tracker.knows(5)]).toEqual([true, false]);
  expect(tracker.positions()).toEqual([
    [3, 17],
    [4, 0],
  ]);
});
