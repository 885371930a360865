/**
 * Which records of a namespace a comparison is about: those of sets that every datacenter ships to every
 * other one. What is filtered somewhere may differ, and is left out everywhere, and said to be.
 */
import { filtersSets, type SetFilter } from "../../common/xdr/xdr-settings.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askSettings } from "../xdr/ask-settings.ts";

/** A filter between two datacenters. */
export interface LinkFilter {
  readonly from: string;
  readonly to: string;
  readonly filter: SetFilter;
  /** What goes this way: nothing, the datacenter's own changes, or those of others, too. */
  readonly ships: "nothing" | "own" | "all";
}

/** The filter that lets through what all of them do; undefined: everything. Pure. */
export function commonFilter(links: readonly LinkFilter[]): SetFilter | undefined {
  const filters = links
    .filter(({ ships }) => ships !== "nothing")
    .map(({ filter }) => filter)
    .filter(filtersSets);
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
  return links
    .filter(({ filter, ships }) => ships !== "nothing" && filtersSets(filter))
    .map(({ from, to, filter }) => {
      const { "ship-set": shipped, "ignore-set": ignored } = filter;
      const what = filter["ship-only-specified-sets"]
        ? `only set ${shipped.join(", ")} is shipped`
        : `set ${ignored.join(", ")} is not shipped`;
      return `${from} -> ${to}: ${what}`;
    });
}

/** What goes from each datacenter to each other one; of one that does not answer no filter is known. */
export async function askFilters(
  datacenters: readonly AdminDatacenter[],
  namespace: string,
): Promise<LinkFilter[]> {
  const names = datacenters.map(({ name }) => name);
  const links = await Promise.all(
    datacenters.map(async (datacenter) => {
      const answer = await askSettings(datacenter);
      const from = datacenter.name;
      return names
        .filter((to) => to !== from)
        .map((to) => {
          const held = answer?.ship.find((one) => one.dc === to && one.namespace === namespace)?.settings;
          const ships = answer === undefined ? "own" : shipsBy(held);
          return { from, to, filter: filterOf(held ?? {}), ships };
        });
    }),
  );
  return links.flat();
}

/** Undefined: the datacenter is not configured to ship there. */
function shipsBy(settings: Readonly<Record<string, unknown>> | undefined): LinkFilter["ships"] {
  if (settings === undefined || settings["enabled"] === false) return "nothing";
  return settings["forward"] === true ? "all" : "own";
}

function filterOf(settings: Readonly<Record<string, unknown>>): SetFilter {
  const setsOf = (name: string): string[] => {
    const value = settings[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  return {
    "ship-only-specified-sets": settings["ship-only-specified-sets"] === true,
    "ship-set": setsOf("ship-set"),
    "ignore-set": setsOf("ignore-set"),
  };
}
