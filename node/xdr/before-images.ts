/**
 * Of which records the change log keeps, with every change, what they were before: those that a change feed
 * tells with `before-image`. Pure.
 */
import type { FeedSurroundings } from "../../common/config-checks.ts";
import { feedSets } from "../../common/feed-sets.ts";
import { declaredFeeds, type FeedOrders } from "../../common/feeds/feed-orders.ts";

/** By namespace id: sets by name, or "all"; a namespace of which nothing is kept is absent. */
export type BeforeImages = ReadonlyMap<number, ReadonlySet<string> | "all">;

export function beforeImagesOf(config: FeedSurroundings, orders: FeedOrders): BeforeImages {
  const kept = new Map<number, ReadonlySet<string> | "all">();
  for (const { config: feed } of declaredFeeds(config, orders)) {
    const namespaceId = config.namespaces.findIndex(({ name }) => name === feed.namespace);
    const before = kept.get(namespaceId);
    if (!feed["before-image"] || before === "all") continue;
    const sets = feedSets(feed);
    kept.set(namespaceId, sets === undefined ? "all" : new Set([...(before ?? []), ...sets]));
  }
  return kept;
}
