/** What nodes and shippers say of themselves on `/status`, as far as the command line reads it. */
import { z } from "zod";
import { NO_REWIND } from "../../common/xdr/xdr-settings.ts";
import { FENCE_STATES } from "../../proto/cluster-map.ts";

const countersSchema = z.object({
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
  fence: z.object({
    order: z.number(),
    state: z.enum(FENCE_STATES),
    /** Another datacenter has declared this one lost. */
    because: z.object({ id: z.number(), sinceMs: z.number(), by: z.number() }).optional(),
  }),
  /** Datacenters that were declared lost: none of their changes is applied. */
  shutOuts: z.array(z.object({ sourceId: z.number(), id: z.number(), sinceMs: z.number() })),
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
      unaccounted: z.number(),
    }),
  ),
});

export type NodeStatus = z.infer<typeof nodeStatusSchema>;

export const shipperStatusSchema = z.object({
  name: z.string(),
  /** Number of the last order of settings that it follows. */
  map: z.object({ order: z.number().default(0) }).prefault({}),
  /** Which it works on, by role. */
  lanes: z.record(z.string(), z.array(z.number())),
  destinations: z.record(
    z.string(),
    z.object({
      /** The destination was heard of lately. */
      connected: z.boolean(),
      /** It has declared this datacenter lost. */
      shutOut: z.object({ sinceMs: z.number() }).nullable(),
      lagRecords: z.number(),
      lagBytes: z.number(),
      /** Null while the destination's positions are not known. */
      lagMs: z.number().nullable(),
      bytesShipped: z.number(),
      messagesLost: z.number(),
      namespaces: z.record(
        z.string(),
        // A release before settings at run time tells none.
        z.object({
          held: z.enum(["paused", "throttled"]).nullable().default(null),
          /** Unix seconds from which on records are shipped again, -1: none are; and partitions left. */
          rewind: z.number().default(NO_REWIND),
          rewindsPending: z.number().default(0),
        }),
      ),
      /** In four units, null for what is not known; absent of a release that does not tell it. */
      lag: z
        .object({
          records: z.number().nullable(),
          bytes: z.number().nullable(),
          seconds: z.number().nullable(),
          writesAtRisk: z.number().nullable(),
          atLeast: z.boolean(),
          cause: z.string(),
          stalledMs: z.number().nullable(),
        })
        .optional(),
    }),
  ),
  /** What it takes from other datacenters. */
  origins: z.record(
    z.string(),
    z.object({
      connected: z.boolean(),
      /** Bytes taken from the bus whose changes have no outcome yet. */
      pendingBytes: z.number(),
      messagesReceived: z.number(),
      /** How far its clocks are ahead of those here, milliseconds; null while that is not measured. */
      clockSkew: z.object({ ahead: z.number(), error: z.number() }).nullable(),
    }),
  ),
});

export type ShipperStatus = z.infer<typeof shipperStatusSchema>;
