/** What a shipper says of its change feeds: for /status, and the same figures for /metrics. */
import { Gauge, type Registry } from "prom-client";
import { feedSets } from "../../common/feed-sets.ts";
import { SHIP_LANES } from "../../common/limits.ts";
import { figuresOf } from "../ship/core/figures.ts";
import type { ConsumerPositions } from "./feed-consumers.ts";
import type { FeedLink } from "./feed-link.ts";

/** A consumer that lives reports at least every two seconds. */
const CONNECTED_MS = 6000;

export function feedStatus(link: FeedLink, now: number) {
  const { namespace, format } = link.options.feed;
  const { state, lagRecords, lagBytes, lagMs } = figuresOf(link.ship, 0, now);
  return {
    namespace,
    sets: feedSets(link.options.feed) ?? null,
    format,
    state,
    busOpen: link.busOpen,
    nodes: link.nodeCount,
    lagRecords,
    lagBytes,
    lagMs,
    ...link.counts,
    consumers: Object.fromEntries(
      link.consumers.map((consumer) => [
        consumer.name,
        {
          connected: now - consumer.heardAt < CONNECTED_MS,
          lagRecords: consumerLag(link, consumer),
        },
      ]),
    ),
  };
}

/** Log entries that a consumer has not consumed, over the lanes of this instance. */
function consumerLag({ ship, lanes }: FeedLink, consumer: ConsumerPositions): number {
  let lag = 0;
  for (const slot of ship.slots) {
    if (!lanes.includes(slot.slot % SHIP_LANES)) continue;
    lag += Math.max(0, Math.max(slot.committed, slot.base) - (consumer.covered[slot.slot] ?? 0));
  }
  return lag;
}

/** Registers gauges that read the figures when scraped. */
export function registerFeedMetrics(
  registry: Registry,
  feeds: () => ReadonlyMap<string, FeedLink>,
  now: () => number,
): void {
  const gauge = (name: string, help: string, pick: (link: FeedLink) => number | null) =>
    new Gauge({
      name,
      help,
      labelNames: ["feed"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [feed, link] of feeds()) {
          const value = pick(link);
          if (value !== null) this.set({ feed }, value);
        }
      },
    });
  const perConsumer = (
    name: string,
    help: string,
    pick: (link: FeedLink, consumer: ConsumerPositions) => number,
  ) =>
    new Gauge({
      name,
      help,
      labelNames: ["feed", "consumer"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [feed, link] of feeds()) {
          for (const one of link.consumers) this.set({ feed, consumer: one.name }, pick(link, one));
        }
      },
    });
  gauge("meridian_feed_lag_seconds", "age of the oldest change that is not published", (link) => {
    const { lagMs } = figuresOf(link.ship, 0, now());
    return lagMs === null ? null : lagMs / 1000;
  });
  gauge("meridian_feed_published_total", "messages published", ({ counts }) => counts.published);
  gauge("meridian_feed_published_bytes_total", "their bytes", ({ counts }) => counts.publishedBytes);
  gauge("meridian_feed_again_total", "of them, those that may repeat another", ({ counts }) => counts.again);
  gauge("meridian_feed_gaps_total", "gaps declared: the log was trimmed", ({ counts }) => counts.gaps);
  gauge("meridian_feed_too_large_total", "records told of without bins", ({ counts }) => counts.tooLarge);
  gauge(
    "meridian_feed_filtered_total",
    "changes of its sets left out by its filter",
    ({ counts }) => counts.filtered,
  );
  gauge(
    "meridian_feed_snapshot_records_total",
    "records handed to readers as they stand",
    ({ counts }) => counts.snapshot,
  );
  perConsumer(
    "meridian_feed_consumer_lag_records",
    "log entries that a declared consumer has not consumed",
    (link, consumer) => consumerLag(link, consumer),
  );
  perConsumer("meridian_feed_consumer_connected", "whether it reports", (_link, consumer) =>
    Number(now() - consumer.heardAt < CONNECTED_MS),
  );
}
