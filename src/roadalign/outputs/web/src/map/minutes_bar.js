// Minutes leave the page here: the bar with its buttons.
import { data } from "./data.js";
import { importFile } from "./import.js";
import { keepMinutes, minutes, notedPoints, said, undoable } from "./minutes.js";
import { undoButton } from "./minutes_form.js";
import { printOut, printPlan } from "./printing.js";
import { minutesFile, protocolText } from "./protocol.js";
import { byId } from "./state.js";
import { element, find, make } from "../shared/dom.js";
import { fill, oneLine } from "../shared/text.js";
import { words } from "../shared/words.js";

/**
 * @param {string} ending
 * @param {string} type
 * @param {string} text
 */
function offer(ending, type, text) {
  const day = new Date().toISOString().slice(0, 10);
  const name = `minutes-${data.boundaryName.replace(/[^\p{L}\p{N}_-]+/gu, "-")}-${day}.${ending}`;
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  return name;
}

function exportMinutes() {
  const file = minutesFile();
  const name = offer("json", "application/json", `${JSON.stringify(file, null, 1)}\n`);
  minutes.unsaved = false;
  said(fill(words("minutes.exported"), { name, count: file.entries.length }));
}

function exportText() {
  // the mark at the start tells older editors that this is UTF-8
  const name = offer("txt", "text/plain;charset=utf-8", `\uFEFF${protocolText()}`);
  said(fill(words("minutes.exported"), { name, count: notedPoints().length }));
}

async function copyText() {
  const done = fill(words("minutes.copied"), { count: notedPoints().length });
  try {
    await navigator.clipboard.writeText(protocolText());
    said(done);
  } catch {
    said(words("minutes.copy_by_hand"));
    const box = make("textarea", { class: "by-hand", rows: 8, readonly: true, "aria-label": words("minutes.as_text") });
    box.value = protocolText();
    element("minutes-said").after(box);
    box.select();
  }
}

function clearMinutes() {
  const count = minutes.own.size;
  if (!count || !confirm(fill(words("minutes.clear_sure"), { count }))) return;
  minutes.said = fill(words("minutes.cleared"), { count });
  const ids = [...minutes.own.keys()];
  undoable(ids, () => keepMinutes(ids.map((id) => /** @type {[string, null]} */ ([id, null]))));
  drawMinutesBar();
  find("#minutes-said .undo")?.focus();
}

function elsewhereList() {
  const unknown = [...minutes.own.values()].filter((entry) => !byId.has(entry.id));
  if (!unknown.length) return null;
  return make("div", { class: "elsewhere" }, make("p", { text: fill(words("minutes.elsewhere"), { count: unknown.length }) }),
    make("ul", {}, ...unknown.map((entry) => make("li", {
      text: [entry.id, `${(entry.chainage_m / 1000).toFixed(2)} km`, entry.roads.map(oneLine).join(" — "),
        entry.decision ? words(`decision_word.${entry.decision}`) : words("minutes.mark_noted")].join(" · "),
    }))));
}

export function drawMinutesBar() {
  const bar = element("minutes");
  const count = notedPoints().length;
  const focused = bar.contains(document.activeElement) ? document.activeElement?.id : "";
  const act = (/** @type {string} */ id, /** @type {string} */ key, /** @type {() => void} */ click, off = false) => make("button", { type: "button", id, text: words(key), disabled: off, on: { click } });
  const input = make("input", {
    type: "file", id: "minutes-file", accept: ".json,application/json", hidden: true, "aria-label": words("minutes.import"),
    on: { change: () => input.files?.length && importFile(input.files[0]) },
  });
  const plan = printPlan();
  const which = words(plan.filtered ? "sheet.which_shown" : "sheet.which_open");
  const problem = minutes.problem ? words(`minutes.${minutes.problem}`) : "";
  bar.replaceChildren(...[
    make("summary", { text: fill(words("minutes.summary"), { count }) }),
    make("p", { class: "minute-acts" },
      act("minutes-export", "minutes.export", exportMinutes, !minutes.own.size), act("minutes-text", "minutes.as_text", exportText, !count),
      act("minutes-copy", "minutes.copy", copyText, !count), act("minutes-import", "minutes.import", () => input.click()),
      act("minutes-clear", "minutes.clear", clearMinutes, !minutes.own.size), input),
    make("p", { class: "minute-acts" }, act("print-all", "sheet.all", () => printOut(null)),
      make("span", { class: "small", id: "print-hint", text: fill(words("sheet.all_hint"), { count: plan.points.length, which }) })),
    elsewhereList(),
  ].filter(Boolean));
  const spoken = element("minutes-said");
  spoken.classList.toggle("failed", Boolean(problem));
  spoken.replaceChildren(...[document.createTextNode([minutes.said, problem].filter(Boolean).join(" ")), undoButton()].filter(Boolean));
  spoken.parentNode.querySelector(".by-hand")?.remove();
  if (focused) document.getElementById(focused)?.focus();
}
