// Minutes on the card: one form for a point.
import { data } from "./data.js";
import { dayInWords, sayMoment } from "./format.js";
import { blank, enter, minutes, minutesOf, removeMinutes } from "./minutes.js";
import { isDay } from "./minutes_format.js";
import { printedMinutes } from "./minutes_on_paper.js";
import { printOut } from "./printing.js";
import { state } from "./state.js";
import { element, find, make } from "../shared/dom.js";
import { compact } from "../shared/known.js";
import { SIDES } from "../shared/sides.js";
import { terms } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Entry, Point } from "./types.js" */

export const undoButton = () => (minutes.undo ? make("button", { type: "button", class: "undo", text: words("minutes.undo"), on: { click: () => minutes.undo?.() } }) : null);

/** @param {Point} point */
function drawMinutesState(point) {
  const holder = document.getElementById("minutes-state");
  if (!holder) return;
  const [entry, own] = [minutesOf(point.id), minutes.own.get(point.id)];
  const told = entry ? fill(words(entry === own ? "minutes.saved" : "minutes.from_ledger"), { time: sayMoment(entry.updated) }) : words("minutes.empty");
  const texts = [minutes.said, minutes.problem ? words(`minutes.${minutes.problem}`) : told].filter(Boolean);
  holder.classList.toggle("failed", Boolean(minutes.problem));
  holder.replaceChildren(...compact([texts.join(" "), undoButton()]));
  element("minutes-remove").hidden = !own;
}

/**
 * @param {Point} point
 * @param {string} field
 * @param {string | null} value
 */
function note(point, field, value) {
  enter(point, field, value);
  drawMinutesState(point);
}

/**
 * @param {Point} point
 * @param {Entry} entry
 */
function minuteChoice(point, entry) {
  const options = [null, ...terms.decisions].map((value) => {
    const box = make("input", {
      type: "radio", name: "minutes-decision", value: value || "none", on: { change: () => note(point, "decision", value) },
    });
    box.checked = entry.decision === value;
    return make("label", {}, box, make("span", { text: value ? words(`decision_word.${value}`) : words("minutes.none") }));
  });
  return make("fieldset", { class: "decisions" }, make("legend", { text: words("minutes.decision") }), ...options);
}

/**
 * @param {Point} point
 * @param {Entry} entry
 * @param {string} field
 * @param {string} label
 * @param {Record<string, any>} [options]
 */
function minuteField(point, entry, field, label, options = {}) {
  const tag = field === "note" ? "textarea" : "input";
  const box = make(tag, {
    id: `minutes-${field}`, autocomplete: "off", maxlength: data.longest[field], rows: tag === "textarea" ? 3 : null, ...options,
    on: { input: () => { note(point, field, field === "due" ? box.value || null : box.value); name(); } },
  });
  const named = make("span");
  // the browser shows days in a form of its own; the label says them in that of the page
  const name = () => { named.textContent = field === "due" && isDay(box.value) ? `${label}: ${dayInWords(box.value)}` : label; };
  box.value = entry[field] || "";
  name();
  return make("label", { class: `field-${field}` }, named, box);
}

/**
 * @param {Point} point
 * @param {Entry} entry
 */
function stageField(point, entry) {
  const select = make("select", { id: "minutes-stage", on: { change: () => note(point, "stage", select.value || null) } },
    make("option", { value: "", text: "—" }),
    ...terms.stages.map((stage) => make("option", { value: stage, text: words(`stage_word.${stage}`) })));
  select.value = entry.stage || "";
  return make("label", { class: "field-stage" }, make("span", { text: words("minutes.stage") }), select);
}

/**
 * Letters typed here are text, and arrows choose: neither steps to another point.
 * @param {any} event
 */
function ownKeys(event) {
  if (event.target.matches("input, select, textarea") && (event.key !== "Escape" || event.isComposing)) event.stopPropagation();
}

/** @param {Point} point */
export function minutesSection(point) {
  if (state.printing) return printedMinutes(point);
  const entry = minutesOf(point.id) || blank(point);
  const section = make("section", { class: "minutes", "aria-labelledby": "minutes-title", on: { keydown: ownKeys } },
    make("h3", { id: "minutes-title", text: words("minutes.title") }),
    minuteChoice(point, entry),
    make("div", { class: "minute-fields" },
      stageField(point, entry),
      minuteField(point, entry, "due", words("minutes.due"), { type: "date", min: "2000-01-01", max: "2199-12-31" }),
      ...SIDES.map((side, i) => minuteField(point, entry, `responsible_${side}`, fill(words("minutes.responsible"), { name: data.names[i] }))),
      minuteField(point, entry, "note", words("minutes.note"))),
    make("p", { class: "minutes-state", id: "minutes-state", role: "status" }),
    make("p", { class: "minute-acts" },
      make("button", { type: "button", id: "print-this", text: words("sheet.this"), on: { click: () => printOut([point]) } }),
      make("button", { type: "button", id: "minutes-remove", text: words("minutes.remove"), on: { click: () => removeMinutes(point) } })));
  queueMicrotask(() => drawMinutesState(point));
  return section;
}

// A card is long, and what is said has to be written down at once.
export const minutesJump = () => make("button", {
  type: "button", class: "step", id: "minutes-jump", text: words("minutes.title"),
  on: { click: () => find("#card .decisions :checked")?.focus() },
});
