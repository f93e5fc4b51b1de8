// The ground: both sides' land, areas, existing roads. Under everything else, on a canvas of its own.
import { data } from "./data.js";
import { layers } from "./lines.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { unpack } from "../shared/pack.js";
import { SIDES } from "../shared/sides.js";
import { areaFill, areaStyle, SIDE_COLOUR } from "../shared/symbols.js";

export const { ground } = data;
leafletMap.createPane("ground").style.zIndex = "350";
const groundCanvas = L.canvas({ pane: "ground", padding: 0.3 });
/** @type {Record<string, [string, number]>} */
const ROAD_GREY = { 3: ["#868e95", 2.6], 2: ["#979ea5", 1.9], 1: ["#b1b7bc", 1.1] };
export const areaKinds = Object.keys(ground.areas);
// in this order from the bottom
export const GROUND = ["land", ...areaKinds.map((kind) => `area-${kind}`), "network"];
for (const key of GROUND) layers[key] = L.layerGroup();

/**
 * @param {string[]} rings
 * @param {L.PolylineOptions} style
 */
const polygon = (rings, style) => L.polygon(rings.map(unpack), { renderer: groundCanvas, interactive: false, ...style });

export function drawGround() {
  for (const side of SIDES) {
    // a band that nobody gave fades out, one part over the other
    const fillOpacity = 0.1 / Math.sqrt(ground.land[side].length);
    for (const part of ground.land[side].flat()) polygon(part, { stroke: false, fillColor: SIDE_COLOUR[side], fillOpacity }).addTo(layers.land);
  }
  for (const kind of areaKinds) {
    const style = { color: areaStyle(kind).line, weight: 1.2, fillColor: areaFill(kind), fillOpacity: 0.75 };
    for (const part of ground.areas[kind]) polygon(part, style).addTo(layers[`area-${kind}`]);
  }
  for (const [rank, lines] of Object.entries(ground.network)) {
    const [color, weight] = ROAD_GREY[rank];
    // one path for all of them: thousands of existing roads cost no more than one
    L.polyline(lines.map(unpack), { renderer: groundCanvas, interactive: false, color, weight, smoothFactor: 1.5 }).addTo(layers.network);
  }
  for (const key of GROUND) layers[key].on("add", restack);
}

// A layer that is switched on again would lie on top of the others.
function restack() {
  for (const key of GROUND) if (leafletMap.hasLayer(layers[key])) layers[key].eachLayer((shape) => /** @type {L.Path} */ (shape).bringToFront());
}
