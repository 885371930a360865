/**
 * The settings of shipping, and the feeds declared at run time, that the next map has. Pure. Orders are
 * numbered and only ever rise, so that a control KV that went back, or lost the order, takes nothing back.
 */
import type { FeedOrders } from "../../common/feeds/feed-orders.ts";
import type { XdrOrders } from "../../common/xdr/xdr-orders.ts";
import type { Observed } from "./observed.ts";

export function nextXdrOrders(observed: Observed, reasons: string[]): XdrOrders | undefined {
  const before = observed.map?.xdr;
  const { xdrOrder } = observed;
  if (xdrOrder === undefined || xdrOrder.order <= (before?.order ?? 0)) return before;
  reasons.push(`order ${xdrOrder.order}: ${xdrOrder.settings.length} settings of shipping`);
  return xdrOrder;
}

export function nextFeedOrders(observed: Observed, reasons: string[]): FeedOrders | undefined {
  const before = observed.map?.feeds;
  const { feedOrder } = observed;
  if (feedOrder === undefined || feedOrder.order <= (before?.order ?? 0)) return before;
  const { order, feeds, consumers } = feedOrder;
  reasons.push(`order ${order}: ${feeds.length} feeds and ${consumers.length} consumers at run time`);
  return feedOrder;
}
