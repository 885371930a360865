// @ts-check
/** Small helpers that change of the page only what has changed, and write text, never markup. */

/** @param {string} id */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page lacks #${id}`);
  return found;
}

/**
 * @param {string} tag
 * @param {string} [className]
 * @param {string} [text]
 */
export function make(tag, className, text) {
  const made = document.createElement(tag);
  if (className !== undefined) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {Element} element @param {string} className */
export function setClass(element, className) {
  if (element.getAttribute("class") !== className) element.setAttribute("class", className);
}

/**
 * Makes the children of `parent` those of `items`, in order, each made once by its key and brought up to
 * date each time: so nothing that is read, or has the focus, is replaced.
 * @template Item
 * @param {Element} parent
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => HTMLElement} create
 * @param {(element: HTMLElement, item: Item) => void} update
 */
export function keyed(parent, items, keyOf, create, update) {
  /** @type {Map<string, HTMLElement>} */
  const present = new Map();
  for (const child of [...parent.children]) {
    if (child instanceof HTMLElement) present.set(child.dataset["key"] ?? "", child);
  }
  let at = 0;
  for (const item of items) {
    const key = keyOf(item);
    let element = present.get(key);
    present.delete(key);
    if (element === undefined) {
      element = create(item);
      element.dataset["key"] = key;
    }
    if (parent.children[at] !== element) parent.insertBefore(element, parent.children[at] ?? null);
    update(element, item);
    at++;
  }
  for (const gone of present.values()) gone.remove();
}
