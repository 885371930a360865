/**
 * Proves of the reports: they are numbered without holes; what moved is told once; a full report waits
 * for every node's answer, carries all positions of the own lanes, and tells progress only once all
 * positions are told; what makes another one due while nodes are asked is not forgotten with it; and each
 * says whether the origin was declared lost.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLogger } from "../../common/log.ts";
import type { ShutOut } from "../../proto/cluster-map.ts";
import { meridian } from "../../proto/gen/bus.js";
import { Intake } from "./intake.ts";
import { PositionBook } from "./position-book.ts";
import { Reporter } from "./reporter.ts";

const { PositionReport } = meridian.bus;
const LANES = 2;

let book: PositionBook;
let reports: ReturnType<typeof PositionReport.decode>[];
let asked: number[];
let connected: boolean;
let shutOut: ShutOut | undefined;
let reporter: Reporter;

beforeEach(() => {
  vi.useFakeTimers();
  book = new PositionBook();
  reports = [];
  asked = [];
  connected = true;
  shutOut = undefined;
  const intake = new Intake({
    originId: 1,
    destinationId: 2,
    namespaces: ["test", "gen"],
    onMessage: () => undefined,
    log: createLogger({}, "silent"),
  });
  intake.report = () => [
    { namespace: "test", lane: 0, publisher: 9, received: 4, finished: 3, usedAt: 0, open: [] },
  ];
  reporter = new Reporter({
    reporter: 5,
    namespaces: ["test", "gen"],
    logIds: () => [21, 22],
    lanes: LANES,
    shutOut: () => shutOut,
    intake,
    book,
    connected: () => connected,
    send: (message) => reports.push(PositionReport.decode(message)),
    askNodes: (request) => {
      asked.push(request);
      return 2;
    },
    now: () => Date.now(),
    wallMs: () => 1_000_000,
  });
  reporter.setLanes([0]);
});
afterEach(() => {
  reporter.close();
  vi.useRealTimers();
});

function answerAll(): void {
  const request = asked.at(-1) ?? 0;
  reporter.answered(request);
  reporter.answered(request);
}

test("a full report comes when every node has answered, in parts, progress with the last", () => {
  book.set(0, 2, 11, 7);
  book.set(0, 3, 11, 8); // Not of an own lane.
  book.set(1, 4, 12, 9);
  vi.advanceTimersByTime(60);
  expect(asked).toHaveLength(1);
  reporter.answered(asked[0] ?? 0);
  expect(reports.filter((report) => report.fullParts > 0)).toHaveLength(0);
  reporter.answered(asked[0] ?? 0);
  const full = reports.filter((report) => report.fullParts > 0);
  expect(full.map((report) => report.fullPart)).toEqual([1, 2]);
  expect(full.map((report) => report.progress.length)).toEqual([0, 1]);
  expect(full.flatMap((report) => report.sections.map((section) => section.partitions))).toEqual([[2], [4]]);
  expect(full[0]?.namespaces).toEqual(["test", "gen"]);
  expect(full[0]?.logIds).toEqual([21, 22]);
});

test("reports are numbered without holes, and what moved is told once", () => {
  vi.advanceTimersByTime(60);
  answerAll();
  reports.length = 0;
  book.raise(0, 2, 11, 8);
  vi.advanceTimersByTime(60);
  vi.advanceTimersByTime(2000);
  const moved = reports.filter((report) => report.sections.length > 0);
  expect(moved).toHaveLength(1);
  expect(reports.length).toBeGreaterThan(2);
  expect(reports.map((report) => report.number)).toEqual(
    reports.map((_, index) => (reports[0]?.number ?? 0) + index),
  );
});

test("nothing is told, numbered or forgotten while the origin cannot be reached", () => {
  vi.advanceTimersByTime(60);
  answerAll();
  const last = reports.at(-1)?.number ?? 0;
  reports.length = 0;
  connected = false;
  book.raise(0, 2, 11, 8);
  vi.advanceTimersByTime(3000);
  expect(reports).toHaveLength(0);
  connected = true;
  vi.advanceTimersByTime(60);
  expect(reports[0]?.number).toBe(last + 1);
  expect(reports[0]?.sections[0]?.positions).toEqual([8]);
});

test("a node that does not answer is left out after a while, and asked again", () => {
  vi.advanceTimersByTime(60);
  reporter.answered(asked[0] ?? 0);
  vi.advanceTimersByTime(1200);
  expect(reports.filter((report) => report.fullParts > 0)).toHaveLength(1);
  expect(asked.length).toBeGreaterThan(1);
});

test("a node that becomes primary while nodes are asked is asked again", () => {
  vi.advanceTimersByTime(60);
  reporter.answered(asked[0] ?? 0);
  // It has answered for the slots it was primary of.
  reporter.wantFull();
  reporter.answered(asked[0] ?? 0);
  vi.advanceTimersByTime(60);
  expect(asked).toHaveLength(2);
  answerAll();
  vi.advanceTimersByTime(2000);
  expect(asked).toHaveLength(2);
});

test("no full report while the origin cannot be reached: it is made up for", () => {
  vi.advanceTimersByTime(60);
  connected = false;
  answerAll();
  expect(reports.filter((report) => report.fullParts > 0)).toHaveLength(0);
  connected = true;
  vi.advanceTimersByTime(60);
  answerAll();
  expect(reports.filter((report) => report.fullParts > 0)).toHaveLength(1);
});

test("every report says whether the origin was declared lost, as the map has it now", () => {
  vi.advanceTimersByTime(60);
  answerAll();
  expect(reports.map(({ shutOutId }) => shutOutId)).toEqual(reports.map(() => 0));
  reports.length = 0;
  shutOut = { sourceId: 1, id: 77, sinceMs: 1_700_000_000_000 };
  vi.advanceTimersByTime(1200);
  reporter.wantFull();
  vi.advanceTimersByTime(60);
  answerAll();
  expect(reports.length).toBeGreaterThan(2);
  expect(reports.map(({ shutOutId, shutOutSinceMs }) => [shutOutId, shutOutSinceMs])).toEqual(
    reports.map(() => [77, 1_700_000_000_000]),
  );
  shutOut = undefined;
  reports.length = 0;
  vi.advanceTimersByTime(600);
  expect(reports[0]?.shutOutId).toBe(0);
});
