// What the place costs whoever drives there today: the way on a small map, its length and its minutes.
import { data } from "./data.js";
import { boxAround, clipTo, drawBadge, drawingFigure, existingRoads, metresFrom, newDrawing, northArrow, scaleBar, seenRuns, unpacked } from "./drawing.js";
import { pairGround } from "./ends.js";
import { sayDuration, sayNumber, sayWay } from "./format.js";
import { pathOf } from "./geometry.js";
import { make } from "../shared/dom.js";
import { SIDES } from "../shared/sides.js";
import { svgElement } from "../shared/symbols.js";
import { fill, lookup } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/** @import { Point } from "./types.js" */
/** @import { Spot } from "../shared/types.js" */

const COST = { width: 380, height: 210, room: 26, top: 8 };

/**
 * @param {Point} point
 * @param {string} packed
 */
function costMap(point, packed) {
  const metres = metresFrom(point);
  const way = unpacked(packed).line.map(metres);
  const ends = [way[0], way[way.length - 1]];
  const [xs, ys] = [0, 1].map((k) => way.map((/** @type {Spot} */ place) => place[k]));
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const { width, height, room } = COST;
  const perMetre = Math.min((width - 2 * room) / Math.max(right - left, 50), (height - 2 * room - 10) / Math.max(high - low, 50));
  const pixel = (/** @type {Spot} */ [x, y]) => [width / 2 + perMetre * (x - (left + right) / 2), (height - 10) / 2 - perMetre * (y - (low + high) / 2)];
  const spot = (/** @type {Spot} */ degrees) => pixel(metres(degrees));
  const board = newDrawing(width, height, fill(words("cost.title"), { id: point.id }), fill(words("cost.description"), {
    way: sayWay(point.detour_m ?? 0), straight: sayWay(Math.hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1])),
  }));
  const layer = svgElement("g", { "clip-path": clipTo(board, 1, 1, width - 2, height - 2) });
  board.svg.append(svgElement("rect", { class: "sheet", x: 0.5, y: 0.5, width: width - 1, height: height - 1 }), layer);
  board.svg.setAttribute("data-per-metre", String(perMetre));
  const reach = Math.hypot(...[left, right, low, high].map(Math.abs)) + Math.hypot(width, height) / perMetre;
  const nearby = boxAround(point, reach);
  const add = (/** @type {string} */ line, /** @type {string} */ kind) => seenRuns(line, spot, [0, 0, width, height], nearby).forEach((run) => layer.append(svgElement("path", { class: kind, d: pathOf(run) })));
  for (const road of existingRoads) add(road, "existing");
  if (!existingRoads.length) SIDES.forEach((side) => data.roads[side].forEach((road) => add(road.c, `axis-line other ${side}`)));
  for (const part of data.boundary) add(part, "boundary-line");
  const drawn = way.map(pixel);
  const [first, last] = [drawn[0], drawn[drawn.length - 1]];
  layer.append(svgElement("path", { class: "straight", d: pathOf([first, last]) }), svgElement("path", { class: "way-rim", d: pathOf(drawn) }),
    svgElement("path", { class: "way", d: pathOf(drawn) }));
  // the place on side A is the one that lies further back along the axis of the pair
  const { turn } = pairGround(point);
  const order = turn(ends[0])[0] <= turn(ends[1])[0] ? SIDES : [...SIDES].reverse();
  board.svg.append(drawBadge(first[0], first[1], order[0]), drawBadge(last[0], last[1], order[1]), scaleBar(12, height - 10, perMetre, 110), northArrow(width - 24, 28, northOnMap(point)));
  return board.svg;
}

/** @param {Point} point */
function northOnMap(point) {
  const [, , east, north] = data.cards[point.id].frame;
  return Math.atan2(east, north) * 180 / Math.PI;
}

/**
 * @param {string} label
 * @param {number} metres
 * @param {number | undefined} minutes
 * @param {number} most
 * @param {string} kind
 */
function costBar(label, metres, minutes, most, kind) {
  const bar = make("i", { class: kind });
  bar.style.width = `${Math.round(100 * metres / most)}%`;
  const said = [sayWay(metres), minutes === undefined ? "" : sayDuration(minutes)].filter(Boolean).join(" · ");
  return make("div", { class: "bar-row", "data-bar": kind, "data-metres": String(metres) }, make("dt", { text: label }), make("dd", {}, make("span", { class: "length-bar", "aria-hidden": "true" }, bar), make("span", { text: said })));
}

/** @param {Point} point */
export function costsPart(point) {
  if (!data.attribution) return null;
  const packed = lookup(data.detours, point.id);
  const known = point.detour_m !== undefined;
  if (!known && !(point.detour_state && point.detour_state !== "found")) return null;
  if (!known) return make("section", {}, make("h3", { text: words("cost.heading") }), make("p", { text: words(`detour.${point.detour_state}`) }));
  const straight = point.detour_ratio ? point.detour_m / point.detour_ratio : undefined;
  const saved = point.minutes_saved;
  const later = saved === undefined || point.detour_minutes === undefined ? undefined : point.detour_minutes - saved;
  const most = Math.max(point.detour_m, point.with_link_m ?? 0, straight ?? 0);
  const said = [
    point.detour_ratio === undefined ? "" : fill(words("cost.ratio"), { value: sayNumber(point.detour_ratio, 2) }),
    saved ? fill(words("cost.saved"), { value: sayDuration(saved) }) : "",
  ].filter(Boolean);
  return drawingFigure(words("cost.heading"), packed ? costMap(point, packed) : "",
    make("dl", { class: "bars" }, ...[
      costBar(words("cost.today"), point.detour_m, point.detour_minutes, most, "way-bar"),
      point.with_link_m === undefined ? null : costBar(words("cost.joined"), point.with_link_m, later, most, "joined-bar"),
      straight === undefined ? null : costBar(words("cost.straight"), straight, undefined, most, "straight-bar"),
    ].filter(Boolean)),
    said.length ? make("p", { class: "told", text: said.join(language.now === "zh" ? "，" : ", ") }) : null,
    make("figcaption", { text: fill(words("cost.measured"), { value: sayWay(data.referenceM) }) }));
}
