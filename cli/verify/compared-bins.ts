/** Which bins a comparison is about, and which are left out: as compared-sets.ts has it of sets. Pure. */
import { type BinFilter, leftOutBins } from "../../common/xdr/xdr-bins.ts";

/** The filter that lets through the bins that all of them ship at some time; undefined: all bins. */
export function commonBins(filters: readonly BinFilter[]): BinFilter | undefined {
  const left = filters.map((filter) => leftOutBins(filter)).filter((one) => one !== undefined);
  if (left.length === 0) return undefined;
  const except = new Set(left.flatMap((one) => one.except));
  const [first, ...rest] = left.flatMap(({ only }) => (only === undefined ? [] : [only]));
  if (first === undefined) return { "bin-policy": "all", "ship-bin": [], "ignore-bin": [...except] };
  const shipped = first.filter((bin) => !except.has(bin) && rest.every((only) => only.includes(bin)));
  return { "bin-policy": "changed-and-specified", "ship-bin": shipped, "ignore-bin": [] };
}

/** What a link leaves out, for people; undefined: nothing. */
export function saysOfBins(filter: BinFilter): string | undefined {
  const left = leftOutBins(filter);
  if (left === undefined) return undefined;
  return left.only === undefined
    ? `bin ${left.except.join(", ")} is not shipped`
    : `only bin ${left.only.join(", ")} is shipped`;
}
