/** A record's version, asked of the nodes of a datacenter: the primary's word counts. */
import { z } from "zod";
import { MeridianError } from "../../common/errors.ts";
import { VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import { askAdmin } from "../setup/admin-client.ts";
import type { AdminDatacenter } from "../setup/layout.ts";

export const recordViewSchema = z.object({
  digest: z.string(),
  set: z.string(),
  key: z.string().optional(),
  generation: z.number(),
  lut: z.string(),
  lutIso: z.string(),
  sourceId: z.number(),
  voidTime: z.number(),
  tombstone: z.boolean(),
  seen: z.array(z.object({ sourceId: z.number(), lut: z.string() })),
  imageBytes: z.number(),
  imageHash: z.string(),
  /** Only where datacenters are compared: it does not pass a filter that they ship by. */
  unjudged: z.boolean().optional(),
});

export type RecordView = z.infer<typeof recordViewSchema>;

const answerSchema = z.object({
  node: z.string(),
  partition: z.number(),
  isPrimary: z.boolean(),
  primary: z.string().nullable(),
  replicas: z.array(z.string()),
  record: recordViewSchema.nullable(),
});

export type RecordAnswer = z.infer<typeof answerSchema>;

/** Asks all nodes at once and takes the primary's answer. UNAVAILABLE when none is. */
export async function askRecordVersion(
  datacenter: AdminDatacenter,
  namespace: string,
  set: string,
  key: string | number,
): Promise<RecordAnswer> {
  const keyType = typeof key === "string" ? "string" : "integer";
  const query = new URLSearchParams({ namespace, set, key: String(key), keyType });
  const answers = await Promise.allSettled(
    datacenter.nodes.map(({ adminPort }) =>
      askAdmin(`http://127.0.0.1:${adminPort}/record?${query}`, answerSchema),
    ),
  );
  let refusal: unknown;
  for (const answer of answers) {
    if (answer.status === "rejected") refusal = answer.reason;
    else if (answer.value.isPrimary) return answer.value;
  }
  if (refusal instanceof MeridianError && refusal.code === "NOT_FOUND") throw refusal;
  throw new MeridianError("UNAVAILABLE", `no node of ${datacenter.name} is primary of the record now`);
}

/** The version as lines for people. */
export function versionLines({ partition, primary, replicas, record }: RecordAnswer): string[] {
  if (record === null) return ["no version: nothing was ever written, or it is freed"];
  const expiry =
    record.voidTime === 0
      ? "never expires"
      : `expires ${new Date((record.voidTime + VOID_TIME_EPOCH_SECONDS) * 1000).toISOString()}`;
  return [
    `generation ${record.generation}${record.tombstone ? " (tombstone)" : ""}`,
    `last update ${record.lutIso} (LUT ${record.lut})`,
    `source id ${record.sourceId}`,
    record.tombstone ? "deleted" : expiry,
    `seen ${record.seen.map(({ sourceId, lut }) => `${sourceId}:${lut}`).join(" ")}`,
    `partition ${partition} on ${[primary ?? "no primary", ...replicas].join(", ")}; digest ${record.digest}`,
  ];
}
