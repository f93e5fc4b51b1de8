// Which points are shown, in the list, on the map and along the strip alike.
import { data } from "./data.js";
import { filtered } from "./events.js";
import { SORTS } from "./order.js";
import { anything, byId, state } from "./state.js";
import { fieldLabel, requests, requestsOf } from "./supply.js";
import { element } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { SIDES } from "../shared/sides.js";
import { RANKS, SEVERITIES, STATES, terms, VERDICTS } from "../shared/terms.js";
import { fill, plain } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/** @import { Choice, Point } from "./types.js" */

const PRIORITIES = ["20", "40", "60", "80"];
export const changes = terms.changes.filter((change) => data.points.some((point) => point.change === change));
/** @param {string} value */
function sayAsked(value) {
  const [side, field] = value.split(":");
  return `${data.names[SIDES.findIndex((one) => one === side)]} · ${fieldLabel(field)}`;
}
/** @param {Point} point */
const spokenRules = (point) => [...new Set(point.findings.filter((one) => one.severity !== "unknown").map((one) => one.rule))];
/** @param {Point} point */
const classesOf = (point) => [...new Set(SIDES.filter((side) => point[`${side}_fid`])
  .map((side) => String(point[`${side}_road_class`] ?? "unknown")))];
/** @param {Point} point */
const askedOf = (point) => {
  const asked = SIDES.filter((side) => point[`ask_${side}`]);
  return asked.length ? asked : ["nobody"];
};

/**
 * What can be chosen: the values a point has, all values in their order, and what they are called.
 * @type {Record<string, Choice>}
 */
export const CHOICES = {
  state: { of: (/** @type {Point} */ point) => [point.state], all: STATES, say: (/** @type {string} */ value) => words(`state.${value}`) },
  severity: { of: (/** @type {Point} */ point) => [point.severity], all: SEVERITIES, say: (/** @type {string} */ value) => words(`severity.${value}`) },
  rule: {
    of: spokenRules, all: Object.keys(data.rules).sort(),
    say: (/** @type {string} */ value) => `${value} ${data.rules[value][language.now]}`,
  },
  class: {
    of: classesOf, all: RANKS,
    say: (/** @type {string} */ value) => (value === "unknown" ? words("filter.unknown") : words(`rank.${value}`)),
  },
  side: {
    of: askedOf, all: [...SIDES, "nobody"],
    say: (/** @type {string} */ value) => (value === "nobody" ? words("filter.nobody") : data.names[SIDES.findIndex((side) => side === value)]),
  },
  priority: {
    of: (/** @type {Point} */ point) => PRIORITIES.filter((least) => (point.priority || 0) >= Number(least)), all: PRIORITIES,
    say: (/** @type {string} */ value) => fill(words("filter.least"), { value }),
  },
};
if (requests.length) {
  CHOICES.supply = { of: requestsOf, all: requests.map((one) => one.key), say: sayAsked };
}
// in a first run everything is new, which tells nothing
if (changes.some((change) => change !== "new")) {
  CHOICES.change = { of: (/** @type {Point} */ point) => [point.change], all: terms.changes, say: (/** @type {string} */ value) => words(`change.${value}`) };
}
const valuesOf = Object.fromEntries(Object.entries(CHOICES).map(([key, choice]) =>
  [key, new Map(data.points.map((point) => [point.id, choice.of(point)]))]));

// A text is searched in both languages, so that a link or a name found in one is found in the other.
const haystacks = new Map(data.points.map((point) => [point.id, plain([
  point.id, point.summary_en, point.summary_zh,
  ...SIDES.flatMap((side) => ["name", "ref", "class_text"].map((field) => point[`${side}_${field}`])),
].filter(Boolean).join("\n"))]));

/**
 * @param {Point} point
 * @param {string} [without]
 */
export function passes(point, without = "") {
  const { filter } = state;
  if (without !== "verdict" && !filter.verdicts.has(point.verdict)) return false;
  for (const key of Object.keys(CHOICES)) {
    if (key !== without && filter[key] && !known(valuesOf[key].get(point.id)).includes(filter[key])) return false;
  }
  if (!filter.text) return true;
  const hay = known(haystacks.get(point.id));
  return plain(filter.text).split(/\s+/).every((word) => hay.includes(word));
}

/**
 * How many points each value would show while the other filters stay as they are.
 * @param {string} key
 * @param {(point: Point) => string[]} [of]
 */
export function tally(key, of = (point) => known(valuesOf[key].get(point.id))) {
  const counts = new Map();
  for (const point of data.points) {
    if (passes(point, key)) for (const value of of(point)) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}

/**
 * @param {string} verdict
 * @param {boolean} allowed
 */
export function allow(verdict, allowed) {
  if (allowed) state.filter.verdicts.add(verdict);
  else state.filter.verdicts.delete(verdict);
  apply();
}

/**
 * A chip shows its verdict alone; pressed once more, all of them.
 * @param {string} verdict
 */
export function only(verdict) {
  const { verdicts } = state.filter;
  const alone = verdicts.size === 1 && verdicts.has(verdict);
  state.filter.verdicts = new Set(alone || verdict === "all" ? VERDICTS : [verdict]);
  apply();
}

export function reset() {
  state.filter = anything();
  element("search").value = "";
  apply();
}

export function apply() {
  state.shown = data.points.filter((point) => passes(point)).sort(SORTS[state.sort]);
  if (!state.open && state.chosen && !passes(known(byId.get(state.chosen)))) state.chosen = null;
  filtered.tell();
}
