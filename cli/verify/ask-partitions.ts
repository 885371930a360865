/** Asks a datacenter's nodes for partition digests and for the keys of a partition. */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import type { ComparedFilter } from "../../common/xdr/xdr-settings.ts";
import { type RecordView, recordViewSchema } from "../client/record-version.ts";
import { nodeStatusSchema } from "../overview/process-status.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { type PartitionDigest, partitionRanges } from "./compare.ts";

const TIMEOUT_MS = 60_000;

const digestsSchema = z.object({
  partitions: z.array(
    z.object({
      partition: z.number(),
      live: z.string(),
      all: z.string(),
      records: z.number(),
      tombstones: z.number(),
    }),
  ),
});
const keysSchema = z.object({ rows: z.array(recordViewSchema), truncated: z.boolean() });

/** What a look at the datacenters is about. */
export interface LookAt {
  /** Void time: what has expired by it is left out. */
  readonly asOf: number;
  /** Only records, and bins of them, that it lets through; all when absent. */
  readonly sets: ComparedFilter | undefined;
}

/** The part of a question that says what the look is about. */
export function lookQuery({ asOf, sets }: LookAt): Record<string, string> {
  const filter = sets === undefined ? {} : { sets: JSON.stringify(sets) };
  return { ...filter, asOf: String(asOf) };
}

/** Digests by partition, as far as primaries answer; what two nodes claim at once is left out. */
export async function askDigests(
  datacenter: AdminDatacenter,
  namespace: string,
  partitions: readonly number[],
  look: LookAt,
): Promise<Map<number, PartitionDigest>> {
  const query = new URLSearchParams({
    ...lookQuery(look),
    namespace,
    partitions: partitionRanges(partitions),
  });
  const answers = await Promise.all(
    datacenter.nodes.map(({ adminPort }) =>
      askNode(adminPort, `/verify?${query}`, digestsSchema, { partitions: [] }),
    ),
  );
  const digests = new Map<number, PartitionDigest>();
  const claimedTwice = new Set<number>();
  for (const digest of answers.flatMap((answer) => answer.partitions)) {
    // A primary that is just moving: the next look will see one.
    if (digests.has(digest.partition)) claimedTwice.add(digest.partition);
    digests.set(digest.partition, digest);
  }
  for (const partition of claimedTwice) digests.delete(partition);
  return digests;
}

/** All key rows of a partition; undefined when its primary does not answer. */
export async function askKeys(
  datacenter: AdminDatacenter,
  namespace: string,
  partition: number,
  look: LookAt,
): Promise<RecordView[] | undefined> {
  const rows: RecordView[] = [];
  for (;;) {
    const after = rows.at(-1)?.digest ?? "";
    const query = new URLSearchParams({
      ...lookQuery(look),
      namespace,
      partition: String(partition),
      after,
    });
    const answers = await Promise.all(
      datacenter.nodes.map(({ adminPort }) =>
        askNode(adminPort, `/verify-keys?${query}`, keysSchema, undefined),
      ),
    );
    const answer = answers.find((one) => one !== undefined);
    if (answer === undefined) return undefined;
    rows.push(...answer.rows);
    if (!answer.truncated) return rows;
  }
}

/**
 * The latest of the nodes' clocks, as void time: what has expired by it may be removed anywhere, so
 * the comparison leaves it out everywhere.
 */
export async function askLatestVoidTime(datacenters: readonly AdminDatacenter[]): Promise<number> {
  const answers = await Promise.all(
    datacenters.flatMap(({ nodes }) =>
      nodes.map(({ adminPort }) => askNode(adminPort, "/status", nodeStatusSchema, undefined)),
    ),
  );
  const times = answers.filter((one) => one !== undefined).map(({ nowVoidTime }) => nowVoidTime);
  if (times.length === 0) throw new MeridianError("UNAVAILABLE", "no node answers");
  return Math.max(...times);
}

/** A node that is down, busy or not the primary has nothing to say; what is malformed is an error. */
export async function askNode<Answer, Otherwise>(
  adminPort: number,
  path: string,
  schema: z.ZodType<Answer>,
  otherwise: Otherwise,
  timeoutMs = TIMEOUT_MS,
): Promise<Answer | Otherwise> {
  try {
    return await askAdmin(`http://127.0.0.1:${adminPort}${path}`, schema, { timeoutMs });
  } catch (error) {
    const passing = ["LINK_DOWN", "BUSY", "UNAVAILABLE", "NOT_PRIMARY"];
    if (error instanceof MeridianError && passing.includes(error.code)) return otherwise;
    throw error;
  }
}
