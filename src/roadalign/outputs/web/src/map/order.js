// Which points come first.
import { callName } from "./roads.js";
import { collators } from "../shared/collators.js";
import { STANDINGS, standingOf } from "../shared/standing.js";
import { SEVERITIES, terms, VERDICTS } from "../shared/terms.js";
import { language } from "../shared/words.js";

/** @import { Point } from "./types.js" */

/**
 * @param {Point} one
 * @param {Point} two
 */
export const PRIORITY = (one, two) => (two.priority || 0) - (one.priority || 0) || one.chainage_m - two.chainage_m;

/** @param {Point} point */
export const standing = (point) => standingOf(point, terms);
/** @param {Point} point */
const place = (point) => STANDINGS.indexOf(standing(point));
/**
 * Open ones, whatever was decided of them.
 * @param {Point} point
 */
export const isOpen = (point) => terms.open.includes(point.verdict);
/** @type {Record<string, (one: Point, two: Point) => number>} */
export const SORTS = {
  priority: (/** @type {Point} */ one, /** @type {Point} */ two) => place(one) - place(two)
    || (standing(one) === "aligned" ? one.chainage_m - two.chainage_m : PRIORITY(one, two)),
  chainage: (/** @type {Point} */ one, /** @type {Point} */ two) => one.chainage_m - two.chainage_m,
  severity: (/** @type {Point} */ one, /** @type {Point} */ two) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(two.severity) || PRIORITY(one, two),
  verdict: (/** @type {Point} */ one, /** @type {Point} */ two) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(two.verdict) || PRIORITY(one, two),
  name: (/** @type {Point} */ one, /** @type {Point} */ two) => collators[language.now].compare(callName(one), callName(two)) || one.chainage_m - two.chainage_m,
};
