// Put everything together, once all parts are there.
import { drawLegend } from "./bands.js";
import { data } from "./data.js";
import { filtered, pairChosen } from "./events.js";
import { apply } from "./filter.js";
import { drawFilters } from "./filter_form.js";
import { drawDots, drawLines, drawMap, fitMap, overview } from "./overview.js";
import { anything, state } from "./state.js";
import { drawBoundaries, drawFailed, drawPoints, drawTotals } from "./tables.js";
import { element, emphasized, findAll } from "../shared/dom.js";
import { percent } from "../shared/numbers.js";
import { sayLeftOut, sayRate } from "../shared/rates.js";
import { fill } from "../shared/text.js";
import { language, languageButtons, words } from "../shared/words.js";

/** @import { Lang } from "../shared/types.js" */

/** @param {Lang} lang */
function setLanguage(lang) {
  language.now = lang;
  document.documentElement.lang = lang;
  element("title").textContent = fill(words("title"), { count: data.pairs.length });
  element("subtitle").textContent = fill(words("subtitle"), { time: data.time.slice(0, 10), version: data.version });
  const { docking_rate: rate, through_rate: through, aspects } = data.summary;
  element("rate").replaceChildren(...emphasized(words("rate"), sayRate(rate)), document.createTextNode(" · "),
    ...emphasized(words("through"), percent(through)));
  element("left-out").textContent = sayLeftOut(aspects);
  element("left-out").hidden = !sayLeftOut(aspects);
  element("languages").replaceChildren(...languageButtons(setLanguage));
  element("languages").setAttribute("aria-label", words("language"));
  element("foot").textContent = [words("rate_means"), ...data.attributions].join(" · ");
  document.title = element("title").textContent;
  drawLegend();
  drawTotals();
  drawFilters();
  apply();
}

filtered.hear(() => {
  drawFailed();
  drawBoundaries();
  drawPoints();
  drawMap();
});
pairChosen.hear(fitMap);
drawLines();
setLanguage(language.now);
overview.on("zoomend", drawDots);
fitMap();
L.control.scale({ imperial: false, position: "bottomright" }).addTo(overview);
element("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
element("reset").addEventListener("click", () => {
  state.filter = anything();
  apply();
  fitMap();
  element("filter-text").focus();
});
element("more").addEventListener("click", () => {
  const before = state.most;
  state.most += 100;
  drawPoints();
  findAll("#points a")[before]?.focus();
});
