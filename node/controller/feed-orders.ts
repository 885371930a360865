/** Gives an order of change feeds: it goes into the control KV, the controller puts it into a map. */
import type { FeedSurroundings } from "../../common/config-checks.ts";
import { MeridianError } from "../../common/errors.ts";
import {
  changeFeeds,
  type FeedChange,
  type FeedOrders,
  NO_FEED_ORDERS,
} from "../../common/feeds/feed-orders.ts";
import { decodeFeedOrders, encodeFeedOrders } from "../../proto/cluster-map-codec.ts";
import { FEED_ORDERS_KEY } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";

const ATTEMPTS = 5;

/**
 * Orders changes of what is declared; the number of the order. `known`: the orders of the map. Throws
 * CONFIG_INVALID for what cannot be, BUSY when others order at the same time, IN_DOUBT, NATS_UNREACHABLE.
 */
export async function orderFeeds(
  kv: ControlKv,
  config: FeedSurroundings,
  known: FeedOrders | undefined,
  changes: readonly FeedChange[],
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const entry = await kv.get(FEED_ORDERS_KEY);
    const last = entry && decodeFeedOrders(entry.value);
    const newest = (last?.order ?? 0) > (known?.order ?? 0) ? last : known;
    const next = changeFeeds(config, newest ?? NO_FEED_ORDERS, changes);
    const value = encodeFeedOrders(next);
    const outcome =
      entry === undefined
        ? await kv.create(FEED_ORDERS_KEY, value)
        : await kv.update(FEED_ORDERS_KEY, value, entry.revision);
    if (outcome.kind === "written") return next.order;
    if (outcome.kind !== "refused")
      throw new MeridianError("IN_DOUBT", "whether the order was taken is unknown");
  }
  throw new MeridianError("BUSY", "others declare feeds at the same time");
}
