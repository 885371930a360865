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
        if (isLink(answers, origin, destination)) {
          links.push(balanceOf({ namespace, origin, destination }, answers));
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

/** Whether the one ships to the other, or has: no line is drawn where a topology has none. */
function isLink(
  answers: { readonly origin: readonly NodeLedger[]; readonly destination: readonly NodeLedger[] },
  origin: LoggedDatacenter,
  destination: LoggedDatacenter,
): boolean {
  const ships = answers.origin.map(
    ({ destinations }) => destinations?.includes(destination.sourceId) ?? true,
  );
  if (ships.length === 0 || ships.includes(true)) return true;
  return answers.destination.some(({ origins }) =>
    origins.some(({ originId }) => originId === origin.sourceId),
  );
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
