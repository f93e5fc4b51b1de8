// Print: an overview page and one page for each point, made when the browser is about to print.
import { data } from "./data.js";
import { brief } from "./findings.js";
import { sayDate } from "./format.js";
import { minutesOf, notedPoints } from "./minutes.js";
import { drawCard } from "./panel.js";
import { pictureKey, pictureOf } from "./picture.js";
import { printing, printPlan } from "./printing.js";
import { interfaceTable, ratesTables } from "./rates_part.js";
import { roadName } from "./roads.js";
import { km, state } from "./state.js";
import { requests, sayRequest, unanswerable } from "./supply.js";
import { element, find, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { percent } from "../shared/numbers.js";
import { sayLeftOut, sayRate } from "../shared/rates.js";
import { SIDES } from "../shared/sides.js";
import { countStandings } from "../shared/standing.js";
import { terms, VERDICTS } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Plan, Point } from "./types.js" */

const FITS = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58];
const FITS_OVERVIEW = FITS.slice(0, 5);

/**
 * @param {string} kind
 * @param {string} label
 * @param {...(Node | string | null)} content
 */
function sheet(kind, label, ...content) {
  const parts = [label, fill(words("sheet.run"), { date: sayDate(new Date(data.time)) }), data.attribution, data.note];
  return make("article", { class: `leaf ${kind}` }, make("div", { class: "leaf-body" }, ...content.filter(Boolean)),
    make("footer", {}, make("span", { text: parts.filter(Boolean).join(" · ") }), make("b", { class: "leaf-page" })));
}

function overviewFigures() {
  const { summary } = data;
  const figure = (/** @type {string} */ label, /** @type {string} */ value, /** @type {string} */ note = "") => make("div", {}, make("dt", { text: label }), make("dd", {}, make("b", { text: value }), note ? make("span", { text: note }) : ""));
  const count = (/** @type {string} */ verdict) => data.points.filter((point) => point.verdict === verdict).length;
  const { open, decided, waiting } = countStandings(data.points, terms);
  return make("dl", { class: "figures" },
    figure(words("sheet.rate"), sayRate(summary.docking_rate), fill(words("sheet.aligned"), { aligned: summary.aligned, all: summary.docking_points })),
    figure(words("sheet.through"), percent(summary.through_rate)),
    figure(words("sheet.open"), String(open)), decided ? figure(words("sheet.decided"), String(decided)) : "", figure(words("sheet.waiting"), String(waiting)),
    ...VERDICTS.map((verdict) => figure(words(`verdict.${verdict}`), String(count(verdict)))),
    figure(words("sheet.noted"), String(notedPoints().length)));
}

function tableHead() {
  const heads = ["number", "id", "km", "a", "b", "verdict", "worst", "decision", "page"];
  /** @type {Record<string, string>} */
  const said = { id: words("sheet.id"), a: data.names[0], b: data.names[1], verdict: words("sheet.verdict"), decision: words("minutes.decision"), page: words("sheet.to_page") };
  return make("thead", {}, make("tr", {}, ...heads.map((key) => make("th", { scope: "col", text: said[key] ?? words(`sheet.${key}`) }))));
}

/** @param {Plan} plan */
function overviewTable({ points, filtered }) {
  if (!points.length) return make("p", { text: words(filtered ? "none_shown" : "sheet.none") });
  return make("table", { class: "listed" }, tableHead(),
    make("tbody", {}, ...points.map((point, i) => {
      const decision = minutesOf(point.id)?.decision;
      return make("tr", {}, make("td", { text: String(i + 1) }), make("td", { class: "id", text: point.id }), make("td", { text: (point.chainage_m / 1000).toFixed(2) }),
        ...SIDES.map((side) => make("td", { text: roadName(point, side) })), make("td", { text: words(`verdict.${point.verdict}`) }),
        make("td", { text: brief(point) }), make("td", { text: decision ? words(`decision_word.${decision}`) : "" }),
        make("td", { class: "to-page", "data-to": point.id }));
    })));
}

/** @param {Plan} plan */
function overviewSheet(plan) {
  const { points, filtered } = plan;
  const leftOut = sayLeftOut(data.summary.aspects);
  return sheet("overview-leaf", words("sheet.overview"),
    make("h1", { text: fill(words("title"), { a: data.names[0], b: data.names[1] }) }),
    make("p", { class: "sub", text: `${fill(words("subtitle"), { boundary: data.boundaryName, time: sayDate(new Date(data.time)), version: data.run ? `${data.version} · ${data.run}` : data.version })} · ${fill(words("sheet.printed"), { date: sayDate(new Date()) })}` }),
    leftOut ? make("p", { class: "left-out", text: leftOut }) : null,
    data.note ? make("p", { class: "map-note", text: data.note }) : null,
    overviewFigures(), pictureOf(points), pictureKey(),
    make("h2", { text: fill(words(filtered ? "sheet.listed_shown" : "sheet.listed_open"), { count: points.length }) }), overviewTable(plan));
}

// What is counted of all docking points, and what would have to be asked for.
function figuresSheet() {
  const { waiting_points: waiting, aligned, docking_points: all, interfaces } = data.summary;
  const asked = requests.map((one) => make("li", { text: sayRequest(one) }));
  if (unanswerable) asked.push(make("li", { text: fill(words("requests.none"), { count: unanswerable }) }));
  return sheet("figures-leaf", words("sheet.figures"), make("h1", { text: words("sheet.figures") }),
    make("h2", { text: fill(words("rates.summary"), { aligned, all }) }), ...ratesTables(), make("p", { class: "small", text: words("rate_means") }),
    ...(interfaces.length ? [make("h2", { text: words("interfaces.summary") }), ...interfaceTable()] : []),
    ...(waiting ? [make("h2", { text: fill(words("requests.summary"), { count: waiting }) }), make("ul", { class: "requests" }, ...asked)] : []));
}

/** @param {Point} point */
function pointSheet(point) {
  const card = make("div", { class: "sheet-card" });
  drawCard(card, point);
  for (const part of card.querySelectorAll("details")) part.open = true;
  const made = sheet("point-leaf", `${point.id} · ${km(point)}`, card);
  made.dataset.point = point.id;
  return made;
}

/**
 * Whether a sheet is one page, made smaller if it must be; the pages of one table are all of one size.
 * @param {HTMLElement} one
 */
function fits(one) {
  const body = /** @type {HTMLElement} */ (one.querySelector(".leaf-body"));
  const zooms = one.matches(".spread") ? FITS_OVERVIEW.slice(-1) : one.matches(".overview-leaf") ? FITS_OVERVIEW : FITS;
  return zooms.some((zoom) => {
    body.style.zoom = String(zoom);
    return body.scrollHeight <= body.clientHeight + 1;
  });
}

/**
 * Rows that the page has no room for go on to further pages.
 * @param {HTMLElement} first
 */
function spread(first) {
  const made = [first];
  while (!fits(made[made.length - 1])) {
    const from = made[made.length - 1];
    const rows = [...from.querySelectorAll("tbody tr")];
    const end = known(from.querySelector(".leaf-body")).getBoundingClientRect().bottom;
    const room = rows.findIndex((row) => row.getBoundingClientRect().bottom > end);
    const kept = Math.max(room, made.length > 1 ? 1 : 0);
    if (room < 0 || kept >= rows.length) break;
    const next = sheet("overview-leaf spread", words("sheet.overview"), make("table", { class: "listed" }, tableHead(), make("tbody", {}, ...rows.slice(kept))));
    from.after(next);
    made.push(next);
    from.classList.add("spread");
    if (!kept) from.querySelector("table")?.remove();
  }
  return made;
}

/**
 * What is longer than a page even so runs on, and nothing is cut off.
 * @param {HTMLElement} one
 */
function lengthOf(one) {
  if (fits(one)) return 1;
  one.classList.add("long");
  return Math.ceil(one.getBoundingClientRect().height / element("sheet-height").getBoundingClientRect().height);
}

/** @param {HTMLElement[]} made */
function numberSheets(made) {
  const lengths = made.map(lengthOf);
  const pages = lengths.reduce((all, one) => all + one, 0);
  let page = 1;
  made.forEach((one, i) => {
    const last = page + lengths[i] - 1;
    known(one.querySelector(".leaf-page")).textContent = fill(words("sheet.page"), { page: lengths[i] > 1 ? `${page}–${last}` : page, pages });
    const cell = find(`#sheets [data-to="${CSS.escape(one.dataset.point ?? "")}"]`);
    if (cell) cell.textContent = String(page);
    page = last + 1;
  });
}

function makeSheets() {
  const holder = element("sheets");
  const plan = printing.asked || printPlan();
  state.printing = true;
  try {
    const figures = data.points.length && !plan.filtered ? [figuresSheet()] : [];
    const made = [...(plan.alone ? [] : [overviewSheet(plan), ...figures]), ...plan.points.map(pointSheet)];
    holder.replaceChildren(make("div", { id: "sheet-height" }), ...made);
    holder.className = "measured";
    numberSheets(plan.alone ? made : [...spread(made[0]), ...made.slice(1)]);
    element("sheet-height").remove();
    holder.className = "";
  } finally {
    state.printing = false;
  }
}

// Sheets are there only while the browser prints.
export function watchPrinting() {
  addEventListener("beforeprint", makeSheets);
  addEventListener("afterprint", () => {
    printing.asked = null;
    element("sheets").replaceChildren();
  });
}
