/** Orders of settings of shipping, as they are given. */
import type { DatacenterConfig } from "../../common/config.ts";
import {
  changeSettings,
  NO_XDR_ORDERS,
  type XdrChange,
  type XdrOrders,
} from "../../common/xdr/xdr-orders.ts";
import { decodeXdrOrders, encodeXdrOrders } from "../../proto/cluster-map-codec.ts";
import { XDR_ORDERS_KEY } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";
import { giveOrder, type OrderKind } from "./give-order.ts";

const SETTINGS: OrderKind<XdrOrders> = {
  key: XDR_ORDERS_KEY,
  none: NO_XDR_ORDERS,
  encode: encodeXdrOrders,
  decode: decodeXdrOrders,
  busy: "others change settings of shipping at the same time",
};

/**
 * Orders changes of settings; the number of the order. `known`: the orders of the map. Throws CONFIG_INVALID
 * for what cannot be, else as `giveOrder`.
 */
export async function orderXdr(
  kv: ControlKv,
  config: DatacenterConfig,
  known: XdrOrders | undefined,
  changes: readonly XdrChange[],
): Promise<number> {
  return await giveOrder(kv, SETTINGS, known, (before) => {
    return { order: before.order + 1, settings: changeSettings(config, before, changes) };
  });
}
