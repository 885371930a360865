/** Gives an order of settings of shipping: it goes into the control KV, the controller puts it into a map. */
import { MeridianError } from "../../common/errors.ts";
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

const ATTEMPTS = 5;

/**
 * Orders changes of settings; the number of the order. `known`: the orders of the map. Throws CONFIG_INVALID
 * for what cannot be, BUSY when others order at the same time, IN_DOUBT, NATS_UNREACHABLE.
 */
export async function orderXdr(
  kv: ControlKv,
  config: DatacenterConfig,
  known: XdrOrders | undefined,
  changes: readonly XdrChange[],
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const entry = await kv.get(XDR_ORDERS_KEY);
    const last = entry && decodeXdrOrders(entry.value);
    const newest = (last?.order ?? 0) > (known?.order ?? 0) ? last : known;
    const before = newest ?? NO_XDR_ORDERS;
    const next = { order: before.order + 1, settings: changeSettings(config, before, changes) };
    const value = encodeXdrOrders(next);
    const outcome =
      entry === undefined
        ? await kv.create(XDR_ORDERS_KEY, value)
        : await kv.update(XDR_ORDERS_KEY, value, entry.revision);
    if (outcome.kind === "written") return next.order;
    if (outcome.kind !== "refused")
      throw new MeridianError("IN_DOUBT", "whether the order was taken is unknown");
  }
  throw new MeridianError("BUSY", "others change settings of shipping at the same time");
}
