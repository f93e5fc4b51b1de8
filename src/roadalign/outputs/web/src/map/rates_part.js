// Rates by class and aspect, and the roads across the boundary: tables of the overview, on screen and on paper.
import { data } from "./data.js";
import { sayNumber, sayWay } from "./format.js";
import { make } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";
import { sayRate } from "../shared/rates.js";
import { ASPECTS, RANKS, STATES } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Interface } from "./types.js" */
/** @import { GroupRates, RateRange } from "../shared/types.js" */

/**
 * @param {string} kind
 * @param {string[]} heads
 * @param {(HTMLElement | null)[]} rows
 */
const table = (kind, heads, rows) => make("table", { class: kind },
  make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col", text })))),
  make("tbody", {}, ...rows));

/**
 * What is known is filled, what may be besides is hatched.
 * @param {RateRange} rate
 */
function rangeBar({ low, high }) {
  const known = make("i");
  known.style.width = `${Math.round(100 * (low ?? 0))}%`;
  const open = make("i", { class: "may-be" });
  open.style.width = `${Math.round(100 * ((high ?? 0) - (low ?? 0)))}%`;
  return make("span", { class: "share", "aria-hidden": "true" }, known, open);
}

/**
 * @param {string} kind
 * @param {string} key
 * @param {string} label
 * @param {GroupRates} part
 */
function groupRow(kind, key, label, part) {
  return make("tr", { [`data-${kind}`]: key }, make("th", { scope: "row", text: label }),
    make("td", { text: `${part.aligned} / ${part.docking_points}` }),
    make("td", {}, rangeBar(part.docking_rate), make("span", { text: sayRate(part.docking_rate) })),
    make("td", { text: percent(part.through_rate) }));
}

/**
 * @param {string} kind
 * @param {string} room
 * @param {Record<string, GroupRates>} groups
 * @param {string[]} order
 */
function groupTable(kind, room, groups, order) {
  const known = order.filter((key) => groups[key]);
  const label = (/** @type {string} */ key) => (key === "unknown" ? words("filter.unknown") : words(`${room}.${key}`));
  return table("rates", [kind === "class" ? words("class") : words("rates.admin_class"), words("rates.aligned"), words("rates.docking"), words("rates.through")],
    known.map((key) => groupRow(kind, key, label(key), groups[key])));
}

function aspectTable() {
  return table("rates", [words("rates.aspect"), words("rates.agrees"), words("rates.compared")], ASPECTS.map((aspect) => {
    const part = data.summary.aspects[aspect];
    if (!part) return null;
    const cells = part.left_out ? [words("outcome.left_out"), "—"]
      : [fill(words("rates.of"), { rate: percent(part.rate), part: part.agrees, all: part.pairs }), percent(part.comparable_share)];
    return make("tr", { "data-aspect": aspect }, make("th", { scope: "row", text: words(`aspect.${aspect}`) }), ...cells.map((text) => make("td", { text })));
  }));
}

export function ratesTables() {
  const { summary } = data;
  const admin = Object.keys(summary.by_admin_class);
  const named = admin.some((key) => key !== "unknown");
  return [
    groupTable("class", "rank", summary.by_class, RANKS),
    named ? groupTable("admin", "admin_class", summary.by_admin_class, [...Object.keys(data.words.en.admin_class), "unknown"]) : null,
    aspectTable(),
  ].filter((one) => one !== null);
}

/**
 * A table that may be wider than its room.
 * @param {string} key
 * @param {HTMLElement} wide
 */
const scrolled = (key, wide) => make("div", { class: "scrolled", tabindex: "0", role: "region", "aria-label": words(key) }, wide);

/** @param {Interface[]} parts */
function interfaceCell(parts) {
  const sum = (/** @type {"docking_points" | "lanes" | "lanes_unknown"} */ key) => parts.reduce((all, part) => all + part[key], 0);
  if (!parts.length) return make("td");
  const [lanes, unknown] = [sum("lanes"), sum("lanes_unknown")];
  const said = lanes || !unknown ? `${fill(words("interfaces.lanes"), { count: lanes })}${unknown ? " +" : ""}` : "—";
  return make("td", {}, make("b", { text: sum("docking_points") }), make("small", { text: said }));
}

export function interfaceTable() {
  const rows = data.summary.interfaces;
  const states = STATES.filter((state) => rows.some((row) => row.state === state));
  const cells = (/** @type {Interface[]} */ own) => [...states.map((state) => interfaceCell(own.filter((row) => row.state === state))), interfaceCell(own)];
  const ranks = RANKS.filter((rank) => rows.some((row) => row.road_class === rank));
  const { today_m: today, planned_m: planned } = data.summary.spacing;
  const told = (/** @type {number | null} */ metres) => (metres === null ? "—" : metres < 1000 ? sayWay(metres) : `${sayNumber(metres / 1000, 1)} km`);
  return [
    scrolled("interfaces.summary", table("interfaces", [words("class"), ...states.map((state) => words(`state.${state}`)), words("rates.all")], [
      ...ranks.map((rank) => make("tr", { "data-class": rank },
        make("th", { scope: "row", text: rank === "unknown" ? words("filter.unknown") : words(`rank.${rank}`) }), ...cells(rows.filter((row) => row.road_class === rank)))),
      make("tr", { class: "all" }, make("th", { scope: "row", text: words("rates.all") }), ...cells(rows)),
    ])),
    make("p", { class: "small", text: words("interfaces.legend") }),
    make("p", { class: "small", text: fill(words("interfaces.spacing"), { today: told(today), planned: told(planned) }) }),
  ];
}
