// @ts-check
/**
 * A table whose cells are brought up to date in place; on a narrow screen each row is a card, whose cells
 * say what they are.
 */
import { keyed, make, setClass, setText } from "./dom.js";

/**
 * @typedef {{ text: string, className?: string }} Cell
 * @typedef {{ key: string, cells: readonly Cell[], className?: string }} Row
 */

export class Table {
  /** @type {readonly string[]} */
  #heads;
  #body;
  #none;
  #table;

  /**
   * @param {HTMLElement} parent
   * @param {string} label
   * @param {readonly string[]} heads
   * @param {string} none What is said in the place of no rows.
   */
  constructor(parent, label, heads, none) {
    this.#heads = heads;
    this.#table = make("table");
    this.#table.setAttribute("aria-label", label);
    const row = make("tr");
    for (const head of heads) {
      const cell = make("th", undefined, head);
      cell.setAttribute("scope", "col");
      row.append(cell);
    }
    const top = make("thead");
    top.append(row);
    this.#body = make("tbody");
    this.#table.append(top, this.#body);
    this.#none = make("p", "soft", none);
    parent.append(this.#table, this.#none);
  }

  /** @param {readonly Row[]} rows */
  show(rows) {
    this.#table.hidden = rows.length === 0;
    this.#none.hidden = rows.length > 0;
    keyed(
      this.#body,
      rows,
      ({ key }) => key,
      ({ cells }) => this.#make(cells),
      (element, { cells, className = "" }) => {
        setClass(element, className);
        cells.forEach((cell, index) => {
          const place = element.children[index];
          if (place === undefined) return;
          setText(place, cell.text);
          setClass(
            place,
            cell.text === "unknown" ? `unknown ${cell.className ?? ""}` : (cell.className ?? ""),
          );
        });
      },
    );
  }

  /** @param {readonly Cell[]} cells */
  #make(cells) {
    const row = make("tr");
    cells.forEach((_, index) => {
      const cell = make(index === 0 ? "th" : "td");
      if (index === 0) cell.setAttribute("scope", "row");
      else cell.dataset["label"] = this.#heads[index] ?? "";
      row.append(cell);
    });
    return row;
  }
}
