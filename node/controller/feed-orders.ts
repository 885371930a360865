/** Orders of change feeds, as they are given. */
import type { FeedSurroundings } from "../../common/config-checks.ts";
import {
  changeFeeds,
  type FeedChange,
  type FeedOrders,
  NO_FEED_ORDERS,
} from "../../common/feeds/feed-orders.ts";
import { decodeFeedOrders, encodeFeedOrders } from "../../proto/cluster-map-codec.ts";
import { FEED_ORDERS_KEY } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";
import { giveOrder, type OrderKind } from "./give-order.ts";

const FEEDS: OrderKind<FeedOrders> = {
  key: FEED_ORDERS_KEY,
  none: NO_FEED_ORDERS,
  encode: encodeFeedOrders,
  decode: decodeFeedOrders,
  busy: "others declare feeds at the same time",
};

/**
 * Orders changes of what is declared; the number of the order. `known`: the orders of the map. Throws
 * CONFIG_INVALID for what cannot be, else as `giveOrder`.
 */
export async function orderFeeds(
  kv: ControlKv,
  config: FeedSurroundings,
  known: FeedOrders | undefined,
  changes: readonly FeedChange[],
): Promise<number> {
  return await giveOrder(kv, FEEDS, known, (before) => changeFeeds(config, before, changes));
}
