/**
 * Reading and changing the change feeds that this datacenter declares at run time, as operators do it at any
 * node. A change is an order to the whole datacenter: when it is said to be done, it is in the cluster map,
 * this node holds the log by it, and the others and the shippers hear of it as of any map.
 */
import type { DatacenterConfig } from "../../common/config.ts";
import { declaredFeeds, type FeedChange, voidFeeds } from "../../common/feeds/feed-orders.ts";
import type { FeedHolds } from "./feed-holds.ts";
import { followOrder } from "./follow-order.ts";

export interface FeedControlOptions {
  readonly config: DatacenterConfig;
  readonly holds: Pick<FeedHolds, "orders">;
  /** Gives an order; its number. */
  readonly order: (changes: readonly FeedChange[]) => Promise<number>;
  readonly monotonicMs: () => number;
}

export class FeedControl {
  readonly #options: FeedControlOptions;

  constructor(options: FeedControlOptions) {
    this.#options = options;
  }

  /**
   * Resolves once this node follows the changes. Throws CONFIG_INVALID for what cannot be, NATS_UNREACHABLE,
   * BUSY, and IN_DOUBT when they may take effect later.
   */
  async change(changes: readonly FeedChange[]): Promise<number> {
    const { holds, order, monotonicMs } = this.#options;
    const number = await order(changes);
    await followOrder(number, () => holds.orders.order, monotonicMs);
    return number;
  }

  /** All feeds, and what of them was declared at run time: the rest is the file's. */
  report() {
    const { config, holds } = this.#options;
    return {
      order: holds.orders.order,
      feeds: declaredFeeds(config, holds.orders).map(({ config: settings, consumers, ordered }) => ({
        settings,
        ordered,
        orderedConsumers: consumers.flatMap((one) => (one.ordered ? [one.name] : [])),
      })),
      /** Declared at run time, and not there: the file has their name or their records. */
      void: voidFeeds(config, holds.orders),
    };
  }
}
