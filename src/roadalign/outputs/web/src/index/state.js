// What is shown now.
import { data } from "./data.js";
import { known } from "../shared/known.js";
import { VERDICTS } from "../shared/terms.js";
import { anchorOf } from "../shared/text.js";
import { language } from "../shared/words.js";

/** @import { Filter, Pair, Point, State } from "./types.js" */

/** @returns {Filter} */
export const anything = () => ({ text: "", pair: "", verdict: "", severity: "" });

/** @type {State} */
export const state = { most: 50, sort: "rate", down: false, filter: anything(), pairs: [], points: [] };

/** @param {Pair} pair */
export const rateOf = (pair) => (pair.summary ? pair.summary.docking_rate : null);
/** @param {Pair} pair */
export const open = (pair) => VERDICTS.filter((verdict) => verdict !== "aligned").reduce((sum, verdict) => sum + (known(pair.summary).verdicts[verdict] || 0), 0);
/** @param {Point} point */
export const linkOf = (point) => `${data.pairs[point.pair].map}${anchorOf(point.id)}`;
/** @param {Point} point */
export const saidOf = (point) => point.said[language.now] || point.id;
