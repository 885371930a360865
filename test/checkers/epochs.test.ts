/** Proves that the epoch checker passes failovers and finds two primaries, falling epochs, late answers. */
import { expect, test } from "vitest";
import { EpochChecker, type EpochEvent } from "./epochs.ts";

function event(kind: EpochEvent["kind"], node: string, epoch: number, partition = "7"): EpochEvent {
  return { kind, node, epoch, partition };
}

function epochProblems(events: readonly EpochEvent[]): string[] {
  const checker = new EpochChecker();
  for (const one of events) checker.observe(one);
  return checker.problems;
}

test("a failover, a restart in the same epoch, and another partition are fine", () => {
  const events = [
    event("adopts", "n1", 1),
    event("serves", "n1", 1),
    event("acknowledges", "n1", 1),
    event("adopts", "n2", 2),
    event("serves", "n2", 2),
    event("acknowledges", "n2", 2),
    event("adopts", "n1", 2),
    event("serves", "n2", 2),
    event("serves", "n3", 2, "8"),
    event("adopts", "n1", 1, "8"),
  ];
  expect(epochProblems(events)).toEqual([]);
});

test("the old primary may still believe that it serves, while it acknowledges nothing", () => {
  expect(epochProblems([event("serves", "n2", 2), event("serves", "n1", 1)])).toEqual([]);
});

test("two primaries of one epoch", () => {
  expect(epochProblems([event("serves", "n1", 3), event("acknowledges", "n2", 3)])).toEqual([
    "n1 and n2 are both primary of partition 7 in epoch 3",
  ]);
});

test("an epoch that falls, as after a control plane that was rolled back", () => {
  expect(epochProblems([event("adopts", "n1", 4), event("adopts", "n1", 3)])).toEqual([
    "n1 goes back from epoch 4 to 3 of partition 7",
  ]);
});

test("a paused primary that acknowledges after its successor did", () => {
  const events = [
    event("acknowledges", "n1", 1),
    event("acknowledges", "n2", 2),
    event("acknowledges", "n1", 1),
  ];
  expect(epochProblems(events)).toEqual(["n1 acknowledges in epoch 1 of partition 7, after n2 did in 2"]);
});
