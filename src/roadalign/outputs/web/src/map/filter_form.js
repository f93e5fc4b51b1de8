// The form of the filters, and how many points each of its values would show.
import { data } from "./data.js";
import { apply, CHOICES, only, tally } from "./filter.js";
import { SORTS } from "./order.js";
import { state } from "./state.js";
import { element, findAll, make } from "../shared/dom.js";
import { countStandings } from "../shared/standing.js";
import { symbol } from "../shared/symbols.js";
import { terms, VERDICTS } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Choice } from "./types.js" */

export function drawCounts() {
  const verdicts = tally("verdict", (point) => [point.verdict]);
  verdicts.set("all", VERDICTS.reduce((sum, verdict) => sum + (verdicts.get(verdict) || 0), 0));
  for (const holder of findAll("[data-count]")) holder.textContent = String(verdicts.get(holder.dataset.count) || 0);
  const everything = state.filter.verdicts.size === VERDICTS.length;
  element("verdict-all").setAttribute("aria-pressed", String(everything));
  for (const verdict of VERDICTS) {
    const allowed = state.filter.verdicts.has(verdict);
    element(`show-${verdict}`).checked = allowed;
    element(`verdict-${verdict}`).setAttribute("aria-pressed", String(allowed && !everything));
  }
  for (const [key, choice] of Object.entries(CHOICES)) {
    const select = element(`filter-${key}`);
    const counts = tally(key);
    for (const option of select.options) {
      if (option.value) option.textContent = `${choice.say(option.value)} (${counts.get(option.value) || 0})`;
    }
    select.value = state.filter[key];
  }
  const all = data.points.length;
  const { open, waiting } = countStandings(state.shown, terms);
  element("shown").textContent = fill(words("shown"), { shown: state.shown.length, all, open, waiting });
  element("reset").hidden = state.shown.length === all;
}

/** @param {string} verdict */
function chip(verdict) {
  return make("button", {
    type: "button", class: "chip", id: `verdict-${verdict}`, "aria-pressed": "false", title: words("only_this"),
    on: { click: () => only(verdict) },
  }, verdict === "all" ? null : symbol(verdict, false, 18), make("span", { text: verdict === "all" ? words("all_verdicts") : words(`verdict.${verdict}`) }), make("b", { "data-count": verdict }));
}

/**
 * @param {string} key
 * @param {Choice} choice
 */
function chooser(key, choice) {
  const present = new Set(data.points.flatMap((point) => choice.of(point)));
  const select = make("select", { id: `filter-${key}`, on: { change: () => { state.filter[key] = select.value; apply(); } } },
    make("option", { value: "", text: words("any") }),
    ...choice.all.filter((value) => present.has(value)).map((value) => make("option", { value })));
  return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
}

export function drawFilters() {
  const form = element("filters");
  const opened = Boolean(form.querySelector("details")?.open);
  const search = make("input", {
    type: "search", id: "search", placeholder: words("search_hint"), autocomplete: "off", spellcheck: "false",
    on: { input: () => { state.filter.text = search.value; apply(); } },
  });
  search.value = state.filter.text;
  const sort = make("select", { id: "sort", on: { change: () => { state.sort = sort.value; apply(); } } },
    ...Object.keys(SORTS).map((key) => make("option", { value: key, text: words(`sort.${key}`) })));
  sort.value = state.sort;
  form.setAttribute("aria-label", words("search"));
  form.replaceChildren(
    make("label", {}, make("span", { text: words("search") }), search),
    make("label", {}, make("span", { text: words("sort_by") }), sort),
    make("div", { class: "chips", role: "group", "aria-label": words("filter.verdict") }, ...["all", ...VERDICTS].map(chip)),
    make("details", { open: opened }, make("summary", { text: words("more") }),
      ...Object.entries(CHOICES).map(([key, choice]) => chooser(key, choice))),
  );
  element("reset").textContent = words("reset");
}
