// The list of the points shown.
import { choose, hint, mark } from "./choice.js";
import { data } from "./data.js";
import { extraList } from "./extras.js";
import { changes } from "./filter.js";
import { brief, findingList } from "./findings.js";
import { markText } from "./minutes.js";
import { standing } from "./order.js";
import { bothNames } from "./roads.js";
import { byId, km, state } from "./state.js";
import { changeSign } from "../shared/changes.js";
import { element, find, focusedElement, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { STANDINGS } from "../shared/standing.js";
import { symbol } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */

const entries = new Map();
const CHUNK = 120;
let limit = CHUNK;

// Entries are made once for a language, and only as many as somebody scrolls to.
export function forgetEntries() {
  entries.clear();
}

const nearEnd = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) lengthen(); }, { rootMargin: "600px" });

/** @param {number} [least] */
function lengthen(least = 0) {
  if (limit >= state.shown.length) return;
  limit = Math.max(limit + CHUNK, least);
  drawList();
}

/**
 * Make sure that a point has its entry in the list, and return it.
 * @param {string} id
 */
export function entryOf(id) {
  const at = state.shown.findIndex((point) => point.id === id);
  if (at >= limit) lengthen(at + CHUNK);
  return find(`[data-entry="${CSS.escape(id)}"]`);
}

/** @param {Point} point */
function entry(point) {
  if (entries.has(point.id)) return entries.get(point.id);
  const button = make("button", {
    type: "button", class: "entry", "data-entry": point.id,
    on: {
      click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false),
    },
  },
  symbol(point.verdict, point.severity === "severe", 18),
  make("span", { text: bothNames(point) }),
  make("span", { class: "km", text: km(point) }),
  make("span", { class: "what" }, minutesMark(point), make("b", { text: weightOf(point) }),
    changes.length > 1 && point.change ? make("i", { class: `change ${point.change}`, text: `${changeSign(point.change)} ${words(`change.${point.change}`)}`.trim() }) : null, document.createTextNode(brief(point))));
  const item = make("li", {}, button);
  entries.set(point.id, item);
  return item;
}

/**
 * Of a point that waits for data no severity is known.
 * @param {Point} point
 */
const weightOf = (point) => words(standing(point) === "waiting" ? `verdict.${point.verdict}` : `severity.${point.severity}`);

/**
 * @param {string} key
 * @param {Point[]} made
 */
function group(key, made) {
  const points = made.filter((point) => standing(point) === key);
  if (!points.length) return [];
  const count = state.shown.filter((point) => standing(point) === key).length;
  return [make("h3", { "data-group": key, text: fill(words(`group.${key}`), { count }) }), make("ul", { class: "entries" }, ...points.map(entry))];
}

function drawList() {
  const { shown } = state;
  const made = shown.slice(0, limit);
  const whole = data.whole.filter((finding) => finding.severity !== "unknown" && !finding.at);
  const focused = focusedElement()?.dataset.entry;
  element("list-title").textContent = words("panel");
  const parts = state.sort === "priority"
    ? STANDINGS.flatMap((key) => group(key, made))
    : [make("ul", { class: "entries" }, ...made.map(entry))];
  const rest = shown.length - made.length;
  const more = rest ? make("button", { type: "button", class: "more", text: fill(words("more_entries"), { count: rest }), on: { click: () => lengthen() } }) : null;
  element("list").replaceChildren(...[
    make("p", { class: "small keys", text: words("keys") }),
    ...(shown.length ? parts : [make("p", { text: words("none_shown") })]),
    more, extraList(),
    whole.length ? make("h3", { text: words("whole") }) : null,
    whole.length ? findingList(whole) : null,
  ].filter(Boolean));
  nearEnd.disconnect();
  if (more) nearEnd.observe(more);
  mark();
  if (focused) find(`[data-entry="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

/** @param {Point} point */
const minutesMark = (point) => make("span", { class: "minutes-mark", text: markText(point) });

export function drawMarks() {
  for (const [id, item] of entries) known(item.querySelector(".minutes-mark")).textContent = markText(known(byId.get(id)));
}

/**
 * Back from a card: its entry is where it was.
 * @param {string | null} id
 */
export function returnTo(id) {
  const last = entryOf(id ?? "");
  last?.focus();
  last?.scrollIntoView({ block: "center" });
}

// The list of other points, from its start.
export function startList() {
  limit = CHUNK;
  drawList();
}
