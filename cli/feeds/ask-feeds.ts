/** Asks a datacenter's nodes which change feeds they hold their logs for, and orders others. */
import { connect } from "@nats-io/transport-node";
import { z } from "zod";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import { natsConnectionOptions } from "../../common/nats/connect.ts";
import { askFeedLists } from "../changes/feed-list.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { giveOrder, nodesBehind, requireAnswer } from "../setup/node-orders.ts";
import type { Setup, SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const LOOK_MS = 100;

const settings = z.looseObject({
  name: z.string(),
  namespace: z.string(),
  set: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string(),
  consumers: z.array(z.string()),
});
const reportSchema = z.object({
  order: z.number(),
  feeds: z.array(z.object({ settings, ordered: z.boolean(), orderedConsumers: z.array(z.string()) })),
  void: z.array(z.string()),
});

const FEEDS = { path: "feeds", report: reportSchema } as const;

export type FeedsReport = z.infer<typeof reportSchema>;

export interface FeedsOutcome {
  readonly datacenter: string;
  readonly order: number;
  /** Nodes that do not follow the order yet, or do not answer; and `shippers`, when those do not. */
  readonly missing: readonly string[];
}

/** As the first node that answers has them. Throws UNAVAILABLE when none does. */
export async function askFeeds(datacenter: AdminDatacenter): Promise<FeedsReport> {
  return await requireAnswer(datacenter, FEEDS);
}

/** Orders the changes at one node, and waits until all nodes and shippers follow. */
export async function orderFeeds(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly FeedChange[],
  timeoutMs: number,
): Promise<FeedsOutcome> {
  const order = await giveOrder(setup, datacenter, FEEDS, changes);
  let missing: string[] = [];
  await waitUntil(
    async () => {
      missing = await nodesBehind(datacenter, FEEDS, order);
      if (missing.length === 0 && !(await shippersFollow(datacenter, order))) missing = ["shippers"];
      return missing.length === 0;
    },
    { timeoutMs, intervalMs: LOOK_MS },
  );
  return { datacenter: datacenter.name, order, missing };
}

async function shippersFollow(datacenter: SetupDatacenter, order: number): Promise<boolean> {
  const { url, caText, credentials } = await datacenter.natsLogin();
  const connection = await connect(
    natsConnectionOptions({ url, caText, credentials, name: "meridian feeds" }),
  );
  try {
    const lists = await askFeedLists(connection, datacenter.name);
    return lists.length > 0 && lists.every((list) => list.order >= order);
  } finally {
    await connection.close();
  }
}
