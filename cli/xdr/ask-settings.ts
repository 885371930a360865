/** Asks a datacenter's nodes for the settings that they follow, and orders others. */
import { z } from "zod";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askFirstNode, giveOrder, nodesBehind, requireAnswer } from "../setup/node-orders.ts";
import type { Setup, SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const LOOK_MS = 100;

const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const settings = z.record(z.string(), value);
const reportSchema = z.object({
  order: z.number(),
  // A release before they could be added tells none.
  remotes: z
    .array(z.object({ name: z.string(), "src-id": z.number(), nats: z.string(), ordered: z.boolean() }))
    .default([]),
  ship: z.array(z.object({ dc: z.string(), namespace: z.string(), settings, ordered: z.array(z.string()) })),
  namespaces: z.array(z.object({ namespace: z.string(), settings, ordered: z.array(z.string()) })),
});

const SETTINGS = { path: "xdr", report: reportSchema } as const;

export type SettingsReport = z.infer<typeof reportSchema>;

export interface SettingsOutcome {
  readonly datacenter: string;
  readonly order: number;
  /** Nodes that do not follow the order yet, or do not answer. */
  readonly missing: readonly string[];
}

/** As the first node that answers follows them; undefined when none does. */
export async function askSettings(datacenter: AdminDatacenter): Promise<SettingsReport | undefined> {
  return await askFirstNode(datacenter, SETTINGS);
}

/** The same. Throws UNAVAILABLE when no node answers. */
export async function requireSettings(datacenter: AdminDatacenter): Promise<SettingsReport> {
  return await requireAnswer(datacenter, SETTINGS);
}

/** Orders the changes at one node, and waits until all follow. */
export async function orderSettings(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly XdrChange[],
  timeoutMs: number,
): Promise<SettingsOutcome> {
  const order = await giveOrder(setup, datacenter, SETTINGS, changes);
  let missing: string[] = [];
  await waitUntil(
    async () => {
      missing = await nodesBehind(datacenter, SETTINGS, order);
      return missing.length === 0;
    },
    { timeoutMs, intervalMs: LOOK_MS },
  );
  return { datacenter: datacenter.name, order, missing };
}
