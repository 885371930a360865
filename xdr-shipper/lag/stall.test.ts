/**
 * Proves of a stall that it begins once, when nothing has arrived for long enough although something
 * should, and ends once; and that what is idle, or slow and moving, never stands still.
 */
import { expect, test } from "vitest";
import { Stall, STALL_MS } from "./stall.ts";

/** Looks once a second from 1 s on; answers what was told, by second. */
function story(seconds: number, look: (second: number) => { pending: boolean; progress: number }): string[] {
  const stall = new Stall();
  const told: string[] = [];
  for (let second = 1; second <= seconds; second++) {
    const news = stall.take(look(second), second * 1000);
    if (news !== undefined) told.push(`${second} ${news}`);
    expect(stall.stalledMs(second * 1000) !== null).toBe((told.at(-1) ?? "").endsWith("begun"));
  }
  return told;
}

test("nothing to ship: no stall, however long", () => {
  expect(story(100, () => ({ pending: false, progress: 7 }))).toEqual([]);
});

test("slow, but something arrives now and then: no stall", () => {
  expect(story(100, (second) => ({ pending: true, progress: Math.floor(second / 9) }))).toEqual([]);
});

test("nothing arrives: it begins once, and ends once with the first that does", () => {
  const told = story(60, (second) => ({ pending: second >= 5, progress: second < 40 ? 3 : second }));
  expect(told).toEqual([`${5 + STALL_MS / 1000} begun`, "40 ended"]);
});

test("it ends as well when there is nothing more to ship", () => {
  const told = story(40, (second) => ({ pending: second < 30, progress: 3 }));
  expect(told).toEqual([`${1 + STALL_MS / 1000} begun`, "30 ended"]);
});

test("how long it has stood still counts from when something was due, or arrived last", () => {
  const stall = new Stall();
  stall.take({ pending: true, progress: 1 }, 0);
  stall.take({ pending: true, progress: 2 }, 5000);
  stall.take({ pending: true, progress: 2 }, 5000 + STALL_MS + 700);
  expect(stall.stalledMs(5000 + STALL_MS + 700)).toBe(STALL_MS + 700);
});
