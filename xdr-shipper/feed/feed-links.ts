/**
 * The change feeds that this instance works on: those of the file and those that the cluster map says were
 * declared at run time. A feed that is new begins, one that is declared otherwise begins anew where the
 * nodes say it is, one that is removed ends. Nothing begins before the map is known: who is asked of a
 * consumer must know all of them.
 *
 * The streams of feeds that were removed at run time are deleted, and readers are told by name what there is.
 */
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { DatacenterConfig } from "../../common/config.ts";
import { errorMessage } from "../../common/errors.ts";
import {
  type DeclaredFeed,
  declaredFeeds,
  type FeedOrders,
  NO_FEED_ORDERS,
} from "../../common/feeds/feed-orders.ts";
import type { Logger } from "../../common/log.ts";
import { feedListSubject, feedStream } from "../../proto/subjects.ts";
import type { NatsLink } from "../bus/nats-link.ts";
import { deleteStream } from "../bus/stream-delete.ts";
import type { MemberWatch } from "../tail/member-watch.ts";
import type { FeedLink } from "./feed-link.ts";

const DELETE_INTERVAL_MS = 1000;
const DELETE_TIMEOUT_MS = 2000;

export interface FeedLinksOptions {
  readonly config: DatacenterConfig;
  readonly members: Pick<MemberWatch, "listen" | "map">;
  readonly link: NatsLink;
  readonly open: (feed: DeclaredFeed) => FeedLink;
  readonly log: Logger;
}

export class FeedLinks {
  readonly #options: FeedLinksOptions;
  readonly #links = new Map<string, FeedLink>();
  /** What each running link was made by, as JSON. */
  readonly #made = new Map<string, string>();
  readonly #unlisten: readonly (() => void)[];
  readonly #timer: NodeJS.Timeout;
  /** Feeds whose streams are to be deleted. */
  readonly #doomed = new Set<string>();
  #declared: readonly DeclaredFeed[] | undefined;
  #order = -1;
  #lanes: readonly number[] = [];
  #connection: NatsConnection | undefined;
  /** Links end and begin one after the other: no two of one feed work at once. */
  #work: Promise<void> = Promise.resolve();
  #deleting = false;
  #closed = false;

  constructor(options: FeedLinksOptions) {
    this.#options = options;
    this.#unlisten = [
      options.members.listen(() => this.#follow(options.members.map?.feeds ?? NO_FEED_ORDERS)),
      options.link.listen((connection) => this.#linked(connection)),
    ];
    this.#timer = setInterval(() => this.#deleteStreams(), DELETE_INTERVAL_MS);
  }

  get links(): ReadonlyMap<string, FeedLink> {
    return this.#links;
  }

  setLanes(lanes: readonly number[]): void {
    this.#lanes = lanes;
    for (const link of this.#links.values()) link.setLanes(lanes);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    for (const unlisten of this.#unlisten) unlisten();
    await this.#work;
    for (const link of this.#links.values()) await link.close();
  }

  #follow(orders: FeedOrders): void {
    if (orders.order === this.#order) return;
    this.#order = orders.order;
    const { config, log } = this.#options;
    const declared = declaredFeeds(config, orders);
    this.#declared = declared;
    this.#doomed.clear();
    for (const name of orders.removed) {
      if (!declared.some((feed) => feed.config.name === name)) this.#doomed.add(name);
    }
    this.#work = this.#work
      .then(() => this.#bring(declared))
      .catch((error: unknown) => {
        log.error({ reason: errorMessage(error) }, "a feed cannot be ended");
      });
  }

  async #bring(declared: readonly DeclaredFeed[]): Promise<void> {
    const wanted = new Map(declared.map((feed) => [feed.config.name, JSON.stringify(feed)]));
    for (const [name, link] of this.#links) {
      if (wanted.get(name) === this.#made.get(name)) continue;
      this.#links.delete(name);
      this.#options.log.info({ feed: name, removed: !wanted.has(name) }, "a feed ends, by an order");
      await link.close();
    }
    for (const feed of declared) {
      const { name } = feed.config;
      if (this.#closed || this.#links.has(name)) continue;
      const link = this.#options.open(feed);
      this.#made.set(name, wanted.get(name) ?? "");
      this.#links.set(name, link);
      link.setLanes(this.#lanes);
    }
  }

  #linked(connection: NatsConnection | undefined): void {
    // Subscriptions outlive reconnects, but not the connection object.
    if (connection === undefined || connection === this.#connection) return;
    this.#connection = connection;
    connection.subscribe(feedListSubject(this.#options.config.name), {
      callback: (_error, message) => {
        if (this.#declared === undefined) return;
        const feeds = this.#declared.map(({ config }) => ({
          name: config.name,
          consumers: config.consumers,
        }));
        message.respond(JSON.stringify({ order: this.#order, feeds }));
      },
    });
  }

  /** All instances try; whose stream it was does not matter. */
  #deleteStreams(): void {
    const { connection } = this.#options.link;
    if (this.#doomed.size === 0 || this.#deleting || connection === undefined) return;
    this.#deleting = true;
    this.#delete(connection).then(
      () => {
        this.#deleting = false;
      },
      (error: unknown) => {
        this.#deleting = false;
        this.#options.log.info({ reason: errorMessage(error) }, "a removed feed's stream is still there");
      },
    );
  }

  async #delete(connection: NatsConnection): Promise<void> {
    const { config, log } = this.#options;
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: DELETE_TIMEOUT_MS });
    for (const name of [...this.#doomed]) {
      // Its link makes the stream again as long as it is there.
      if (this.#links.has(name)) continue;
      const deleted = await deleteStream(manager, feedStream(config.name, name));
      if (deleted) log.warn({ feed: name }, "the feed was removed: its stream is deleted");
      this.#doomed.delete(name);
    }
  }
}
