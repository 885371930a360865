/**
 * Asks every node of a datacenter for the copies of partitions that it holds: their digests, or the versions
 * of their keys, each with what its log has covered at that moment. Copies that nobody answers for are
 * missing; the caller must not take that for a result.
 */
import { z } from "zod";
import { type RecordView, recordViewSchema } from "../client/record-version.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askNode, type LookAt, lookQuery } from "./ask-partitions.ts";
import { partitionRanges } from "./compare.ts";

const standing = {
  primary: z.boolean(),
  sequence: z.number(),
  epoch: z.number(),
  changes: z.number(),
  covered: z.array(z.object({ originId: z.number(), logId: z.number(), changes: z.number() })),
  shipped: z.array(z.object({ destinationId: z.number(), sequence: z.number() })).default([]),
};
const digestsSchema = z.object({
  logId: z.number(),
  partitions: z.array(
    z.object({
      ...{ partition: z.number(), live: z.string(), all: z.string(), records: z.number() },
      ...{ tombstones: z.number(), ...standing },
    }),
  ),
});
const keysSchema = z.object({
  ...{ logId: z.number(), rows: z.array(recordViewSchema), truncated: z.boolean(), ...standing },
});
const recordSchema = z.object({
  ...{ isPrimary: z.boolean(), replicas: z.array(z.string()), record: recordViewSchema.nullable() },
});

/** Of one copy: who holds it, and how far it has come (node/admin/verify-digest.ts). */
export interface CopyStanding {
  readonly datacenter: string;
  readonly sourceId: number;
  readonly node: string;
  readonly logId: number;
  readonly primary: boolean;
  readonly sequence: number;
  readonly epoch: number;
  readonly changes: number;
  readonly covered: readonly {
    readonly originId: number;
    readonly logId: number;
    readonly changes: number;
  }[];
  readonly shipped: readonly { readonly destinationId: number; readonly sequence: number }[];
}

export interface CopyDigest extends CopyStanding {
  readonly partition: number;
  readonly live: string;
  readonly all: string;
  readonly records: number;
  readonly tombstones: number;
}

export interface CopyKeys extends CopyStanding {
  readonly rows: readonly RecordView[];
}

/** A copy of one record; `version` null: none there. */
export interface RecordCopy {
  readonly datacenter: string;
  readonly node: string;
  readonly isPrimary: boolean;
  readonly version: RecordView | null;
}

/** Digests of all copies of a datacenter, by partition. */
export async function askCopyDigests(
  { name: datacenter, sourceId, nodes }: LoggedDatacenter,
  namespace: string,
  partitions: readonly number[],
  look: LookAt,
): Promise<CopyDigest[]> {
  const query = new URLSearchParams({
    ...{ ...lookQuery(look), namespace, copies: "true" },
    partitions: partitionRanges(partitions),
  });
  const answers = await Promise.all(
    nodes.map(async ({ name: node, adminPort }) => {
      const answer = await askNode(adminPort, `/verify?${query}`, digestsSchema, undefined);
      const { logId } = answer ?? { logId: 0 };
      return (answer?.partitions ?? []).map((one) => ({ ...one, datacenter, sourceId, node, logId }));
    }),
  );
  return answers.flat();
}

/** The keys of all copies of a partition in a datacenter, each copy's as of one moment. */
export async function askCopyKeys(
  { name: datacenter, sourceId, nodes }: LoggedDatacenter,
  namespace: string,
  partition: number,
  look: LookAt,
): Promise<CopyKeys[]> {
  const wanted = { ...lookQuery(look), namespace, partition: String(partition), copies: "true" };
  const answers = await Promise.all(
    nodes.map(async ({ name: node, adminPort }): Promise<CopyKeys[]> => {
      const rows: RecordView[] = [];
      let first: z.infer<typeof keysSchema> | undefined;
      for (;;) {
        const query = new URLSearchParams({ ...wanted, after: rows.at(-1)?.digest ?? "" });
        const answer = await askNode(adminPort, `/verify-keys?${query}`, keysSchema, undefined);
        // Pages of different moments are no copy of one: it is looked at again.
        if (answer === undefined || (first !== undefined && answer.sequence !== first.sequence)) return [];
        first ??= answer;
        rows.push(...answer.rows);
        if (answer.truncated) continue;
        const { logId, primary, sequence, epoch, changes, covered, shipped } = first;
        const standing = { logId, primary, sequence, epoch, changes, covered, shipped };
        return [{ datacenter, sourceId, node, ...standing, rows }];
      }
    }),
  );
  return answers.flat();
}

/** What the primary of a record and its in-sync copies have of it now. */
export async function askRecordCopies(
  { name: datacenter, nodes }: LoggedDatacenter,
  namespace: string,
  digest: string,
): Promise<RecordCopy[]> {
  const query = new URLSearchParams({ namespace, digest });
  const answers = await Promise.all(
    nodes.map(async ({ name: node, adminPort }) => ({
      node,
      answer: await askNode(adminPort, `/record?${query}`, recordSchema, undefined),
    })),
  );
  // Others may have an old copy that is none any more.
  const inSync = answers.find(({ answer }) => answer?.isPrimary === true)?.answer?.replicas ?? [];
  return answers.flatMap(({ node, answer }) => {
    if (answer === undefined || !(answer.isPrimary || inSync.includes(node))) return [];
    return [{ datacenter, node, isPrimary: answer.isPrimary, version: answer.record }];
  });
}

const repairedSchema = z.object({ repaired: z.boolean() });

/**
 * Has a primary write a record again, if it is still of this hash; whether it was. `byContent`: where bins
 * converge, in place of what others have; else beside what they have of other bins.
 */
export async function writeRecordAgain(
  node: { readonly adminPort: number; readonly token: string },
  namespace: string,
  digest: string,
  { imageHash, byContent }: { readonly imageHash: string; readonly byContent: boolean },
): Promise<boolean> {
  const query = new URLSearchParams({ namespace, digest, imageHash, byContent: String(byContent) });
  const url = `http://127.0.0.1:${node.adminPort}/repair?${query}`;
  const { repaired } = await askAdmin(url, repairedSchema, {
    ...{ method: "POST" as const, token: node.token, timeoutMs: 10_000 },
  });
  return repaired;
}
