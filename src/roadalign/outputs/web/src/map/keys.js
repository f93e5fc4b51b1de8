// Keys: J and K anywhere but in a field; arrows where they have no meaning of their own.
import { choose, leave, pick } from "./choice.js";
import { entryOf } from "./list.js";
import { state } from "./state.js";
import { stops } from "./strip.js";
import { find } from "../shared/dom.js";

/** @import { Point } from "./types.js" */

/** @type {Record<string, number>} */
const STEPS = { j: 1, k: -1, J: 1, K: -1 };

/**
 * @param {Point[]} list
 * @param {number} step
 */
function neighbour(list, step) {
  const at = list.findIndex((point) => point.id === state.chosen);
  if (at < 0) return list[step > 0 ? 0 : list.length - 1];
  return list[Math.min(Math.max(at + step, 0), list.length - 1)];
}

/** @param {number} step */
export function go(step) {
  const point = neighbour(state.shown, step);
  if (!point) return;
  if (state.open) {
    choose(point.id);
    return;
  }
  pick(point.id);
  entryOf(point.id)?.focus();
}

/** @param {number} step */
function along(step) {
  const point = neighbour(stops(), step);
  if (!point) return;
  if (state.open) choose(point.id, { focus: false });
  else pick(point.id);
  find(`[data-stop="${CSS.escape(point.id)}"]`)?.focus();
}

/** @param {any} event */
export function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { target, key } = event;
  if (target.matches("input[type=search], select")) {
    if (key === "Escape" && !target.value) find('[data-entry][tabindex="0"]')?.focus();
    return;
  }
  /** @type {Record<string, number>} */
  const arrows = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  const arrow = arrows[key];
  const upright = key === "ArrowDown" || key === "ArrowUp";
  if (key === "Escape" && state.open) leave();
  else if (key === "Enter" && target === document.body && state.chosen && !state.open) choose(state.chosen);
  else if (STEPS[key]) go(STEPS[key]);
  else if (arrow && target.matches("[data-stop]")) along(arrow);
  // the map pans and an open card scrolls with the arrows that are theirs
  else if (arrow && !target.closest(".folium-map") && !target.matches("input") && upright !== state.open) go(arrow);
  else return;
  event.preventDefault();
}
