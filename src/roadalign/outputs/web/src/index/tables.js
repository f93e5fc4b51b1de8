// Totals, failures, the ranking of boundaries with their classes, and the ranking of points.
import { bandOf } from "./bands.js";
import { data } from "./data.js";
import { choosePair } from "./filter.js";
import { drawn } from "./overview.js";
import { linkOf, open, rateOf, saidOf, state, waiting } from "./state.js";
import { collators } from "../shared/collators.js";
import { element, find, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { sayRate } from "../shared/rates.js";
import { STANDINGS, standingOf } from "../shared/standing.js";
import { symbol } from "../shared/symbols.js";
import { RANKS, terms } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { language, named, words } from "../shared/words.js";

/** @import { Column, Numbered, Pair, Point } from "./types.js" */
/** @import { GroupRates, Summary } from "../shared/types.js" */

const CLASSES = RANKS.filter((rank) => data.summary.by_class[rank]);

/**
 * @param {Numbered} one
 * @param {Numbered} two
 */
const byName = (one, two) => collators[language.now].compare(one.pair.name, two.pair.name);
/** @param {number | null | undefined} value */
const last = (value) => (value === null || value === undefined ? Infinity : value);
/** @param {Pair} pair */
const severe = (pair) => known(pair.summary).severities.severe || 0;

/**
 * @param {Summary} summary
 * @param {string} rank
 */
const classRate = (summary, rank) => summary.by_class[rank]?.docking_rate.low;

const COLUMNS = [
  { key: "name", say: () => words("column.name"), of: null },
  { key: "rate", say: () => words("column.rate"), of: (/** @type {Pair} */ pair) => last(rateOf(pair)) },
  { key: "open", say: () => words("column.open"), of: open, most: true },
  { key: "waiting", say: () => words("column.waiting"), of: waiting, most: true },
  { key: "severe", say: () => words("column.severe"), of: severe, most: true },
  ...CLASSES.map((rank) => ({
    key: `class-${rank}`, say: () => (rank === "unknown" ? words("column.unknown") : rank), rank,
    of: (/** @type {Pair} */ pair) => last(classRate(known(pair.summary), rank)),
  })),
  { key: "length", say: () => words("column.length"), of: (/** @type {Pair} */ pair) => pair.length_m, most: true },
];

/**
 * @param {string} key
 * @param {string} value
 * @param {string} [extra]
 */
function tile(key, value, extra) {
  return make("div", { "data-total": key }, make("dt", { text: words(`total.${key}`) }), make("dd", { text: value }),
    extra ? make("dd", { class: "extra", text: extra }) : null);
}

export function drawTotals() {
  const { summary, pairs } = data;
  const done = pairs.filter((pair) => pair.summary);
  const failed = pairs.length - done.length;
  const { docking_points: points } = summary;
  element("totals").replaceChildren(
    tile("pairs", String(done.length), failed ? fill(words("failed_count"), { count: failed }) : fill(words("of_all"), { count: pairs.length })),
    tile("rate", sayRate(summary.docking_rate), fill(words("aligned"), { aligned: summary.aligned, all: points })),
    tile("open", String(summary.open_points), fill(words("of_points"), { count: points })),
    tile("waiting", String(summary.waiting_points), fill(words("of_points"), { count: points })),
    tile("severe", String(summary.severities.severe || 0), words("points_word")),
  );
}

export function drawFailed() {
  const shown = state.pairs.filter(({ pair }) => pair.reason);
  const section = element("failed");
  section.hidden = shown.length === 0;
  section.replaceChildren(make("h2", { text: fill(words("failed"), { count: shown.length }) }), make("ul", {}, ...shown.map(({ pair }) => {
    const [what, ...remedy] = known(pair.reason)[language.now].split("\n");
    return make("li", { "data-failed": pair.name }, make("b", { text: pair.name }), make("span", { text: what }),
      make("span", { class: "remedy", text: remedy.join(" ").replace(/^\s*→\s*/, "") }));
  })));
}

/** @param {GroupRates} part */
function rateCell(part) {
  const { docking_rate: rate, aligned, docking_points: all } = part;
  const cell = make("td", { class: "rate", title: fill(words("aligned"), { aligned, all }) });
  if (rate.low === null) {
    cell.textContent = "—";
    return cell;
  }
  const filled = make("i");
  const rest = make("i", { class: "may-be" });
  const bar = make("span", { class: "share", "aria-hidden": "true" }, filled, rest);
  filled.style.width = `${100 * rate.low}%`;
  filled.style.background = bandOf(rate.low).colour;
  rest.style.width = `${100 * ((rate.high ?? rate.low) - rate.low)}%`;
  cell.append(bar, make("span", { text: sayRate(rate) }));
  return cell;
}

/**
 * @param {Summary} summary
 * @param {string} rank
 */
function classCell(summary, rank) {
  const part = summary.by_class[rank];
  const cell = make("td", {
    class: "class", "data-class": rank, text: part ? sayRate(part.docking_rate) : "",
    title: part ? fill(words("aligned"), { aligned: part.aligned, all: part.docking_points }) : null,
  });
  if (part) cell.style.boxShadow = `inset 0 -4px ${bandOf(part.docking_rate.low).colour}`;
  return cell;
}

/** @param {Numbered} numbered */
function boundaryRow({ pair, number }) {
  const summary = known(pair.summary);
  const sides = pair.names.join(" – ");
  const first = make("th", { scope: "row" }, make("a", { href: pair.map, text: pair.name }),
    sides === pair.name ? null : make("span", { class: "sides-named", text: sides }));
  const count = make("button", {
    type: "button", class: "pick", text: String(open(pair)), title: words("show_points"),
    "aria-label": named(pair.name, words("show_points")), on: { click: () => choosePair(String(number)) },
  });
  return make("tr", {
    "data-pair": pair.name,
    on: { mouseenter: () => nearLine(number, true), mouseleave: () => nearLine(number, false) },
  }, first, rateCell(summary),
  make("td", { class: "number" }, count), make("td", { class: "number", text: String(waiting(pair)) }),
  make("td", { class: "number", text: String(severe(pair)) }),
  ...CLASSES.map((rank) => classCell(summary, rank)), make("td", { class: "number", text: (pair.length_m / 1000).toFixed(1) }));
}

/**
 * @param {number} number
 * @param {boolean} near
 */
function nearLine(number, near) {
  const found = drawn.get(number);
  if (!found) return;
  found.line.setStyle({ weight: found.band.weight + (near || state.filter.pair === String(number) ? 3 : 0) });
}

/** @param {Column} column */
function head(column) {
  const sorted = state.sort === column.key;
  const name = column.rank ? fill(words("class_column"), { rank: column.rank === "unknown" ? words("column.unknown") : words(`rank.${column.rank}`) }) : column.say();
  const button = make("button", {
    type: "button", title: name, "aria-label": name, text: column.say() + (sorted ? (state.down ? " ↓" : " ↑") : ""), "data-sort": column.key,
    on: {
      click: () => {
        state.down = sorted ? !state.down : Boolean(column.most);
        state.sort = column.key;
        drawBoundaries();
        find(`[data-sort="${column.key}"]`)?.focus();
      },
    },
  });
  return make("th", { scope: "col", class: column.rank ? "class" : column.key === "name" || column.key === "rate" ? null : "number", "aria-sort": sorted ? (state.down ? "descending" : "ascending") : null }, button);
}

export function drawBoundaries() {
  const { of } = known(COLUMNS.find((one) => one.key === state.sort));
  const way = state.down ? -1 : 1;
  const rows = state.pairs.filter(({ pair }) => pair.summary).sort((one, two) => {
    if (!of) return way * byName(one, two);
    const [a, b] = [of(one.pair), of(two.pair)];
    if (a === b) return byName(one, two);
    // what is not known stands last, whichever way
    return a === Infinity ? 1 : b === Infinity ? -1 : way * (a - b);
  });
  const { summary } = data;
  const done = data.pairs.filter((pair) => pair.summary);
  const all = make("tr", { class: "all" }, make("th", { scope: "row", text: words("all_pairs") }),
    rateCell(summary),
    make("td", { class: "number", text: String(summary.open_points) }), make("td", { class: "number", text: String(summary.waiting_points) }),
    make("td", { class: "number", text: String(summary.severities.severe || 0) }),
    ...CLASSES.map((rank) => classCell(summary, rank)),
    make("td", { class: "number", text: (done.reduce((sum, pair) => sum + pair.length_m, 0) / 1000).toFixed(1) }));
  const over = make("tr", { class: "over" }, make("td", { colspan: "5" }),
    CLASSES.length ? make("th", { scope: "colgroup", colspan: String(CLASSES.length), text: words("classes") }) : null, make("td"));
  element("boundaries-title").textContent = words("boundaries");
  element("boundaries").replaceChildren(rows.length
    ? make("table", {}, make("thead", {}, over, make("tr", {}, ...COLUMNS.map(head))), make("tbody", {}, ...rows.map(boundaryRow)), make("tfoot", {}, all))
    : make("p", { text: words("none_shown") }));
}

/** @param {string | null} name */
const roadWord = (name) => (name === null ? words("no_road") : name || words("unnamed"));

/**
 * Of a point that waits for data no severity is known.
 * @param {Point} point
 */
const judged = (point) => [words(`verdict.${point.verdict}`), standingOf(point, terms) === "waiting" ? "" : words(`severity.${point.severity}`)]
  .filter(Boolean).join(" · ");

/**
 * @param {Point} point
 * @param {number} place
 */
function pointRow(point, place) {
  const pair = data.pairs[point.pair];
  return make("li", { "data-point": point.id }, make("a", { class: "entry", href: linkOf(point) },
    make("span", { class: "place", text: String(place + 1) }), symbol(point.verdict, point.severity === "severe", 18),
    make("span", {}, make("b", { text: point.roads.map(roadWord).join(" — ") }), make("span", { class: "pair-named", text: pair.name })),
    make("span", { class: "km", text: point.priority.toFixed(1), title: fill(words("priority"), { value: point.priority.toFixed(1) }) }),
    make("span", { class: "what" }, make("b", { text: judged(point) }),
      document.createTextNode(saidOf(point)))));
}

/** @param {Point} point */
const place = (point) => STANDINGS.indexOf(standingOf(point, terms));
/**
 * @param {Point} one
 * @param {Point} two
 */
const order = (one, two) => place(one) - place(two) || two.priority - one.priority
  || one.pair - two.pair || one.chainage_m - two.chainage_m;

export function drawPoints() {
  const ranked = [...state.points].sort(order);
  element("points-title").textContent = words("points");
  element("points").replaceChildren(ranked.length
    ? make("ol", { class: "entries" }, ...ranked.slice(0, state.most).map(pointRow)) : make("p", { text: words("none_shown") }));
  const more = element("more");
  more.hidden = ranked.length <= state.most;
  more.textContent = fill(words("more"), { count: Math.min(100, ranked.length - state.most) });
}
