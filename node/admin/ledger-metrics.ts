/** The ledger as metrics: per origin and namespace how changes have ended, and what is unaccounted for. */
import { Gauge, type Registry } from "prom-client";
import type { DatacenterConfig, RemoteConfig } from "../../common/config.ts";
import { emptyLedger, LEDGER_FIELDS } from "../../proto/ledger.ts";
import type { NamespaceLedger } from "./ledger.ts";

/** Registers gauges that read `ledgerOf` when scraped: the sums over the partitions that the node leads. */
export function registerLedgerMetrics(
  registry: Registry,
  { namespaces }: Pick<DatacenterConfig, "namespaces">,
  remotesNow: () => readonly Pick<RemoteConfig, "name" | "src-id">[],
  ledgerOf: (namespaceId: number) => NamespaceLedger,
): void {
  const changes = new Gauge({
    name: "meridian_xdr_changes",
    help: "changes of other datacenters by how they ended, kept with the data; `changes`: all of them",
    labelNames: ["origin", "ns", "outcome"],
    registers: [registry],
    collect: () => set(),
  });
  const unaccounted = new Gauge({
    name: "meridian_xdr_unaccounted",
    help: "changes of other datacenters that ended in no state; must be 0",
    labelNames: ["origin", "ns"],
    registers: [registry],
  });
  const lost = new Gauge({
    name: "meridian_conflict_notes_dropped",
    help: "losers of conflicts that are no longer kept: their partition had too many",
    labelNames: ["ns"],
    registers: [registry],
  });
  const set = (): void => {
    for (const [id, { name: ns }] of namespaces.entries()) {
      const { origins, conflicts, conflictsKept } = ledgerOf(id);
      lost.set({ ns }, conflicts - conflictsKept);
      for (const { name: origin, "src-id": sourceId } of remotesNow()) {
        const logs = origins.filter(({ originId }) => originId === sourceId);
        const sum = { ...emptyLedger(), unaccounted: 0 };
        for (const log of logs) {
          for (const field of LEDGER_FIELDS) sum[field] += log[field];
          sum.unaccounted += log.unaccounted;
        }
        for (const outcome of LEDGER_FIELDS) changes.set({ origin, ns, outcome }, sum[outcome]);
        unaccounted.set({ origin, ns }, sum.unaccounted);
      }
    }
  };
}
