/** A report with something in every section, for the tests of what is made from reports. */
import type { DrillReport } from "../../cli/drill/report/report-schema.ts";

const write = {
  datacenter: "dc-a",
  key: "k<7>",
  number: 3,
  generation: 5,
  sentAt: "2026-01-02T03:04:05.000Z",
  endedAt: "2026-01-02T03:04:05.004Z",
};

/** All in order but for the lost write; tests change what they are about. */
export const SAMPLE: DrillReport = {
  format: "meridian-drill-report",
  version: 1,
  scenario: "dc-loss",
  summary: "a datacenter dies",
  stage: "local set-up",
  startedAt: "2026-01-02T03:04:00.000Z",
  durationMs: 20_000,
  seed: 5,
  repeat: "meridian drill dc-loss --seed 5",
  options: { rate: 100, keys: 10, reads: 0.2, hot: 0, durationMs: 5000, namespace: "test", set: "drill-x" },
  steps: [{ say: "kill all", atMs: 0, endMs: null }],
  marks: [{ atMs: 5000, kind: "fault", label: "dc-a dead" }],
  notes: ["a note"],
  failure: null,
  totals: [
    {
      datacenter: "dc-a",
      reads: 1,
      applied: 1234,
      refused: 3,
      inDoubt: 1,
      shed: 0,
      errors: { ERR_TIMEOUT: 4 },
    },
  ],
  recoveries: [
    {
      ...{ after: "dc-a dead", kind: "fault", atMs: 5000, detectedMs: 10, newPrimariesMs: null },
      ...{ firstSuccessMs: 1500, fullRateMs: 2000, lastFailureMs: 1400, failed: 40, rateBefore: 100 },
    },
  ],
  losses: [
    {
      ...{ origin: "dc-a", survivor: "dc-b", writes: 1, keys: 1, oldestMs: 400 },
      lost: [{ ...write, fate: "lost a conflict" }],
    },
  ],
  returned: [
    {
      ...{ origin: "dc-a", survivor: "dc-b", others: 2, unknownPartitions: 0, notAmongThem: [] },
      orphans: [
        {
          ...{ key: "k<7>", kind: "put", generation: 5, lut: "98", last: true },
          time: "2026-01-02T03:04:05.003Z",
        },
      ],
    },
  ],
  unexplained: [],
  inDoubt: [{ ...write, generation: null, end: "took effect" }],
  conflicts: [
    {
      key: "k<7>",
      winner: "dc-b",
      record: {
        writer: "dc-b",
        version: { generation: 6, lut: "99", lutIso: "2026-01-02T03:04:09.000Z", sourceId: 2 },
      },
      losers: [write],
    },
  ],
  convergence: {
    ...{ verdict: "equal", equalPartitions: 4096, partitions: 4096, differingKeys: 0 },
    ...{ records: { "dc-a": 10, "dc-b": 10 }, seconds: 1.5 },
  },
  ledger: {
    ...{ unaccounted: 0, complete: true },
    links: [
      {
        ...{ namespace: "test", from: "dc-a", to: "dc-b", made: 1235, pending: 0, unaccounted: 0 },
        ended: { applied: 1234, conflictLost: 1 },
      },
    ],
  },
  bucketMs: 500,
  series: [
    {
      datacenter: "dc-a",
      buckets: [
        { atMs: 0, applied: 50, refused: 0, inDoubt: 0, p50Ms: 2, p99Ms: 9 },
        { atMs: 500, applied: 0, refused: 3, inDoubt: 1, p50Ms: null, p99Ms: null },
      ],
    },
    { datacenter: "dc-b", buckets: [] },
  ],
  lags: [{ from: "dc-a", to: "dc-b", points: [{ atMs: 100, records: null, lagMs: null }] }],
  verdict: { result: "passed", checks: [] },
};
