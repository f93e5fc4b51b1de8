// What roads are called.
import { data } from "./data.js";
import { SIDES } from "../shared/sides.js";
import { language, words } from "../shared/words.js";

/** @import { Point } from "./types.js" */
/** @import { Side } from "../shared/types.js" */

/** @param {Side} side */
export const nameOf = (side) => data.names[SIDES.indexOf(side)];

/**
 * @param {Point} point
 * @param {Side} side
 */
export const className = (point, side) => data.cards[point.id].class[side]?.[language.now];

/**
 * @param {Point} point
 * @param {Side} side
 */
export function roadName(point, side) {
  if (!point[`${side}_fid`]) return words("no_road");
  const parts = [point[`${side}_ref`], point[`${side}_name`]].filter(Boolean);
  const kind = className(point, side);
  return [...new Set(parts)].join(" ") || words("unnamed") + (kind ? ` (${kind})` : "");
}

/** @param {Point} point */
export const callName = (point) => roadName(point, point.a_fid ? "a" : "b");
/** @param {Point} point */
export const bothNames = (point) => `${roadName(point, "a")} — ${roadName(point, "b")}`;

/**
 * @param {Point} point
 * @param {Side} side
 */
export const calls = (point, side) => [...new Set([point[`${side}_ref`], point[`${side}_name`]].filter(Boolean))].join(" ") || point[`${side}_class_text`] || "";
