// Minutes on paper.
import { data } from "./data.js";
import { dayInWords } from "./format.js";
import { minutesOf } from "./minutes.js";
import { isNoted } from "./minutes_format.js";
import { make } from "../shared/dom.js";
import { SIDES } from "../shared/sides.js";
import { terms } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */

/**
 * Minutes on paper: what was written down, or boxes and lines to write on by hand.
 * @param {Point} point
 */
export function printedMinutes(point) {
  const entry = minutesOf(point.id);
  const noted = isNoted(entry);
  const box = (/** @type {boolean} */ chosen, /** @type {string} */ label) => make("span", { class: chosen ? "box on" : "box" }, make("i", { "aria-hidden": "true", text: chosen ? "✕" : "" }), document.createTextNode(label));
  const row = (/** @type {string} */ label, /** @type {(Node | string)[]} */ ...content) => make("div", { class: "minute-row" }, make("span", { class: "label", text: label }), make("span", { class: "value" }, ...content));
  const written = (/** @type {string | undefined} */ text) => (noted ? document.createTextNode(text || "—") : make("span", { class: "rule" }));
  return make("section", { class: "minutes printed" }, make("h3", { text: words("minutes.title") }),
    row(words("minutes.decision"), ...terms.decisions.map((key) => box(entry?.decision === key, words(`decision_word.${key}`)))),
    row(words("minutes.stage"), ...terms.stages.map((key) => box(entry?.stage === key, words(`stage_word.${key}`)))),
    ...SIDES.map((side, i) => row(fill(words("minutes.responsible"), { name: data.names[i] }), written(entry?.[`responsible_${side}`]))),
    row(words("minutes.due"), written(entry?.due ? dayInWords(entry.due) : "")),
    row(words("minutes.note"), noted ? make("span", { class: "long", text: entry?.note || "—" }) : make("span", { class: "rules" }, make("span"), make("span"), make("span"))));
}
