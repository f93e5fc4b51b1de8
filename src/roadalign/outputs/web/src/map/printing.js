// What is printed: what a button asked for, or everything.
// Ctrl+P asks for everything
import { data } from "./data.js";
import { isOpen, SORTS } from "./order.js";
import { state } from "./state.js";

/** @import { Plan, Point } from "./types.js" */

/** @type {{asked: Plan | null}} */
export const printing = { asked: null };

/** @returns {Plan} */
export function printPlan() {
  const filtered = state.shown.length < data.points.length;
  const points = filtered ? state.shown : data.points.filter(isOpen).sort(SORTS.chainage);
  return { filtered, points };
}

/** @param {Point[] | null} points */
export function printOut(points) {
  printing.asked = points && { points, alone: true };
  window.print();
}
