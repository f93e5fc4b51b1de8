// The form of the filters.
import { data } from "./data.js";
import { ANY_OPEN, apply, choosePair } from "./filter.js";
import { state } from "./state.js";
import { element, make } from "../shared/dom.js";
import { SEVERITIES, VERDICTS } from "../shared/terms.js";
import { words } from "../shared/words.js";

/** @import { Filter } from "./types.js" */

/**
 * @param {keyof Filter} key
 * @param {[string, string][]} options
 */
function chooser(key, options) {
  const select = make("select", {
    id: `filter-${key}`,
    on: { change: () => { if (key === "pair") choosePair(select.value); else { state.filter[key] = select.value; state.most = 50; apply(); } } },
  }, make("option", { value: "", text: words("any") }), ...options.map(([value, text]) => make("option", { value, text })));
  return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
}

export function drawFilters() {
  const search = make("input", {
    type: "search", id: "filter-text", placeholder: words("search_hint"), autocomplete: "off", spellcheck: "false",
    on: { input: () => { state.filter.text = search.value; state.most = 50; apply(); } },
  });
  const form = element("filters");
  form.setAttribute("aria-label", words("filter.text"));
  form.replaceChildren(
    make("label", {}, make("span", { text: words("filter.text") }), search),
    chooser("pair", data.pairs.map((pair, number) => /** @type {[string, string]} */ ([String(number), pair.name]))),
    chooser("verdict", [[ANY_OPEN, words("any_open")], ...VERDICTS.map((verdict) => /** @type {[string, string]} */ ([verdict, words(`verdict.${verdict}`)]))]),
    chooser("severity", SEVERITIES.map((severity) => /** @type {[string, string]} */ ([severity, words(`severity.${severity}`)]))),
  );
  element("reset").textContent = words("reset");
}
