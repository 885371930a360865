/** What nodes and shippers say of themselves on `/status`, as far as the command line reads it. */
import { z } from "zod";

export const countersSchema = z.object({
  clientWrites: z.number(),
  clientReads: z.number(),
  inDoubt: z.number(),
  refused: z.number(),
  applied: z.number(),
  superseded: z.number(),
  conflictWon: z.number(),
  conflictLost: z.number(),
  duplicate: z.number(),
  parked: z.number(),
});

export type Counters = z.infer<typeof countersSchema>;

export const nodeStatusSchema = z.object({
  name: z.string(),
  nodeId: z.string(),
  residentBytes: z.number(),
  logBytes: z.number(),
  nowVoidTime: z.number(),
  controller: z.boolean(),
  natsConnected: z.boolean(),
  mapVersion: z.number(),
  namespaces: z.array(
    z.object({
      name: z.string(),
      policy: z.string(),
      replicationFactor: z.number(),
      primaries: z.number(),
      replicas: z.number(),
      records: z.number(),
      tombstones: z.number(),
      replicaRecords: z.number(),
      unavailable: z.number(),
      underReplicated: z.number(),
      counters: countersSchema,
    }),
  ),
});

export type NodeStatus = z.infer<typeof nodeStatusSchema>;

export const shipperStatusSchema = z.object({
  name: z.string(),
  ships: z.array(
    z.object({
      destination: z.string(),
      connected: z.boolean(),
      lagRecords: z.number(),
      lagSeconds: z.number(),
    }),
  ),
});

export type ShipperStatus = z.infer<typeof shipperStatusSchema>;
