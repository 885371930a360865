/** Steps that scenarios share. */
import type { SetupDatacenter } from "../../setup/setup.ts";
import { askShip, isControlled, isWhole } from "../cluster-looks.ts";
import type { Drill, DrillOptions } from "../drill.ts";
import type { Step } from "../scenario.ts";

const WHOLE_MS = 120_000;
/** Longer than this is not needed to know a rate. */
const BASELINE_MS_MOST = 5000;
const CAUGHT_UP_MS = 120_000;
const CONTROLLED_MS = 60_000;
/** Under load something is always on its way: no older than this is caught up. */
const LAG_SECONDS_MOST = 1;

/** How many seconds, for sentences. */
export function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** Load in datacenters for the baseline. `mayWrite` says which keys each may write; all by default. */
export function startLoad(
  datacenters: readonly SetupDatacenter[],
  { rate, durationMs }: DrillOptions,
  mayWrite?: (datacenter: SetupDatacenter, key: number) => boolean,
): Step {
  const names = datacenters.map(({ name }) => name).join(" and ");
  const baselineMs = Math.min(durationMs, BASELINE_MS_MOST);
  return {
    say: `load of ${rate} operations a second in ${names}, ${seconds(baselineMs)} to know the rate before`,
    run: async (drill) => {
      for (const datacenter of datacenters) {
        drill.startLoad(
          datacenter.name,
          mayWrite === undefined ? undefined : (key) => mayWrite(datacenter, key),
        );
      }
      await drill.run(baselineMs);
    },
  };
}

export function runOn(durationMs: number, what: string): Step {
  return {
    say: `${seconds(durationMs)} more load ${what}`,
    run: async (drill) => await drill.run(durationMs),
  };
}

/** Waits until a datacenter has a primary and all copies of every partition. */
export async function waitWhole(drill: Drill, datacenter: SetupDatacenter): Promise<void> {
  await drill.until(`all copies of all partitions in ${datacenter.name}`, WHOLE_MS, () =>
    isWhole(datacenter),
  );
}

/** Waits until all nodes of a datacenter have their NATS again, and a controller. */
export async function waitControlled(drill: Drill, datacenter: SetupDatacenter): Promise<void> {
  await drill.until(`the control plane of ${datacenter.name}`, CONTROLLED_MS, () => isControlled(datacenter));
}

/** Waits until each of the datacenters has applied what the others changed, but for the last second. */
export async function waitCaughtUp(drill: Drill, datacenters: readonly SetupDatacenter[]): Promise<void> {
  const names = datacenters.map(({ name }) => name);
  await drill.until(`${names.join(" and ")} to catch up`, CAUGHT_UP_MS, async () => {
    const ships = await Promise.all(
      datacenters.flatMap((from) => datacenters.filter((to) => to !== from).map((to) => askShip(from, to))),
    );
    return ships.every(({ lagSeconds }) => lagSeconds !== null && lagSeconds <= LAG_SECONDS_MOST);
  });
}

/** The end of every scenario. */
export function compareAll(datacenters: readonly SetupDatacenter[]): Step {
  const names = datacenters.map(({ name }) => name).join(", ");
  return {
    say:
      datacenters.length > 1
        ? `stop the load, then compare every record of ${names}, versions included`
        : `stop the load, then look for every acknowledged write in ${names}`,
    run: async (drill) => {
      for (const { name } of datacenters) await drill.stopLoad(name);
      for (const datacenter of datacenters) await waitWhole(drill, datacenter);
      await drill.converge();
    },
  };
}
