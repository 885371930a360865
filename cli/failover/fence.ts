/**
 * Closes a datacenter to its clients, and opens it again. The order goes into the control bucket; the
 * controller puts it into the cluster map; every node keeps the map on its disk before it acts on it.
 *
 * Must guarantee: when a fence is said to hold, no write of a client is acknowledged in that
 * datacenter any more, not even by nodes that were paused or cut off. It holds once, for one version
 * of the map with the fence, the primary of every row has followed it, serves, and has answered what
 * it took before: a primary that serves has waited until every earlier one can answer no more (I9 of
 * node/partition/SPEC.md), and later primaries act on later maps. A row without such a primary is
 * never vouched for: whoever holds it may wake up with an older map.
 */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { type ClusterMap, type FenceState, type Member, memberOf } from "../../proto/cluster-map.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";

const LOOK_MS = 50;
/** A node that is paused accepts the connection and says nothing. */
const ASK_MS = 1000;

const reportSchema = z.object({
  nodeId: z.string(),
  mapVersion: z.number(),
  order: z.number(),
  primaries: z.number(),
  waiting: z.number(),
  clientWrites: z.number(),
});
type Report = z.infer<typeof reportSchema>;

/** Partitions, of all namespaces, for which nobody vouches, and why. */
export interface Unconfirmed {
  /** The node that should; null: these partitions have no primary. */
  readonly node: string | null;
  readonly partitions: number;
  readonly reason: string;
}

export interface FenceOutcome {
  readonly datacenter: string;
  readonly state: FenceState;
  /** Number of the order; 0: nothing had to be ordered. */
  readonly order: number;
  readonly mapVersion: number;
  /** The order holds everywhere. If not, it stands all the same, and takes effect where it arrives. */
  readonly holds: boolean;
  readonly unconfirmed: readonly Unconfirmed[];
  readonly seconds: number;
}

export interface FenceOptions {
  /** How long to wait until the order holds everywhere. */
  readonly timeoutMs: number;
}

/** Closes a datacenter: `writes`, `all` (reads too) or `held` (and ships nothing of its own). */
export async function fenceDatacenter(
  datacenter: SetupDatacenter,
  state: Exclude<FenceState, "open">,
  options: FenceOptions,
): Promise<FenceOutcome> {
  return await orderFence(datacenter, state, options);
}

/** Opens a datacenter: clients are served, and what was held is shipped and merged under the policy. */
export async function unfenceDatacenter(
  datacenter: SetupDatacenter,
  options: FenceOptions,
): Promise<FenceOutcome> {
  return await orderFence(datacenter, "open", options);
}

/** The fence in force, by the map in the control bucket. */
export async function fenceOf(datacenter: SetupDatacenter): Promise<FenceState> {
  const bucket = await datacenter.openControl();
  try {
    return (await bucket.map())?.fence.state ?? "open";
  } finally {
    await bucket.close();
  }
}

/** Orders a state, and waits until it holds everywhere. */
export async function orderFence(
  datacenter: SetupDatacenter,
  state: FenceState,
  options: FenceOptions,
): Promise<FenceOutcome> {
  const startMs = performance.now();
  const bucket = await datacenter.openControl();
  try {
    const number = await bucket.orderFence(state);
    let seen: { mapVersion: number; unconfirmed: readonly Unconfirmed[] } | undefined;
    const holds = await waitUntil(
      async () => {
        const map = await bucket.map();
        seen = map && (await confirm(datacenter, map, number, state));
        return seen?.unconfirmed.length === 0;
      },
      { timeoutMs: options.timeoutMs, intervalMs: LOOK_MS },
    );
    const none = [{ node: null, partitions: 0, reason: "there is no cluster map" }];
    return {
      datacenter: datacenter.name,
      state,
      order: number,
      mapVersion: seen?.mapVersion ?? 0,
      holds,
      unconfirmed: seen?.unconfirmed ?? none,
      seconds: (performance.now() - startMs) / 1000,
    };
  } finally {
    await bucket.close();
  }
}

/** Who does not vouch for the order yet, by one version of the map. */
async function confirm(
  datacenter: SetupDatacenter,
  map: ClusterMap,
  number: number,
  state: FenceState,
): Promise<{ mapVersion: number; unconfirmed: readonly Unconfirmed[] }> {
  const rows = map.namespaces.flatMap((namespace) => namespace.rows);
  const { fence, version } = map;
  if (fence.order > number) {
    const message = `${datacenter.name}: order ${number} was overtaken by order ${fence.order}, ${fence.state}`;
    throw new MeridianError("BUSY", message);
  }
  if (fence.order < number) {
    const reason = "the controller has not taken the order yet";
    return { mapVersion: version, unconfirmed: [{ node: null, partitions: rows.length, reason }] };
  }
  const led = new Map<string | null, number>();
  for (const { primary } of rows) led.set(primary, (led.get(primary) ?? 0) + 1);
  const unconfirmed = await Promise.all(
    [...led].map(async ([id, partitions]): Promise<Unconfirmed[]> => {
      const member = id === null ? undefined : memberOf(map, id);
      if (member === undefined) return [{ node: null, partitions, reason: "no copy in sync is up" }];
      const reason = doubt(await ask(datacenter, member), member, version, partitions, state);
      return reason === undefined ? [] : [{ node: member.name, partitions, reason }];
    }),
  );
  return { mapVersion: version, unconfirmed: unconfirmed.flat() };
}

/** Why a primary's report does not do; undefined when it does. */
function doubt(
  report: Report | undefined,
  member: Member,
  mapVersion: number,
  partitions: number,
  state: FenceState,
): string | undefined {
  if (report === undefined) {
    return member.state === "down"
      ? "down, and nobody else has a copy in sync: if it still runs, it may not know the order"
      : "does not answer";
  }
  if (report.nodeId !== member.id) return "another disk answers at its address";
  if (report.mapVersion !== mapVersion || report.primaries !== partitions) return "follows another map";
  if (report.waiting > 0) return `${report.waiting} partitions are being taken over`;
  if (state !== "open" && report.clientWrites > 0) {
    return `${report.clientWrites} writes from before are under way`;
  }
  return undefined;
}

async function ask(datacenter: SetupDatacenter, member: Member): Promise<Report | undefined> {
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
