/**
 * The settings of shipping to one destination as this shipper follows them: the file's, and what was ordered
 * since, which the cluster map tells. Asked for every message, so they are put together once an order.
 */
import type { DatacenterConfig } from "../../common/config.ts";
import { NO_XDR_ORDERS, shipSettings } from "../../common/xdr/xdr-orders.ts";
import type { ShipSettings } from "../../common/xdr/xdr-settings.ts";
import type { MemberWatch } from "../tail/member-watch.ts";

export function orderedSettings(
  config: DatacenterConfig,
  members: Pick<MemberWatch, "map">,
  dc: string,
): () => readonly ShipSettings[] {
  let order = -1;
  let settings: readonly ShipSettings[] = [];
  return () => {
    const orders = members.map?.xdr ?? NO_XDR_ORDERS;
    if (orders.order !== order) {
      order = orders.order;
      settings = config.namespaces.map(({ name }) => shipSettings(config, orders, { dc, namespace: name }));
    }
    return settings;
  };
}
