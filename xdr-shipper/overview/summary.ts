/**
 * What a shipper tells the other shippers of its datacenter (with its presence) and those of the other
 * datacenters (with its position reports) of what it sees, for the dashboard of each: its datacenter's
 * nodes and partitions, how changes of others have ended there, and the lag of its own lanes. For people
 * to look at: nothing is decided by it. JSON, since each release may tell more; what is not understood is
 * not shown.
 */
import { z } from "zod";
import { SUMMARY_BYTES_MAX } from "../../common/limits.ts";
import { FENCE_STATES } from "../../proto/cluster-map.ts";
import { ledgerJson } from "../../proto/ledger-json.ts";

const FORMAT = 1;
const name = z.string().max(64);
const count = z.number().nullable();

const lagSchema = z.object({
  to: name,
  namespace: name,
  records: count,
  bytes: count,
  seconds: count,
  writesAtRisk: count,
  atLeast: z.boolean(),
  cause: name,
  stalledMs: count,
  /** Changes known to be applied there since the start of the shipper. */
  applied: z.number(),
});

const nodeSchema = z.object({
  name,
  /** By the cluster map; `silent`: up there, and does not answer the shipper. */
  state: z.enum(["up", "down", "leaving", "silent"]),
  controller: z.boolean(),
  residentBytes: count,
  logBytes: count,
});

const namespaceSchema = z.object({
  name,
  /** Of the partitions whose primaries answer; null: none does. */
  records: count,
  clientWrites: count,
  /** Partitions by the cluster map: without a primary, with fewer copies than asked for. */
  unavailable: count,
  underReplicated: count,
  /** Own changes of the log `logId`, over so many partitions; null: no node answers. */
  logId: z.number(),
  made: count,
  partitions: z.number(),
});

const ledgerSchema = z.object({
  origin: name,
  namespace: name,
  logId: z.number(),
  ...ledgerJson,
});

const summarySchema = z.object({
  format: z.literal(FORMAT),
  datacenter: name,
  instance: name,
  /** Lanes that it ships: its lags are of them. */
  lanes: z.array(z.number()).max(64),
  fence: z.enum(FENCE_STATES).nullable(),
  links: z.array(z.object({ to: name, connected: z.boolean(), bytesShipped: z.number() })).max(64),
  lags: z.array(lagSchema).max(2048),
  /** Since its nodes were asked; null: they were not yet. */
  askedMs: count,
  nodes: z.array(nodeSchema).max(256),
  namespaces: z.array(namespaceSchema).max(64),
  ledgers: z.array(ledgerSchema).max(4096),
});

export type Summary = z.infer<typeof summarySchema>;
export type NodeView = z.infer<typeof nodeSchema>;
export type NamespaceView = z.infer<typeof namespaceSchema>;
export type LedgerView = z.infer<typeof ledgerSchema>;
export type LagView = z.infer<typeof lagSchema>;

/** Undefined when it is too long to be sent along: then the others do not know. */
export function encodeSummary(summary: Omit<Summary, "format">): Uint8Array | undefined {
  const bytes = Buffer.from(JSON.stringify({ format: FORMAT, ...summary }));
  return bytes.length > SUMMARY_BYTES_MAX ? undefined : bytes;
}

/** Undefined for what is no summary of `datacenter`: anybody may publish on a subject. */
export function decodeSummary(bytes: Uint8Array, datacenter: string): Summary | undefined {
  if (bytes.length === 0 || bytes.length > SUMMARY_BYTES_MAX) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return undefined;
  }
  const { data } = summarySchema.safeParse(value);
  return data?.datacenter === datacenter ? data : undefined;
}
