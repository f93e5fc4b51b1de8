// The overview: what was not compared, what changed, what is worst, data to ask for, rates and roads by class.
import { choose, hint } from "./choice.js";
import { data } from "./data.js";
import { apply, changes, CHOICES } from "./filter.js";
import { PRIORITY, standing } from "./order.js";
import { interfaceTable, ratesTables } from "./rates_part.js";
import { bothNames } from "./roads.js";
import { state } from "./state.js";
import { requests, sayRequest, unanswerable } from "./supply.js";
import { changeSign } from "../shared/changes.js";
import { element, findAll, make } from "../shared/dom.js";
import { symbol } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */

const TOP = 5;

/**
 * A part of the overview that can be folded; it stays as it was when the language changes.
 * @param {string} key
 * @param {string} title
 * @param {Set<string | undefined>} opened
 * @param {Node[]} content
 */
const folded = (key, title, opened, content) => make("details", { "data-part": key, open: opened.has(key) }, make("summary", { text: title }), ...content);

/** @param {Point} point */
function topEntry(point) {
  const button = make("button", {
    type: "button", class: "top", "data-top": point.id,
    on: { click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false) },
  }, symbol(point.verdict, point.severity === "severe", 18), make("span", { text: bothNames(point) }), make("b", { text: Math.round(point.priority || 0) }));
  return make("li", {}, button);
}

function worstOf() {
  const worst = data.points.filter((point) => standing(point) === "open").sort(PRIORITY).slice(0, TOP);
  if (!worst.length) return [];
  return [make("h3", {}, document.createTextNode(words("top")), make("small", { text: words("priority_column") })),
    make("ol", { class: "tops" }, ...worst.map(topEntry))];
}

// Only where a run knows an earlier one.
function changedSince() {
  if (!CHOICES.change) return null;
  const counts = changes.map((change) =>
    `${changeSign(change)} ${words(`change.${change}`)} ${data.points.filter((point) => point.change === change).length}`.trim());
  const text = data.since ? fill(words("since"), { date: data.since.slice(0, 10) }) : words("since_last");
  return make("p", { class: "since" }, make("b", { text }), document.createTextNode(` ${counts.join(" · ")}`));
}

/** @param {string} key */
function showRequest(key) {
  state.filter.supply = key;
  apply();
}

/** @param {Set<string | undefined>} opened */
function requestsPart(opened) {
  const { waiting_points: count } = data.summary;
  if (!count) return null;
  const rows = requests.map((one) => make("li", { "data-request": one.key }, make("button", {
    type: "button", class: "request", title: words("requests.show"), text: sayRequest(one), on: { click: () => showRequest(one.key) },
  })));
  if (unanswerable) rows.push(make("li", { text: fill(words("requests.none"), { count: unanswerable }) }));
  return folded("requests", fill(words("requests.summary"), { count }), opened, [make("ul", { class: "requests" }, ...rows)]);
}

const tables = (/** @type {(Node | null)[]} */ parts) => parts.filter((part) => part !== null);

export function drawOverview() {
  const { summary } = data;
  const overview = element("overview");
  const drawn = overview.childElementCount > 0;
  const opened = new Set(drawn ? findAll("#overview details[open]").map((one) => one.dataset.part) : ["requests"]);
  overview.setAttribute("aria-label", words("overview"));
  overview.replaceChildren(...tables([
    changedSince(), requestsPart(opened),
    folded("rates", fill(words("rates.summary"), { aligned: summary.aligned, all: summary.docking_points }), opened,
      [...ratesTables(), make("p", { class: "small", text: words("rate_means") })]),
    summary.interfaces.length ? folded("interfaces", words("interfaces.summary"), opened, interfaceTable()) : null,
    ...worstOf(),
  ]));
}
