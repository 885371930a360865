/** The overview as tables: for `meridian status` and the live view of `meridian start`. */
import Table from "cli-table3";
import { composeArgument } from "../command-line.ts";
import type { DatacenterOverview, NodeOverview, Overview } from "./overview.ts";
import type { ShipOverview } from "./ship-overview.ts";

/** Writes per second by node name, when two overviews were compared. */
export type WriteRates = ReadonlyMap<string, { readonly clients: number; readonly xdr: number }>;

const SKEW_SHOWN_MS = 1000;
const NARROW = { "padding-left": 0, "padding-right": 1 };
/** Columns without borders: they stay readable when pasted or piped. */
export const PLAIN_TABLE = {
  chars: {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
    left: "",
    "left-mid": "",
    mid: "",
    "mid-mid": "",
    right: "",
    "right-mid": "",
    middle: " ",
  },
  style: { ...NARROW, head: [], border: [] },
};

export function renderOverview(overview: Overview, rates?: WriteRates): string {
  const parts = [
    renderNodes(overview, rates),
    renderNamespaces(overview.datacenters),
    overview.ships.map(renderShip).join("\n"),
    renderDashboards(overview.datacenters),
  ];
  const fences = renderFences(overview);
  if (fences !== "") parts.push(fences);
  const down = renderDown(overview);
  if (down !== "") parts.push(down);
  return parts.filter((part) => part !== "").join("\n\n");
}

function renderDashboards(datacenters: readonly DatacenterOverview[]): string {
  const known = datacenters.flatMap(({ name, dashboard }) =>
    dashboard === null ? [] : [`${dashboard} (${name})`],
  );
  return known.length === 0 ? "" : `dashboard: ${known.join(", ")}`;
}

function renderNodes(overview: Overview, rates: WriteRates | undefined): string {
  const rateHeads = rates === undefined ? [] : ["writes/s", "xdr/s"];
  const table = new Table({
    ...PLAIN_TABLE,
    head: ["node", "clients at", "state", "primaries", "replicas", "records", "memory", ...rateHeads],
    colAligns: ["left", "left", "left", "right", "right", "right", "right", "right", "right"],
  });
  for (const datacenter of overview.datacenters) {
    for (const node of datacenter.nodes) table.push(nodeRow(datacenter, node, rates));
  }
  return table.toString();
}

function nodeRow(
  datacenter: DatacenterOverview,
  node: NodeOverview,
  rates: WriteRates | undefined,
): string[] {
  const sum = (pick: (one: NodeOverview["namespaces"][number]) => number): string =>
    node.state === "up" ? formatCount(node.namespaces.reduce((total, one) => total + pick(one), 0)) : "-";
  const rate = rates?.get(node.name);
  return [
    `${datacenter.name} ${node.name}`,
    node.service,
    node.controller ? `${node.state}, controller` : node.state,
    sum(({ primaries }) => primaries),
    sum(({ replicas }) => replicas),
    sum(({ records }) => records),
    node.state === "up" ? `${Math.round(node.residentBytes / 1e6)} MB` : "-",
    ...(rates === undefined ? [] : [formatRate(rate?.clients), formatRate(rate?.xdr)]),
  ];
}

function renderNamespaces(datacenters: readonly DatacenterOverview[]): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head: ["namespace", "policy", "records", "tombstones", "conflicts won", "lost", "parked", "partitions"],
    colAligns: ["left", "left", "right", "right", "right", "right", "right", "left"],
  });
  for (const datacenter of datacenters) {
    for (const namespace of datacenter.namespaces) {
      const { counters, unavailable, underReplicated } = namespace;
      const troubles = [
        ...(namespace.unaccounted > 0 ? [`${namespace.unaccounted} changes unaccounted for`] : []),
        ...(unavailable > 0 ? [`${unavailable} unavailable`] : []),
        ...(underReplicated > 0 ? [`${underReplicated} short of copies`] : []),
      ];
      table.push([
        `${datacenter.name} ${namespace.name}`,
        namespace.policy,
        formatCount(namespace.records),
        formatCount(namespace.tombstones),
        formatCount(counters.conflictWon),
        formatCount(counters.conflictLost),
        formatCount(counters.parked),
        troubles.length === 0 ? "all in order" : troubles.join(", "),
      ]);
    }
  }
  return table.length === 0 ? "" : table.toString();
}

export function renderShip(ship: ShipOverview): string {
  const lag = renderLag(ship);
  const connected = ship.connected ? "" : `, ${ship.to} not heard of`;
  const shutOut = ship.shutOut ? `, shut out by ${ship.to}` : "";
  const held = ship.held.map(({ namespace, cause }) => `, ${namespace} ${cause}`).join("");
  const link = ship.link === "up" ? "" : `, WAN link ${ship.link}`;
  return `${ship.from} -> ${ship.to}: ${lag}${connected}${shutOut}${held}${link}${renderSkew(ship)}`;
}

/** What is behind in four units, and why; of one that is not behind only that. */
function renderLag(ship: ShipOverview): string {
  const { lagRecords, lagBytes, lagSeconds, writesAtRisk, cause, stalledSeconds } = ship;
  const why = [
    ...(cause === null || cause === "none" ? [] : [cause]),
    ...(stalledSeconds === null ? [] : [`stalled for ${Math.round(stalledSeconds)} s`]),
  ];
  if (lagRecords === null || lagSeconds === null) return ["lag unknown", ...why].join(", ");
  const behind = lagRecords > 0;
  return [
    `lag ${formatCount(lagRecords)} records`,
    ...(behind && lagBytes !== null ? [`${(lagBytes / 1e6).toFixed(1)} MB`] : []),
    `${lagSeconds.toFixed(1)} s`,
    ...(behind && writesAtRisk !== null ? [`${formatCount(writesAtRisk)} writes at risk`] : []),
    ...why,
  ].join(", ");
}

/** Clocks that are right within the ways' error, or a second, are no news. */
function renderSkew({ to, clockSkew }: ShipOverview): string {
  if (clockSkew === null || Math.abs(clockSkew.ahead) - clockSkew.error < SKEW_SHOWN_MS) return "";
  const seconds = (Math.abs(clockSkew.ahead) / 1000).toFixed(1);
  return `, clocks of ${to} are ${seconds} s ${clockSkew.ahead > 0 ? "ahead" : "behind"}`;
}

const FENCE_MEANINGS = {
  open: "",
  writes: "refuses writes of clients",
  all: "refuses clients",
  held: "refuses clients, and ships none of its own changes",
} as const;

function renderFences({ datacenters, compose }: Overview): string {
  const here = composeArgument(compose);
  return datacenters
    .flatMap(({ name, fence, declaredLost, shutOuts }) => {
      const lost =
        declaredLost === null ? "" : `; ${declaredLost.by} declared it lost at ${declaredLost.since}`;
      const meaning = FENCE_MEANINGS[fence ?? "open"];
      return [
        ...(meaning === ""
          ? []
          : [`${name} is fenced: it ${meaning}${lost} (\`meridian unfence ${name}${here}\`)`]),
        ...shutOuts.map(
          ({ datacenter, since }) =>
            `${name} shuts ${datacenter} out, declared lost at ${since}: none of its changes is applied ` +
            `(\`meridian unfence ${datacenter}${here}\` lets it in)`,
        ),
      ];
    })
    .join("\n");
}

function renderDown({ processes, compose }: Overview): string {
  return processes
    .filter(({ state }) => state === "down")
    .flatMap(({ name, end, lastLines }) => [
      `${name} is down (${end ?? "?"}): \`meridian restart ${name}${composeArgument(compose)}\` brings it back`,
      ...lastLines.map((line) => `  | ${line}`),
    ])
    .join("\n");
}

export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

function formatRate(perSecond: number | undefined): string {
  return perSecond === undefined ? "-" : formatCount(Math.round(perSecond));
}
