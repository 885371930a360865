// @ts-check
/** What is to be said of a link as a whole, and of a datacenter. Pure. */
import { meaningOf } from "./causes.js";
import { seconds, sum } from "./format.js";

/**
 * - bad: needs a person. warn: worth a look. busy: at work. ok, unknown.
 * @typedef {"ok" | "busy" | "warn" | "bad" | "unknown"} Grade
 */

const AT_REST = new Set(["none", "off"]);
const BUSY = new Set(["behind", "recovery", "window-full", "hot-partition", "throttled"]);

/**
 * The lag of all namespaces of a link together; null: not known.
 * @param {import("./overview-type.d.ts").Link} link
 */
export function lagOfLink({ namespaces }) {
  const lags = namespaces.map(({ lag }) => lag);
  const known = lags.filter((lag) => lag !== null);
  const ages = known.flatMap((lag) => (lag.seconds === null ? [] : [lag.seconds]));
  const stalls = known.flatMap((lag) => (lag.stalledMs === null ? [] : [lag.stalledMs]));
  const worst = known.find((lag) => lag.stalledMs !== null) ?? known.find((lag) => !AT_REST.has(lag.cause));
  const off = known.length > 0 && known.every((lag) => lag.cause === "off");
  return {
    records: sum(lags.map((lag) => lag?.records)),
    bytes: sum(lags.map((lag) => lag?.bytes)),
    seconds: ages.length < lags.length ? null : Math.max(0, ...ages),
    writesAtRisk: sum(lags.map((lag) => lag?.writesAtRisk)),
    atLeast: lags.some((lag) => lag === null || lag.atLeast),
    cause: worst?.cause ?? (known.length === 0 ? null : off ? "off" : "none"),
    stalledMs: stalls.length === 0 ? null : Math.max(...stalls),
    applied: sum(lags.map((lag) => lag?.applied)),
  };
}

/**
 * @param {import("./overview-type.d.ts").Link} link
 * @returns {{ grade: Grade, words: string }}
 */
export function stateOfLink(link) {
  const { cause, stalledMs, records } = lagOfLink(link);
  const why = cause === null ? "" : meaningOf(cause);
  if (stalledMs !== null && (cause === "held" || cause === "paused")) return { grade: "warn", words: why };
  if (stalledMs !== null) {
    return { grade: "bad", words: `stalled for ${seconds(stalledMs / 1000)}${why === "" ? "" : `: ${why}`}` };
  }
  if (cause === null || link.connected === null) return { grade: "unknown", words: "not told" };
  if (cause === "off") return { grade: "ok", words: why };
  if (cause === "none" && records !== null) return { grade: "ok", words: "flows" };
  return { grade: BUSY.has(cause) ? "busy" : "warn", words: why === "" ? "lag not known" : why };
}

/** A datacenter whose shippers were not heard of for so long is said to be silent. */
const SILENT_MS = 10_000;

/**
 * @param {import("./overview-type.d.ts").Datacenter} datacenter
 * @returns {{ grade: Grade, words: string }}
 */
export function stateOfDatacenter({ own, heardMs, nodes, namespaces, fence }) {
  if (!own && heardMs === null) return { grade: "unknown", words: "never heard" };
  if (!own && heardMs !== null && heardMs > SILENT_MS) {
    return { grade: "bad", words: `silent for ${seconds(heardMs / 1000)}` };
  }
  if (nodes === null || namespaces === null) return { grade: "unknown", words: "not told" };
  const away = nodes.filter(({ state }) => state !== "up");
  const unavailable = sum(namespaces.map((one) => one.unavailable));
  if (unavailable !== null && unavailable > 0) return { grade: "bad", words: "partitions unavailable" };
  if (away.length > 0) return { grade: "bad", words: `${away.length} of ${nodes.length} nodes away` };
  if (nodes.length === 0 || unavailable === null) return { grade: "unknown", words: "nodes not known" };
  if (fence !== null && fence !== "open") return { grade: "warn", words: `fenced: ${fence}` };
  const short = sum(namespaces.map((one) => one.underReplicated));
  if (short !== null && short > 0) return { grade: "warn", words: "copies missing" };
  return { grade: "ok", words: `${nodes.length} nodes up` };
}
