// @ts-check
/** The map of the datacenters with their links, as SVG drawn for the width that there is. */
import { count, seconds } from "./format.js";
import { lagOfLink, stateOfDatacenter, stateOfLink } from "./link-state.js";
import { arrowOf, boxOf, placesOf } from "./map-places.js";

const SVG = "http://www.w3.org/2000/svg";

/** Beside the colour: a state is told by a mark as well. */
const MARKS = { ok: "●", busy: "◐", warn: "▲", bad: "■", unknown: "○" };

/**
 * @param {string} name
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {string} [text]
 */
function draw(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {string} grade */
function markerOf(grade) {
  const marker = draw("marker", {
    ...{ id: `tip-${grade}`, viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 14, markerHeight: 14 },
    ...{ markerUnits: "userSpaceOnUse", orient: "auto-start-reverse", class: `tip ${grade}` },
  });
  marker.append(draw("path", { d: "M0 1L9 5L0 9z" }));
  return marker;
}

export class DatacenterMap {
  #parent;
  #svg = draw("svg", { role: "img" });
  #shown = "";

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.#parent = parent;
    parent.append(this.#svg);
  }

  /** @param {import("./overview-type.d.ts").Overview} overview */
  show({ datacenters, links }) {
    const width = Math.max(280, this.#parent.clientWidth);
    const height = datacenters.length <= 2 ? 200 : Math.max(280, Math.min(420, width * 0.6));
    const places = placesOf(datacenters.length, width, height);
    /** @param {string} name */
    const placeOf = (name) => places[datacenters.findIndex((one) => one.name === name)] ?? { x: 0, y: 0 };
    const room = { box: boxOf(width), few: datacenters.length <= 2, narrow: width < 560 };
    const parts = [
      ...Object.keys(MARKS).map(markerOf),
      ...links.flatMap((link) => linkParts(link, placeOf(link.from), placeOf(link.to), room)),
      ...datacenters.flatMap((one) => boxParts(one, placeOf(one.name), room)),
    ];
    // Drawn anew only when it looks different.
    const looks = `${width} ${height} ${parts.map((part) => part.outerHTML).join("")}`;
    if (looks === this.#shown) return;
    this.#shown = looks;
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.setAttribute("height", String(height));
    this.#svg.setAttribute("aria-label", spoken(datacenters, links));
    this.#svg.replaceChildren(...parts);
  }
}

/**
 * What there is room for.
 * @typedef {{ box: import("./map-places.js").Point, few: boolean, narrow: boolean }} Room
 */

/**
 * @param {import("./overview-type.d.ts").Link} link
 * @param {import("./map-places.js").Point} from
 * @param {import("./map-places.js").Point} to
 * @param {Room} room
 */
function linkParts(link, from, to, { box, few, narrow }) {
  const { grade, words } = stateOfLink(link);
  const { path, label, side } = arrowOf(from, to, box, few ? 26 : 12);
  const arrow = draw("path", { d: path, class: `link ${grade}`, "marker-end": `url(#tip-${grade})` });
  arrow.append(draw("title", {}, `${link.from} to ${link.to}: ${words}`));
  // Among many links only those that are not well have a label: the table has them all.
  if (!few && grade === "ok") return [arrow];
  const { records, seconds: age } = lagOfLink(link);
  const lag = records === null ? "unknown" : records === 0 ? "no lag" : seconds(age);
  const anchor = few || narrow || Math.abs(side.x) < 0.3 ? "middle" : side.x > 0 ? "start" : "end";
  const away = few || Math.abs(side.x) < 0.3 ? (side.y < 0 ? -12 : 22) : 4;
  const place = { x: label.x + side.x * (narrow ? 2 : 8), y: label.y + (few || !narrow ? away : 4) };
  const text = narrow && !few ? MARKS[grade] : `${MARKS[grade]} ${lag}`;
  return [arrow, draw("text", { ...place, class: `label ${grade}`, "text-anchor": anchor }, text)];
}

/**
 * @param {import("./overview-type.d.ts").Datacenter} datacenter
 * @param {import("./map-places.js").Point} place
 * @param {Room} room
 */
function boxParts(datacenter, { x, y }, { box }) {
  const { grade, words } = stateOfDatacenter(datacenter);
  const shape = { x: x - box.x, y: y - box.y, width: box.x * 2, height: box.y * 2, rx: 8 };
  const letters = Math.floor((box.x * 2) / 6.4);
  return [
    draw("rect", { ...shape, class: `box ${grade}` }),
    draw("text", { x, y: y - 5, class: "name" }, shortened(datacenter.name, 12)),
    draw("text", { x, y: y + 15, class: `words ${grade}` }, shortened(`${MARKS[grade]} ${words}`, letters)),
  ];
}

/** @param {string} text @param {number} length */
function shortened(text, length) {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * @param {readonly import("./overview-type.d.ts").Datacenter[]} datacenters
 * @param {readonly import("./overview-type.d.ts").Link[]} links
 */
function spoken(datacenters, links) {
  return [
    ...datacenters.map((one) => `${one.name}: ${stateOfDatacenter(one).words}`),
    ...links.map((link) => {
      const { records } = lagOfLink(link);
      return `${link.from} to ${link.to}: ${stateOfLink(link).words}, lag ${count(records)} records`;
    }),
  ].join("; ");
}
