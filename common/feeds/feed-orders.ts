/**
 * Change feeds, and consumers of feeds, that an operator has declared at run time. They are part of the
 * cluster map, so that all nodes hold the log for the same consumers and all shippers publish the same feeds,
 * and a restart forgets none. What the file declares is the file's: it cannot be taken away here, and a
 * feed that was declared at run time gives way to a feed of the file with its name or its records. Pure.
 */
import { feedContradictions, type FeedSurroundings } from "../config-checks.ts";
import { type FeedConfig, parseFeed } from "../config.ts";
import { MeridianError } from "../errors.ts";
import { FEED_CONSUMERS_MAX, FEED_ORDERS_BYTES_MAX, FEEDS_MAX, FEEDS_REMOVED_MAX } from "../limits.ts";
import { meantHint } from "../nearest-name.ts";

export interface OrderedConsumer {
  readonly feed: string;
  readonly consumer: string;
  /** Number of the order that declared it: who is declared anew has no position of an earlier life. */
  readonly since: number;
}

export interface FeedOrders {
  /** Number of the last order; 0 = there was none yet. Orders with a lower one are void. */
  readonly order: number;
  /** Feeds as JSON, without their consumers. */
  readonly feeds: readonly string[];
  readonly consumers: readonly OrderedConsumer[];
  /** Names of feeds that were removed, the last ones: their streams are deleted. */
  readonly removed: readonly string[];
}

export const NO_FEED_ORDERS: FeedOrders = { order: 0, feeds: [], consumers: [], removed: [] };

/** One change of what is declared. */
export type FeedChange =
  | { readonly action: "add"; readonly feed: unknown }
  | { readonly action: "remove"; readonly feed: string }
  | {
      readonly action: "add-consumer" | "remove-consumer";
      readonly feed: string;
      readonly consumer: string;
    };

export interface DeclaredConsumer {
  readonly name: string;
  /** Names its position among those that nodes keep. */
  readonly key: string;
  /** At run time, not by the file. */
  readonly ordered: boolean;
}

export interface DeclaredFeed {
  /** With all of its consumers. */
  readonly config: FeedConfig;
  readonly consumers: readonly DeclaredConsumer[];
  readonly ordered: boolean;
}

/**
 * The feeds that there are: the file's, then those that were declared since. Their origins are not looked at:
 * datacenters come and go, and changes of one that has gone are still told.
 */
export function declaredFeeds(config: FeedSurroundings, orders: FeedOrders): DeclaredFeed[] {
  const feeds = [...config.feeds];
  const ordered: FeedConfig[] = [];
  for (const feed of orderedFeeds(orders)) {
    const remotes = [...feeds, feed].flatMap(({ origins }) => (origins ?? []).map((name) => ({ name })));
    if (feedContradictions({ ...config, remotes, feeds: [...feeds, feed] }).length > 0) continue;
    feeds.push(feed);
    ordered.push(feed);
  }
  return feeds.map((feed) => withConsumers(feed, ordered.includes(feed), orders));
}

/** Feeds that were declared at run time and give way to one of the file, or to another file's namespaces. */
export function voidFeeds(config: FeedSurroundings, orders: FeedOrders): string[] {
  const names = declaredFeeds(config, orders).flatMap((feed) => (feed.ordered ? [feed.config.name] : []));
  return orderedFeeds(orders).flatMap(({ name }) => (names.includes(name) ? [] : [name]));
}

/** Whether a feed of them has `before-image`, which older releases do not know. */
export function tellsBefore(orders: FeedOrders): boolean {
  return orderedFeeds(orders).some((feed) => feed["before-image"]);
}

function orderedFeeds({ feeds }: FeedOrders): FeedConfig[] {
  return feeds.map((json) => parseFeed(JSON.parse(json), "a feed that was declared at run time"));
}

function withConsumers(feed: FeedConfig, ordered: boolean, orders: FeedOrders): DeclaredFeed {
  const ofFile = feed.consumers.map((name) => ({ name, key: name, ordered: false }));
  const added = orders.consumers
    .filter((one) => one.feed === feed.name && !feed.consumers.includes(one.consumer))
    .map(({ consumer, since }) => ({ name: consumer, key: `${consumer}@${since}`, ordered: true }));
  const consumers = [...ofFile, ...added];
  return { config: { ...feed, consumers: consumers.map(({ name }) => name) }, consumers, ordered };
}

/**
 * What is declared after the changes, in their order, as the next order. Throws CONFIG_INVALID, with the
 * nearest right name or the reason, when one of them cannot be.
 */
export function changeFeeds(
  config: FeedSurroundings,
  before: FeedOrders,
  changes: readonly FeedChange[],
): FeedOrders {
  const numbered = { ...before, order: before.order + 1 };
  const next = changes.reduce((orders, change) => applied(config, orders, change), numbered);
  const bytes = Buffer.byteLength(JSON.stringify(next));
  if (bytes > FEED_ORDERS_BYTES_MAX) {
    throw refused(`${bytes} bytes of feeds: more than ${FEED_ORDERS_BYTES_MAX} belong into the file`);
  }
  return next;
}

function applied(config: FeedSurroundings, orders: FeedOrders, change: FeedChange): FeedOrders {
  switch (change.action) {
    case "add":
      return added(config, orders, change.feed);
    case "remove":
      return removed(config, orders, change.feed);
    case "add-consumer":
      return consumerAdded(config, orders, change);
    case "remove-consumer":
      return consumerRemoved(config, orders, change);
  }
}

function added(config: FeedSurroundings, orders: FeedOrders, raw: unknown): FeedOrders {
  const said = parseFeed(raw, "the feed");
  const { consumers, ...rest } = said;
  const feed: FeedConfig = { ...rest, consumers: [] };
  const others = orderedFeeds(orders);
  const declared = declaredFeeds(config, orders).map((one) => one.config);
  if ([...declared, ...others].some(({ name }) => name === feed.name)) {
    throw refused(`there is a feed ${feed.name} already`);
  }
  if (declared.length >= FEEDS_MAX) throw refused(`there are ${FEEDS_MAX} feeds: no more can be`);
  const [problem] = feedContradictions({ ...config, feeds: [...declared, said] });
  if (problem !== undefined) throw refused(problem.message);
  const since = orders.order;
  return {
    ...orders,
    feeds: [...orders.feeds, JSON.stringify(feed)],
    consumers: [
      ...orders.consumers.filter((one) => one.feed !== feed.name),
      ...consumers.map((consumer) => ({ feed: feed.name, consumer, since })),
    ],
    removed: orders.removed.filter((one) => one !== feed.name),
  };
}

function removed(config: FeedSurroundings, orders: FeedOrders, name: string): FeedOrders {
  const names = orderedFeeds(orders).map((feed) => feed.name);
  if (!names.includes(name)) {
    if (config.feeds.some((feed) => feed.name === name)) {
      throw refused(`feed ${name} is declared by the file: take it out there, and restart`);
    }
    throw noFeed(name, names);
  }
  return {
    ...orders,
    feeds: orders.feeds.filter((_, index) => names[index] !== name),
    consumers: orders.consumers.filter((one) => one.feed !== name),
    removed: [...orders.removed.filter((one) => one !== name), name].slice(-FEEDS_REMOVED_MAX),
  };
}

interface ConsumerChange {
  readonly feed: string;
  readonly consumer: string;
}

function consumerAdded(config: FeedSurroundings, orders: FeedOrders, change: ConsumerChange): FeedOrders {
  const { feed, consumer } = change;
  const { consumers, ...rest } = feedNamed(config, orders, feed).config;
  if (consumers.includes(consumer)) throw refused(`feed ${feed} has a consumer ${consumer} already`);
  if (consumers.length >= FEED_CONSUMERS_MAX) {
    throw refused(`feed ${feed} has ${FEED_CONSUMERS_MAX} consumers: no more can be`);
  }
  parseFeed({ ...rest, consumers: [consumer] }, `consumer ${consumer}`);
  return { ...orders, consumers: [...orders.consumers, { feed, consumer, since: orders.order }] };
}

function consumerRemoved(config: FeedSurroundings, orders: FeedOrders, change: ConsumerChange): FeedOrders {
  const { feed, consumer } = change;
  const { consumers } = feedNamed(config, orders, feed);
  const found = consumers.find(({ name }) => name === consumer);
  if (found === undefined) {
    const names = consumers.map(({ name }) => name);
    throw refused(`feed ${feed} has no consumer ${consumer}${meantHint(consumer, names)}`);
  }
  if (!found.ordered) {
    throw refused(
      `consumer ${consumer} of feed ${feed} is declared by the file: take it out there, and restart`,
    );
  }
  const others = orders.consumers.filter((one) => one.feed !== feed || one.consumer !== consumer);
  return { ...orders, consumers: others };
}

function feedNamed(config: FeedSurroundings, orders: FeedOrders, name: string): DeclaredFeed {
  const declared = declaredFeeds(config, orders);
  const found = declared.find((feed) => feed.config.name === name);
  if (found !== undefined) return found;
  throw noFeed(
    name,
    declared.map((feed) => feed.config.name),
  );
}

function noFeed(name: string, names: readonly string[]): MeridianError {
  return refused(`there is no feed ${name}${meantHint(name, names)}`);
}

function refused(problem: string): MeridianError {
  return new MeridianError("CONFIG_INVALID", problem);
}
