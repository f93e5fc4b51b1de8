// What is shown now.
import { data } from "./data.js";
import { known } from "../shared/known.js";
import { sayRate } from "../shared/rates.js";
import { anchorOf } from "../shared/text.js";
import { language } from "../shared/words.js";

/** @import { Filter, Pair, Point, State } from "./types.js" */

/** @returns {Filter} */
export const anything = () => ({ text: "", pair: "", verdict: "", severity: "" });

/** @type {State} */
export const state = { most: 50, sort: "rate", down: false, filter: anything(), pairs: [], points: [] };

/**
 * What is known to agree: boundaries are ranked and coloured by it, and what may be is told beside it.
 * @param {Pair} pair
 */
export const rateOf = (pair) => (pair.summary ? pair.summary.docking_rate.low : null);
/** @param {Pair} pair */
export const saidRate = (pair) => (pair.summary ? sayRate(pair.summary.docking_rate) : "—");
/** @param {Pair} pair */
export const open = (pair) => known(pair.summary).open_points;
/** @param {Pair} pair */
export const waiting = (pair) => known(pair.summary).waiting_points;
/** @param {Point} point */
export const linkOf = (point) => `${data.pairs[point.pair].map}${anchorOf(point.id)}`;
/** @param {Point} point */
export const saidOf = (point) => point.said[language.now] || point.id;
