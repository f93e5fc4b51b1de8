// Which points come first.
import { data } from "./data.js";
import { callName } from "./roads.js";
import { collators } from "../shared/collators.js";
import { SEVERITIES, VERDICTS } from "../shared/terms.js";
import { language } from "../shared/words.js";

/** @import { Point } from "./types.js" */

/**
 * @param {Point} one
 * @param {Point} two
 */
export const PRIORITY = (one, two) => (two.priority || 0) - (one.priority || 0) || one.chainage_m - two.chainage_m;

/**
 * 0 unresolved, 1 settled by a decision of the ledger, 2 aligned
 * @param {Point} point
 */
export const settled = (point) => (point.verdict === "aligned" ? 2 : Number(data.settling.includes(point.decision)));
/** @type {Record<string, (one: Point, two: Point) => number>} */
export const SORTS = {
  priority: (/** @type {Point} */ one, /** @type {Point} */ two) => settled(one) - settled(two)
    || (settled(one) === 2 ? one.chainage_m - two.chainage_m : PRIORITY(one, two)),
  chainage: (/** @type {Point} */ one, /** @type {Point} */ two) => one.chainage_m - two.chainage_m,
  severity: (/** @type {Point} */ one, /** @type {Point} */ two) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(two.severity) || PRIORITY(one, two),
  verdict: (/** @type {Point} */ one, /** @type {Point} */ two) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(two.verdict) || PRIORITY(one, two),
  name: (/** @type {Point} */ one, /** @type {Point} */ two) => collators[language.now].compare(callName(one), callName(two)) || one.chainage_m - two.chainage_m,
};
