// The legend, which switches layers and verdicts.
import { data } from "./data.js";
import { extras } from "./extras.js";
import { allow } from "./filter.js";
import { areaKinds, ground } from "./ground.js";
import { layers } from "./lines.js";
import { state } from "./state.js";
import { tileNote } from "./tiles.js";
import { element, make } from "../shared/dom.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { SIDES } from "../shared/sides.js";
import { areaKey, crossing, lineKey, picture, PROPOSAL_COLOUR, roadsKey, SIDE_COLOUR, svgElement, symbol } from "../shared/symbols.js";
import { VERDICTS } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/**
 * @param {string} key
 * @param {boolean} visible
 */
export function show(key, visible) {
  if (visible) layers[key].addTo(leafletMap);
  else leafletMap.removeLayer(layers[key]);
  if (visible) state.hidden.delete(key);
  else state.hidden.add(key);
  if (key === "boundary") show("links", visible);
}

/**
 * @param {string} key
 * @param {Element} image
 * @param {string} label
 */
function switchRow(key, image, label) {
  const box = make("input", { type: "checkbox", id: `show-${key}`, on: { change: () => show(key, box.checked) } });
  box.checked = !state.hidden.has(key);
  return make("label", {}, box, image, make("span", { text: label }));
}

/** @param {string} verdict */
function verdictRow(verdict) {
  const box = make("input", { type: "checkbox", id: `show-${verdict}`, on: { change: () => allow(verdict, box.checked) } });
  return make("label", {}, box, symbol(verdict, false, 18), make("span", { text: words(`verdict.${verdict}`) }),
    make("span", { class: "count", "data-count": verdict }));
}

const landKey = () => picture(26, 12, {}, ...SIDES.map((side, i) =>
  svgElement("rect", { x: 13 * i, width: 13, height: 12, fill: SIDE_COLOUR[side], "fill-opacity": 0.2 })));

function groundRows() {
  return [
    ground.land.a.length ? switchRow("land", landKey(), words(ground.landGiven ? "land" : "which_side")) : null,
    ground.network[1] || ground.network[2] || ground.network[3] ? switchRow("network", roadsKey(), words("network_roads")) : null,
    ...areaKinds.map((kind) => switchRow(`area-${kind}`, areaKey(kind), ground.kinds[kind][language.now])),
    switchRow("names", picture(26, 14, {}, svgElement("text", { x: 3, y: 12, "font-size": 13, text: "Aa" })), words("names")),
  ];
}

export function drawLegend() {
  const legend = element("legend");
  const folded = legend.querySelector("details");
  const opened = folded ? folded.open : innerHeight >= 640;
  legend.replaceChildren(...[
    make("h2", { id: "legend-title", text: words("legend") }), ...VERDICTS.map(verdictRow),
    make("p", { class: "small", text: words("symbols") }),
    extras.length ? switchRow("extras", crossing(18), `${words("extras")} (${extras.length})`) : null,
    make("details", { open: opened }, ...[
      make("summary", { text: words("layers") }),
      switchRow("boundary", lineKey("#222", "7 2 1 2", 2.4), words("boundary")),
      switchRow("a", lineKey(SIDE_COLOUR.a, "", 3), fill(words("plan_of"), { name: data.names[0] })),
      switchRow("b", lineKey(SIDE_COLOUR.b, "", 3), fill(words("plan_of"), { name: data.names[1] })),
      make("div", { class: "road-key" }, lineKey("#555", "5 4", 2.4), make("span", { text: words("not_built") })),
      data.proposals.length ? switchRow("proposals", lineKey(PROPOSAL_COLOUR, "6 3", 2.6), words("proposals")) : null,
      ...groundRows(),
    ].filter(Boolean)),
    tileNote(),
    data.note ? make("p", { class: "note", text: data.note }) : null,
  ].filter(Boolean));
}
