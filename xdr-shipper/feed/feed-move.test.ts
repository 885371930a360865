/** Proves where a consumer stands that is moved, and what is refused: then nothing of it is moved. */
import { expect, test } from "vitest";
import { ConsumerPositions, OLDEST, STANDING } from "./feed-consumers.ts";
import type { MoveRequest } from "./feed-desk.ts";
import { type MoveContext, moveConsumer } from "./feed-move.ts";
import { FeedSlot } from "./feed-slot.ts";

const REQUEST: MoveRequest = { to: "oldest", log: 0, positions: [], move: 1, force: false, open: true };

/** A consumer that has read partition 0 up to 8, and 1 not at all. */
function moved(request: Partial<MoveRequest>, context: Partial<MoveContext> = {}) {
  const slots = [new FeedSlot(0), new FeedSlot(1)];
  for (const slot of slots) slot.reset(9, 12);
  const consumer = new ConsumerPositions("one");
  consumer.set(0, 8, 8);
  const all = { logId: 11, slots, ends: () => 15, now: 60_000, since: 0, ...context };
  const refusal = moveConsumer(consumer, { ...REQUEST, ...request }, all);
  const places = slots.map(({ partition }) => [consumer.lasts[partition], consumer.covered[partition]]);
  return { refusal, places, known: slots.map(({ partition }) => consumer.knows(partition)) };
}

test("where it goes on", () => {
  expect(moved({ to: "beginning" }).places).toEqual([
    [STANDING, 0],
    [STANDING, 0],
  ]);
  expect(moved({ to: "oldest" })).toMatchObject({
    places: [
      [OLDEST, 0],
      [OLDEST, 0],
    ],
    known: [false, false],
  });
  expect(moved({ to: "now" }).places).toEqual([
    [9, 12],
    [9, 12],
  ]);
  expect(moved({ to: "positions", log: 11, positions: [[0, 3]] })).toMatchObject({
    places: [
      [3, 3],
      [OLDEST, 0],
    ],
    known: [true, false],
  });
  // Nothing before it: what the log has no more is a gap to it.
  expect(moved({ to: "positions", log: 11, positions: [[1, 0]] }).known).toEqual([true, true]);
});

test.each<[Partial<MoveRequest>, Partial<MoveContext>, string]>([
  [{ to: "positions", log: 12 }, {}, "BAD_REQUEST"],
  [{ to: "positions", log: 11, positions: [[0, 16]] }, {}, "BAD_REQUEST"],
  [{ move: 0 }, {}, "MOVED"],
  [{}, { now: 5000 }, "BUSY"],
])("refused: %j with %j is %s", (request, context, code) => {
  expect(moved(request, context)).toMatchObject({
    refusal: { code },
    places: [
      [8, 8],
      [0, 0],
    ],
  });
});

test("who reads is in the way, unless by force; who ended in order is not", () => {
  const consumer = new ConsumerPositions("one");
  const context = { logId: 11, slots: [new FeedSlot(0)], ends: () => 0, now: 60_000, since: 0 };
  consumer.open = true;
  consumer.heardAt = 58_000;
  expect(moveConsumer(consumer, REQUEST, context)).toMatchObject({ code: "CONSUMER_READS" });
  expect(moveConsumer(consumer, { ...REQUEST, force: true }, context)).toBeUndefined();
  consumer.open = false;
  consumer.heardAt = 58_000;
  expect(moveConsumer(consumer, { ...REQUEST, move: 2 }, context)).toBeUndefined();
});
