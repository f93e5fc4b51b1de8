// The picture of the map on paper: drawn anew at the size of the page, so it needs no tiles and no screen.
import { data } from "./data.js";
import { existingRoads } from "./drawing.js";
import { ground } from "./ground.js";
import { make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { unpack } from "../shared/pack.js";
import { SIDES } from "../shared/sides.js";
import { lineKey, SIDE_COLOUR, svgElement, symbol } from "../shared/symbols.js";
import { VERDICTS } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */
/** @import { Spot } from "../shared/types.js" */

const PICTURE = { wide: 930, lowest: 330, highest: 500, edge: 40 }; // in fifths of a millimetre
const NAME = { apart: 95, rows: 16, columns: 26, most: 400, longest: 18 };
const LABEL = { wide: 22, high: 20 };

// From degrees to the paper, the whole boundary in it; over some tens of kilometres the plate carrée does.
function paperScale() {
  const line = data.boundary.flatMap(unpack);
  const places = line.length ? line : data.points.map((point) => point.at);
  const range = (/** @type {number} */ k) => places.reduce(([low, high], place) => [Math.min(low, place[k]), Math.max(high, place[k])], [Infinity, -Infinity]);
  const [[south, north], [west, east]] = [range(0), range(1)];
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const { wide, lowest, highest, edge } = PICTURE;
  const ideal = ((wide - 2 * edge) * Math.max(north - south, 1e-6)) / Math.max((east - west) * shrink, 1e-6) + 2 * edge;
  const high = Math.min(highest, Math.max(lowest, Math.round(ideal)));
  const scale = Math.min((wide - 2 * edge) / Math.max((east - west) * shrink, 1e-6), (high - 2 * edge) / Math.max(north - south, 1e-6));
  return {
    place: (/** @type {Spot} */ [lat, lon]) => [wide / 2 + (lon - (west + east) / 2) * shrink * scale, high / 2 - (lat - (south + north) / 2) * scale]/** @type {Spot} */ ,
    metre: scale / 111320, high,
  };
}

/**
 * @param {string[]} lines
 * @param {(degrees: Spot) => Spot} place
 */
function traced(lines, place) {
  const parts = [];
  for (const line of lines) {
    let [lastX, lastY] = [NaN, NaN];
    let path = "";
    for (const at of unpack(line)) {
      const [x, y] = place(at).map((value) => Math.round(value * 2) / 2);
      if (x === lastX && y === lastY) continue;
      path += `${path ? "L" : "M"}${x} ${y}`;
      [lastX, lastY] = [x, y];
    }
    if (path.includes("L")) parts.push(path);
  }
  return parts.join("");
}

/**
 * Water and existing roads in light grey, for the eye to find its place.
 * @param {(degrees: Spot) => Spot} place
 */
function paperGround(place) {
  const water = (ground.areas.water || []).map((rings) => `${traced(rings, place)}`).filter(Boolean).join("");
  const roads = traced(existingRoads, place);
  return [
    water ? svgElement("path", { class: "paper-water", d: water, fill: "#d5e4ee", stroke: "#8fb0c6", "stroke-width": 1 }) : null,
    roads ? svgElement("path", { class: "paper-roads", d: roads, fill: "none", stroke: "#b4b9bd", "stroke-width": 1.2 }) : null,
  ].filter(Boolean);
}

/** @param {(degrees: Spot) => Spot} place */
function paperRoads(place) {
  const lines = [];
  for (const side of SIDES) {
    for (const heavy of [false, true]) {
      for (const planned of [0, 1]) {
        const chosen = data.roads[side].filter((road) => road.p === planned && (road.k >= 4) === heavy);
        const path = traced(chosen.map((road) => road.c), place);
        if (path) lines.push(svgElement("path", { d: path, stroke: SIDE_COLOUR[side], "stroke-width": heavy ? 3 : 1.5, "stroke-dasharray": planned ? "9 5" : null, fill: "none" }));
      }
    }
  }
  return lines;
}

/**
 * Where a number can stand beside its symbol without covering another one.
 * @param {Spot} spot
 * @param {Spot[]} taken
 */
function numberPlace([x, y], taken) {
  const choices = [[16, -8], [16, 22], [-16 - LABEL.wide, -8], [-16 - LABEL.wide, 22], [-8, -20], [-8, 36], [34, 8], [-56, 8]];
  const overlap = (/** @type {Spot} */ [dx, dy]) => taken.reduce((sum, [tx, ty]) => sum
    + Math.max(0, LABEL.wide - Math.abs(x + dx - tx)) * Math.max(0, LABEL.high - Math.abs(y + dy - ty)), 0);
  const [dx, dy] = choices.reduce((best, one) => (overlap(one) < overlap(best) ? one : best));
  return [x + dx, y + dy];
}

/**
 * @param {Point[]} points
 * @param {(degrees: Spot) => Spot} place
 */
function paperPoints(points, place) {
  const numbers = new Map(points.map((point, i) => [point.id, i + 1]));
  const order = [...data.points].sort((one, two) => Number(numbers.has(one.id)) - Number(numbers.has(two.id)));
  const taken = order.filter((point) => numbers.has(point.id)).map((point) => place(point.at)).map(([x, y]) => [x - 11, y + 8]);
  return order.flatMap((point) => {
    const at = place(point.at);
    const size = numbers.has(point.id) ? 26 : 15;
    const shape = symbol(point.verdict, point.severity === "severe", size);
    shape.setAttribute("x", String(at[0] - size / 2));
    shape.setAttribute("y", String(at[1] - size / 2));
    if (!numbers.has(point.id)) return [shape];
    const [x, y] = numberPlace(at, taken);
    taken.push([x, y]);
    return [shape, svgElement("text", { x, y, class: "paper-number", text: String(numbers.get(point.id)) })];
  });
}

/** @param {string} text */
const briefName = (text) => (text.length > NAME.longest ? `${text.slice(0, NAME.longest - 1)}…` : text);

/**
 * The name of a side where its own roads are the nearest and the paper is free, so that the two can be
 * told apart without colour.
 * @param {(degrees: Spot) => Spot} place
 * @param {number} high
 */
function paperNames(place, high) {
  const sampled = SIDES.map((side) => {
    const all = data.roads[side].flatMap((road) => unpack(road.c)).map(place);
    return all.filter((_, i) => i % Math.ceil(all.length / NAME.most) === 0);
  });
  const line = data.boundary.flatMap(unpack).map(place);
  const nearest = (/** @type {Spot[]} */ places, /** @type {number} */ x, /** @type {number} */ y) => Math.sqrt(places.reduce((/** @type {number} */ least, /** @type {Spot} */ [px, py]) => Math.min(least, (px - x) ** 2 / 2 + (py - y) ** 2 * 2), 1e9));
  return SIDES.flatMap((side, own) => {
    let best = null;
    for (let i = 2; i < NAME.columns - 1; i += 1) {
      for (let j = 1; j < NAME.rows - 1; j += 1) {
        const [x, y] = [(PICTURE.wide * i) / NAME.columns, (high * j) / NAME.rows];
        const [mine, others] = [nearest(sampled[own], x, y), nearest(sampled[1 - own], x, y)];
        const free = Math.min(mine, nearest(line, x, y));
        if (mine >= others) continue;
        const score = Math.min(free, NAME.apart) - Math.max(0, mine - NAME.apart) / 2;
        if (!best || score > best.score) best = { score, x, y };
      }
    }
    return best ? [svgElement("text", { x: best.x, y: best.y, class: "paper-name", fill: SIDE_COLOUR[side], text: briefName(data.names[own]) })] : [];
  });
}

/**
 * @param {number} metre
 * @param {number} high
 */
function paperRuler(metre, high) {
  const least = 90 / metre;
  const power = 10 ** Math.floor(Math.log10(least));
  const length = known([1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least));
  const [x, y] = [24, high - 20];
  return [
    svgElement("path", { d: `M${x} ${y - 8}V${y}H${x + length * metre}V${y - 8}`, stroke: "#111", "stroke-width": 2, fill: "none" }),
    svgElement("text", { x: x + length * metre + 8, y, class: "paper-small", text: length >= 1000 ? `${length / 1000} km` : `${length} m` }),
    svgElement("text", { x: PICTURE.wide - 24, y: 32, class: "paper-small", "text-anchor": "end", text: `▲ ${words("sketch.north")}` }),
  ];
}

/** @param {Point[]} points */
export function pictureOf(points) {
  const { place, metre, high } = paperScale();
  const plain = (/** @type {string[]} */ lines, /** @type {Record<string, any>} */ attributes) => svgElement("path", { d: traced(lines, place), fill: "none", ...attributes });
  return svgElement("svg", { class: "picture", viewBox: `0 0 ${PICTURE.wide} ${high}`, role: "img", "aria-label": words("sheet.map") },
    ...paperGround(place), ...paperRoads(place),
    plain(data.boundary, { stroke: "#fff", "stroke-width": 6 }), plain(data.boundary, { stroke: "#111", "stroke-width": 2.6, "stroke-dasharray": "14 5 2 5" }),
    ...paperNames(place, high), ...paperPoints(points, place), ...paperRuler(metre, high));
}

export function pictureKey() {
  const line = (/** @type {string} */ colour, /** @type {string} */ dash, /** @type {number} */ width, /** @type {string} */ label) => make("span", {}, lineKey(colour, dash, width), document.createTextNode(label));
  return make("p", { class: "picture-key" },
    ...VERDICTS.map((verdict) => make("span", {}, symbol(verdict, false, 13), document.createTextNode(words(`verdict.${verdict}`)))),
    ...SIDES.map((side, i) => line(SIDE_COLOUR[side], "", 3, fill(words("plan_of"), { name: data.names[i] }))),
    line("#111", "7 2 1 2", 2.4, words("sheet.line")), line("#555", "5 4", 2.4, words("sheet.planned")),
    existingRoads.length ? line("#b4b9bd", "", 2, words("network_roads")) : null,
    make("span", { text: words("sheet.other_points") }));
}
