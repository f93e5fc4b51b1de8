// The overview map: every boundary coloured by its docking rate; the points of a chosen one.
import { bandOf, NO_RATE } from "./bands.js";
import { data } from "./data.js";
import { choosePair } from "./filter.js";
import { linkOf, rateOf, saidOf, saidRate, state } from "./state.js";
import { make } from "../shared/dom.js";
import { COLOUR } from "../shared/symbols.js";
import { lookup } from "../shared/text.js";

const DOT = 6;

export const overview = L.map("map", { zoomSnap: 0.25, attributionControl: false, preferCanvas: true });
const canvas = L.canvas({ padding: 0.3, tolerance: 6 });
const lineLayer = L.layerGroup().addTo(overview);
const dotLayer = L.layerGroup().addTo(overview);
const pointLayer = L.layerGroup().addTo(overview);
export const drawn = new Map();

export function drawLines() {
  // the better first, so that the worse lie above them
  const ordered = data.pairs.map((pair, number) => ({ pair, number })).filter((one) => one.pair.lines.length)
    .sort((one, two) => (rateOf(two.pair) ?? 2) - (rateOf(one.pair) ?? 2));
  for (const { pair, number } of ordered) {
    const band = bandOf(rateOf(pair));
    L.polyline(pair.lines, { renderer: canvas, color: "#fff", weight: band.weight + 4, opacity: 0.95, interactive: false }).addTo(lineLayer);
    const line = L.polyline(pair.lines, { renderer: canvas, color: band.colour, weight: band.weight });
    const dot = L.circleMarker(line.getBounds().getCenter(), {
      renderer: canvas, radius: DOT, color: "#fff", weight: 1.5, fillColor: band.colour, fillOpacity: 1,
    });
    for (const shape of [line, dot]) {
      shape.bindTooltip(() => make("span", { text: `${pair.name} · ${saidRate(pair)}` }), { sticky: true });
      shape.on("click", () => choosePair(state.filter.pair === String(number) ? "" : String(number)));
    }
    line.addTo(lineLayer);
    drawn.set(number, { line, band, dot });
  }
}

// A boundary too short to be seen at this scale is a dot.
export function drawDots() {
  dotLayer.clearLayers();
  for (const { line, dot } of drawn.values()) {
    const box = line.getBounds();
    const [one, two] = [box.getSouthWest(), box.getNorthEast()].map((corner) => overview.latLngToLayerPoint(corner));
    if (one.distanceTo(two) < 3 * DOT) dot.addTo(dotLayer);
  }
}

export function drawMap() {
  const chosen = state.filter.pair;
  const shown = new Set(state.pairs.map((one) => one.number));
  for (const [number, { line, band, dot }] of drawn) {
    dot.setStyle({ opacity: shown.has(number) ? 1 : 0.25, fillOpacity: shown.has(number) ? 1 : 0.25 });
    line.setStyle({ opacity: shown.has(number) ? 1 : 0.25, weight: band.weight + (chosen === String(number) ? 3 : 0) });
  }
  pointLayer.clearLayers();
  if (chosen === "") return;
  for (const point of [...state.points].reverse()) {
    const dot = L.circleMarker([point.lat, point.lon], {
      renderer: canvas, radius: point.verdict === "aligned" ? 4 : 6, color: point.severity === "severe" ? "#111" : "#fff",
      weight: 1.5, fillColor: lookup(COLOUR, point.verdict) ?? NO_RATE.colour, fillOpacity: 1,
    });
    dot.bindTooltip(() => make("span", { text: saidOf(point) }), { direction: "top" });
    dot.on("click", () => { location.href = linkOf(point); });
    dot.addTo(pointLayer);
  }
}

export function fitMap() {
  const chosen = data.pairs[Number(state.filter.pair)];
  const lines = state.filter.pair !== "" && chosen.lines.length ? [chosen.lines] : data.pairs.map((pair) => pair.lines);
  const places = lines.flat(2);
  if (places.length) overview.fitBounds(L.latLngBounds(places), { padding: [30, 30], animate: false });
  else overview.setView([0, 0], 2, { animate: false });
}
