/** Settings as a table for people: names down, places across; a star says that it was ordered. */
import Table from "cli-table3";
import { PLAIN_TABLE } from "../overview/render.ts";
import type { SettingsReport } from "./ask-settings.ts";

interface Column {
  readonly head: string;
  readonly settings: SettingsReport["ship"][number]["settings"];
  readonly ordered: readonly string[];
}

export function renderSettings(
  datacenter: string,
  { remotes, ship, namespaces }: Pick<SettingsReport, "remotes" | "ship" | "namespaces">,
): string {
  const others = remotes.map(
    (one) => `${one.name} (src-id ${one["src-id"]}, ${one.nats})${one.ordered ? " *" : ""}`,
  );
  const known = others.length === 0 ? "" : `${datacenter} ships to and takes from ${others.join(", ")}`;
  const shipped = ship.map(({ dc, namespace, ...rest }) => ({ head: `to ${dc}, ${namespace}`, ...rest }));
  const own = namespaces.map(({ namespace, ...rest }) => ({ head: namespace, ...rest }));
  return [known, table(`shipping of ${datacenter}`, shipped), table(`namespaces of ${datacenter}`, own)]
    .filter((text) => text !== "")
    .join("\n\n");
}

function table(title: string, columns: readonly Column[]): string {
  const names = Object.keys(columns[0]?.settings ?? {});
  if (names.length === 0) return "";
  const made = new Table({ ...PLAIN_TABLE, head: [title, ...columns.map(({ head }) => head)] });
  for (const name of names) {
    made.push([
      name,
      ...columns.map(({ settings, ordered }) => shown(settings[name], ordered.includes(name))),
    ]);
  }
  return made.toString();
}

function shown(value: Column["settings"][string] | undefined, isOrdered: boolean): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  return `${text === "" ? "-" : text}${isOrdered ? " *" : ""}`;
}
