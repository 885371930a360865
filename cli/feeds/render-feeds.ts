/** Change feeds as a table for people; a star says that it was declared at run time. */
import Table from "cli-table3";
import { PLAIN_TABLE } from "../overview/render.ts";
import type { FeedsReport } from "./ask-feeds.ts";

/** Keys that have no column of their own. */
const SHOWN = ["name", "namespace", "set", "format", "consumers"];

export function renderFeeds(datacenter: string, { feeds, void: passedOver }: FeedsReport): string {
  if (feeds.length === 0) return `${datacenter} has no feeds`;
  const table = new Table({
    ...PLAIN_TABLE,
    head: [`feeds of ${datacenter}`, "namespace", "sets", "format", "consumers", "more"],
  });
  for (const { settings, ordered, orderedConsumers } of feeds) {
    const { name, namespace, set, format, consumers } = settings;
    const rest = Object.entries(settings).filter(([key]) => !SHOWN.includes(key));
    table.push([
      ordered ? `${name} *` : name,
      namespace,
      set === undefined ? "all" : [set].flat().join(", "),
      format,
      consumers.map((one) => (orderedConsumers.includes(one) ? `${one} *` : one)).join(", ") || "-",
      rest.map(([key, value]) => `${key}=${[value].flat().join(",")}`).join(" "),
    ]);
  }
  const notes = passedOver.map(
    (name) => `${name} was declared at run time and is not there: the file has its name or its records`,
  );
  return [table.toString(), ...notes].join("\n");
}
