/**
 * The ledger of a whole set-up: per link and namespace, how the changes of one datacenter have ended in
 * the other, and whether that is all of them. Destinations keep it with their positions; origins count
 * their own changes. What nobody answers for is said to be missing, and makes nothing balanced.
 */
import { z } from "zod";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { ledgerJson } from "../../proto/ledger-json.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askNode } from "../verify/ask-partitions.ts";
import { balanceOf, type LinkLedger } from "./balance.ts";

const ASK_MS = 5000;

const ledgerSchema = z.object({
  logId: z.number(),
  partitions: z.number(),
  changes: z.number(),
  conflicts: z.number(),
  conflictsKept: z.number(),
  origins: z.array(
    z.object({
      originId: z.number(),
      logId: z.number(),
      ...ledgerJson,
    }),
  ),
  // A release before settings of shipping ships everything to all.
  destinations: z.array(z.number()).optional(),
  unbalanced: z.array(z.object({ partition: z.number(), originId: z.number(), unaccounted: z.number() })),
});

export type NodeLedger = z.infer<typeof ledgerSchema>;

export interface SetupLedger {
  readonly links: readonly LinkLedger[];
  /** Over all links. */
  readonly unaccounted: number;
  /** Every partition of every datacenter was answered for. */
  readonly complete: boolean;
}

/** Asks destinations before origins: what is covered by then the origin has counted. */
export async function takeLedger(
  datacenters: readonly LoggedDatacenter[],
  namespaces: readonly string[],
): Promise<SetupLedger> {
  const links: LinkLedger[] = [];
  for (const namespace of namespaces) {
    const before = await askAll(datacenters, namespace);
    const after = await askAll(datacenters, namespace);
    for (const [from, origin] of datacenters.entries()) {
      for (const [to, destination] of datacenters.entries()) {
        if (from === to) continue;
        const answers = { origin: after[from] ?? [], destination: before[to] ?? [] };
        const ships = shipsTo(answers.origin, destination);
        // No line is drawn where a topology has none.
        if (ships || hasShipped(answers.destination, origin)) {
          links.push(balanceOf({ namespace, origin, destination, ships }, answers));
        }
      }
    }
  }
  return {
    links,
    unaccounted: links.reduce((sum, { unaccounted }) => sum + unaccounted, 0),
    complete: links.every(({ partitions }) => partitions === PARTITION_COUNT),
  };
}

/** Whether it is shipped there, as far as any node of the origin tells. */
function shipsTo(origin: readonly NodeLedger[], { sourceId }: LoggedDatacenter): boolean {
  return origin.length === 0 || origin.some(({ destinations }) => destinations?.includes(sourceId) ?? true);
}

function hasShipped(destination: readonly NodeLedger[], { sourceId }: LoggedDatacenter): boolean {
  return destination.some(({ origins }) => origins.some(({ originId }) => originId === sourceId));
}

async function askAll(datacenters: readonly LoggedDatacenter[], namespace: string): Promise<NodeLedger[][]> {
  const path = `/ledger?${new URLSearchParams({ namespace })}`;
  return await Promise.all(
    datacenters.map(async ({ nodes }) => {
      const asked = nodes.map(({ adminPort }) => askNode(adminPort, path, ledgerSchema, undefined, ASK_MS));
      return (await Promise.all(asked)).filter((answer) => answer !== undefined);
    }),
  );
}
