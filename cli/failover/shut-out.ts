/**
 * Shuts a lost datacenter out of the others, and lets it in again. While it is shut out of a datacenter,
 * the primaries there apply none of its changes, whichever way they come; and its own shipper, which is
 * told, closes it (xdr-shipper/own-fence.ts). As a fence, it is part of the cluster map, ordered through
 * the control bucket, and said to hold once every primary vouches for it (order.ts).
 */
import { MeridianError } from "../../common/errors.ts";
import { type Fence, NO_FENCE, type ShutOut, shutOutOf } from "../../proto/cluster-map.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { fenceOf, orderFence, type FenceOutcome } from "./fence.ts";
import { carryOut, firstDoubt, type OrderOptions, type OrderOutcome } from "./order.ts";

/** How datacenters stand to one of them. */
export interface Standing {
  readonly reachable: readonly {
    readonly datacenter: SetupDatacenter;
    /** Its own. */
    readonly fence: Fence;
    /** Set when it shuts the other one out. */
    readonly shutOut: ShutOut | undefined;
  }[];
  /** Those whose control bucket does not answer, and why. */
  readonly unreachable: readonly { readonly name: string; readonly reason: string }[];
}

/** Asks `others` whether they shut `origin` out, by the maps in their control buckets. */
export async function standingOf(
  origin: SetupDatacenter,
  others: readonly SetupDatacenter[],
): Promise<Standing> {
  const looks = await Promise.all(others.map((other) => look(origin, other)));
  return {
    reachable: looks.flatMap((one) => ("datacenter" in one ? [one] : [])),
    unreachable: looks.flatMap((one) => ("reason" in one ? [one] : [])),
  };
}

type Look = Standing["reachable"][number] | Standing["unreachable"][number];

async function look(origin: SetupDatacenter, datacenter: SetupDatacenter): Promise<Look> {
  try {
    const bucket = await datacenter.openControl();
    try {
      const map = await bucket.map();
      return {
        datacenter,
        fence: map?.fence ?? NO_FENCE,
        shutOut: map && shutOutOf(map.shutOuts, origin.sourceId),
      };
    } finally {
      await bucket.close();
    }
  } catch (error) {
    if (!(error instanceof MeridianError) || error.code !== "NATS_UNREACHABLE") throw error;
    return { name: datacenter.name, reason: error.message };
  }
}

/** Shuts `shutOut.sourceId` out of a datacenter; one that is there already stays as it is. */
export async function shutOutFrom(
  datacenter: SetupDatacenter,
  shutOut: ShutOut,
  options: OrderOptions,
): Promise<OrderOutcome> {
  return await orderShutOuts(datacenter, options, (origins) =>
    origins.some(({ sourceId }) => sourceId === shutOut.sourceId) ? origins : [...origins, shutOut],
  );
}

async function orderShutOuts(
  datacenter: SetupDatacenter,
  options: OrderOptions,
  change: (origins: readonly ShutOut[]) => readonly ShutOut[],
): Promise<OrderOutcome> {
  return await carryOut(
    datacenter,
    async (bucket) => ({
      number: await bucket.orderShutOuts(change),
      followedBy: ({ shutOuts: { order, origins } }) => ({
        order,
        says: `source ids shut out: ${origins.map(({ sourceId }) => sourceId).join(", ") || "none"}`,
      }),
      left: ({ unsettled }) =>
        unsettled > 0 ? `changes from before are under way in ${unsettled} partitions` : undefined,
    }),
    options,
  );
}

/**
 * Lets a datacenter in wherever it is shut out, and opens it. It is opened last, and knows by then which
 * declarations are over, so that a report of before that is still on its way does not close it again.
 * Throws UNAVAILABLE, and leaves it closed, when some partition of the others does not vouch for it.
 */
export async function letIn(
  datacenter: SetupDatacenter,
  { reachable }: Standing,
  options: OrderOptions,
): Promise<FenceOutcome> {
  const by = reachable.flatMap(({ datacenter: other, shutOut }) => (shutOut ? [{ other, shutOut }] : []));
  const { because } = await fenceOf(datacenter);
  const admit = [...by.map(({ shutOut }) => shutOut.id), ...(because === undefined ? [] : [because.id])];
  if (by.length > 0) {
    const closed = await orderFence(datacenter, "held", { ...options, admit });
    if (!closed.holds) throw staysClosed(datacenter, closed);
    for (const { other } of by) {
      const lifted = await orderShutOuts(other, options, (origins) =>
        origins.filter(({ sourceId }) => sourceId !== datacenter.sourceId),
      );
      if (!lifted.holds) throw staysClosed(datacenter, lifted);
    }
  }
  return await orderFence(datacenter, "open", { ...options, admit });
}

function staysClosed({ name }: SetupDatacenter, outcome: OrderOutcome): MeridianError {
  return new MeridianError(
    "UNAVAILABLE",
    `not every partition of ${outcome.datacenter} vouches for its order (${firstDoubt(outcome)}): ` +
      `${name} stays fenced; run it again`,
  );
}
