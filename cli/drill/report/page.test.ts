/**
 * Proves that the page holds every section of a report, escapes what comes from outside, loads nothing
 * and runs nothing; and that the terminal's summary names the same numbers. How it looks in a browser
 * is another test's matter.
 */
import { expect, test } from "vitest";
import { renderPage } from "./page.ts";
import { reportSchema } from "./report-schema.ts";
import { SAMPLE } from "../../../test/drill/sample-report.ts";
import { summaryLines } from "./terminal.ts";

test("the page has every section, and is safe and self-contained", () => {
  const page = renderPage(reportSchema.parse(SAMPLE), "x.json");
  for (const part of [
    "Verdict",
    "Timeline",
    "Throughput",
    "Errors",
    "Latency",
    "Lag between datacenters",
    "Recovery (RTO",
    "Lost by the failover (RPO): 1 writes",
    "In doubt: 1 writes",
    "Came back with dc-a: 1 orphan writes",
    "LUT 98",
    "Conflicts: 1 keys",
    "Proof at the end",
    "What was done",
    "lost a conflict",
    "broken off",
    "LUT 99",
    "ERR_TIMEOUT 4",
  ])
    expect(page, part).toContain(part);
  expect(page).toContain("k&lt;7&gt;");
  expect(page).not.toContain("k<7>");
  expect(page).not.toMatch(/<script|<link|<img|src=|url\(|https?:/);
  expect(page).toMatch(/Content-Security-Policy" content="default-src 'none'/);
});

test("charts break where nothing is known, and stay within their frame", () => {
  const page = renderPage(SAMPLE, "x.json");
  expect(page).not.toMatch(/NaN|Infinity|undefined|null/);
});

test("a list that is long is cut on the page, and says so", () => {
  const [loss] = SAMPLE.losses;
  const [write] = loss?.lost ?? [];
  if (loss === undefined || write === undefined) throw new Error("the sample has a loss");
  const lost = Array.from({ length: 2500 }, (_, index) => ({ ...write, key: `k${index}` }));
  const page = renderPage({ ...SAMPLE, losses: [{ ...loss, lost, writes: 2500 }] }, "x.json");
  expect(page).toContain("the first 2,000; the JSON file has all");
  expect(page).toContain("k1999<");
  expect(page).not.toContain("k2000<");
});

test("the terminal's summary", () => {
  expect(summaryLines({ ...SAMPLE, failure: "no answer" })).toEqual([
    "",
    "dc-a: 1,234 operations applied, 3 refused, 1 in doubt",
    "RTO, dc-a dead: detected 0.01 s, new primaries not seen, first success 1.50 s, full rate 2.00 s (40 operations failed)",
    "RPO: 1 acknowledged writes of dc-a on 1 keys were not in dc-b, the oldest 0.40 s before the fault",
    "  k<7>: write 3 of dc-a, generation 5, 2026-01-02T03:04:05.004Z: lost a conflict",
    "dc-a came back with 1 orphan writes, 2 of other traffic",
    "1 writes in doubt: 1 took effect, 0 did not",
    "1 keys in conflict (dc-b won 1); 1 writes lost theirs",
    "the drill did not end as planned: no answer",
    "dc-loss: PASSED (seed 5; again: meridian drill dc-loss --seed 5)",
  ]);
});
