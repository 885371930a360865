/**
 * Which records of a namespace a comparison is about: those of sets that every datacenter ships to every
 * other one, and that pass all filter expressions that they ship by; and which bins of them. What is filtered
 * somewhere may differ, and is left out everywhere, and said to be.
 */
import { FilterExpression } from "../../common/expression/filter-expression.ts";
import { binSettingsShape } from "../../common/xdr/xdr-bins.ts";
import {
  type ComparedFilter,
  filtersSets,
  type RecordFilter,
  type SetFilter,
} from "../../common/xdr/xdr-settings.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askSettings } from "../xdr/ask-settings.ts";
import { commonBins, saysOfBins } from "./compared-bins.ts";

/** A filter between two datacenters. */
export interface LinkFilter {
  readonly from: string;
  readonly to: string;
  /** `filter`: an expression in base64, or empty. */
  readonly filter: RecordFilter & { readonly filter: string };
  /** What goes this way: nothing, the datacenter's own changes, or those of others, too. */
  readonly ships: "nothing" | "own" | "all";
}

/** Characters of expressions that nodes are asked with: a question is an URL. */
const EXPRESSIONS_ASKED_MAX = 4000;

/** The filter that lets through what all of them do; undefined: everything. Pure. */
export function commonFilter(links: readonly LinkFilter[]): ComparedFilter | undefined {
  const expressions = expressionsOf(links);
  const filters = shipping(links).map(({ filter }) => filter);
  const sets = commonSets(filters.filter(filtersSets));
  const bins = commonBins(filters);
  if (sets === undefined && bins === undefined && expressions.length === 0) return undefined;
  return { ...ALL, ...sets, ...bins, expressions };
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

/** What is not shipped at all filters nothing. */
function shipping(links: readonly LinkFilter[]): readonly LinkFilter[] {
  return links.filter(({ ships }) => ships !== "nothing");
}

function expressionsOf(links: readonly LinkFilter[]): string[] {
  return [
    ...new Set(
      shipping(links)
        .map(({ filter }) => filter.filter)
        .filter((text) => text !== ""),
    ),
  ];
}

/**
 * Whether nothing at all can be said of the namespace: an expression asks for the time, and what passed it
 * when it was written may not pass now; or there is more of expressions than nodes can be asked with. Pure.
 */
export function isIncomparable(links: readonly LinkFilter[]): boolean {
  const expressions = expressionsOf(links);
  return expressions.join("").length > EXPRESSIONS_ASKED_MAX || expressions.some(asksTime);
}

function asksTime(expression: string): boolean {
  return FilterExpression.ofBase64(expression).asksTime;
}

/** What each link leaves out, for people. Pure. */
export function leftOutOf(links: readonly LinkFilter[]): string[] {
  const incomparable = isIncomparable(links);
  return shipping(links).flatMap(({ from, to, filter }) => {
    const expression = filter.filter === "" ? undefined : unjudgedBy(filter.filter, incomparable);
    return [saysOfSets(filter), saysOfBins(filter), expression].flatMap((what) =>
      what === undefined ? [] : [`${from} -> ${to}: ${what}`],
    );
  });
}

function saysOfSets(filter: SetFilter): string | undefined {
  if (!filtersSets(filter)) return undefined;
  const { "ship-set": shipped, "ignore-set": ignored } = filter;
  return filter["ship-only-specified-sets"]
    ? `only set ${shipped.join(", ")} is shipped`
    : `set ${ignored.join(", ")} is not shipped`;
}

function unjudgedBy(expression: string, incomparable: boolean): string {
  const filter = FilterExpression.ofBase64(expression);
  if (!incomparable) return `records that do not pass ${filter}`;
  return `everything: ${filter.asksTime ? "what passes changes with the time, by" : "its filter is too long:"} ${filter}`;
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

function filterOf(settings: Readonly<Record<string, unknown>>): LinkFilter["filter"] {
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
    filter: typeof settings["filter"] === "string" ? settings["filter"] : "",
  };
}
