/**
 * Settings of shipping to a destination, by namespace, and of what a namespace takes, under Aerospike's
 * names: what they may be, what the file says, and what an operator has ordered since (xdr-orders.ts).
 * Pure. Also the one place that decides whether records of a set are shipped: tails, recovery scans and
 * comparisons all ask `shipsSet`. What a filter expression says of a record is decided beside it, in
 * ship-filter.ts.
 */
import { z } from "zod";
import { anyFilterSchema } from "../expression/filter-schema.ts";
import { MAX_THROUGHPUT_MAX, SET_NAME_BYTES_MAX, SHIP_DELAY_MS_MAX, SHIP_SETS_MAX } from "../limits.ts";
import { type BinFilter, binContradiction, binSettingsShape } from "./xdr-bins.ts";
import { FIXED_SHIP_SETTINGS } from "./xdr-names.ts";

/** Of the setting `rewind`: nothing is to be shipped again. */
export const NO_REWIND = -1;

const setName = z
  .string()
  .min(1)
  .refine((set) => Buffer.byteLength(set) <= SET_NAME_BYTES_MAX, `at most ${SET_NAME_BYTES_MAX} bytes`);

const sets = z.array(setName).max(SHIP_SETS_MAX).default([]);

export const shipSettingsSchema = z.strictObject({
  /** Whether the namespace is shipped at all; what is not shipped holds nothing of the change log. */
  enabled: z.boolean().default(true),
  /** Ships on what came from other datacenters, but to none what came from there. */
  forward: z.boolean().default(false),
  /** Unix seconds: records written since are shipped again, from a scan; 0: all; -1: none. */
  rewind: z.int().min(NO_REWIND).default(NO_REWIND),
  /** Only the sets of `ship-set` are shipped, and no record without a set. */
  "ship-only-specified-sets": z.boolean().default(false),
  "ship-set": sets,
  /** Sets that are not shipped, unless only specified ones are. */
  "ignore-set": sets,
  /** Only what passes it is shipped: a filter expression's msgpack in base64; empty: everything does. */
  filter: anyFilterSchema.default(""),
  /** A change is shipped no sooner than so long after its write. */
  "delay-ms": z.int().min(0).max(SHIP_DELAY_MS_MAX).default(0),
  /** Changes a second, of the whole datacenter; 0: nothing is shipped. */
  "max-throughput": z.int().min(0).max(MAX_THROUGHPUT_MAX).multipleOf(100).default(100_000),
  /** Zstandard; `shipping: compression` when absent. */
  "enable-compression": z.boolean().optional(),
  "compression-level": z.int().min(1).max(9).default(1),
  /** Messages to the bus that are shorter are not compressed. */
  "compression-threshold": z.int().min(128).max(4_294_967_295).default(128),
  /** Each bin's stamp travels with it: as `conflict-resolve-writes` of the namespace says. */
  "ship-bin-luts": z.boolean().optional(),
  ...binSettingsShape,
  ...FIXED_SHIP_SETTINGS,
});

export const namespaceSettingsShape = {
  /** Changes of other datacenters are not taken: they wait at their origin. */
  "reject-xdr-writes": z.boolean().default(false),
  /** Writes of clients are refused (code 10). */
  "reject-non-xdr-writes": z.boolean().default(false),
} as const;

export const namespaceSettingsSchema = z.strictObject(namespaceSettingsShape);

export type ShipSettings = z.output<typeof shipSettingsSchema>;
export type NamespaceSettings = z.output<typeof namespaceSettingsSchema>;

/** What decides which sets are shipped. */
export type SetFilter = Pick<ShipSettings, "ship-only-specified-sets" | "ship-set" | "ignore-set">;

/** What decides what of which records is shipped. */
export type RecordFilter = SetFilter & BinFilter;

/** What a comparison of datacenters is about: what all of these let through. */
export interface ComparedFilter extends RecordFilter {
  /** Filter expressions in base64. */
  readonly expressions: readonly string[];
}

/** Whether records of a set are shipped; the empty name: records without a set. */
export function shipsSet(filter: SetFilter, set: string): boolean {
  return filter["ship-only-specified-sets"]
    ? filter["ship-set"].includes(set)
    : !filter["ignore-set"].includes(set);
}

/** Whether there are records that are not shipped. */
export function filtersSets(filter: SetFilter): boolean {
  return filter["ship-only-specified-sets"] || filter["ignore-set"].length > 0;
}

/** What contradicts what, and is sure to be a slip; undefined: nothing. `byBins`: bins converge there. */
export function contradictionIn(settings: Omit<ShipSettings, "rewind">, byBins: boolean): string | undefined {
  const both = settings["ship-set"].find((set) => settings["ignore-set"].includes(set));
  if (both !== undefined) return `set ${both} is in ship-set and in ignore-set`;
  if (settings["ship-only-specified-sets"] && settings["ship-set"].length === 0) {
    return "ship-only-specified-sets without a ship-set ships nothing; max-throughput 0 pauses";
  }
  const luts = settings["ship-bin-luts"];
  if (luts === undefined || luts === byBins) return binContradiction(settings, byBins);
  return byBins
    ? "ship-bin-luts: false with conflict-resolve-writes: true, which merges by what it ships"
    : "ship-bin-luts: true without conflict-resolve-writes: true of the namespace: bins have no stamps";
}
