// The strip: the boundary laid out straight, with all points shown in their order along it.
import { choose, hint, mark } from "./choice.js";
import { data } from "./data.js";
import { canvas, layers } from "./lines.js";
import { SORTS } from "./order.js";
import { bothNames } from "./roads.js";
import { km, state } from "./state.js";
import { element, find, focusedElement, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { still } from "../shared/motion.js";
import { unpack } from "../shared/pack.js";
import { symbol } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { named, words } from "../shared/words.js";

/** @import { Point } from "./types.js" */

const STOP = 26;
const FLOORS = 3;
const CROWD = 44;
const EDGE = 20;
const whole = Math.max(data.length, ...data.points.map((point) => point.chainage_m), 1);

const ends = (() => {
  const lines = data.boundary.map(unpack);
  return lines.length ? [lines[0][0], lines[lines.length - 1].slice(-1)[0]] : [];
})();
// west is on the left here too, or the strip would contradict the map above it
const westward = ends.length > 0 && ends[1][1] < ends[0][1];

/** @param {number} width */
function tickStep(width) {
  const least = (70 / width) * whole;
  const power = 10 ** Math.floor(Math.log10(least));
  return known([1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least));
}

/**
 * Points too close to stand side by side stand above each other, the worst first; where no floor has
 * room left, the rest is counted: floor -1.
 * @param {number[]} places
 * @param {number[]} order
 * @param {number} width
 */
function floors(places, order, width) {
  const taken = Array.from({ length: FLOORS }, () => new Uint8Array(Math.ceil(width) + 2 * STOP));
  const found = new Array(places.length).fill(-1);
  for (const i of order) {
    const from = Math.round(places[i]);
    found[i] = taken.findIndex((floor) => !floor.subarray(from, from + STOP).includes(1));
    if (found[i] >= 0) taken[found[i]].fill(1, from, from + STOP);
  }
  return found;
}

/**
 * One button for all points that have no room within a stretch: it leads the map there.
 * @param {Point[]} points
 * @param {number} x
 */
function crowd(points, x) {
  const label = fill(words("crowd"), { count: points.length });
  const button = make("button", {
    type: "button", class: "crowd", text: `+${points.length}`, title: label, "aria-label": label,
    on: { click: () => leafletMap.fitBounds(L.latLngBounds(points.map((point) => point.at)), { padding: [60, 60], maxZoom: 16, animate: !still }) },
  });
  button.style.left = `${x}px`;
  button.style.bottom = `${22 + FLOORS * STOP}px`;
  return button;
}

/**
 * @param {Point[]} points
 * @param {number[]} places
 * @param {number[]} level
 */
function crowds(points, places, level) {
  const found = new Map();
  points.forEach((point, i) => {
    const slot = Math.floor(places[i] / CROWD);
    if (level[i] < 0) found.set(slot, [...(found.get(slot) || []), point]);
  });
  return found;
}

/**
 * @param {Point} point
 * @param {number} x
 * @param {number} floor
 */
function stop(point, x, floor) {
  const label = `${km(point)} · ${named(words(`verdict.${point.verdict}`), bothNames(point))}`;
  const button = make("button", {
    type: "button", class: "stop", "data-stop": point.id, "aria-label": label, title: label,
    on: {
      click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false),
    },
  }, symbol(point.verdict, point.severity === "severe", 18));
  button.style.left = `${x - STOP / 2}px`;
  button.style.bottom = `${22 + floor * STOP}px`;
  return button;
}

/**
 * @param {number} at
 * @param {number} x
 * @param {string} unit
 */
function tick(at, x, unit) {
  const drawn = make("span", { class: "tick", text: `${Math.round(at) / 1000}${unit}` });
  drawn.style.left = `${x}px`;
  return drawn;
}

export function drawStrip() {
  const strip = element("strip");
  const focused = focusedElement()?.dataset.stop;
  const width = Math.max(strip.clientWidth, Math.min(12 * data.points.length, 6000));
  const share = (/** @type {number} */ chainage) => (westward ? 1 - chainage / whole : chainage / whole);
  const toX = (/** @type {number} */ chainage) => EDGE + share(chainage) * (width - 2 * EDGE);
  // every point keeps its place, whichever are shown
  const all = [...data.points].sort((one, two) => toX(one.chainage_m) - toX(two.chainage_m));
  const places = all.map((point) => toX(point.chainage_m));
  const order = all.map((_, i) => i).sort((one, two) => SORTS.priority(all[one], all[two]));
  const level = floors(places, order, width);
  const shown = new Set(state.shown);
  const crowded = crowds(all.filter((point) => shown.has(point)), places.filter((_, i) => shown.has(all[i])), level.filter((_, i) => shown.has(all[i])));
  const step = tickStep(width - 2 * EDGE);
  const ticks = [];
  for (let at = 0; at <= whole; at += step) ticks.push(tick(at, toX(at), at === 0 ? " km" : ""));
  const track = make("div", { class: "track" }, make("span", { class: "axis", "aria-hidden": "true" }),
    ...all.map((point, i) => (shown.has(point) && level[i] >= 0 ? stop(point, places[i], level[i]) : null)).filter(Boolean),
    ...[...crowded].map(([slot, points]) => crowd(points, slot * CROWD)));
  const scale = make("div", { class: "ticks", "aria-hidden": "true" }, ...ticks);
  track.append(scale);
  track.style.width = `${width}px`;
  const top = level.includes(-1) ? FLOORS : level.reduce((one, two) => Math.max(one, two), 0);
  track.style.height = `${26 + STOP * (1 + top)}px`;
  strip.setAttribute("aria-label", words("strip"));
  strip.replaceChildren(track);
  mark();
  if (focused) find(`[data-stop="${CSS.escape(focused)}"]`)?.focus();
}

// from left to right, as the strip shows them
export const stops = () => [...state.shown].sort((one, two) => SORTS.chainage(one, two) * (westward ? -1 : 1));

// Where the counting starts and ends, said on the map as well.
export function drawEnds() {
  for (const { place, at } of ends.map((end, i) => ({ place: end, at: i * data.length }))) {
    L.circleMarker(place, { renderer: canvas, radius: 4, color: "#222", fillColor: "#fff", fillOpacity: 1, interactive: false })
      .bindTooltip(make("span", { text: `${(at / 1000).toFixed(1)} km` }), { permanent: true, direction: "right", className: "end", pane: "names" })
      .addTo(layers.boundary);
  }
}
