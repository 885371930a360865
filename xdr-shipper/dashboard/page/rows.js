// @ts-check
/** What the tables show of an overview. Pure but for the rates. */
import { meaningOf } from "./causes.js";
import { byteRate, bytes, count, rate, seconds, UNKNOWN } from "./format.js";
import { lagOfLink, stateOfLink } from "./link-state.js";

/** @typedef {import("./table.js").Row} Row @typedef {import("./overview-type.d.ts").Overview} Overview */

const NUMBER = "number";

/** @param {string} text @param {string} [className] */
const number = (text, className = "") => ({ text, className: `${NUMBER} ${className}` });

/**
 * A row for each link, and below it one for each namespace when there are several.
 * @param {Overview} overview
 * @param {import("./rates.js").Rates} rates
 * @param {number} atMs
 * @returns {Row[]}
 */
export function linkRows({ links }, rates, atMs) {
  return links.flatMap((link) => {
    const key = `${link.from}/${link.to}`;
    const { grade, words } = stateOfLink(link);
    const whole = lagOfLink(link);
    const sent = rates.take(`${key}/bytes`, link.bytesShipped, atMs);
    const row = {
      key,
      className: "whole",
      cells: [
        { text: `${link.from} → ${link.to}` },
        { text: words, className: `state ${grade}` },
        ...lagCells(whole),
        number(rate(rates.take(key, whole.applied, atMs))),
        number(byteRate(sent)),
      ],
    };
    if (link.namespaces.length < 2) return [row];
    const parts = link.namespaces.map(({ namespace, lag }) => ({
      key: `${key}/${namespace}`,
      className: "part",
      cells: [
        { text: namespace },
        { text: lag === null ? UNKNOWN : meaningOf(lag.cause) || "flows" },
        ...lagCells(lag),
        number(rate(rates.take(`${key}/${namespace}`, lag?.applied ?? null, atMs))),
        number(""),
      ],
    }));
    return [row, ...parts];
  });
}

/**
 * @param {Omit<import("./overview-type.d.ts").LagFigures, "cause" | "stalledMs" | "applied"> | null} lag
 */
function lagCells(lag) {
  const least = lag?.atLeast ? "≥ " : "";
  /** @param {string} text */
  const some = (text) => number(text === UNKNOWN ? text : `${least}${text}`);
  return [
    some(count(lag?.records)),
    some(bytes(lag?.bytes)),
    some(seconds(lag?.seconds)),
    some(count(lag?.writesAtRisk)),
  ];
}

/** @param {Overview} overview @returns {Row[]} */
export function worstRows({ worst, datacenter }) {
  return worst.map(({ to, namespace, partition, records, seconds: age, cause }) => ({
    key: `${to}/${namespace}/${partition}`,
    cells: [
      { text: `${datacenter} → ${to}` },
      { text: namespace },
      number(String(partition)),
      number(count(records)),
      number(seconds(age)),
      { text: meaningOf(cause) || "on its way" },
    ],
  }));
}

/** @param {Overview} overview @returns {Row[]} */
export function ledgerRows({ links }) {
  return links.flatMap(({ from, to, namespaces }) =>
    namespaces.map(({ namespace, made, pending, ended, unaccounted }) => ({
      key: `${from}/${to}/${namespace}`,
      cells: [
        { text: `${from} → ${to}` },
        { text: namespace },
        number(count(made)),
        number(count(pending)),
        number(count(ended?.applied)),
        number(count(ended?.superseded)),
        number(count(ended?.conflictWon)),
        number(count(ended?.conflictLost)),
        number(count(ended?.parked), ended !== null && ended.parked > 0 ? "warn" : ""),
        number(count(ended?.recovered)),
        number(count(ended?.filtered)),
        number(count(ended?.forwarded)),
        number(count(unaccounted), unaccounted !== null && unaccounted > 0 ? "bad" : ""),
      ],
    })),
  );
}

/**
 * @param {Overview} overview
 * @param {import("./rates.js").Rates} rates
 * @param {number} atMs
 * @returns {Row[]}
 */
export function feedRows({ feeds }, rates, atMs) {
  return feeds.flatMap((feed) => {
    const key = `feed/${feed.name}`;
    const known = feed.lagMs !== null;
    const published = rates.take(key, feed.published, atMs);
    const row = {
      key,
      className: "whole",
      cells: [
        { text: feed.name },
        { text: `${feed.namespace}${feed.set === null ? "" : ` / ${feed.set}`}, ${feed.format}` },
        { text: feed.state },
        number(known ? count(feed.lagRecords) : UNKNOWN),
        number(seconds(feed.lagMs === null ? null : feed.lagMs / 1000)),
        number(rate(published)),
      ],
    };
    const consumers = Object.entries(feed.consumers).map(([consumer, { connected, lagRecords }]) => ({
      key: `${key}/${consumer}`,
      className: "part",
      cells: [
        { text: consumer },
        { text: "consumer" },
        { text: connected ? "reports" : "away", className: connected ? "" : "warn" },
        number(count(lagRecords)),
        number(""),
        number(""),
      ],
    }));
    return [row, ...consumers];
  });
}
