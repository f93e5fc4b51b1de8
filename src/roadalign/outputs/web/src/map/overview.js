// The overview: how much is aligned, what is worst, what changed, and the rate of each class.
import { choose, hint } from "./choice.js";
import { data } from "./data.js";
import { changes, CHOICES } from "./filter.js";
import { PRIORITY, settled } from "./order.js";
import { bothNames } from "./roads.js";
import { element, make } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";
import { symbol } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */
/** @import { Rate } from "../shared/types.js" */

const TOP = 5;

/**
 * @param {string} key
 * @param {Rate} part
 */
function classRow(key, part) {
  const filled = make("i");
  const bar = make("span", { class: "share", "aria-hidden": "true" }, filled);
  filled.style.width = `${Math.round(100 * (part.rate || 0))}%`;
  return make("tr", { "data-class": key },
    make("th", { scope: "row", text: key === "unknown" ? words("filter.unknown") : words(`rank.${key}`) }),
    make("td", { text: `${part.aligned} / ${part.approaches}` }), make("td", {}, bar, make("span", { text: percent(part.rate) })));
}

/** @param {boolean} opened */
function rates(opened) {
  const { summary } = data;
  const classes = Object.entries(summary.docking_rate_by_class)
    .sort(([one], [two]) => (Number(two) || 0) - (Number(one) || 0));
  return make("details", { open: opened },
    make("summary", { text: fill(words("by_class"), { aligned: summary.aligned_approaches, all: summary.approaches }) }),
    make("table", {}, make("thead", {}, make("tr", {}, ...["class", "approaches", "rate_column"].map((key) =>
      make("th", { scope: "col", text: words(key) })))),
    make("tbody", {}, ...classes.map(([key, part]) => classRow(key, part)))));
}

/** @param {Point} point */
function topEntry(point) {
  const button = make("button", {
    type: "button", class: "top", "data-top": point.id,
    on: { click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false) },
  }, symbol(point.verdict, point.severity === "severe", 18), make("span", { text: bothNames(point) }), make("b", { text: Math.round(point.priority || 0) }));
  return make("li", {}, button);
}

function worstOf() {
  const worst = data.points.filter((point) => !settled(point)).sort(PRIORITY).slice(0, TOP);
  if (!worst.length) return [];
  return [make("h3", {}, document.createTextNode(words("top")), make("small", { text: words("priority_column") })),
    make("ol", { class: "tops" }, ...worst.map(topEntry))];
}

// Only where a run knows an earlier one.
function changedSince() {
  if (!CHOICES.change) return null;
  const counts = changes.map((change) =>
    `${words(`change.${change}`)} ${data.points.filter((point) => point.change === change).length}`);
  const text = data.since ? fill(words("since"), { date: data.since.slice(0, 10) }) : words("since_last");
  return make("p", { class: "since" }, make("b", { text }), document.createTextNode(` ${counts.join(" · ")}`));
}

export function drawOverview() {
  const overview = element("overview");
  const opened = Boolean(overview.querySelector("details")?.open);
  overview.setAttribute("aria-label", words("overview"));
  overview.replaceChildren(...[changedSince(), rates(opened), ...worstOf()].filter(Boolean));
}
