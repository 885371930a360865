/**
 * Declared consumers of change feeds as the trim horizon knows them: numbers beyond those of
 * datacenters, each holding the log of one namespace.
 */
import type { DatacenterConfig } from "../../common/config.ts";
import { PARTITION_COUNT, SOURCE_ID_MAX } from "../../common/limits.ts";
import { type Slot, slotOf } from "../../proto/cluster-map.ts";

export interface FeedHold {
  /** Stands where a datacenter's source id would. */
  readonly id: number;
  readonly feed: string;
  readonly consumer: string;
  readonly namespaceId: number;
  /** The slots whose log it holds: from `first`, one per partition. */
  readonly first: Slot;
  readonly end: Slot;
}

export function feedHolds({ feeds, namespaces }: Pick<DatacenterConfig, "feeds" | "namespaces">): FeedHold[] {
  return feeds
    .flatMap(({ name: feed, namespace, consumers }) => {
      const namespaceId = namespaces.findIndex((one) => one.name === namespace);
      const first = slotOf(namespaceId, 0);
      return consumers.map((consumer) => ({
        feed,
        consumer,
        namespaceId,
        first,
        end: first + PARTITION_COUNT,
      }));
    })
    .map((hold, index) => ({ id: SOURCE_ID_MAX + 1 + index, ...hold }));
}
