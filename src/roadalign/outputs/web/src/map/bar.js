// The bar at the top.
import { data } from "./data.js";
import { element, make } from "../shared/dom.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { fill } from "../shared/text.js";
import { languageButtons, words } from "../shared/words.js";

/** @import { Lang } from "../shared/types.js" */

/** @param {(lang: Lang) => void} setLanguage */
export function drawBar(setLanguage) {
  const rate = data.summary.docking_rate;
  element("title").textContent = fill(words("title"), { a: data.names[0], b: data.names[1] });
  element("subtitle").textContent = fill(words("subtitle"), {
    boundary: data.boundaryName, time: data.time.slice(0, 10), version: data.run ? `${data.version} · ${data.run}` : data.version,
  });
  element("rate").replaceChildren(
    document.createTextNode(words("rate")), make("b", { text: rate === null ? "—" : `${Math.round(100 * rate)} %` }),
  );
  element("languages").replaceChildren(...languageButtons(setLanguage));
  element("languages").setAttribute("aria-label", words("language"));
  document.title = element("title").textContent;
}

export function addNorth() {
  const control = new L.Control({ position: "topright" });
  control.onAdd = () => make("div", { class: "north", text: "▲ N" });
  control.addTo(leafletMap);
}
