// Which points and boundaries are shown, in the tables and on the map alike.
import { data } from "./data.js";
import { filtered, pairChosen } from "./events.js";
import { state } from "./state.js";
import { element } from "../shared/dom.js";
import { terms } from "../shared/terms.js";
import { fill, plain } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Filter, Point } from "./types.js" */

/** Stands for every verdict of an open point. */
export const ANY_OPEN = "open";
const pairWords = data.pairs.map((pair) => plain([pair.name, ...(pair.names || []), pair.boundary].filter(Boolean).join("\n")));
// searched in both languages, so that a name found in one is found in the other
const pointWords = data.points.map((point) => plain([point.id, point.rules, ...point.roads, point.said.en, point.said.zh]
  .filter(Boolean).join("\n")));
const asked = () => plain(state.filter.text).split(/\s+/).filter(Boolean);

function pointsShown() {
  const { pair, verdict, severity } = state.filter;
  const wanted = asked();
  return data.points.filter((point, i) => (pair === "" || point.pair === Number(pair))
    && (verdict === "" || (verdict === ANY_OPEN ? terms.open.includes(point.verdict) : point.verdict === verdict))
    && (severity === "" || point.severity === severity)
    && wanted.every((word) => pointWords[i].includes(word) || pairWords[point.pair].includes(word)));
}

/**
 * A boundary is shown for its own words, or for the points it has left.
 * @param {Point[]} points
 */
function pairsShown(points) {
  const { pair, verdict, severity } = state.filter;
  const left = new Set(points.map((point) => point.pair));
  const wanted = asked();
  return data.pairs.map((one, number) => ({ pair: one, number })).filter(({ number }) => (pair === "" || number === Number(pair))
    && (left.has(number) || (verdict === "" && severity === "" && wanted.every((word) => pairWords[number].includes(word)))));
}

/** @type {(keyof Filter)[]} */
const FIELDS = ["text", "pair", "verdict", "severity"];

export function apply() {
  state.points = pointsShown();
  state.pairs = pairsShown(state.points);
  for (const key of FIELDS) element(`filter-${key}`).value = state.filter[key];
  const done = state.pairs.filter(({ pair }) => pair.summary).length;
  element("shown").textContent = fill(words("shown"), {
    pairs: done, all_pairs: data.pairs.filter((pair) => pair.summary).length, points: state.points.length, all_points: data.points.length,
  });
  element("reset").hidden = Object.values(state.filter).every((value) => value === "");
  filtered.tell();
}

/** @param {string} number */
export function choosePair(number) {
  state.filter.pair = number;
  state.most = 50;
  apply();
  pairChosen.tell();
}
