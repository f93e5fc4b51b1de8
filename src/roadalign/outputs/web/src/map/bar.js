// The bar at the top.
import { data } from "./data.js";
import { element, emphasized, find, make } from "../shared/dom.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { percent } from "../shared/numbers.js";
import { sayLeftOut, sayRate } from "../shared/rates.js";
import { fill } from "../shared/text.js";
import { languageButtons, words } from "../shared/words.js";

/** @import { Lang } from "../shared/types.js" */

/** @param {(lang: Lang) => void} setLanguage */
export function drawBar(setLanguage) {
  const { summary } = data;
  const leftOut = element("left-out");
  leftOut.textContent = sayLeftOut(summary.aspects);
  leftOut.hidden = !leftOut.textContent;
  element("title").textContent = fill(words("title"), { a: data.names[0], b: data.names[1] });
  element("subtitle").textContent = fill(words("subtitle"), {
    boundary: data.boundaryName, time: data.time.slice(0, 10), version: data.run ? `${data.version} · ${data.run}` : data.version,
  });
  element("rate").replaceChildren(...emphasized(words("rate"), sayRate(summary.docking_rate)), document.createTextNode(" · "),
    ...emphasized(words("through"), percent(summary.through_rate)));
  element("rate").title = words("rate_means");
  element("languages").replaceChildren(...languageButtons(setLanguage));
  element("languages").setAttribute("aria-label", words("language"));
  document.title = element("title").textContent;
  sayNorth();
}

export function addNorth() {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => make("div", { class: "north" });
  control.addTo(leafletMap);
  sayNorth();
}

function sayNorth() {
  const arrow = find(".north");
  if (arrow) arrow.textContent = `▲ ${words("sketch.north")}`;
}
