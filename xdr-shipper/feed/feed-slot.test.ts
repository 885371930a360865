/** Proves that a partition's messages account for the log without a hole, and what was lost never counts. */
import { expect, test } from "vitest";
import type { Fate } from "../bus/stream-publisher.ts";
import { ConsumerPositions, oldest } from "./feed-consumers.ts";
import { FeedGroups } from "./feed-groups.ts";
import { type FeedRun, FeedSlot } from "./feed-slot.ts";

test("an account begins after the last message, whatever lies between", () => {
  const slot = new FeedSlot(0);
  slot.reset(4, 9);
  expect(slot.join(10, 12)).toBe(5);
  slot.chain = 12;
  expect(slot.join(13, 20)).toBe(12);
  // Read again from where the bus has it: the account begins there again.
  expect(slot.join(10, 12)).toBe(5);
});

test("runs count in order, and none that left before a loss", () => {
  const slot = new FeedSlot(0);
  const first: FeedRun = { slot, to: 3, last: 2, generation: slot.generation };
  const second: FeedRun = { slot, to: 6, last: 0, generation: slot.generation };
  expect(slot.take(first, 1)).toBe(true);
  expect([slot.acked, slot.ackedLast]).toEqual([3, 2]);
  slot.lose(true);
  expect(slot.take(second, 2)).toBe(false);
  expect(slot.acked).toBe(3);
  expect(slot.attempt).toBe(1);
  slot.lose(false);
  expect(slot.attempt).toBe(1);
});

test("groups come through in order; one that fails stops none that do not hang on it", () => {
  const told: string[] = [];
  const slot = new FeedSlot(0);
  const run = (to: number): FeedRun => ({ slot, to, last: to, generation: 0 });
  const groups = new FeedGroups(1, {
    onThrough: (_channel, number, runs) => told.push(`${number}: ${runs.map(({ to }) => to).join()}`),
    onFailed: (_channel, number, _runs, fate) => told.push(`${number} ${fate}`),
  });
  const fates: ((fate: Fate) => void)[] = [];
  for (const to of [1, 2, 3]) {
    groups.add(0, run(to));
    fates.push(groups.message(0), groups.message(0));
    groups.close(0);
  }
  const [a, b, c, d, e, f] = fates;
  c?.("stored");
  d?.("refused");
  e?.("stored");
  a?.("stored");
  expect(told).toEqual([]);
  b?.("stored");
  expect(told).toEqual(["1: 1", "2 refused"]);
  f?.("cut");
  expect(told).toEqual(["1: 1", "2 refused", "3 cut"]);
});

test("what was forgotten tells nothing any more", () => {
  const told: number[] = [];
  const groups = new FeedGroups(1, {
    onThrough: (_channel, number) => told.push(number),
    onFailed: (_channel, number) => told.push(-number),
  });
  const before = groups.message(0);
  groups.close(0);
  groups.forget();
  before("stored");
  const after = groups.message(0);
  groups.close(0);
  after("stored");
  expect(told).toEqual([2]);
});

test("the feed begins again where its oldest consumer is, and where it has none with all there is", () => {
  const ahead = new ConsumerPositions("ahead");
  const behind = new ConsumerPositions("behind");
  ahead.set(0, 8, 20);
  behind.set(0, 3, 5);
  expect(oldest([ahead, behind], 0)).toEqual({ last: 3, covered: 5 });
  expect(oldest([], 0)).toEqual({ last: 0, covered: 0 });
});

test("a consumer stands behind what is no change only when it has all changes", () => {
  const consumer = new ConsumerPositions("one");
  consumer.report(0, 4);
  consumer.cover(0, 7, 12);
  expect(consumer.covered[0]).toBe(4);
  consumer.report(0, 7);
  consumer.cover(0, 7, 12);
  expect(consumer.covered[0]).toBe(12);
  // A report from before is no way back.
  consumer.report(0, 4);
  expect([consumer.lasts[0], consumer.covered[0]]).toEqual([7, 12]);
});
