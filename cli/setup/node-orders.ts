/**
 * What can be ordered at any node of a datacenter and is then followed by all of them: settings of shipping
 * and change feeds, each with a path of the nodes' admin listeners that reports it and takes its orders.
 */
import type { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { askAdmin } from "./admin-client.ts";
import type { AdminDatacenter } from "./layout.ts";
import type { Setup, SetupDatacenter } from "./setup.ts";

const GIVE_MS = 10_000;

export interface OrderedThing<Report extends { readonly order: number }> {
  readonly path: "feeds" | "xdr";
  readonly report: z.ZodType<Report>;
}

type Orders = OrderedThing<{ readonly order: number }>;

/** As the first node that answers follows them; undefined when none does. */
export async function askFirstNode<Report extends { readonly order: number }>(
  { nodes }: AdminDatacenter,
  thing: OrderedThing<Report>,
): Promise<Report | undefined> {
  for (const { adminPort } of nodes) {
    const report = await ask(adminPort, thing);
    if (report !== undefined) return report;
  }
  return undefined;
}

/** The same. Throws UNAVAILABLE when no node answers. */
export async function requireAnswer<Report extends { readonly order: number }>(
  datacenter: AdminDatacenter,
  thing: OrderedThing<Report>,
): Promise<Report> {
  const report = await askFirstNode(datacenter, thing);
  if (report !== undefined) return report;
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter.name} answers`);
}

/** Gives an order at the first node that takes it; its number. Throws UNAVAILABLE, or the node's refusal. */
export async function giveOrder(
  setup: Setup,
  datacenter: SetupDatacenter,
  { path, report }: Orders,
  changes: readonly object[],
): Promise<number> {
  const query = new URLSearchParams({ changes: JSON.stringify(changes) });
  for (const { name, adminPort } of datacenter.nodes) {
    try {
      const token = await setup.nodeToken(name);
      const url = `http://127.0.0.1:${adminPort}/${path}?${query}`;
      return (await askAdmin(url, report, { method: "POST", token, timeoutMs: GIVE_MS })).order;
    } catch (error) {
      // A node that is down has taken nothing; of one that does not answer in time it cannot be told.
      const down = error instanceof MeridianError && error.code === "LINK_DOWN";
      if (!down) throw error;
    }
  }
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter.name} takes the order`);
}

/** Names of the nodes that do not follow an order yet, or do not answer. */
export async function nodesBehind(
  { nodes }: SetupDatacenter,
  thing: Orders,
  order: number,
): Promise<string[]> {
  const reports = await Promise.all(nodes.map(({ adminPort }) => ask(adminPort, thing)));
  return nodes.flatMap(({ name }, index) => ((reports[index]?.order ?? 0) >= order ? [] : [name]));
}

async function ask<Report extends { readonly order: number }>(
  adminPort: number,
  { path, report }: OrderedThing<Report>,
): Promise<Report | undefined> {
  try {
    return await askAdmin(`http://127.0.0.1:${adminPort}/${path}`, report);
  } catch (error) {
    if (error instanceof MeridianError && error.code === "LINK_DOWN") return undefined;
    throw error;
  }
}
