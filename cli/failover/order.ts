/**
 * Waits until an order that is part of the cluster map holds in a whole datacenter: for one version of the
 * map with it, the primary of every row has followed it, serves, and has nothing left of before. Whoever
 * is paused or cut off cannot have missed it then: a primary that serves has waited until every earlier
 * one can answer no more (I9 of node/partition/SPEC.md), and later primaries act on later maps. A row
 * without such a primary is never vouched for: whoever holds it may wake up with an older map.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { type ClusterMap, type Member, memberOf } from "../../proto/cluster-map.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { ControlBucket } from "../setup/control-bucket.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const LOOK_MS = 50;
/** A node that is paused accepts the connection and says nothing. */
const ASK_MS = 1000;

const reportSchema = z.object({
  nodeId: z.string(),
  mapVersion: z.number(),
  primaries: z.number(),
  waiting: z.number(),
  clientWrites: z.number(),
  unsettled: z.number(),
});
/** What a node says of the orders that it follows. */
export type OrderReport = z.infer<typeof reportSchema>;

/** Partitions, of all namespaces, for which nobody vouches, and why. */
export interface Unconfirmed {
  /** The node that should; null: these partitions have no primary. */
  readonly node: string | null;
  readonly partitions: number;
  readonly reason: string;
}

export interface OrderOptions {
  /** How long to wait until the order holds everywhere. */
  readonly timeoutMs: number;
}

export interface OrderOutcome {
  readonly datacenter: string;
  /** Number of the order; 0: nothing had to be ordered. */
  readonly order: number;
  readonly mapVersion: number;
  /** The order holds everywhere. If not, it stands all the same, and takes effect where it arrives. */
  readonly holds: boolean;
  readonly unconfirmed: readonly Unconfirmed[];
  readonly seconds: number;
}

/** An order that was given. */
export interface Order {
  readonly number: number;
  /** The last order of its kind that a map has followed, and what it says. */
  readonly followedBy: (map: ClusterMap) => { readonly order: number; readonly says: string };
  /** What a primary that follows the order has left of before; undefined: nothing. */
  readonly left: (report: OrderReport) => string | undefined;
}

/** Gives an order through the datacenter's control bucket, and waits until it holds everywhere. */
export async function carryOut(
  datacenter: SetupDatacenter,
  give: (bucket: ControlBucket) => Promise<Order>,
  { timeoutMs }: OrderOptions,
): Promise<OrderOutcome> {
  const startMs = performance.now();
  const bucket = await datacenter.openControl();
  try {
    const order = await give(bucket);
    let seen: { mapVersion: number; unconfirmed: readonly Unconfirmed[] } | undefined;
    const holds = await waitUntil(
      async () => {
        const map = await bucket.map();
        seen = map && (await confirm(datacenter, map, order));
        return seen?.unconfirmed.length === 0;
      },
      { timeoutMs, intervalMs: LOOK_MS },
    );
    const none = [{ node: null, partitions: 0, reason: "there is no cluster map" }];
    return {
      datacenter: datacenter.name,
      order: order.number,
      mapVersion: seen?.mapVersion ?? 0,
      holds,
      unconfirmed: seen?.unconfirmed ?? none,
      seconds: (performance.now() - startMs) / 1000,
    };
  } finally {
    await bucket.close();
  }
}

/** Why an order does not hold, in a few words. */
export function firstDoubt({ unconfirmed }: OrderOutcome): string {
  const [first] = unconfirmed;
  return `${first?.node ?? "no node"}: ${first?.reason ?? ""}`;
}

/** Who does not vouch for the order yet, by one version of the map. */
async function confirm(
  datacenter: SetupDatacenter,
  map: ClusterMap,
  { number, followedBy, left }: Order,
): Promise<{ mapVersion: number; unconfirmed: readonly Unconfirmed[] }> {
  const rows = map.namespaces.flatMap((namespace) => namespace.rows);
  const { version } = map;
  const followed = followedBy(map);
  if (followed.order > number) {
    const message = `${datacenter.name}: order ${number} was overtaken by order ${followed.order}, ${followed.says}`;
    throw new MeridianError("BUSY", message);
  }
  if (followed.order < number) {
    const reason = "the controller has not taken the order yet";
    return { mapVersion: version, unconfirmed: [{ node: null, partitions: rows.length, reason }] };
  }
  const led = new Map<string | null, number>();
  for (const { primary } of rows) led.set(primary, (led.get(primary) ?? 0) + 1);
  const unconfirmed = await Promise.all(
    [...led].map(async ([id, partitions]): Promise<Unconfirmed[]> => {
      const member = id === null ? undefined : memberOf(map, id);
      if (member === undefined) return [{ node: null, partitions, reason: "no copy in sync is up" }];
      const report = await ask(datacenter, member);
      const reason = doubt(report, member, version, partitions) ?? (report && left(report));
      return reason === undefined ? [] : [{ node: member.name, partitions, reason }];
    }),
  );
  return { mapVersion: version, unconfirmed: unconfirmed.flat() };
}

/** Why a primary's report does not do; undefined when it does. */
function doubt(
  report: OrderReport | undefined,
  member: Member,
  mapVersion: number,
  partitions: number,
): string | undefined {
  if (report === undefined) {
    return member.state === "down"
      ? "down, and nobody else has a copy in sync: if it still runs, it may not know the order"
      : "does not answer";
  }
  if (report.nodeId !== member.id) return "another disk answers at its address";
  if (report.mapVersion !== mapVersion || report.primaries !== partitions) return "follows another map";
  if (report.waiting > 0) return `${report.waiting} partitions are being taken over`;
  return undefined;
}

async function ask(datacenter: SetupDatacenter, member: Member): Promise<OrderReport | undefined> {
  const node = datacenter.nodes.find(({ name }) => name === member.name);
  const at = node === undefined ? member.admin : `127.0.0.1:${node.adminPort}`;
  try {
    return await askAdmin(`http://${at}/fence`, reportSchema, { timeoutMs: ASK_MS });
  } catch (error) {
    // Silence is what is being looked for; an answer that cannot be read is an error.
    if (error instanceof MeridianError && error.code !== "PROTOCOL_VERSION") return undefined;
    throw error;
  }
}
