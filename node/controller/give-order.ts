/** Gives an order to the whole datacenter: it goes into the control KV, the controller puts it into a map. */
import { MeridianError } from "../../common/errors.ts";
import type { ControlKv } from "./control-kv.ts";

const ATTEMPTS = 5;

/** What can be ordered: where its orders stand, how they are written, and what is said of a rival. */
export interface OrderKind<Orders> {
  readonly key: string;
  readonly none: Orders;
  readonly encode: (orders: Orders) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Orders;
  /** Who else is at it, when others order at the same time. */
  readonly busy: string;
}

/**
 * Writes what `next` makes of the newest orders; the number of the order. `known`: the orders of the map,
 * since the KV may have lost the last one. Throws what `next` throws, BUSY when others order at the same
 * time, IN_DOUBT, NATS_UNREACHABLE.
 */
export async function giveOrder<Orders extends { readonly order: number }>(
  kv: ControlKv,
  kind: OrderKind<Orders>,
  known: Orders | undefined,
  next: (before: Orders) => Orders,
): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const entry = await kv.get(kind.key);
    const last = entry && kind.decode(entry.value);
    const newest = (last?.order ?? 0) > (known?.order ?? 0) ? last : known;
    const orders = next(newest ?? kind.none);
    const value = kind.encode(orders);
    const outcome =
      entry === undefined
        ? await kv.create(kind.key, value)
        : await kv.update(kind.key, value, entry.revision);
    if (outcome.kind === "written") return orders.order;
    if (outcome.kind !== "refused")
      throw new MeridianError("IN_DOUBT", "whether the order was taken is unknown");
  }
  throw new MeridianError("BUSY", kind.busy);
}
