/**
 * CT8 of SPEC.md.
 *
 * Proves who is remembered as taken for dead by mistake, for how long, and what it is worth.
 */
import { expect, test } from "vitest";
import type { Member } from "../../proto/cluster-map.ts";
import { MemberHistory } from "./member-history.ts";

function member(state: Member["state"], boot = 1): Member {
  return {
    id: "A1",
    name: "a1",
    rackId: 0,
    service: "127.0.0.1:1",
    fabric: "127.0.0.1:2",
    admin: "127.0.0.1:3",
    boot,
    state,
    changedAt: 1,
  };
}

/** Down at `atMs`, and back a second later. */
function mistake(history: MemberHistory, atMs: number, bootAfter = 1): void {
  history.note([member("down")], atMs);
  history.note([member("up", bootAfter)], atMs + 1000);
}

test("who comes back as it was gets twice the patience each time, up to eight times", () => {
  const history = new MemberHistory();
  const factors = [1, 2, 3, 4, 5].map((turn) => {
    mistake(history, turn * 2000);
    return history.patience(turn * 2000 + 1000).get("A1");
  });
  expect(factors).toEqual([2, 4, 8, 8, 8]);
});

test("who was started again was dead: no mistake, and twice the patience while it joins", () => {
  const history = new MemberHistory();
  mistake(history, 0, 2);
  expect([...history.patience(1000)]).toEqual([["A1", 2]]);
  expect([...history.patience(6000)]).toEqual([]);
  expect(history.isCalm(1000)).toBe(true);
});

test("a mistake is forgotten after a minute; balance waits for some seconds only", () => {
  const history = new MemberHistory();
  mistake(history, 0);
  expect(history.isCalm(1001)).toBe(false);
  expect(history.isCalm(7000)).toBe(true);
  expect(history.patience(59_000).get("A1")).toBe(2);
  expect([...history.patience(62_000)]).toEqual([]);
});

test("since when a member is down, until it is up again", () => {
  const history = new MemberHistory();
  history.note([member("down")], 5);
  history.note([member("down")], 50);
  expect([...history.downSinceMs]).toEqual([["A1", 5]]);
  history.note([member("up")], 60);
  expect([...history.downSinceMs]).toEqual([]);
});
