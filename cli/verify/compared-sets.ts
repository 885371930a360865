/**
 * Which records of a namespace a comparison is about: those of sets that every datacenter ships to every
 * other one, and which bins of them. What is filtered somewhere may differ, and is left out everywhere, and
 * said to be.
 */
import { binSettingsShape } from "../../common/xdr/xdr-bins.ts";
import { filtersSets, type RecordFilter, type SetFilter } from "../../common/xdr/xdr-settings.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askSettings } from "../xdr/ask-settings.ts";
import { commonBins, saysOfBins } from "./compared-bins.ts";

/** A filter between two datacenters. */
export interface LinkFilter {
  readonly from: string;
  readonly to: string;
  readonly filter: RecordFilter;
}

/** The filter that lets through what all of them do; undefined: everything. Pure. */
export function commonFilter(links: readonly LinkFilter[]): RecordFilter | undefined {
  const sets = commonSets(links.map(({ filter }) => filter).filter(filtersSets));
  const bins = commonBins(links.map(({ filter }) => filter));
  return sets === undefined && bins === undefined ? undefined : { ...ALL, ...sets, ...bins };
}

const ALL = {
  ...{ "ship-only-specified-sets": false, "ship-set": [], "ignore-set": [] },
  ...{ "bin-policy": "all" as const, "ship-bin": [], "ignore-bin": [] },
};

function commonSets(filters: readonly SetFilter[]): SetFilter | undefined {
  if (filters.length === 0) return undefined;
  const only = filters.filter((filter) => filter["ship-only-specified-sets"]);
  const ignored = new Set(filters.filter((one) => !only.includes(one)).flatMap((one) => one["ignore-set"]));
  const [first, ...rest] = only;
  const shipped = (first?.["ship-set"] ?? []).filter(
    (set) => !ignored.has(set) && rest.every((one) => one["ship-set"].includes(set)),
  );
  return {
    "ship-only-specified-sets": only.length > 0,
    "ship-set": shipped,
    "ignore-set": only.length > 0 ? [] : [...ignored],
  };
}

/** What each link leaves out, for people. Pure. */
export function leftOutOf(links: readonly LinkFilter[]): string[] {
  return links.flatMap(({ from, to, filter }) =>
    [saysOfSets(filter), saysOfBins(filter)].flatMap((what) =>
      what === undefined ? [] : [`${from} -> ${to}: ${what}`],
    ),
  );
}

function saysOfSets(filter: SetFilter): string | undefined {
  if (!filtersSets(filter)) return undefined;
  const { "ship-set": shipped, "ignore-set": ignored } = filter;
  return filter["ship-only-specified-sets"]
    ? `only set ${shipped.join(", ")} is shipped`
    : `set ${ignored.join(", ")} is not shipped`;
}

/** The filters in force between the datacenters; of one that does not answer none is known. */
export async function askFilters(
  datacenters: readonly AdminDatacenter[],
  namespace: string,
): Promise<LinkFilter[]> {
  const names = datacenters.map(({ name }) => name);
  const links = await Promise.all(
    datacenters.map(async (datacenter) => {
      const settings = await askSettings(datacenter);
      return (settings?.ship ?? [])
        .filter((one) => one.namespace === namespace && names.includes(one.dc))
        .map(({ dc, settings: held }) => ({ from: datacenter.name, to: dc, filter: filterOf(held) }));
    }),
  );
  return links.flat();
}

function filterOf(settings: Readonly<Record<string, unknown>>): RecordFilter {
  const listOf = (name: string): string[] => {
    const value = settings[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    "ship-only-specified-sets": settings["ship-only-specified-sets"] === true,
    "ship-set": listOf("ship-set"),
    "ignore-set": listOf("ignore-set"),
    // A node of a release without it ships all bins.
    "bin-policy": binSettingsShape["bin-policy"].parse(settings["bin-policy"]),
    "ship-bin": listOf("ship-bin"),
    "ignore-bin": listOf("ignore-bin"),
  };
}
