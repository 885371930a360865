/** Notes as nodes show them (`/notes`, `/note`). */
import { z } from "zod";
import { recordViewSchema } from "../client/record-version.ts";

const versionSchema = z.object({
  generation: z.number(),
  lut: z.string(),
  sourceId: z.number(),
  tombstone: z.boolean(),
});

export const conflictSchema = z.object({
  id: z.string(),
  decidedAt: z.string(),
  policy: z.string(),
  /** Which comparison decided, and by how much: milliseconds, or generations. */
  rule: z.string(),
  margin: z.number(),
  /** Milliseconds: how far the winner's clocks were ahead of the loser's; null: not measured. */
  skew: z.object({ ahead: z.number(), error: z.number() }).nullable(),
  /** By the clocks the loser may have been the later one; null: nobody had measured them. */
  ambiguous: z.boolean().nullable(),
  /** The change that arrived lost; else what was here. */
  incomingLost: z.boolean(),
  /** Of the change that arrived. */
  originId: z.number(),
  originSequence: z.number(),
  winner: versionSchema,
  loser: recordViewSchema,
  /** Of the loser, where bins converge; none: all of it. */
  lostBins: z.array(z.string()).default([]),
  /** Of the loser; of one conflict that is shown only. */
  bins: z.record(z.string(), z.unknown()).optional(),
});

export const parkedSchema = z.object({
  id: z.string(),
  parkedAt: z.string(),
  reason: z.string(),
  originId: z.number(),
  originSequence: z.number(),
  /** Null when not even that can be read. */
  digest: z.string().nullable(),
  bytes: z.number(),
});

export type ConflictView = z.infer<typeof conflictSchema>;
export type ParkedView = z.infer<typeof parkedSchema>;
