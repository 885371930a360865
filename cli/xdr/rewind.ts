/**
 * Ships the records of a namespace to a datacenter again. It is a setting that stands until all has arrived,
 * so a shipper that dies meanwhile costs time only; then it is taken back.
 */
import { SHIP_LANES } from "../../common/limits.ts";
import { MeridianError } from "../../common/errors.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import { NO_REWIND } from "../../common/xdr/xdr-settings.ts";
import { askShippers } from "../drill/cluster-looks.ts";
import type { ShipperStatus } from "../overview/process-status.ts";
import type { Setup, SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";
import { orderSettings, requireSettings } from "./ask-settings.ts";

const ORDER_MS = 10_000;
const LOOK_MS = 200;

export interface RewindOptions {
  readonly to: string;
  readonly namespace: string;
  /** Unix seconds: records written since; 0: all. */
  readonly since: number;
  readonly waitMs: number;
  readonly onProgress: (partitions: number) => void;
}

export interface RewindOutcome {
  readonly namespace: string;
  readonly to: string;
  readonly since: number;
  /** All has arrived, and the order is taken back; else it stands, and goes on. */
  readonly done: boolean;
  /** Partitions that were not done when it was looked last; null: not all shippers told. */
  readonly pending: number | null;
}

/**
 * Waits for a rewind that stands already, if it covers this one. Throws CONFIG_INVALID if it does not: its
 * end would be taken for this one's.
 */
export async function rewind(
  setup: Setup,
  datacenter: SetupDatacenter,
  options: RewindOptions,
): Promise<RewindOutcome> {
  const { to, namespace, waitMs, onProgress } = options;
  const place = { dc: to, namespace, name: "rewind" };
  const { ship } = await requireSettings(datacenter);
  const said = ship.find((one) => one.dc === to && one.namespace === namespace)?.settings["rewind"];
  const standing = typeof said === "number" && said !== NO_REWIND ? said : undefined;
  if (standing !== undefined && standing > options.since) {
    const stop = `meridian xdr unset ${datacenter.name} --to ${to} --namespace ${namespace} rewind`;
    const from = new Date(standing * 1000).toISOString();
    throw new MeridianError("CONFIG_INVALID", `a rewind since ${from} goes on; \`${stop}\` ends it`);
  }
  const since = standing ?? options.since;
  const change = { ...place, action: "set", value: String(since) } as const;
  const { order } = await orderSettings(setup, datacenter, [change], ORDER_MS);
  let pending: number | null = null;
  const done = await waitUntil(
    async () => {
      const left = pendingOf(await askShippers(datacenter), { to, namespace, order });
      if (left !== null && left !== pending) onProgress(left);
      pending = left;
      return pending === 0;
    },
    { timeoutMs: waitMs, intervalMs: LOOK_MS },
  );
  if (done) await takeBack(setup, datacenter, { ...place, action: "unset", value: "" });
  return { namespace, to, since, done, pending };
}

/** Also at the shippers: whoever has not heard of the end would take the next rewind for this one. */
async function takeBack(setup: Setup, datacenter: SetupDatacenter, change: XdrChange): Promise<void> {
  const { order } = await orderSettings(setup, datacenter, [change], ORDER_MS);
  const follow = async (): Promise<boolean> =>
    (await askShippers(datacenter)).every(({ map }) => map.order >= order);
  if (await waitUntil(follow, { timeoutMs: ORDER_MS, intervalMs: LOOK_MS })) return;
  throw new MeridianError(
    "IN_DOUBT",
    "all has arrived, and a shipper has not heard yet that this is the end",
  );
}

/** Partitions that are not done; null while shippers that follow the order do not have all lanes. Pure. */
export function pendingOf(
  shippers: readonly Pick<ShipperStatus, "map" | "lanes" | "destinations">[],
  { to, namespace, order }: { readonly to: string; readonly namespace: string; readonly order: number },
): number | null {
  const lanes = new Set<number>();
  let pending = 0;
  for (const { map, lanes: owned, destinations } of shippers) {
    const figures = destinations[to]?.namespaces[namespace];
    if (map.order < order || figures === undefined || figures.rewind === NO_REWIND) continue;
    for (const lane of owned["ship"] ?? []) lanes.add(lane);
    pending += figures.rewindsPending;
  }
  return lanes.size === SHIP_LANES ? pending : null;
}
