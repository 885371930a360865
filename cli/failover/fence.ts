/**
 * Closes a datacenter to its clients, and opens it again. The order goes into the control bucket; the
 * controller puts it into the cluster map; every node keeps the map on its disk before it acts on it.
 *
 * Must guarantee: when a fence is said to hold, no write of a client is acknowledged in that
 * datacenter any more, not even by nodes that were paused or cut off (order.ts says why).
 */
import { type Fence, type FenceState, NO_FENCE } from "../../proto/cluster-map.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { carryOut, type OrderOptions, type OrderOutcome } from "./order.ts";

export interface FenceOutcome extends OrderOutcome {
  readonly state: FenceState;
}

/** Closes a datacenter: `writes`, `all` (reads too) or `held` (and ships nothing of its own). */
export async function fenceDatacenter(
  datacenter: SetupDatacenter,
  state: Exclude<FenceState, "open">,
  options: OrderOptions,
): Promise<FenceOutcome> {
  return await orderFence(datacenter, state, options);
}

/** Opens a datacenter: clients are served, and what was held is shipped and merged under the policy. */
export async function unfenceDatacenter(
  datacenter: SetupDatacenter,
  options: OrderOptions,
): Promise<FenceOutcome> {
  return await orderFence(datacenter, "open", options);
}

/** The fence in force, by the map in the control bucket. */
export async function fenceOf(datacenter: SetupDatacenter): Promise<Fence> {
  const bucket = await datacenter.openControl();
  try {
    return (await bucket.map())?.fence ?? NO_FENCE;
  } finally {
    await bucket.close();
  }
}

/**
 * Orders a state, and waits until it holds everywhere. `admit`: ids of declarations of a failover that
 * shall close the datacenter no more.
 */
export async function orderFence(
  datacenter: SetupDatacenter,
  state: FenceState,
  options: OrderOptions & { readonly admit?: readonly number[] },
): Promise<FenceOutcome> {
  const outcome = await carryOut(
    datacenter,
    async (bucket) => ({
      number: await bucket.orderFence({ state, admit: options.admit }),
      followedBy: ({ fence }) => ({ order: fence.order, says: fence.state }),
      left: ({ clientWrites }) =>
        state !== "open" && clientWrites > 0 ? `${clientWrites} writes from before are under way` : undefined,
    }),
    options,
  );
  return { ...outcome, state };
}
