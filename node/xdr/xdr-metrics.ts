/** Counters of the node's side of XDR, registered once per process. */
import { Counter, Gauge, type Registry } from "prom-client";

export type XdrMetrics = ReturnType<typeof createXdrMetrics>;

export function createXdrMetrics(registry: Registry) {
  const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
  return {
    connections: new Gauge({
      name: "meridian_xdr_connections",
      help: "shipper connections open now",
      registers: [registry],
    }),
    tailEntries: counter("meridian_xdr_tail_entries_total", "entries handed to shippers"),
    tailBytes: counter("meridian_xdr_tail_bytes_total", "bytes of entries handed to shippers"),
    filtered: new Counter({
      name: "meridian_xdr_filtered_total",
      help: "changes that were not handed out for a destination: their set is not shipped there",
      labelNames: ["dc"],
      registers: [registry],
    }),
    scans: counter("meridian_xdr_scans_total", "recovery scans opened"),
    scanRecords: counter("meridian_xdr_scan_records_total", "records handed to shippers by scans"),
    logsBehind: counter(
      "meridian_xdr_logs_behind_total",
      "partitions whose log ends before what a destination has applied of it: restored from an old copy",
    ),
    applyRuns: counter("meridian_xdr_apply_runs_total", "runs handed in by shippers"),
    applyGaps: counter("meridian_xdr_apply_gaps_total", "runs or chunks answered with a gap"),
    applyRefused: new Counter({
      name: "meridian_xdr_apply_refused_total",
      help: "runs or chunks refused for now; shut-out: their datacenter was declared lost",
      labelNames: ["reason"],
      registers: [registry],
    }),
    outcomes: new Counter({
      name: "meridian_xdr_outcomes_total",
      help: "changes from other datacenters by how they ended",
      labelNames: ["outcome"],
      registers: [registry],
    }),
  };
}
