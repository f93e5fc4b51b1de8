// Elements and the address of the page. Values only ever become text.

/**
 * An element that the page has.
 * @param {string} id
 * @returns {any}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/**
 * What has the focus.
 * @returns {HTMLElement | null}
 */
export const focusedElement = () => (document.activeElement instanceof HTMLElement ? document.activeElement : null);

/**
 * The first element that a selector names, null where there is none.
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const find = (selector) => document.querySelector(selector);

/**
 * All elements that a selector names.
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const findAll = (selector) => [...document.querySelectorAll(selector)].map((one) => /** @type {HTMLElement} */ (one));

// The id that the address of the page names; a hand-written address may be no such thing.
export function anchored() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

/**
 * A sentence with the one value in it set off.
 * @param {string} text with one name in braces
 * @param {string} value
 * @returns {(Node | string)[]}
 */
export function emphasized(text, value) {
  const [before, after] = text.split(/\{\w+\}/);
  return [before, make("b", { text: value }), after];
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} [options]
 * @param {...(Node | string | null)} children
 */
export function make(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") made.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) made.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}
