/** A drill's report as JSON: what other programs read. A change of its meaning is a new version. */
import { z } from "zod";

export const REPORT_FORMAT = "meridian-drill-report";
export const REPORT_VERSION = 1;

const milliseconds = z.number();

/** A write of the workload: which key, which write of its datacenter to it, its version and time. */
const writeSchema = z.object({
  datacenter: z.string(),
  key: z.string(),
  /** From 1, by datacenter and key; the value of the bin that the datacenter writes. */
  number: z.number(),
  /** The record's generation that the acknowledgement named; null for a write in doubt. */
  generation: z.number().nullable(),
  sentAt: z.string(),
  /** When it was acknowledged, or when the client gave it up. */
  endedAt: z.string(),
});

const versionSchema = z.object({
  generation: z.number(),
  lut: z.string(),
  lutIso: z.string(),
  sourceId: z.number(),
});

const bucketSchema = z.object({
  atMs: milliseconds,
  applied: z.number(),
  refused: z.number(),
  inDoubt: z.number(),
  p50Ms: milliseconds.nullable(),
  p99Ms: milliseconds.nullable(),
});

const recoverySchema = z.object({
  /** The fault or repair that the load recovered from; only faults count for the RTO. */
  after: z.string(),
  kind: z.enum(["fault", "repair"]),
  atMs: milliseconds,
  /** The rest in milliseconds after it; null for what was not seen. */
  detectedMs: milliseconds.nullable(),
  newPrimariesMs: milliseconds.nullable(),
  firstSuccessMs: milliseconds.nullable(),
  fullRateMs: milliseconds.nullable(),
  lastFailureMs: milliseconds.nullable(),
  failed: z.number(),
  rateBefore: z.number(),
});

const lossSchema = z.object({
  origin: z.string(),
  survivor: z.string(),
  /** RPO: how many, on how many keys, and the age at the fault of the oldest. */
  writes: z.number(),
  keys: z.number(),
  oldestMs: milliseconds,
  /** All of them; what became of each when the origin came back, null while it has not. */
  lost: z.array(writeSchema.extend({ fate: z.enum(["came back", "lost a conflict"]).nullable() })),
});

const returnedSchema = z.object({
  origin: z.string(),
  survivor: z.string(),
  /** By the origin's change logs, before it served again: every version of every key. */
  orphans: z.array(
    z.object({
      key: z.string().nullable(),
      kind: z.enum(["put", "delete"]),
      generation: z.number(),
      lut: z.string(),
      time: z.string(),
      /** No later orphan of the same key. */
      last: z.boolean(),
    }),
  ),
  /** Orphans that are no writes of the drill. */
  others: z.number(),
  /** Of these it could not be told. */
  unknownPartitions: z.number(),
  /** Lost acknowledged writes that the origin did not have either. */
  notAmongThem: z.array(writeSchema),
});

const conflictSchema = z.object({
  key: z.string(),
  /** The datacenter whose writes won. */
  winner: z.string(),
  /** The record in the end: the winner's, or what was written over it since. Null: not asked for. */
  record: z.object({ writer: z.string(), version: versionSchema.nullable() }),
  losers: z.array(writeSchema),
});

const checkSchema = z.object({
  what: z.string(),
  wanted: z.string(),
  found: z.string(),
  /** Null when it could not be judged. */
  held: z.boolean().nullable(),
});

export const reportSchema = z.object({
  format: z.literal(REPORT_FORMAT),
  version: z.literal(REPORT_VERSION),
  scenario: z.string(),
  summary: z.string(),
  stage: z.string(),
  startedAt: z.string(),
  durationMs: milliseconds,
  /** What repeats it: the seed is of the load's choices, and of a random scenario's steps. */
  seed: z.number(),
  repeat: z.string(),
  options: z.object({
    rate: z.number(),
    keys: z.number(),
    reads: z.number(),
    hot: z.number(),
    durationMs: milliseconds,
    namespace: z.string(),
    set: z.string(),
  }),
  steps: z.array(z.object({ say: z.string(), atMs: milliseconds, endMs: milliseconds.nullable() })),
  marks: z.array(
    z.object({ atMs: milliseconds, kind: z.enum(["fault", "repair", "load"]), label: z.string() }),
  ),
  notes: z.array(z.string()),
  /** Why the drill did not end as planned; null when it did. */
  failure: z.string().nullable(),
  totals: z.array(
    z.object({
      datacenter: z.string(),
      reads: z.number(),
      applied: z.number(),
      refused: z.number(),
      inDoubt: z.number(),
      shed: z.number(),
      /** What was refused or left in doubt, by the client's name of the status. */
      errors: z.record(z.string(), z.number()),
    }),
  ),
  recoveries: z.array(recoverySchema),
  losses: z.array(lossSchema),
  returned: z.array(returnedSchema),
  /** Acknowledged writes that no record has in the end, though they lost no conflict. */
  unexplained: z.array(writeSchema),
  inDoubt: z.array(writeSchema.extend({ end: z.enum(["took effect", "is not there", "cannot be told"]) })),
  conflicts: z.array(conflictSchema),
  convergence: z
    .object({
      verdict: z.enum(["equal", "different", "inconclusive"]),
      equalPartitions: z.number(),
      partitions: z.number(),
      differingKeys: z.number(),
      records: z.record(z.string(), z.number()),
      seconds: z.number(),
    })
    .nullable(),
  /** How the changes of each datacenter have ended in the others, at the end; null: nobody answered. */
  ledger: z
    .object({
      unaccounted: z.number(),
      /** Every partition of every datacenter was answered for. */
      complete: z.boolean(),
      links: z.array(
        z.object({
          ...{ namespace: z.string(), from: z.string(), to: z.string() },
          ...{ made: z.number(), pending: z.number(), unaccounted: z.number() },
          ended: z.record(z.string(), z.number()),
        }),
      ),
    })
    .nullable(),
  bucketMs: milliseconds,
  series: z.array(z.object({ datacenter: z.string(), buckets: z.array(bucketSchema) })),
  lags: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      /** Null while it was not known. */
      points: z.array(
        z.object({ atMs: milliseconds, records: z.number().nullable(), lagMs: milliseconds.nullable() }),
      ),
    }),
  ),
  verdict: z.object({
    result: z.enum(["passed", "failed", "inconclusive"]),
    checks: z.array(checkSchema),
  }),
});

export type DrillReport = z.infer<typeof reportSchema>;
export type ReportedWrite = z.infer<typeof writeSchema>;
export type ReportedCheck = z.infer<typeof checkSchema>;
