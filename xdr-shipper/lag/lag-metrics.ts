/** The lag as metrics: beside the figures of status.ts, what is at risk, which links stand still, and why. */
import { Gauge, type Registry } from "prom-client";
import { isConnected, type LagWatch, type NamespaceLag } from "./lag-watch.ts";
import type { ShipLink } from "../ship/ship-link.ts";

/** Registers gauges that read the lag when scraped; none where it is not known. */
export function registerLagMetrics(
  registry: Registry,
  ships: ReadonlyMap<string, Pick<ShipLink, "ship">>,
  lags: Pick<LagWatch, "of">,
  now: () => number,
): void {
  const gauge = (name: string, help: string, pick: (lag: NamespaceLag) => number | null): void => {
    new Gauge({
      name,
      help,
      labelNames: ["dc", "ns"],
      registers: [registry],
      collect() {
        this.reset();
        for (const dc of ships.keys()) {
          for (const lag of lags.of(dc)?.namespaces ?? []) {
            const value = pick(lag);
            if (value !== null) this.set({ dc, ns: lag.namespace }, value);
          }
        }
      },
    });
  };
  gauge("meridian_xdr_lag_records", "changes not applied; none while not known", ({ records }) => records);
  gauge("meridian_xdr_lag_bytes", "their bytes, estimated", ({ bytes }) => bytes);
  gauge(
    "meridian_xdr_stalled_seconds",
    "for how long nothing has arrived although something should",
    (lag) => (lag.stalledMs ?? 0) / 1000,
  );
  new Gauge({
    name: "meridian_xdr_writes_at_risk",
    help: "acknowledged changes that no other datacenter is known to have; none while not known",
    labelNames: ["ns"],
    registers: [registry],
    collect() {
      this.reset();
      // It is the same of every link.
      const [dc] = ships.keys();
      for (const { namespace: ns, writesAtRisk } of (dc === undefined ? undefined : lags.of(dc))
        ?.namespaces ?? [])
        if (writesAtRisk !== null) this.set({ ns }, writesAtRisk);
    },
  });
  new Gauge({
    name: "meridian_xdr_lag_cause",
    help: "1 for the cause of a link's lag",
    labelNames: ["dc", "ns", "cause"],
    registers: [registry],
    collect() {
      this.reset();
      for (const dc of ships.keys()) {
        for (const { namespace: ns, cause } of lags.of(dc)?.namespaces ?? []) this.set({ dc, ns, cause }, 1);
      }
    },
  });
  new Gauge({
    name: "meridian_xdr_connected",
    help: "whether the destination reports its positions",
    labelNames: ["dc"],
    registers: [registry],
    collect() {
      for (const [dc, link] of ships) this.set({ dc }, Number(isConnected(link, now())));
    },
  });
}
