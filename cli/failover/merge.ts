/**
 * Opens a datacenter whose changes were held back: they are shipped then and take part in the normal
 * resolution of conflicts, after which nobody can tell any more which they were. So they are listed
 * first, into a file, for every datacenter that lacks some; then the datacenter is let in wherever it is
 * shut out, and opened.
 */
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { MeridianError } from "../../common/errors.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { type FenceOutcome, fenceDatacenter, fenceOf } from "./fence.ts";
import { firstDoubt } from "./order.ts";
import { listOrphans, type OrphanList } from "./orphans.ts";
import { letIn, type Standing } from "./shut-out.ts";

export interface MergeOptions {
  /** New file for the lists, JSON. */
  readonly file: string;
  /** Open it although some partitions cannot be told of; what is known is in the file. */
  readonly unlisted?: boolean | undefined;
  readonly timeoutMs: number;
}

export interface MergeOutcome extends FenceOutcome {
  readonly file: string;
  readonly orphans: number;
  /** Datacenters that shut it out before. */
  readonly letInBy: readonly string[];
  /** Those that could not be asked: where it is shut out it stays so. */
  readonly unreachable: readonly string[];
}

/**
 * Lists what each of the others lacks, then lets the datacenter in and opens it. One that came back open,
 * and is shut out, is closed first.
 */
export async function mergeOrphans(
  datacenter: SetupDatacenter,
  others: readonly SetupDatacenter[],
  standing: Standing,
  options: MergeOptions,
): Promise<MergeOutcome> {
  const { timeoutMs } = options;
  if ((await fenceOf(datacenter)).state !== "held") {
    const closed = await fenceDatacenter(datacenter, "held", { timeoutMs });
    if (!closed.holds) {
      const why = `${datacenter.name} cannot be told to be closed (${firstDoubt(closed)})`;
      throw new MeridianError("UNAVAILABLE", `${why}: it stays shut out; run it again`);
    }
  }
  const lists: OrphanList[] = [];
  for (const other of others) lists.push(await listOrphans(datacenter, other));
  writeNewFile(options.file, `${JSON.stringify(lists, null, 2)}\n`);
  const lacking = lists.find(({ unknown }) => unknown.length > 0);
  if (lacking !== undefined && options.unlisted !== true) {
    const [first] = lacking.unknown;
    throw new MeridianError(
      "UNAVAILABLE",
      `what ${lacking.survivor} lacks of ${datacenter.name} cannot be listed as a whole (${first?.reason}): ` +
        `${datacenter.name} stays fenced; what is known is in ${options.file}`,
    );
  }
  const outcome = await letIn(datacenter, standing, { timeoutMs });
  const orphans = new Set(
    lists.flatMap((list) => list.orphans.map((one) => `${one.namespace}/${one.partition}/${one.sequence}`)),
  );
  return {
    ...outcome,
    file: options.file,
    orphans: orphans.size,
    letInBy: standing.reachable.flatMap(({ datacenter: { name }, shutOut }) => (shutOut ? [name] : [])),
    unreachable: standing.unreachable.map(({ name }) => name),
  };
}

/** On disk when it returns. Throws BAD_REQUEST when there is such a file, or it cannot be made. */
export function writeNewFile(path: string, content: string): void {
  let file: number;
  try {
    file = openSync(path, "wx");
  } catch (error) {
    throw new MeridianError("BAD_REQUEST", `${path} cannot be made anew; nothing was done`, { cause: error });
  }
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
