/**
 * What declared change feeds ask of the log: that it keeps, with changes, what records were before, and that
 * it is not trimmed. Declared consumers as the trim horizon knows them are numbers beyond those of
 * datacenters, each holding the log of one namespace. Follows what is declared at run time; a consumer keeps
 * its number as long as it is declared, and no number is given twice.
 */
import type { FeedSurroundings } from "../../common/config-checks.ts";
import { declaredFeeds, type FeedOrders, NO_FEED_ORDERS } from "../../common/feeds/feed-orders.ts";
import { PARTITION_COUNT, SOURCE_ID_MAX } from "../../common/limits.ts";
import { type Slot, slotOf } from "../../proto/cluster-map.ts";
import { setNameAt } from "../../proto/record.ts";
import { type BeforeImages, beforeImagesOf } from "./before-images.ts";

export interface FeedHold {
  /** Stands where a datacenter's source id would. */
  readonly id: number;
  readonly feed: string;
  /** Key of the consumer's position (DeclaredConsumer of common/feeds). */
  readonly consumer: string;
  readonly namespaceId: number;
  /** The slots whose log it holds: from `first`, one per partition. */
  readonly first: Slot;
  readonly end: Slot;
}

/** Holds that came, and those that went. */
export type HoldsListener = (added: readonly FeedHold[], removed: readonly FeedHold[]) => void;

export class FeedHolds {
  readonly #config: FeedSurroundings;
  readonly #listeners = new Set<HoldsListener>();
  #orders: FeedOrders;
  #current: readonly FeedHold[] = [];
  #beforeImages: BeforeImages;
  #nextId = SOURCE_ID_MAX + 1;

  constructor(config: FeedSurroundings, orders: FeedOrders = NO_FEED_ORDERS) {
    this.#config = config;
    this.#orders = orders;
    this.#beforeImages = beforeImagesOf(config, orders);
    this.#take();
  }

  get current(): readonly FeedHold[] {
    return this.#current;
  }

  /** The orders that are followed. */
  get orders(): FeedOrders {
    return this.#orders;
  }

  follow(orders: FeedOrders = NO_FEED_ORDERS): void {
    if (orders.order === this.#orders.order) return;
    this.#orders = orders;
    this.#beforeImages = beforeImagesOf(this.#config, orders);
    const before = this.#current;
    this.#take();
    const added = this.#current.filter((hold) => !before.includes(hold));
    const removed = before.filter((hold) => !this.#current.includes(hold));
    if (added.length + removed.length === 0) return;
    for (const listener of [...this.#listeners]) listener(added, removed);
  }

  /**
   * Whether a change that makes a record this image is to say what the record was before. Asked for every
   * change: where no feed tells it, it is one look.
   */
  keepsBefore(namespaceId: number, image: Buffer): boolean {
    const kept = this.#beforeImages.get(namespaceId);
    return kept !== undefined && (kept === "all" || kept.has(setNameAt(image, 0)));
  }

  onChange(listener: HoldsListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(): void {
    const { namespaces } = this.#config;
    this.#current = declaredFeeds(this.#config, this.#orders).flatMap(({ config: feed, consumers }) => {
      const namespaceId = namespaces.findIndex(({ name }) => name === feed.namespace);
      return consumers.map(({ key }) => this.#hold(feed.name, key, namespaceId));
    });
  }

  #hold(feed: string, consumer: string, namespaceId: number): FeedHold {
    const known = this.#current.find(
      (one) => one.feed === feed && one.consumer === consumer && one.namespaceId === namespaceId,
    );
    if (known !== undefined) return known;
    const first = slotOf(namespaceId, 0);
    return { id: this.#nextId++, feed, consumer, namespaceId, first, end: first + PARTITION_COUNT };
  }
}
