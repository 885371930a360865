// @ts-check
/** What a person should know of, the gravest first: red needs one, the rest is worth a look. Pure. */
import { count, seconds, sum } from "./format.js";
import { lagOfLink, stateOfDatacenter, stateOfLink } from "./link-state.js";

/**
 * @typedef {{ grade: "bad" | "warn" | "unknown", where: string, what: string, runbook: string }} Problem
 */

/**
 * @param {import("./overview-type.d.ts").Overview} overview
 * @returns {Problem[]}
 */
export function problemsOf(overview) {
  const silent = new Set(
    overview.datacenters.filter(({ own, nodes }) => !own && nodes === null).map(({ name }) => name),
  );
  const all = [
    ...overview.datacenters.flatMap(ofDatacenter),
    // What a silent datacenter does not tell is no news beside its silence.
    ...overview.links.filter(({ from }) => !silent.has(from)).flatMap(ofLink),
    ...overview.skews.flatMap((one) => ofSkew(one, overview)),
    ...overview.feeds.flatMap(ofFeed),
  ];
  if (!overview.shipper.natsConnected) {
    all.push({
      grade: "bad",
      where: overview.datacenter,
      what: "own NATS not connected",
      runbook: "link stalled",
    });
  }
  const order = { bad: 0, warn: 1, unknown: 2 };
  return all.sort((a, b) => order[a.grade] - order[b.grade]);
}

/**
 * @param {import("./overview-type.d.ts").Datacenter} datacenter
 * @returns {Problem[]}
 */
function ofDatacenter(datacenter) {
  const { name, heardMs, own } = datacenter;
  const { grade, words } = stateOfDatacenter(datacenter);
  if (grade === "ok" || grade === "busy") return [];
  if (!own && (heardMs === null || datacenter.nodes === null)) {
    return [{ grade, where: name, what: words, runbook: "destination silent" }];
  }
  /** @type {Problem[]} */
  const found = [];
  for (const node of datacenter.nodes ?? []) {
    if (node.state === "up") continue;
    found.push({
      grade: "bad",
      where: `${name} ${node.name}`,
      what: `node is ${node.state}`,
      runbook: "node down",
    });
  }
  for (const { name: namespace, unavailable, underReplicated } of datacenter.namespaces ?? []) {
    const where = `${name} ${namespace}`;
    if (unavailable) {
      const what = `${count(unavailable)} partitions unavailable`;
      found.push({ grade: "bad", where, what, runbook: "partitions unavailable" });
    }
    if (underReplicated) {
      const what = `${count(underReplicated)} partitions short of copies`;
      found.push({ grade: "warn", where, what, runbook: "copies missing" });
    }
  }
  if (datacenter.fence !== null && datacenter.fence !== "open") {
    found.push({ grade: "warn", where: name, what: `fenced: ${datacenter.fence}`, runbook: "writes fail" });
  }
  return found.length > 0 ? found : [{ grade, where: name, what: words, runbook: "node down" }];
}

/**
 * @param {import("./overview-type.d.ts").Link} link
 * @returns {Problem[]}
 */
function ofLink(link) {
  const where = `${link.from} to ${link.to}`;
  const { grade, words } = stateOfLink(link);
  /** @type {Problem[]} */
  const found = [];
  if (grade === "bad" || grade === "warn" || grade === "unknown") {
    const risk = lagOfLink(link).writesAtRisk;
    const what = risk === null || risk === 0 ? words : `${words}; ${count(risk)} writes at risk`;
    found.push({ grade, where, what, runbook: "link stalled" });
  }
  const unaccounted = link.namespaces.reduce((total, one) => total + (one.unaccounted ?? 0), 0);
  if (unaccounted > 0) {
    const what = `${count(unaccounted)} changes unaccounted`;
    found.push({ grade: "bad", where, what, runbook: "changes unaccounted" });
  }
  const parked = sum(link.namespaces.map((one) => one.ended?.parked ?? 0));
  if (parked !== null && parked > 0) {
    found.push({ grade: "warn", where, what: `${count(parked)} changes parked`, runbook: "changes parked" });
  }
  return found;
}

/**
 * @param {import("./overview-type.d.ts").Overview["skews"][number]} one
 * @param {{ skewWarnMs: number }} bound
 * @returns {Problem[]}
 */
function ofSkew({ datacenter, skew }, { skewWarnMs }) {
  if (skew === null || Math.abs(skew.ahead) - skew.error <= skewWarnMs) return [];
  const what = `clocks are ${seconds(Math.abs(skew.ahead) / 1000)} ${skew.ahead > 0 ? "ahead" : "behind"}`;
  return [{ grade: "warn", where: datacenter, what, runbook: "clock skew" }];
}

/**
 * @param {import("./overview-type.d.ts").Feed} feed
 * @returns {Problem[]}
 */
function ofFeed({ name, consumers }) {
  return Object.entries(consumers)
    .filter(([, { connected }]) => !connected)
    .map(([consumer, { lagRecords }]) => {
      const what = `consumer ${consumer} is away, ${count(lagRecords)} entries behind`;
      return { grade: "warn", where: `feed ${name}`, what, runbook: "feed consumer away" };
    });
}
