/** What a shipper says about itself: /status, and the same figures for /metrics. */
import { Gauge, type Registry } from "prom-client";
import type { ApplyLink } from "./apply/apply-link.ts";
import { unaccounted } from "./apply/router.ts";
import type { Offset } from "./clock/skew.ts";
import { feedStatus, registerFeedMetrics } from "./feed/feed-status.ts";
import { registerLagMetrics } from "./lag/lag-metrics.ts";
import { isConnected } from "./lag/lag-watch.ts";
import type { ShipperParts } from "./shipper.ts";
import { figuresOf } from "./ship/core/figures.ts";
import type { ShipLink } from "./ship/ship-link.ts";

export function shipperStatus(shipper: ShipperParts, now: number) {
  const { config, name, roles, lanes, local, members, instances } = shipper;
  return {
    datacenter: config.name,
    name,
    roles,
    instances: instances(),
    lanes: Object.fromEntries(lanes),
    nats: { connected: local.connection !== undefined },
    /** `order`: number of the last order of settings that it follows. */
    map: { known: members.known, order: members.map?.xdr?.order ?? 0 },
    destinations: Object.fromEntries(
      [...shipper.ships].map(([destination, link]) => [
        destination,
        { ...destinationStatus(link, now), lag: lagStatus(shipper, destination) },
      ]),
    ),
    origins: Object.fromEntries([...shipper.applies].map(([origin, link]) => [origin, originStatus(link)])),
    feeds: Object.fromEntries([...shipper.feeds].map(([feed, link]) => [feed, feedStatus(link, now)])),
  };
}

/** The lag in four units with its cause, and the partitions that are the furthest behind. */
function lagStatus({ lags }: ShipperParts, destination: string) {
  const lag = lags.of(destination);
  return (
    lag && {
      ...lag,
      namespaces: Object.fromEntries(
        lag.namespaces.map(({ namespace, ...figures }) => [
          namespace,
          { ...figures, worst: lags.worst(destination, namespace) },
        ]),
      ),
    }
  );
}

export function destinationStatus(link: ShipLink, now: number) {
  const { ship, options } = link;
  const namespaces = options.namespaces.map((name, index) => {
    const counts = ship.counts[index];
    /** Why nothing, or little, leaves by the settings; null: they let it. */
    const held = link.held(index);
    const rewind = ship.modes[index]?.rewind;
    return [name, { ...figuresOf(ship, index, now), held, rewind, ...counts }] as const;
  });
  const figures = namespaces.map(([, namespace]) => namespace);
  // A namespace that is not there has a state, no lag.
  const lags = figures.filter(({ state }) => state !== "not-at-destination").map(({ lagMs }) => lagMs);
  return {
    connected: isConnected(link, now),
    busOpen: link.busOpen,
    nodes: link.nodeCount,
    /** It has declared this datacenter lost: nothing is shipped to it. */
    shutOut: link.shutOut ?? null,
    lagRecords: sum(figures.map((namespace) => namespace.lagRecords)),
    lagBytes: sum(figures.map((namespace) => namespace.lagBytes)),
    lagMs: lags.includes(null) ? null : Math.max(0, ...lags.map((lag) => lag ?? 0)),
    windowBytes: ship.windowBytes,
    inFlightBytes: ship.pool.bytes,
    bytesShipped: link.publishedBytes,
    messagesShipped: link.publishedMessages,
    messagesLost: link.lostMessages,
    badReports: link.badReports,
    namespaces: Object.fromEntries(namespaces),
  };
}

export function originStatus(link: ApplyLink) {
  const { router, intake, options } = link;
  return {
    connected: link.connected,
    /** Declared lost: nothing of it is applied. */
    shutOut: link.shutOut ?? null,
    pendingBytes: intake.pendingBytes,
    heldPartitions: router.heldSlots,
    messagesReceived: link.receivedMessages,
    bytesReceived: link.receivedBytes,
    messagesPoisoned: intake.poisoned,
    missingNamespaces: [...intake.missingNamespaces],
    /** How far its clocks are ahead of ours, milliseconds; null while that is not measured. */
    clockSkew: link.skew() ?? null,
    namespaces: Object.fromEntries(
      options.namespaces.flatMap((name, index) => {
        const counts = router.counts[index];
        return counts === undefined ? [] : [[name, { ...counts, unaccounted: unaccounted(counts) }]];
      }),
    ),
  };
}

/** Registers gauges that read the figures when scraped; Aerospike's names where they have one. */
export function registerMetrics(registry: Registry, shipper: ShipperParts, now: () => number): void {
  const perNamespace = (name: string, help: string, pick: (link: ShipLink, index: number) => number | null) =>
    new Gauge({
      name,
      help,
      labelNames: ["dc", "ns"],
      registers: [registry],
      collect() {
        // Datacenters come and go.
        this.reset();
        for (const [dc, link] of shipper.ships) {
          link.options.namespaces.forEach((ns, index) => {
            const value = pick(link, index);
            if (value !== null) this.set({ dc, ns }, value);
          });
        }
      },
    });
  const figure = (link: ShipLink, index: number) => figuresOf(link.ship, index, now());
  perNamespace("aerospike_xdr_lag", "age of the oldest change not applied, seconds", (link, index) => {
    const lag = figure(link, index).lagMs;
    return lag === null ? null : lag / 1000;
  });
  registerLagMetrics(registry, shipper.ships, shipper.lags, now);
  perNamespace(
    "aerospike_xdr_recoveries_pending",
    "partitions waiting for recovery",
    (link, i) => figure(link, i).recoveriesPending,
  );
  perNamespace(
    "aerospike_xdr_recoveries",
    "recoveries done",
    (link, i) => link.ship.counts[i]?.recoveries ?? 0,
  );
  perNamespace("aerospike_xdr_success", "changes applied", (link, i) => link.ship.counts[i]?.success ?? 0);
  perNamespace(
    "meridian_xdr_reshipped",
    "changes sent again",
    (link, i) => link.ship.counts[i]?.reshipped ?? 0,
  );
  perNamespace(
    "meridian_xdr_rewinds_pending",
    "partitions whose records are to be shipped again",
    (link, i) => figure(link, i).rewindsPending,
  );
  perNamespace("meridian_xdr_paused", "1: shipping is paused (max-throughput 0)", (link, i) =>
    Number(link.held(i) === "paused"),
  );
  perNamespace(
    "meridian_xdr_throttled",
    "1: changes wait for the pace that is set (max-throughput)",
    (link, i) => Number(link.held(i) === "throttled"),
  );
  registerFeedMetrics(registry, () => shipper.feeds, now);
  perDestination(registry, shipper);
  perOrigin(registry, shipper);
}

/** Makes gauges with a value for each of the links; none while it is not known. */
function gaugesOf<Link>(registry: Registry, links: ReadonlyMap<string, Link>) {
  return (name: string, help: string, pick: (link: Link) => number | undefined): void => {
    new Gauge({
      name,
      help,
      labelNames: ["dc"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [dc, link] of links) {
          const value = pick(link);
          if (value !== undefined) this.set({ dc }, value);
        }
      },
    });
  };
}

function perDestination(registry: Registry, shipper: ShipperParts): void {
  const gauge = gaugesOf(registry, shipper.ships);
  gauge("aerospike_xdr_bytes_shipped", "bytes published to the bus", (link) => link.publishedBytes);
  gauge("meridian_xdr_in_flight_bytes", "bytes shipped and not applied", (link) => link.ship.pool.bytes);
  gauge(
    "meridian_xdr_shut_out",
    "1: the destination has declared this datacenter lost and applies none of its changes",
    (link) => Number(link.shutOut !== undefined),
  );
  gauge("meridian_xdr_messages_lost", "messages known to be lost by the bus", (link) => link.lostMessages);
}

function perOrigin(registry: Registry, shipper: ShipperParts): void {
  const gauge = gaugesOf(registry, shipper.applies);
  gauge(
    "meridian_xdr_apply_pending_bytes",
    "bytes taken and without an outcome",
    (link) => link.intake.pendingBytes,
  );
  perSkew(registry, shipper);
  gauge("meridian_xdr_apply_poisoned", "messages that could not be used", (link) => link.intake.poisoned);
  new Gauge({
    name: "meridian_xdr_apply_outcomes",
    help: "changes of other datacenters by how they ended",
    labelNames: ["dc", "ns", "outcome"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [dc, link] of shipper.applies) {
        link.options.namespaces.forEach((ns, index) => {
          const counts = link.router.counts[index];
          if (counts === undefined) return;
          const outcomes = { ...counts, unaccounted: unaccounted(counts) };
          for (const [outcome, count] of Object.entries(outcomes)) this.set({ dc, ns, outcome }, count);
        });
      }
    },
  });
}

function perSkew(registry: Registry, shipper: ShipperParts): void {
  const warnMs = shipper.config["clock-skew"]["warn-ms"];
  const ofLinks = gaugesOf(registry, shipper.applies);
  const gauge = (name: string, help: string, pick: (skew: Offset) => number): void =>
    ofLinks(name, help, (link) => {
      const skew = link.skew();
      return skew && pick(skew);
    });
  gauge(
    "meridian_clock_skew_seconds",
    "how far a datacenter's clocks are ahead of ours",
    ({ ahead }) => ahead / 1000,
  );
  gauge("meridian_clock_skew_error_seconds", "how wrong that may be", ({ error }) => error / 1000);
  gauge("meridian_clock_skew_excess", "1: clocks differ by more than `warn-ms`, for certain", (skew) =>
    Number(Math.abs(skew.ahead) - skew.error > warnMs),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
