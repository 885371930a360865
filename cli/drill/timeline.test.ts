/**
 * Proves that the phases of a recovery are found where they were put: histories are made with known
 * times of failing and recovering, good ones and bad ones.
 */
import { expect, test } from "vitest";
import { type Operation, OperationLog } from "./operation-log.ts";
import { bucketize, measureRecovery, type NodeLook } from "./timeline.ts";

interface Phase {
  readonly fromMs: number;
  readonly toMs: number;
  readonly perSecond: number;
  readonly outcome?: Operation["outcome"];
}

/** Operations at an even pace in each phase, on 10 keys in turn. */
function logOf(phases: readonly Phase[]): OperationLog {
  const operations = phases.flatMap(({ fromMs, toMs, perSecond, outcome = "applied" }) =>
    Array.from({ length: Math.round(((toMs - fromMs) * perSecond) / 1000) }, (_, index) => ({
      endMs: fromMs + (index * 1000) / perSecond,
      outcome,
    })),
  );
  const log = new OperationLog(2);
  operations
    .sort((a, b) => a.endMs - b.endMs)
    .forEach(({ endMs, outcome }, index) => {
      log.add({
        datacenter: 0,
        isWrite: true,
        outcome,
        key: index % 10,
        number: index,
        previous: 0,
        ordinal: 0,
        known: [],
        generation: 0,
        startMs: endMs - 2,
        endMs,
        code: outcome === "applied" ? 0 : 9,
      });
    });
  return log;
}

const look = (atMs: number, mapVersion: number, unavailable: number): NodeLook => ({
  atMs,
  datacenter: "dc-a",
  node: "a1",
  mapVersion,
  unavailable,
});
const measure = (phases: readonly Phase[], looks: readonly NodeLook[] = []) =>
  measureRecovery({
    log: logOf(phases),
    faultMs: 5000,
    untilMs: 15_000,
    baselineFromMs: 0,
    looks,
    datacenter: "dc-a",
  });

test("an outage of 1.2 s: detected at once, back at 1.2 s", () => {
  const recovery = measure(
    [
      { fromMs: 0, toMs: 5000, perSecond: 1000 },
      { fromMs: 5010, toMs: 6200, perSecond: 1000, outcome: "in-doubt" },
      { fromMs: 6200, toMs: 15_000, perSecond: 1000 },
    ],
    [look(4000, 3, 0), look(5500, 3, 0), look(5900, 4, 80), look(6100, 4, 0)],
  );
  expect(recovery).toMatchObject({
    detectedMs: 10,
    newPrimariesMs: 1100,
    failed: 1190,
    lastFailureMs: 1199,
    rateBefore: 1000,
  });
  expect(recovery.firstSuccessMs).toBeGreaterThanOrEqual(1200);
  expect(recovery.firstSuccessMs).toBeLessThan(1210);
  expect(recovery.fullRateMs).toBeGreaterThanOrEqual(1150);
  expect(recovery.fullRateMs).toBeLessThanOrEqual(1250);
});

test("a third of the operations fails for 2 s: not full before it ends", () => {
  const recovery = measure([
    { fromMs: 0, toMs: 5000, perSecond: 900 },
    { fromMs: 5000, toMs: 7000, perSecond: 600 },
    { fromMs: 5001, toMs: 7000, perSecond: 300, outcome: "refused" },
    { fromMs: 7000, toMs: 15_000, perSecond: 900 },
  ]);
  expect(recovery.fullRateMs).toBeGreaterThanOrEqual(1900);
  expect(recovery.fullRateMs).toBeLessThanOrEqual(2050);
});

test("a short recovery between two falls is none", () => {
  const recovery = measure([
    { fromMs: 0, toMs: 5000, perSecond: 1000 },
    { fromMs: 6000, toMs: 6600, perSecond: 1000 },
    { fromMs: 9000, toMs: 15_000, perSecond: 1000 },
  ]);
  expect(recovery.fullRateMs).toBeGreaterThanOrEqual(3950);
  expect(recovery.fullRateMs).toBeLessThanOrEqual(4050);
});

test("nothing fell: no phase but the full rate, at 0", () => {
  expect(measure([{ fromMs: 0, toMs: 15_000, perSecond: 1000 }])).toMatchObject({
    detectedMs: null,
    newPrimariesMs: null,
    firstSuccessMs: null,
    fullRateMs: 0,
    lastFailureMs: null,
    failed: 0,
  });
});

test("a service that stays down has no full rate, and one that was never up neither", () => {
  expect(measure([{ fromMs: 0, toMs: 5000, perSecond: 1000 }])).toMatchObject({ fullRateMs: null });
  expect(measure([{ fromMs: 5000, toMs: 15_000, perSecond: 1000 }])).toMatchObject({
    fullRateMs: null,
    rateBefore: 0,
  });
});

test("a map that changes although nothing fails is the detection", () => {
  const recovery = measure(
    [{ fromMs: 0, toMs: 15_000, perSecond: 1000 }],
    [look(4000, 3, 0), look(5700, 4, 0)],
  );
  expect(recovery).toMatchObject({ detectedMs: 700, newPrimariesMs: 700, fullRateMs: 0 });
});

test("buckets hold counts by outcome, and latencies of what was applied", () => {
  const log = logOf([
    { fromMs: 0, toMs: 1000, perSecond: 100 },
    { fromMs: 1000, toMs: 1500, perSecond: 100, outcome: "refused" },
  ]);
  expect(bucketize(log, 0, 500, 2000)).toEqual([
    { atMs: 0, applied: 50, refused: 0, inDoubt: 0, p50Ms: 2, p99Ms: 2 },
    { atMs: 500, applied: 50, refused: 0, inDoubt: 0, p50Ms: 2, p99Ms: 2 },
    { atMs: 1000, applied: 0, refused: 50, inDoubt: 0, p50Ms: null, p99Ms: null },
    { atMs: 1500, applied: 0, refused: 0, inDoubt: 0, p50Ms: null, p99Ms: null },
  ]);
  expect(bucketize(log, 1, 500, 500)).toMatchObject([{ applied: 0 }]);
});
