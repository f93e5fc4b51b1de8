// The plans' roads, the boundary, links and proposals, on one canvas.
import { data } from "./data.js";
import { make } from "../shared/dom.js";
import { unpack } from "../shared/pack.js";
import { PROPOSAL_COLOUR, SIDE_COLOUR } from "../shared/symbols.js";
import { words } from "../shared/words.js";

/** @import { Side } from "../shared/types.js" */

export const canvas = L.canvas({ padding: 0.3, tolerance: 6 });

/**
 * What a drawn road is called.
 * @type {Map<L.Layer, string>}
 */
const called = new Map();
/** @type {Record<string, L.FeatureGroup | L.LayerGroup>} */
export const layers = { a: L.featureGroup(), b: L.featureGroup(), boundary: L.layerGroup(), links: L.layerGroup(), proposals: L.layerGroup() };

/** @param {Side} side */
export function drawRoads(side) {
  for (const road of data.roads[side]) {
    const line = L.polyline(unpack(road.c), {
      renderer: canvas, color: SIDE_COLOUR[side], weight: 1.1 + 0.55 * road.k, opacity: 0.9,
      dashArray: road.p ? "7 6" : undefined, smoothFactor: 1.2,
    });
    called.set(line, road.t);
    layers[side].addLayer(line);
  }
  layers[side].bindTooltip((line) => make("span", { text: called.get(line) || words("unnamed") }), { sticky: true });
}

/**
 * @param {string} packed
 * @param {string} into
 * @param {...L.PolylineOptions} styles
 */
function drawLine(packed, into, ...styles) {
  const line = unpack(packed);
  for (const style of styles) L.polyline(line, { renderer: canvas, interactive: false, ...style }).addTo(layers[into]);
}

export function drawBoundary() {
  for (const part of data.boundary) {
    drawLine(part, "boundary", { color: "#fff", weight: 7, opacity: 0.9 }, { color: "#222", weight: 2.6, dashArray: "12 4 2 4" });
  }
  for (const part of data.links) drawLine(part, "links", { color: "#111", weight: 3, dashArray: "2 5" });
  for (const part of data.proposals) {
    drawLine(part, "proposals", { color: "#fff", weight: 6, opacity: 0.85 }, { color: PROPOSAL_COLOUR, weight: 3.2, dashArray: "9 5" });
  }
}
