// The card of one docking point: headline, drawings, findings, the two sides compared, cost, what to settle.
import { leave } from "./choice.js";
import { costsPart } from "./costs.js";
import { data } from "./data.js";
import { findingList } from "./findings.js";
import { dayInWords, sayArea, sayDegrees, sayMetres, sayNumber, saySpeed, sayWidth } from "./format.js";
import { go } from "./keys.js";
import { minutesJump, minutesSection } from "./minutes_form.js";
import { standing } from "./order.js";
import { className, nameOf } from "./roads.js";
import { sectionsPart } from "./sections.js";
import { sketchPart } from "./sketch.js";
import { byId, headline, km, state } from "./state.js";
import { supplyLines } from "./supply.js";
import { element, find, make } from "../shared/dom.js";
import { compact, known } from "../shared/known.js";
import { sayLeftOut } from "../shared/rates.js";
import { SIDES } from "../shared/sides.js";
import { ASPECTS, terms } from "../shared/terms.js";
import { anchorOf, fill } from "../shared/text.js";
import { language, named, words } from "../shared/words.js";

/** @import { Point, SideColumn } from "./types.js" */
/** @import { Side } from "../shared/types.js" */

const DETAILS = "source";
/** @type {Record<string, string>} */
const OUTCOME_SIGN = { agrees: "✓", differs: "≠", unknown: "?", left_out: "–" };
/** @type {Map<string, SideColumn>} */
const COLUMNS = new Map(data.sideColumns.map((column) => [column.name, column]));

/**
 * Rows of the comparison by what they are about; those of the source go to the details.
 * @type {Record<string, string[]>}
 */
const GROUPS = { road: [], section: [], time: [], place: [] };
for (const { name, group } of data.sideColumns) (GROUPS[group ?? DETAILS] ??= []).push(name);

/**
 * @param {string} label
 * @param {number | undefined} value
 * @param {(value: number) => string} said
 */
const numberOf = (label, value, said) => make("div", { "data-number": label }, make("dt", { text: words(`number.${label}`) }),
  make("dd", { text: value === undefined ? "—" : said(value) }));

/**
 * @param {Point} point
 * @param {Side} side
 * @param {string} field
 * @param {boolean} missing
 * @returns {string}
 */
function cell(point, side, field, missing) {
  const value = point[`${side}_${field}`];
  if (value === undefined) return missing ? "—" : words("not_stated");
  const column = COLUMNS.get(field);
  if (column?.words) return words(`${column.words}.${value}`);
  if (field === "road_class") return words(`rank.${value}`);
  if (field === "class_text") return className(point, side) ?? "";
  if (field === "to_boundary_m") return sayMetres(value);
  if (column?.unit === "m") return sayWidth(value);
  if (column?.unit === "km/h") return saySpeed(value);
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/**
 * @param {Point} point
 * @param {string} field
 */
function differs(point, field) {
  const [a, b] = SIDES.map((side) => point[`${side}_${field}`]);
  if (a === undefined || b === undefined || !COLUMNS.get(field)?.compared) return false;
  // two spellings of one class are no difference
  if (field === "class_text") return point.a_road_class === undefined || point.a_road_class !== point.b_road_class ? a !== b : false;
  return a !== b;
}

/**
 * @param {Point} point
 * @param {string} field
 * @param {string} label
 * @param {(side: Side, missing: boolean) => string} say
 */
function sideRow(point, field, label, say) {
  const marked = differs(point, field);
  const cells = SIDES.map((side) => {
    const present = Boolean(point[`${side}_fid`]);
    const unknown = present && point[`${side}_${field}`] === undefined;
    return make("td", {
      class: [side, marked ? "differs" : "", unknown ? "unknown" : ""].filter(Boolean).join(" "), text: say(side, !present),
    });
  });
  return make("tr", { "data-field": field }, make("th", { scope: "row", text: label }), ...cells);
}

/**
 * @param {Point} point
 * @param {string[]} fields
 */
function sideRows(point, fields) {
  return fields.filter((field) => SIDES.some((side) => point[`${side}_${field}`] !== undefined))
    .map((field) => sideRow(point, field, COLUMNS.get(field)?.label[language.now] ?? field, (side, missing) => cell(point, side, field, missing)));
}

/**
 * @param {string} kind
 * @param {Node[]} groups
 */
function sideTable(kind, groups) {
  return make("table", { class: kind },
    make("thead", {}, make("tr", {}, make("td"), ...SIDES.map((side) => make("th", { scope: "col", class: side, text: nameOf(side) })))),
    ...groups);
}

/** @param {Point} point */
function comparisonPart(point) {
  const groups = Object.keys(GROUPS).filter((group) => group !== DETAILS).map((group) => [group, sideRows(point, GROUPS[group])])
    .filter(([, rows]) => rows.length)
    .map(([group, rows]) => make("tbody", {},
      make("tr", { class: "group" }, make("th", { scope: "rowgroup", colspan: "3", text: words(`sides.${group}`) })), ...rows));
  const written = sideRow(point, "class_text", words("sides.written"), (side) => point[`${side}_class_text`] ?? words("not_stated"));
  written.removeAttribute("data-field"); // the row above is the one of the class
  for (const one of written.querySelectorAll(".differs")) one.classList.remove("differs");
  const source = [...sideRows(point, GROUPS[DETAILS]), ...(SIDES.some((side) => point[`${side}_class_text`] !== undefined) ? [written] : [])];
  return [sideTable("sides", groups), make("details", {}, make("summary", { text: words("sides.source") }),
    sideTable("sides source", [make("tbody", {}, ...source)]))];
}

/**
 * @param {string} name
 * @param {string} text
 */
function emphasizedName(name, text) {
  const [before, after] = named(name, "\n").split("\n");
  return [make("b", { text: before }), document.createTextNode(after + text)];
}

function leftOutPart() {
  const said = sayLeftOut(data.summary.aspects);
  return said ? make("p", { class: "left-out", text: said }) : null;
}

/**
 * What each side has to supply: that is what a point waits for, and what a differing one lacks besides.
 * @param {Point} point
 */
function missingPart(point) {
  const lines = supplyLines(point);
  if (!lines.length && standing(point) !== "waiting") return [];
  return [make("h3", { text: words("missing.heading") }), make("ul", { class: "plain missing" },
    ...(lines.length ? lines : [words("missing.none")]).map((text) => make("li", { text })))];
}

/**
 * What came of each aspect; a sign tells the outcomes apart without colour.
 * @param {Point} point
 */
function aspectsPart(point) {
  if (ASPECTS.every((aspect) => point[aspect] === undefined)) return make("p", { class: "small", text: words("aspects.alone") });
  return make("dl", { class: "aspects", "aria-label": words("aspects.heading") }, ...ASPECTS.filter((aspect) => point[aspect] !== undefined)
    .map((aspect) => make("div", { class: point[aspect], "data-aspect": aspect }, make("dt", { text: words(`aspect.${aspect}`) }),
      make("dd", { text: `${OUTCOME_SIGN[point[aspect]] ?? ""} ${words(`outcome.${point[aspect]}`)}`.trim() }))));
}

/**
 * What each side would have to settle, and how a proposed curve shares the work.
 * @param {Point} point
 */
function changesPart(point) {
  const { asks, proposal } = data.cards[point.id];
  const asked = asks?.[language.now] || {};
  /** @type {HTMLElement[]} */
  const said = SIDES.filter((side) => asked[side])
    .map((side) => make("p", {}, ...emphasizedName(nameOf(side), asked[side] ?? "")));
  if (proposal) {
    const key = proposal.radius_m === undefined ? "straight" : "curve";
    said.push(make("p", { text: fill(words(`settle.${key}`), {
      length: sayMetres(proposal.length_m, 0), radius: sayMetres(proposal.radius_m ?? 0, 0), speed: saySpeed(proposal.speed_kmh ?? 0),
    }) }), make("ul", {}, ...SIDES.filter((side) => proposal[`${side}_cut_m`] !== undefined).map((side) => make("li", {
      text: fill(words("settle.share"), {
        name: nameOf(side), cut: sayMetres(proposal[`${side}_cut_m`] ?? 0, 0), shift: sayMetres(proposal[`${side}_shift_m`] ?? 0),
      }),
    }))));
  }
  return said.length ? [make("h3", { text: words("settle.heading") }), make("div", { class: "asks" }, ...said)] : [];
}

/** @param {Point} point */
function crossingsPart(point) {
  const rows = data.cards[point.id].crossed || [];
  if (!rows.length) return point.constraints === undefined ? [] : [make("h3", { text: words("crossing.heading") }), make("p", { text: words("crossing.none") })];
  return [make("h3", { text: words("crossing.heading") }), make("ul", { class: "plain" }, ...rows.map((row) => make("li", { "data-kind": row.kind },
    document.createTextNode(fill(words("crossing.row"), {
      kind: data.kinds[row.kind].name[language.now], length: sayMetres(row.length_m, 0), area: sayArea(row.area_m2), width: sayWidth(row.width_m),
    })), make("small", { text: data.kinds[row.kind].text[language.now] }))))];
}

/** @param {Point} point */
function alternativesPart(point) {
  if (!point.alternatives) return [];
  return [make("h3", { text: words("other.heading") }), make("ul", { class: "plain" }, ...point.alternatives.map((/** @type {{ side: Side, fid: string, offset_m: number, gap_m: number, deflection_deg: number }} */ one) => make("li", { text: fill(words("other.row"), {
    name: nameOf(one.side), fid: one.fid, gap: sayMetres(one.gap_m), offset: sayMetres(one.offset_m), deflection: sayDegrees(one.deflection_deg),
  }) })))];
}

/**
 * Six named parts that add up to the priority: each a bar, the longest the largest there can be.
 * @param {Point} point
 */
function urgencyPart(point) {
  if (!point.priority) return [];
  const parts = terms.priorityParts.map((part) => [part, point[`priority_${part}`] ?? 0]);
  const most = Math.max(...parts.map(([, value]) => value), 1);
  return [make("h3", { text: fill(words("urgency.heading"), { value: sayNumber(point.priority ?? 0, 1) }) }),
    make("dl", { class: "bars parts" }, ...parts.map(([part, value]) => {
      const bar = make("i");
      bar.style.width = `${Math.round(100 * value / most)}%`;
      return make("div", { class: "bar-row", "data-part": part }, make("dt", { text: words(`part.${part}`) }),
        make("dd", {}, make("span", { class: "length-bar", "aria-hidden": "true" }, bar), make("span", { text: sayNumber(value, 1) })));
    }))];
}

/** @param {Point} point */
function historyPart(point) {
  const rows = [
    ["first_seen", point.first_seen && dayInWords(point.first_seen)], ["change", point.change && words(`change.${point.change}`)], ["decision", point.decision && words(`decision_word.${point.decision}`)],
  ].filter(([, value]) => value);
  // of a first run there is nothing to tell
  if (!point.first_seen && !point.decision && (point.change ?? "new") === "new") return [];
  return [make("h3", { text: words("history.heading") }), make("dl", { class: "past" }, ...rows.map(([key, value]) => make("div", {},
    make("dt", { text: words(`history.${key}`) }), make("dd", { text: value }))))];
}

function aboutDataPart() {
  const faults = data.whole.filter((finding) => finding.rule.startsWith("I")).map((finding) => finding[language.now]);
  const said = [...faults, ...data.caveats[language.now]];
  return [make("details", { class: "about", open: faults.length > 0 }, make("summary", { text: words("data.heading") }),
    make("ul", { class: "plain" }, ...said.map((text) => make("li", { text })))),
  data.attribution ? make("p", { class: "small attribution", text: fill(words("data.network"), { name: data.attribution }) }) : null];
}

/**
 * @param {string} sign
 * @param {string} key
 * @param {number} step
 */
function stepper(sign, key, step) {
  return make("button", {
    type: "button", class: "step", text: sign, title: words(key), "aria-label": words(key), "data-step": String(step),
    on: { click: () => { go(step); find(`[data-step="${step}"]`)?.focus(); } },
  });
}

/** @param {Point} point */
function position(point) {
  const at = state.shown.indexOf(point);
  return at < 0 ? "" : fill(words("place"), { at: at + 1, all: state.shown.length });
}

/**
 * @param {HTMLElement} card
 * @param {Point} point
 */
export function drawCard(card, point) {
  const spoken = point.findings.filter((finding) => finding.severity !== "unknown");
  const unknown = point.findings.filter((finding) => finding.severity === "unknown");
  card.replaceChildren(...compact([
    make("div", { class: "steps" }, make("button", { type: "button", class: "back", text: words("back"), on: { click: leave } }),
      stepper("↑", "previous", -1), make("span", { text: position(point) }), stepper("↓", "next", 1), minutesJump()),
    make("h2", { text: headline(point) }),
    make("ul", { class: "tags" },
      make("li", { class: `verdict ${point.verdict}`, text: words(`verdict.${point.verdict}`) }),
      standing(point) === "waiting" ? null : make("li", { text: words(`severity.${point.severity}`) }),
      make("li", { class: "state", text: fill(words("state_tag"), { state: words(`state.${point.state}`) }) }), make("li", {}, make("a", { href: anchorOf(point.id), text: point.id, title: words("link_here") })), make("li", { text: km(point) }),
      make("li", { text: fill(words("confidence"), { value: Math.round(100 * (point.confidence || 0)) }) })),
    leftOutPart(), ...missingPart(point),
    sketchPart(point),
    make("dl", { class: "numbers" }, numberOf("gap", point.gap_m, sayMetres), numberOf("offset", point.offset_m, sayMetres),
      numberOf("deflection", point.deflection_deg, sayDegrees), numberOf("link", point.link_m, sayMetres)),
    aspectsPart(point),
    spoken.length ? findingList(spoken) : null,
    sectionsPart(point),
    make("h3", { text: words("compare") }), ...comparisonPart(point),
    unknown.length ? make("h3", { text: words("unknown_here") }) : null,
    unknown.length ? findingList(unknown) : null,
    costsPart(point), ...crossingsPart(point), ...changesPart(point), ...alternativesPart(point), ...urgencyPart(point), ...historyPart(point), ...aboutDataPart(),
    minutesSection(point),
  ]));
}

export function drawPanel() {
  const panel = element("panel");
  const card = element("card");
  panel.setAttribute("aria-label", words("panel"));
  element("all").hidden = state.open;
  if (state.open) drawCard(card, known(byId.get(state.chosen ?? "")));
  else card.replaceChildren();
  panel.scrollTop = 0;
}
