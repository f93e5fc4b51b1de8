// Rates in words: one number, or from what is known to what may be.
import { percent } from "./numbers.js";
import { fill } from "./text.js";
import { words } from "./words.js";

/** @import { RateRange } from "./types.js" */

/** @param {RateRange} rate */
export function sayRate(rate) {
  const [low, high] = [percent(rate.low), percent(rate.high)];
  return low === high ? low : fill(words("range"), { low, high });
}

/**
 * Aspects that the settings leave out: that is said before anything else.
 * @param {Record<string, {left_out: number}>} aspects
 * @returns {string} empty where everything is compared
 */
export function sayLeftOut(aspects) {
  const out = Object.keys(aspects).filter((aspect) => aspects[aspect].left_out);
  return out.length ? fill(words("left_out"), { aspects: out.map((aspect) => words(`aspect.${aspect}`)).join(words("joint")) }) : "";
}
