/**
 * What this node has seen of the control bucket in the present watch session: the map, the
 * registered members, the forgotten ones. A view is a hint: it may be behind, and writes based on
 * it are compare-and-set.
 */
import type { BucketValue } from "../../common/nats/bucket-watch.ts";
import type { ClusterMap, Fence, NodeId, ShutOuts } from "../../proto/cluster-map.ts";
import type { FeedOrders } from "../../common/feeds/feed-orders.ts";
import type { XdrOrders } from "../../common/xdr/xdr-orders.ts";
import {
  decodeFeedOrders,
  decodeFence,
  decodeMap,
  decodeShutOuts,
  decodeXdrOrders,
} from "../../proto/cluster-map-codec.ts";
import {
  FEED_ORDERS_KEY,
  FENCE_KEY,
  FORGET_KEY_PREFIX,
  MAP_KEY,
  MEMBER_KEY_PREFIX,
  SHUT_OUTS_KEY,
  XDR_ORDERS_KEY,
} from "../../proto/subjects.ts";
import { decodeRegistration, type Registration } from "./messages.ts";

export interface StoredMap {
  readonly map: ClusterMap;
  readonly revision: number;
}

export class ControlView {
  readonly #members = new Map<NodeId, Registration>();
  readonly #forgotten = new Set<NodeId>();
  #fenceOrder: Fence | undefined;
  #shutOutOrder: ShutOuts | undefined;
  #xdrOrder: XdrOrders | undefined;
  #feedOrder: FeedOrders | undefined;
  #stored: StoredMap | undefined;
  #current = false;

  /** Everything that was in the bucket at the beginning has been seen. */
  get current(): boolean {
    return this.#current;
  }
  /** The map in the bucket; undefined when there is none. */
  get stored(): StoredMap | undefined {
    return this.#stored;
  }
  get members(): readonly Registration[] {
    return [...this.#members.values()];
  }
  get forgotten(): ReadonlySet<NodeId> {
    return this.#forgotten;
  }
  /** The operator's latest order to close or open the datacenter. */
  get fenceOrder(): Fence | undefined {
    return this.#fenceOrder;
  }
  /** The operator's latest order which datacenters are shut out. */
  get shutOutOrder(): ShutOuts | undefined {
    return this.#shutOutOrder;
  }
  /** The latest order of settings of shipping. */
  get xdrOrder(): XdrOrders | undefined {
    return this.#xdrOrder;
  }
  /** The latest order of change feeds. */
  get feedOrder(): FeedOrders | undefined {
    return this.#feedOrder;
  }
  registration(id: NodeId): Registration | undefined {
    return this.#members.get(id);
  }

  begin(): void {
    this.#members.clear();
    this.#forgotten.clear();
    this.#fenceOrder = undefined;
    this.#shutOutOrder = undefined;
    this.#xdrOrder = undefined;
    this.#feedOrder = undefined;
    this.#stored = undefined;
    this.#current = false;
  }
  complete(): void {
    this.#current = true;
  }

  /** Takes in a watched value. Throws MAP_UNREADABLE on a map of a newer format. */
  take({ key, value, revision, deleted }: BucketValue): void {
    if (key === MAP_KEY) {
      if (deleted) this.#stored = undefined;
      else this.storeMap(decodeMap(value), revision);
    } else if (key.startsWith(MEMBER_KEY_PREFIX)) {
      const id = key.slice(MEMBER_KEY_PREFIX.length);
      if (deleted) this.#members.delete(id);
      else this.#members.set(id, decodeRegistration(value));
    } else if (key.startsWith(FORGET_KEY_PREFIX)) {
      const id = key.slice(FORGET_KEY_PREFIX.length);
      if (deleted) this.#forgotten.delete(id);
      else this.#forgotten.add(id);
    } else if (key === FENCE_KEY) {
      this.#fenceOrder = deleted ? undefined : decodeFence(value);
    } else if (key === SHUT_OUTS_KEY) {
      this.#shutOutOrder = deleted ? undefined : decodeShutOuts(value);
    } else if (key === XDR_ORDERS_KEY) {
      this.#xdrOrder = deleted ? undefined : decodeXdrOrders(value);
    } else if (key === FEED_ORDERS_KEY) {
      this.#feedOrder = deleted ? undefined : decodeFeedOrders(value);
    }
  }

  /** A map that was just written or read: the watch may bring it later once more. */
  storeMap(map: ClusterMap, revision: number): void {
    if (revision > (this.#stored?.revision ?? 0)) this.#stored = { map, revision };
  }

  /** The leader's answer, which counts even when it is behind what was seen. */
  correctMap(stored: StoredMap | undefined): void {
    this.#stored = stored;
  }
}
