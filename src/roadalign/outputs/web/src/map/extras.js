// What the existing network shows where no plan arrives: no docking point, but a place and a finding.
import { leave } from "./choice.js";
import { data } from "./data.js";
import { layers } from "./lines.js";
import { km, state } from "./state.js";
import { find, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { still } from "../shared/motion.js";
import { crossing } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { language, named, words } from "../shared/words.js";

/** @import { Finding } from "./types.js" */

export const extras = data.whole.filter((finding) => finding.at);
layers.extras = L.layerGroup();
const extraMarkers = new Map();

export function drawExtras() {
  for (const finding of extras) {
    const holder = make("div", {}, crossing(18));
    const marker = L.marker(known(finding.at), { icon: L.divIcon({ className: "marker extra", iconSize: [24, 24], html: holder }), keyboard: true, zIndexOffset: -500 });
    marker.bindTooltip(() => make("span", { text: finding[language.now] }), { direction: "top" });
    marker.on("click", () => showExtra(finding));
    marker.on("keypress", (event) => event.originalEvent.key === "Enter" && showExtra(finding));
    marker.on("add", () => marker.getElement()?.setAttribute("aria-label", named(words("extras"), finding[language.now])));
    extraMarkers.set(finding, marker);
    marker.addTo(layers.extras);
  }
}

export function renameExtras() {
  for (const [finding, marker] of extraMarkers) marker.getElement()?.setAttribute("aria-label", named(words("extras"), finding[language.now]));
}

/** @param {Finding} finding */
function showExtra(finding) {
  if (state.open) leave();
  const entry = known(find(`[data-extra="${extras.indexOf(finding)}"]`));
  known(entry.closest("details")).open = true;
  entry.focus();
  entry.scrollIntoView({ block: "center" });
  for (const [other, marker] of extraMarkers) marker.getElement()?.classList.toggle("chosen", other === finding);
}

/**
 * @param {Finding} finding
 * @param {number} i
 */
function extraEntry(finding, i) {
  return make("li", {}, make("button", {
    type: "button", class: "found", "data-extra": i,
    on: { click: () => { leafletMap.setView(known(finding.at), Math.max(leafletMap.getZoom(), 15), { animate: !still }); showExtra(finding); } },
  }, crossing(18), make("span", { text: `${finding.rule} ${words(`severity.${finding.severity}`)}` }), make("span", { class: "km", text: km(finding) }),
  make("span", { class: "what", text: finding[language.now] })));
}

export function extraList() {
  if (!extras.length) return null;
  return make("details", { open: true, class: "extras" }, make("summary", {}, make("h3", { text: fill(words("extras_title"), { count: extras.length }) })),
    make("ul", { class: "entries" }, ...extras.map(extraEntry)));
}
