// What became of a docking point: a sign and a colour for each word, so that it can be told without colour too.
import { lookup } from "./text.js";

/** @type {Record<string, string>} */
const COLOURS = {
  new: "#0072b2", reopened: "#b3261e", worsened: "#d55e00", not_comparable: "#7b6d8d",
  changed: "#e69f00", improved: "#56a0c8", resolved: "#009e73", gone: "#6b6f73", same: "#c9cdd1",
};
/** @type {Record<string, string>} */
const SIGNS = {
  new: "+", reopened: "!", worsened: "↘", not_comparable: "?", changed: "≠", improved: "↗", resolved: "✓", gone: "×", same: "",
};

/** @param {string} change */
export const changeColour = (change) => lookup(COLOURS, change) ?? COLOURS.same;
/** @param {string} change */
export const changeSign = (change) => lookup(SIGNS, change) ?? "";
