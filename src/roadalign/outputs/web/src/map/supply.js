// What each side has to supply before a point can be decided.
import { data } from "./data.js";
import { standing } from "./order.js";
import { nameOf } from "./roads.js";
import { SIDES } from "../shared/sides.js";
import { fill } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/** @import { Point } from "./types.js" */
/** @import { Side } from "../shared/types.js" */

const LABELS = new Map(data.sideColumns.map((column) => [column.name, column.supply]));

/** @param {string} field */
export const fieldLabel = (field) => LABELS.get(field)?.[language.now] ?? field;

/**
 * @param {Point} point
 * @param {Side} side
 * @returns {string[]}
 */
const fieldsOf = (point, side) => point[`missing_${side}`] ?? [];

/**
 * One line for each side that has to supply something.
 * @param {Point} point
 */
export const supplyLines = (point) => SIDES.filter((side) => fieldsOf(point, side).length)
  .map((side) => fill(words("missing.row"), { name: nameOf(side), fields: fieldsOf(point, side).map(fieldLabel).join(words("joint")) }));

/**
 * What a point waits for: side and field, nothing where it does not wait.
 * @param {Point} point
 */
export const requestsOf = (point) => (standing(point) === "waiting"
  ? SIDES.flatMap((side) => fieldsOf(point, side).map((field) => requestKey(side, field))) : []);

/**
 * @param {Side} side
 * @param {string} field
 */
const requestKey = (side, field) => `${side}:${field}`;

/**
 * Who is asked for what, all layers of a side together, the most points first.
 * @returns {{key: string, side: Side, field: string, count: number}[]}
 */
function gathered() {
  const found = new Map();
  for (const { side, field, points } of data.summary.data_requests) {
    const key = requestKey(side, field);
    const before = found.get(key);
    found.set(key, { key, side, field, count: (before?.count ?? 0) + points });
  }
  return [...found.values()].sort((one, two) => SIDES.indexOf(one.side) - SIDES.indexOf(two.side) || two.count - one.count);
}
export const requests = gathered();

/** @param {{side: Side, field: string, count: number}} request */
export const sayRequest = ({ side, field, count }) => fill(words("requests.row"), { name: nameOf(side), field: fieldLabel(field), count });

// Points that wait for what no value of a layer answers: a position in doubt, a stretch not covered.
export const unanswerable = data.points.filter((point) => standing(point) === "waiting" && !requestsOf(point).length).length;
