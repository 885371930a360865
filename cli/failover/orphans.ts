/**
 * Orphan writes: what a datacenter has committed and a survivor has not applied. After a failover these
 * are exactly the changes that the survivor goes on without, every version of every key.
 *
 * Must guarantee: every change of the datacenter is either listed or applied at the survivor, or its
 * partition is named as one of which it cannot be told. Nothing is listed that the survivor has.
 */
import { MeridianError } from "../../common/errors.ts";
import type { FenceState } from "../../proto/cluster-map.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { waitUntil } from "../setup/wait.ts";
import type { LogChange } from "./ask-logs.ts";
import { fenceOf } from "./fence.ts";
import { namespacesOf } from "./namespaces.ts";
import { compareLogs, type Unknown } from "./unapplied.ts";

const LOOK_MS = 250;
const PATIENCE_MS = 10_000;
const PASSING: ReadonlySet<Unknown> = new Set([
  "no primary in the origin answers",
  "no primary in the survivor answers",
]);

export interface Orphan {
  readonly namespace: string;
  readonly set: string;
  /** Null when the client did not send the key along. */
  readonly key: string | null;
  readonly digest: string;
  readonly kind: "put" | "delete";
  readonly generation: number;
  /** Last update time as stored, and as a date. */
  readonly lut: string;
  readonly time: string;
  readonly sourceId: number;
  readonly partition: number;
  /** In the partition's change log. */
  readonly sequence: number;
  /** No later change of this key is an orphan: the version that the datacenter would bring along. */
  readonly last: boolean;
  /** The record as stored, base64, when asked for. */
  readonly image?: string;
}

export interface UnknownPartitions {
  readonly namespace: string;
  readonly reason: Unknown;
  readonly partitions: readonly number[];
}

export interface OrphanList {
  readonly origin: string;
  readonly survivor: string;
  /** If it takes writes, the list is of a moment. Null: its control bucket does not answer. */
  readonly fence: FenceState | null;
  /** By namespace, partition and sequence. */
  readonly orphans: readonly Orphan[];
  /** Orphans of these partitions may be missing from the list, or listed though they are applied. */
  readonly unknown: readonly UnknownPartitions[];
}

export interface OrphanOptions {
  /** The records as they are stored, too. */
  readonly images?: boolean | undefined;
  /** How long partitions that nobody answers for are asked for again. */
  readonly patienceMs?: number | undefined;
}

/** Lists what `origin` has committed and `survivor` has not applied. */
export async function listOrphans(
  origin: SetupDatacenter,
  survivor: SetupDatacenter,
  options: OrphanOptions = {},
): Promise<OrphanList> {
  const orphans: Orphan[] = [];
  const unknown: UnknownPartitions[] = [];
  for (const namespace of await namespacesOf([origin, survivor])) {
    const compared = await comparePatiently(origin, survivor, namespace, options);
    orphans.push(...markLast(compared.found));
    unknown.push(...groupByReason(namespace, compared.unknown));
  }
  const fence = await fenceIfKnown(origin);
  return { origin: origin.name, survivor: survivor.name, fence, orphans, unknown };
}

type Found = Omit<Orphan, "last">;

/** Partitions that nobody answers for are asked again for a while: their primaries may be moving. */
async function comparePatiently(
  origin: SetupDatacenter,
  survivor: SetupDatacenter,
  namespace: string,
  { images, patienceMs }: OrphanOptions,
): Promise<{ found: Found[]; unknown: ReadonlyMap<number, Unknown> }> {
  const byPartition = new Map<number, Found[]>();
  const unknown = new Map<number, Unknown>();
  let partitions: readonly number[] | undefined;
  await waitUntil(
    async () => {
      // What an interrupted look has told of a partition is told again.
      for (const partition of partitions ?? []) {
        byPartition.delete(partition);
        unknown.delete(partition);
      }
      const looked = await compareLogs({
        ...{ origin, survivor, namespace, partitions, images },
        onChange: (partition, change) => {
          const found = byPartition.get(partition) ?? [];
          byPartition.set(partition, found);
          found.push(orphanOf(namespace, partition, change));
        },
      });
      for (const [partition, reason] of looked.unknown) unknown.set(partition, reason);
      partitions = [...unknown].filter(([, reason]) => PASSING.has(reason)).map(([partition]) => partition);
      return partitions.length === 0;
    },
    { timeoutMs: patienceMs ?? PATIENCE_MS, intervalMs: LOOK_MS },
  );
  return { found: [...byPartition.values()].flat(), unknown };
}

function orphanOf(namespace: string, partition: number, change: LogChange): Found {
  const { set, key, digest, kind, generation, lut, lutIso, sourceId, sequence, image } = change;
  const version = { digest, kind, generation, lut, time: lutIso, sourceId, partition, sequence };
  return { namespace, set, key: key ?? null, ...version, ...(image === undefined ? {} : { image }) };
}

async function fenceIfKnown(datacenter: SetupDatacenter): Promise<FenceState | null> {
  try {
    return (await fenceOf(datacenter)).state;
  } catch (error) {
    if (error instanceof MeridianError && error.code === "NATS_UNREACHABLE") return null;
    throw error;
  }
}

/** In order, the last change of each record marked. */
function markLast(found: readonly Found[]): Orphan[] {
  const ordered = found.toSorted((a, b) => a.partition - b.partition || a.sequence - b.sequence);
  const lastOf = new Map(ordered.map(({ digest, sequence }) => [digest, sequence]));
  return ordered.map((orphan) => ({ ...orphan, last: lastOf.get(orphan.digest) === orphan.sequence }));
}

function groupByReason(namespace: string, unknown: ReadonlyMap<number, Unknown>): UnknownPartitions[] {
  const groups = new Map<Unknown, number[]>();
  for (const [partition, reason] of unknown) {
    const partitions = groups.get(reason) ?? [];
    groups.set(reason, partitions);
    partitions.push(partition);
  }
  return [...groups].map(([reason, partitions]) => ({ namespace, reason, partitions }));
}
