/** The ledger as metrics: per origin and namespace how changes have ended, and what is unaccounted for. */
import { Gauge, type Registry } from "prom-client";
import type { DatacenterConfig, RemoteConfig } from "../../common/config.ts";
import { emptyLedger, LEDGER_FIELDS } from "../../proto/ledger.ts";
import { type ShutOuts, shutOutOf } from "../../proto/cluster-map.ts";
import type { NamespaceLedger } from "./ledger.ts";

export interface LedgerSource {
  /** The other datacenters that there are. */
  readonly remotes: () => readonly Pick<RemoteConfig, "name" | "src-id">[];
  readonly shutOuts: () => ShutOuts;
  /** The sums over the partitions that the node leads. */
  readonly ledgerOf: (namespaceId: number) => NamespaceLedger;
}

/** Registers gauges that read `source` when scraped. */
export function registerLedgerMetrics(
  registry: Registry,
  { namespaces }: Pick<DatacenterConfig, "namespaces">,
  { remotes, shutOuts, ledgerOf }: LedgerSource,
): void {
  new Gauge({
    name: "meridian_shut_out",
    help: "1: this datacenter was declared lost, and none of its changes is applied here.",
    labelNames: ["origin"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { name, "src-id": sourceId } of remotes()) {
        this.set({ origin: name }, shutOutOf(shutOuts(), sourceId) === undefined ? 0 : 1);
      }
    },
  });
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
      for (const { name: origin, "src-id": sourceId } of remotes()) {
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
