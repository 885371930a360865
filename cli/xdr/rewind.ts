/**
 * Ships the records of a namespace to a datacenter again. It is a setting that stands until all has arrived,
 * so a shipper that dies meanwhile costs time only; then it is taken back.
 */
import { SHIP_LANES } from "../../common/limits.ts";
import { MeridianError } from "../../common/errors.ts";
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

/** Throws CONFIG_INVALID while another rewind of the link stands: its end would be taken for this one's. */
export async function rewind(
  setup: Setup,
  datacenter: SetupDatacenter,
  options: RewindOptions,
): Promise<RewindOutcome> {
  const { to, namespace, since, waitMs, onProgress } = options;
  const place = { dc: to, namespace, name: "rewind" };
  const { ship } = await requireSettings(datacenter);
  const standing = ship.find((one) => one.dc === to && one.namespace === namespace)?.settings["rewind"];
  if (standing !== undefined && standing !== NO_REWIND && standing !== since) {
    const stop = `meridian xdr unset ${datacenter.name} --to ${to} --namespace ${namespace} rewind`;
    throw new MeridianError("CONFIG_INVALID", `${namespace} is rewound already; \`${stop}\` ends that`);
  }
  await orderSettings(setup, datacenter, [{ ...place, action: "set", value: String(since) }], ORDER_MS);
  let pending: number | null = null;
  const done = await waitUntil(
    async () => {
      const left = pendingOf(await askShippers(datacenter), to, namespace, since);
      if (left !== null && left !== pending) onProgress(left);
      pending = left;
      return pending === 0;
    },
    { timeoutMs: waitMs, intervalMs: LOOK_MS },
  );
  if (done) await orderSettings(setup, datacenter, [{ ...place, action: "unset", value: "" }], ORDER_MS);
  return { namespace, to, since, done, pending };
}

/** Partitions that are not done; null while shippers that know of the order do not have all lanes. Pure. */
export function pendingOf(
  shippers: readonly Pick<ShipperStatus, "lanes" | "destinations">[],
  to: string,
  namespace: string,
  since: number,
): number | null {
  const lanes = new Set<number>();
  let pending = 0;
  for (const { lanes: owned, destinations } of shippers) {
    const figures = destinations[to]?.namespaces[namespace];
    if (figures?.rewind !== since) continue;
    for (const lane of owned["ship"] ?? []) lanes.add(lane);
    pending += figures.rewindsPending;
  }
  return lanes.size === SHIP_LANES ? pending : null;
}
