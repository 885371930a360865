/** Asks a datacenter's nodes which change feeds they hold their logs for, and orders others. */
import { connect } from "@nats-io/transport-node";
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { FeedChange } from "../../common/feeds/feed-orders.ts";
import { natsConnectionOptions } from "../../common/nats/connect.ts";
import { askFeedLists } from "../changes/feed-list.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import type { Setup, SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const ASK_MS = 10_000;
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

export type FeedsReport = z.infer<typeof reportSchema>;

export interface FeedsOutcome {
  readonly datacenter: string;
  readonly order: number;
  /** Nodes that do not follow the order yet, or do not answer; and `shippers`, when those do not. */
  readonly missing: readonly string[];
}

/** As the first node that answers has them. Throws UNAVAILABLE when none does. */
export async function askFeeds({ name, nodes }: AdminDatacenter): Promise<FeedsReport> {
  for (const { adminPort } of nodes) {
    const report = await ask(adminPort);
    if (report !== undefined) return report;
  }
  throw new MeridianError("UNAVAILABLE", `no node of ${name} answers`);
}

/** Orders the changes at one node, and waits until all nodes and shippers follow. */
export async function orderFeeds(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly FeedChange[],
  timeoutMs: number,
): Promise<FeedsOutcome> {
  const order = await give(setup, datacenter, changes);
  let missing: string[] = [];
  await waitUntil(
    async () => {
      const reports = await Promise.all(datacenter.nodes.map(({ adminPort }) => ask(adminPort)));
      missing = datacenter.nodes.flatMap(({ name }, index) =>
        (reports[index]?.order ?? 0) >= order ? [] : [name],
      );
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

async function give(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly FeedChange[],
): Promise<number> {
  const query = new URLSearchParams({ changes: JSON.stringify(changes) });
  for (const { name, adminPort } of datacenter.nodes) {
    try {
      const token = await setup.nodeToken(name);
      const url = `http://127.0.0.1:${adminPort}/feeds?${query}`;
      const options = { method: "POST", token, timeoutMs: ASK_MS } as const;
      return (await askAdmin(url, reportSchema, options)).order;
    } catch (error) {
      // A node that is down has taken nothing; of one that does not answer in time it cannot be told.
      const down = error instanceof MeridianError && error.code === "LINK_DOWN";
      if (!down) throw error;
    }
  }
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter.name} takes the order`);
}

async function ask(adminPort: number): Promise<FeedsReport | undefined> {
  try {
    return await askAdmin(`http://127.0.0.1:${adminPort}/feeds`, reportSchema);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "LINK_DOWN") return undefined;
    throw error;
  }
}
