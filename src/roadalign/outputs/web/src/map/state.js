// What the parts of the map use: what is chosen, the points, lines.
import { data } from "./data.js";
import { VERDICTS } from "../shared/terms.js";
import { language } from "../shared/words.js";

/** @import { Filter, Point, State } from "./types.js" */

/** @returns {Filter} */
export const anything = () => ({ verdicts: new Set(VERDICTS), state: "", supply: "", severity: "", rule: "", class: "", side: "", priority: "", change: "", text: "" });

/** @type {State} */
export const state = {
  chosen: null, open: false, hidden: new Set(), shown: [], filter: anything(), sort: "priority", printing: false,
};
export const byId = new Map(data.points.map((point) => [point.id, point]));
/** @param {{chainage_m?: number}} point */
export const km = (point) => `${((point.chainage_m ?? 0) / 1000).toFixed(2)} km`;
/** @param {Point} point */
export const headline = (point) => point[`summary_${language.now}`] || point.id;
