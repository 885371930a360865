/**
 * Reseeds a datacenter from another one, without losing what only it has: its orphan writes go into a
 * file, with their records; its disks are moved aside, not deleted; and it starts empty and fenced and
 * is filled by the recovery that any datacenter without data gets.
 *
 * Must guarantee: nothing is moved before the file is on disk and known to be whole (unless that is not
 * asked for): every partition was told of, while the datacenter took no writes and shipped none. The
 * survivor never takes the orphans: they are on no disk any more that ships.
 */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";
import { askPositions } from "./ask-logs.ts";
import { fenceDatacenter } from "./fence.ts";
import { writeNewFile } from "./merge.ts";
import { namespacesOf } from "./namespaces.ts";
import { firstDoubt } from "./order.ts";
import { listOrphans } from "./orphans.ts";
import { compareLogs } from "./unapplied.ts";

const LOOK_MS = 250;

export interface ReseedOptions {
  /** Where the orphans go, one JSON object a line; must not exist yet. */
  readonly keepOrphans: string;
  /** Go on although the list of orphans is not whole: what is missing is on the old disks only. */
  readonly unlisted?: boolean | undefined;
  /** How long to wait for the fence, and for the datacenter to be filled. */
  readonly timeoutMs: number;
  /** Stops the datacenter, moves its data aside, starts it empty and fenced: where the data is now. */
  readonly empty: () => Promise<{ readonly aside: string }>;
  /** Called before each step. */
  readonly onStep?: ((step: string) => void) | undefined;
}

export interface ReseedOutcome {
  readonly datacenter: string;
  readonly from: string;
  readonly orphans: number;
  /** Partitions, of all namespaces, whose orphans may be missing from the file. */
  readonly unlistedPartitions: number;
  readonly file: string;
  /** The folder that holds the old disks. */
  readonly aside: string;
  /** Everything of the other datacenter has arrived; it is fenced still. */
  readonly filled: boolean;
  readonly seconds: number;
}

/** Replaces the data of `datacenter` by that of `from`: see above. It stays fenced. */
export async function reseed(
  datacenter: SetupDatacenter,
  from: SetupDatacenter,
  options: ReseedOptions,
): Promise<ReseedOutcome> {
  const startMs = performance.now();
  const { timeoutMs, keepOrphans, onStep } = options;
  const { name } = datacenter;
  onStep?.(`fencing ${name}, its changes held`);
  const fenced = await fenceDatacenter(datacenter, "held", { timeoutMs });
  if (!fenced.holds) {
    const why = firstDoubt(fenced);
    throw new MeridianError("UNAVAILABLE", `${name} cannot be told to be closed (${why}); nothing was moved`);
  }
  onStep?.(`writing what only ${name} has to ${keepOrphans}`);
  const list = await listOrphans(datacenter, from, { images: true });
  const [unknown] = list.unknown;
  if (unknown !== undefined && options.unlisted !== true) {
    const where = `${unknown.partitions.length} partitions of ${unknown.namespace}: ${unknown.reason}`;
    throw new MeridianError("UNAVAILABLE", `the list of orphans is not whole (${where}); nothing was moved`);
  }
  writeNewFile(keepOrphans, list.orphans.map((orphan) => `${JSON.stringify(orphan)}\n`).join(""));
  onStep?.(`moving the data of ${name} aside, and starting it empty`);
  const { aside } = await options.empty();
  onStep?.(`waiting until ${name} has everything of ${from.name}`);
  const filled = await isFilled(datacenter, from, timeoutMs);
  return {
    datacenter: name,
    from: from.name,
    orphans: list.orphans.length,
    unlistedPartitions: list.unknown.reduce((sum, { partitions }) => sum + partitions.length, 0),
    file: keepOrphans,
    aside,
    filled,
    seconds: (performance.now() - startMs) / 1000,
  };
}

/** Whether all that `from` had when it was asked has been applied in time. */
async function isFilled(
  datacenter: SetupDatacenter,
  from: SetupDatacenter,
  timeoutMs: number,
): Promise<boolean> {
  const all = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);
  const open = new Map((await namespacesOf([from])).map((namespace) => [namespace, new Set(all)]));
  return await waitUntil(
    async () => {
      for (const [namespace, partitions] of open) {
        if (partitions.size === 0) continue;
        for (const partition of await filledOf(datacenter, from, namespace, partitions)) {
          partitions.delete(partition);
        }
      }
      return [...open.values()].every((partitions) => partitions.size === 0);
    },
    { timeoutMs, intervalMs: LOOK_MS },
  );
}

/**
 * The partitions that have everything. The log of `from` does not hold what it once took from the
 * datacenter itself; such partitions are filled by a scan, and are through once they have a position.
 */
async function filledOf(
  datacenter: SetupDatacenter,
  from: SetupDatacenter,
  namespace: string,
  partitions: ReadonlySet<number>,
): Promise<number[]> {
  const sources = await askPositions(from, namespace);
  const own = await askPositions(datacenter, namespace);
  const comparison = { origin: from, survivor: datacenter, namespace, partitions, firstOnly: true };
  const { applied } = await compareLogs(comparison);
  return [...applied].filter((partition) => {
    const source = sources.get(partition);
    const target = own.get(partition);
    if (source === undefined || target === undefined) return false;
    const needsScan = source.applied.some(
      ({ originId, logId }) => originId === datacenter.sourceId && logId !== target.logId,
    );
    const scanned = target.applied.some(
      ({ originId, logId }) => originId === from.sourceId && logId === source.logId,
    );
    return scanned || !needsScan;
  });
}
