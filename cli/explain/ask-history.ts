/** Asks every datacenter for what it knows of a record. */
import { z } from "zod";
import { recordViewSchema } from "../client/record-version.ts";
import { listNotes } from "../notes/ask-notes.ts";
import { conflictSchema, parkedSchema } from "../notes/note-schema.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import { askNode } from "../verify/ask-partitions.ts";
import type { Side } from "./explain.ts";

const ASK_MS = 15_000;

const historySchema = z.object({
  digest: z.string(),
  partition: z.number(),
  logId: z.number(),
  committed: z.number(),
  /** Oldest entry that the log still holds. */
  first: z.number(),
  record: recordViewSchema.nullable(),
  entries: z.array(
    z.object({
      sequence: z.number(),
      /** Null: written there. */
      origin: z.object({ id: z.number(), sequence: z.number(), logId: z.number() }).nullable(),
      operation: z.string(),
      outcome: z.string(),
      generation: z.number(),
      lut: z.string(),
      lutIso: z.string(),
      sourceId: z.number(),
      tombstone: z.boolean(),
    }),
  ),
  /** Where bins converge: which write gave each bin its value, or took it. */
  bins: z
    .array(
      z.object({
        ...{ name: z.string(), lut: z.string(), lutIso: z.string(), sourceId: z.number() },
        dead: z.boolean(),
      }),
    )
    .default([]),
  positions: z.array(z.object({ originId: z.number(), logId: z.number(), sequence: z.number() })),
});

export type History = z.infer<typeof historySchema>;

/** What each datacenter knows of a record. */
export async function askSides(
  datacenters: readonly LoggedDatacenter[],
  namespace: string,
  set: string,
  key: string | number,
): Promise<Side[]> {
  const keyType = typeof key === "string" ? "string" : "integer";
  const query = new URLSearchParams({ namespace, set, key: String(key), keyType });
  return await Promise.all(
    datacenters.map(async (datacenter) => {
      const { name, sourceId, nodes } = datacenter;
      const answers = await Promise.all(
        nodes.map(({ adminPort }) =>
          askNode(adminPort, `/history?${query}`, historySchema, undefined, ASK_MS),
        ),
      );
      const history = answers.find((answer) => answer !== undefined);
      if (history === undefined) return { name, sourceId, history, conflicts: [], parked: [] };
      const wanted = { namespaces: [namespace], digest: history.digest };
      const conflicts = await listNotes([datacenter], { type: "conflict", ...wanted }, conflictSchema);
      const parked = await listNotes([datacenter], { type: "parked", ...wanted }, parkedSchema);
      return { name, sourceId, history, conflicts, parked };
    }),
  );
}
