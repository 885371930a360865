/**
 * Proves what makes a drill pass, fail or stay open: each check that breaks fails it, what could not be
 * judged leaves it open, and a broken check outweighs an open one.
 */
import { expect, test } from "vitest";
import type { DrillReport } from "./report-schema.ts";
import { SAMPLE } from "../../../test/drill/sample-report.ts";
import { judge, type Objectives } from "./verdict.ts";

const result = (change: Partial<DrillReport>, objectives: Objectives = {}): string =>
  judge({ ...SAMPLE, ...change }, objectives).result;
const [recovery] = SAMPLE.recoveries;
const [lost] = SAMPLE.losses[0]?.lost ?? [];
if (recovery === undefined || lost === undefined) throw new Error("the sample lacks what it is for");

test("a failover's loss is a finding, no failure, unless an objective says so", () => {
  expect(result({})).toBe("passed");
  expect(result({}, { rpo: { writes: 1 } })).toBe("passed");
  expect(result({}, { rpo: { writes: 0 } })).toBe("failed");
  expect(result({}, { rpo: { ageMs: 400 } })).toBe("passed");
  expect(result({}, { rpo: { ageMs: 399 } })).toBe("failed");
});

test("without a failover the RPO counts what is gone in the end", () => {
  expect(result({ losses: [] }, { rpo: { writes: 0 } })).toBe("passed");
  expect(result({ losses: [], convergence: null }, { rpo: { writes: 0 } })).toBe("inconclusive");
});

test("the slowest recovery from a fault counts for the RTO, and one that was not seen fails", () => {
  expect(result({}, { rtoMs: 2000 })).toBe("passed");
  expect(result({}, { rtoMs: 1999 })).toBe("failed");
  expect(result({ recoveries: [recovery, { ...recovery, fullRateMs: null }] }, { rtoMs: 9000 })).toBe(
    "failed",
  );
  expect(
    result({ recoveries: [recovery, { ...recovery, kind: "repair", fullRateMs: null }] }, { rtoMs: 2000 }),
  ).toBe("passed");
  expect(result({ recoveries: [] }, { rtoMs: 2000 })).toBe("inconclusive");
});

test("datacenters that differ, or a write that is gone without a conflict, fail", () => {
  const { convergence } = SAMPLE;
  if (convergence === null) throw new Error("the sample has converged");
  expect(result({ convergence: { ...convergence, verdict: "different" } })).toBe("failed");
  expect(result({ convergence: { ...convergence, verdict: "inconclusive" } })).toBe("inconclusive");
  expect(result({ unexplained: [lost] })).toBe("failed");
});

test("one datacenter ships nothing: there is nothing to compare, and no ledger", () => {
  const [series] = SAMPLE.series;
  if (series === undefined) throw new Error("the sample has a datacenter");
  const alone = { series: [series], losses: [], returned: [] };
  expect(result({ ...alone, ledger: null })).toBe("passed");
  expect(result({ ledger: null })).toBe("inconclusive");
});

test("a lost write that did not come back as an orphan fails, unless it cannot be told", () => {
  const [returned] = SAMPLE.returned;
  if (returned === undefined) throw new Error("the sample has orphans");
  const lacking = { ...returned, notAmongThem: [lost] };
  expect(result({ returned: [lacking] })).toBe("failed");
  expect(result({ returned: [{ ...lacking, unknownPartitions: 3 }] })).toBe("inconclusive");
});

test("a drill that was broken off is open, and failed when a check broke already", () => {
  expect(result({ failure: "no answer" })).toBe("inconclusive");
  expect(result({ failure: "no answer", convergence: null })).toBe("inconclusive");
  expect(result({ failure: "no answer" }, { rtoMs: 1 })).toBe("failed");
});
