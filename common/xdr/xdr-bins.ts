/**
 * Which bins of a record are shipped, by Aerospike's names: `bin-policy`, `ship-bin`, `ignore-bin`. Only
 * where bins converge: elsewhere a record with fewer bins would be another record under the same version.
 * Pure. The one place that decides it: tails, recovery scans and comparisons all ask here.
 */
import { z } from "zod";
import { BIN_NAME_BYTES_MAX, SHIP_BINS_MAX } from "../limits.ts";

const binName = z
  .string()
  .min(1)
  .refine((bin) => Buffer.byteLength(bin) <= BIN_NAME_BYTES_MAX, `at most ${BIN_NAME_BYTES_MAX} bytes`);

const bins = z.array(binName).max(SHIP_BINS_MAX).default([]);

const NO_BINS = "no-bins is for connectors: a change feed with bins tells what other programs need (feeds)";

export const binSettingsShape = {
  /** Which bins of a change are shipped; recovery scans ship all that may be. */
  "bin-policy": z
    .enum(["all", "only-changed", "changed-and-specified", "changed-or-specified"], {
      error: ({ input }) => (input === "no-bins" ? NO_BINS : undefined),
    })
    .default("all"),
  "ship-bin": bins,
  "ignore-bin": bins,
} as const;

export interface BinFilter {
  readonly "bin-policy": z.output<(typeof binSettingsShape)["bin-policy"]>;
  readonly "ship-bin": readonly string[];
  readonly "ignore-bin": readonly string[];
}

/** Whether a bin is shipped with a change that has changed it, or has not. */
export function shipsBin(filter: BinFilter, bin: string, isChanged: boolean): boolean {
  const specified = filter["ship-bin"].includes(bin);
  switch (filter["bin-policy"]) {
    case "all":
      return !filter["ignore-bin"].includes(bin);
    case "only-changed":
      return isChanged && !filter["ignore-bin"].includes(bin);
    case "changed-and-specified":
      return isChanged && specified;
    case "changed-or-specified":
      return specified || (isChanged && !filter["ignore-bin"].includes(bin));
  }
}

/** Whether changes may leave without some of their record's bins. */
export function shipsParts(filter: BinFilter): boolean {
  return filter["bin-policy"] !== "all" || filter["ignore-bin"].length > 0;
}

/** What is never shipped: all but some bins, or some. */
export interface LeftOutBins {
  readonly only: readonly string[] | undefined;
  readonly except: readonly string[];
}

/** Bins that are shipped with no change; undefined: there are none. */
export function leftOutBins(filter: BinFilter): LeftOutBins | undefined {
  if (filter["bin-policy"] === "changed-and-specified") return { only: filter["ship-bin"], except: [] };
  const except = filter["ignore-bin"].filter((bin) => !shipsBin(filter, bin, true));
  return except.length === 0 ? undefined : { only: undefined, except };
}

/** What contradicts what, and is sure to be a slip; undefined: nothing. `byBins`: bins converge there. */
export function binContradiction(filter: BinFilter, byBins: boolean): string | undefined {
  if (!byBins && (shipsParts(filter) || filter["ship-bin"].length > 0)) {
    return (
      "bin-policy, ship-bin and ignore-bin need conflict-resolve-writes: true of the namespace: else a record " +
      "with fewer bins is another one under the same version, and a write there drops bins that it never saw"
    );
  }
  const both = filter["ship-bin"].find((bin) => filter["ignore-bin"].includes(bin));
  if (both !== undefined) return `bin ${both} is in ship-bin and in ignore-bin`;
  if (filter["bin-policy"] !== "changed-and-specified" || filter["ship-bin"].length > 0) return undefined;
  return "bin-policy changed-and-specified without a ship-bin ships no bins";
}

/** What has no effect. */
export function uselessBins(filter: BinFilter): string | undefined {
  const policy = filter["bin-policy"];
  if (filter["ship-bin"].length > 0 && (policy === "all" || policy === "only-changed")) {
    return `ship-bin says nothing with bin-policy ${policy}: changed-and-specified or changed-or-specified`;
  }
  return filter["ignore-bin"].length > 0 && policy === "changed-and-specified"
    ? "ignore-bin says nothing with bin-policy changed-and-specified"
    : undefined;
}
