// @ts-check
/** A card for each datacenter: its nodes, its partitions and its clocks. */
import { keyed, make, setClass, setText } from "./dom.js";
import { bytes, count, rate, seconds, UNKNOWN } from "./format.js";
import { stateOfDatacenter } from "./link-state.js";
import { Table } from "./table.js";

/**
 * @typedef {import("./overview-type.d.ts").Datacenter} Datacenter
 * @typedef {import("./overview-type.d.ts").Overview} Overview
 */

export class Cards {
  #parent;
  #rates;
  /** @type {Map<string, { nodes: Table, namespaces: Table }>} */
  #tables = new Map();

  /** @param {HTMLElement} parent @param {import("./rates.js").Rates} rates */
  constructor(parent, rates) {
    this.#parent = parent;
    this.#rates = rates;
  }

  /** @param {Overview} overview @param {number} atMs */
  show(overview, atMs) {
    keyed(
      this.#parent,
      overview.datacenters,
      ({ name }) => name,
      (datacenter) => this.#make(datacenter),
      (card, datacenter) => this.#update(card, datacenter, overview, atMs),
    );
  }

  /** @param {Datacenter} datacenter */
  #make({ name, own }) {
    const card = make("article", "card");
    card.setAttribute("aria-label", name);
    const title = make("h3", undefined, own ? `${name} (here)` : name);
    const state = make("p", "state");
    const facts = make("p", "soft facts");
    const nodes = make("div", "table");
    const namespaces = make("div", "table");
    card.append(title, state, facts, nodes, namespaces);
    this.#tables.set(name, {
      nodes: new Table(
        nodes,
        `Nodes of ${name}`,
        ["node", "state", "memory", "change log"],
        "nodes not told",
      ),
      namespaces: new Table(
        namespaces,
        `Namespaces of ${name}`,
        ["namespace", "records", "writes", "unavailable", "short of copies"],
        "namespaces not told",
      ),
    });
    return card;
  }

  /**
   * @param {HTMLElement} card
   * @param {Datacenter} datacenter
   * @param {Overview} overview
   * @param {number} atMs
   */
  #update(card, datacenter, { skews, skewWarnMs }, atMs) {
    const { name, own, heardMs, askedMs, nodes, namespaces, fence } = datacenter;
    const askedAt = atMs - (askedMs ?? 0);
    const [, state, facts] = card.children;
    const { grade, words } = stateOfDatacenter(datacenter);
    if (state === undefined || facts === undefined) return;
    setText(state, words);
    setClass(state, `state ${grade}`);
    const heard = own ? "" : `heard ${heardMs === null ? "never" : `${seconds(heardMs / 1000)} ago`}; `;
    setText(
      facts,
      `${heard}fence ${fence ?? UNKNOWN}${own ? "" : `; clocks ${clockWords(skews, name, skewWarnMs)}`}`,
    );
    const tables = this.#tables.get(name);
    tables?.nodes.show(
      (nodes ?? []).map((node) => ({
        key: node.name,
        cells: [
          { text: node.name },
          {
            text: node.controller ? `${node.state}, controller` : node.state,
            className: node.state === "up" ? "" : "bad",
          },
          { text: bytes(node.residentBytes), className: "number" },
          { text: bytes(node.logBytes), className: "number" },
        ],
      })),
    );
    tables?.namespaces.show(
      (namespaces ?? []).map((one) => ({
        key: one.name,
        cells: [
          { text: one.name },
          { text: count(one.records), className: "number" },
          {
            text: rate(this.#rates.take(`writes/${name}/${one.name}`, one.clientWrites, askedAt)),
            className: "number",
          },
          { text: count(one.unavailable), className: one.unavailable ? "number bad" : "number" },
          { text: count(one.underReplicated), className: one.underReplicated ? "number warn" : "number" },
        ],
      })),
    );
  }
}

/** @param {Overview["skews"]} skews @param {string} name @param {number} warnMs */
function clockWords(skews, name, warnMs) {
  const skew = skews.find(({ datacenter }) => datacenter === name)?.skew ?? null;
  if (skew === null) return "not measured";
  const ahead = Math.abs(skew.ahead);
  const far = ahead - skew.error > warnMs ? ", too far" : "";
  const side = skew.ahead >= 0 ? "ahead" : "behind";
  return `${ahead.toFixed(0)} ms ${side}, give or take ${skew.error.toFixed(0)}${far}`;
}
