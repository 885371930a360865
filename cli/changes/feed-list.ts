/** Asks a datacenter's shippers which feeds there are: so who reads one that is removed is told so. */
import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { meantHint } from "../../common/nearest-name.ts";
import { feedListSubject } from "../../proto/subjects.ts";

/** For the first answer, and for each one after it. */
const ANSWER_MS = 1000;
const NEXT_MS = 300;
/** A shipper hears of a feed in this time. */
const NEWS_MS = 2000;

const listSchema = z.object({
  order: z.number(),
  feeds: z.array(z.object({ name: z.string(), consumers: z.array(z.string()) })),
});

/** What one shipper publishes. */
export type FeedList = z.infer<typeof listSchema>;

/** Of every shipper that answers. */
export async function askFeedLists(connection: NatsConnection, datacenter: string): Promise<FeedList[]> {
  const inbox = createInbox();
  const lists: FeedList[] = [];
  const subscription = connection.subscribe(inbox);
  let timer = setTimeout(() => subscription.unsubscribe(), ANSWER_MS);
  try {
    connection.publish(feedListSubject(datacenter), "", { reply: inbox });
    for await (const message of subscription) {
      if (message.headers?.code === 503) break;
      lists.push(listSchema.parse(message.json()));
      clearTimeout(timer);
      timer = setTimeout(() => subscription.unsubscribe(), NEXT_MS);
    }
  } finally {
    clearTimeout(timer);
    subscription.unsubscribe();
  }
  return lists;
}

/**
 * Throws NOT_FOUND, with the nearest right name, when shippers answer and none has the feed; also not a
 * moment later, since one may be about to hear of it. Of no answer nothing follows.
 */
export async function requireFeed(
  connection: NatsConnection,
  datacenter: string,
  feed: string,
): Promise<void> {
  const has = (list: FeedList): boolean => list.feeds.some(({ name }) => name === feed);
  const first = await askFeedLists(connection, datacenter);
  if (first.length === 0 || first.some(has)) return;
  await sleep(NEWS_MS);
  const lists = await askFeedLists(connection, datacenter);
  const [newest] = lists.toSorted((a, b) => b.order - a.order);
  if (newest === undefined || lists.some(has)) return;
  const names = newest.feeds.map(({ name }) => name);
  const hint = meantHint(feed, names) || `; it has: ${names.join(", ") || "none"}`;
  throw new MeridianError("NOT_FOUND", `${datacenter} has no feed ${feed}, or it was removed${hint}`);
}
