/** Asks a datacenter's nodes for the settings that they follow, and orders others. */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import type { Setup, SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const ASK_MS = 10_000;
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

export type SettingsReport = z.infer<typeof reportSchema>;

export interface SettingsOutcome {
  readonly datacenter: string;
  readonly order: number;
  /** Nodes that do not follow the order yet, or do not answer. */
  readonly missing: readonly string[];
}

/** As the first node that answers follows them; undefined when none does. */
export async function askSettings({ nodes }: AdminDatacenter): Promise<SettingsReport | undefined> {
  for (const { adminPort } of nodes) {
    const report = await ask(adminPort);
    if (report !== undefined) return report;
  }
  return undefined;
}

/** The same. Throws UNAVAILABLE when no node answers. */
export async function requireSettings(datacenter: AdminDatacenter): Promise<SettingsReport> {
  const report = await askSettings(datacenter);
  if (report !== undefined) return report;
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter.name} answers`);
}

/** Orders the changes at one node, and waits until all follow. */
export async function orderSettings(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly XdrChange[],
  timeoutMs: number,
): Promise<SettingsOutcome> {
  const order = await give(setup, datacenter, changes);
  let missing: string[] = [];
  await waitUntil(
    async () => {
      const reports = await Promise.all(datacenter.nodes.map(({ adminPort }) => ask(adminPort)));
      missing = datacenter.nodes.flatMap(({ name }, index) =>
        (reports[index]?.order ?? 0) >= order ? [] : [name],
      );
      return missing.length === 0;
    },
    { timeoutMs, intervalMs: LOOK_MS },
  );
  return { datacenter: datacenter.name, order, missing };
}

async function give(
  setup: Setup,
  datacenter: SetupDatacenter,
  changes: readonly XdrChange[],
): Promise<number> {
  const query = new URLSearchParams({ changes: JSON.stringify(changes) });
  for (const { name, adminPort } of datacenter.nodes) {
    try {
      const token = await setup.nodeToken(name);
      const url = `http://127.0.0.1:${adminPort}/xdr?${query}`;
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

async function ask(adminPort: number): Promise<SettingsReport | undefined> {
  try {
    return await askAdmin(`http://127.0.0.1:${adminPort}/xdr`, reportSchema);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "LINK_DOWN") return undefined;
    throw error;
  }
}
