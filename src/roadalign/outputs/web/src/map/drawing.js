// What the drawings of a card share: dimension lines, hatches, texts, scale bar, north.
import { data } from "./data.js";
import { sayShort } from "./format.js";
import { hundredths, pathOf, roundLength, runsSeen } from "./geometry.js";
import { make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { unpack } from "../shared/pack.js";
import { SIDE_COLOUR, svgElement } from "../shared/symbols.js";
import { words } from "../shared/words.js";

/** @import { Board, Box, Point } from "./types.js" */
/** @import { Side, Spot } from "../shared/types.js" */

const INK = "#1d2329";
/** @type {Record<string, number>} */
export const HATCH_ANGLE = { rise: 45, fall: -45, level: 90 };
export const existingRoads = Object.values(data.ground.network).flat();
let drawings = 0;

/**
 * A picture with its text alternative; `number` makes ids that no other drawing has.
 * @param {number} width
 * @param {number} height
 * @param {string} title
 * @param {string} description
 */
export function newDrawing(width, height, title, description) {
  drawings += 1;
  const id = `drawing-${drawings}`;
  const svg = svgElement("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", fill: "none", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-desc`, class: "drawing",
  }, svgElement("title", { id: `${id}-title`, text: title }), svgElement("desc", { id: `${id}-desc`, text: description }));
  const defs = svg.appendChild(svgElement("defs"));
  return { svg, defs, id };
}

/**
 * @param {Board} board
 * @param {string} name
 * @param {string} colour
 * @param {number} angle
 * @param {{gap?: number, ground?: string}} [options]
 */
export function drawHatch(board, name, colour, angle, { gap = 6, ground = "#fff" } = {}) {
  const id = `${board.id}-${name}`;
  board.defs.append(svgElement("pattern", {
    id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})`,
  }, svgElement("rect", { width: gap, height: gap, fill: ground, "fill-opacity": 0.55 }),
  svgElement("line", { x1: 0, y1: 0, x2: 0, y2: gap, stroke: colour, "stroke-width": 1.6 })));
  return `url(#${id})`;
}

/**
 * @param {Board} board
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {number} height
 */
export function clipTo(board, x, y, width, height) {
  const id = `${board.id}-window`;
  board.defs.append(svgElement("clipPath", { id }, svgElement("rect", { x, y, width, height })));
  return `url(#${id})`;
}

/**
 * Text with a white rim, so that it can be read over any line.
 * @param {number} x
 * @param {number} y
 * @param {string} text
 * @param {{anchor?: string, kind?: string}} [options]
 */
export function drawText(x, y, text, { anchor = "middle", kind = "" } = {}) {
  return svgElement("text", { x: hundredths(x), y: hundredths(y), "text-anchor": anchor, class: `note ${kind}`.trim(), text });
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} dx
 * @param {number} dy
 * @param {number} [size]
 */
export function drawTip(x, y, dx, dy, size = 6) {
  const long = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / long, dy / long];
  const back = [x - size * ux, y - size * uy];
  const half = size * 0.36;
  return svgElement("path", { class: "tip", d: `${pathOf([[x, y], [back[0] - half * uy, back[1] + half * ux], [back[0] + half * uy, back[1] - half * ux]])}Z` });
}

/**
 * A dimension between two places: arrows inside where there is room, else from outside.
 * @param {Spot} from
 * @param {Spot} to
 * @param {string} text
 * @param {{kind: string, metres?: number, anchor?: string, at?: Spot | null, assumed?: boolean}} options
 */
export function drawDimension(from, to, text, { kind, metres, anchor = "middle", at = null, assumed = false }) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const long = Math.hypot(dx, dy);
  const [ux, uy] = long > 0.01 ? [dx / long, dy / long] : [1, 0];
  const inside = long >= 18;
  const tail = inside ? 0 : 14;
  const place = at || [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 4];
  return svgElement("g", {
    class: `dimension${assumed ? " assumed" : ""}`, "data-dimension": kind, "data-metres": metres === undefined ? null : hundredths(metres),
    "data-from": from.map(hundredths).join(","), "data-to": to.map(hundredths).join(","),
  },
  svgElement("path", { class: "measure", d: pathOf([[from[0] - tail * ux, from[1] - tail * uy], [to[0] + tail * ux, to[1] + tail * uy]]) }),
  drawTip(from[0], from[1], inside ? -dx : ux, inside ? -dy : uy), drawTip(to[0], to[1], inside ? dx : -ux, inside ? dy : -uy),
  drawText(place[0], place[1], text, { anchor, kind: "value" }));
}

/**
 * @param {Spot} from
 * @param {Spot} to
 */
export const drawExtension = (from, to) => svgElement("path", { class: "extension", d: pathOf([from, to]) });

/**
 * @param {number} x
 * @param {number} y
 * @param {number} perMetre
 * @param {number} most
 */
export function scaleBar(x, y, perMetre, most) {
  const metres = known(roundLength(most / perMetre));
  const long = metres * perMetre;
  return svgElement("g", { class: "scale", "data-metres": metres, "data-length": hundredths(long) },
    svgElement("path", { class: "bar", d: `M${x} ${y - 4}V${y}H${hundredths(x + long)}V${y - 4}` }),
    svgElement("rect", { x, y: y - 3, width: hundredths(long / 2), height: 3, fill: INK }),
    drawText(x + long + 5, y, metres < 1000 ? `${sayShort(metres)} m` : `${sayShort(metres / 1000)} km`, { anchor: "start" }));
}

/**
 * North as an angle of the screen, clockwise from up.
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 */
export function northArrow(x, y, angle) {
  return svgElement("g", { class: "compass", "data-angle": hundredths(angle) },
    svgElement("path", { transform: `translate(${x} ${y}) rotate(${hundredths(angle)})`, d: "M0 -11 4.5 8 0 4.5 -4.5 8Z" }),
    drawText(x + 19 * Math.sin(angle * Math.PI / 180), y + 4 - 19 * Math.cos(angle * Math.PI / 180), words("sketch.north"), { kind: "value" }));
}

/**
 * @param {number} x
 * @param {number} y
 * @param {Side} side
 */
export function drawBadge(x, y, side) {
  return svgElement("g", { class: `badge ${side}` }, svgElement("circle", { cx: hundredths(x), cy: hundredths(y), r: 8, fill: SIDE_COLOUR[side] }),
    svgElement("text", { x: hundredths(x), y: hundredths(y + 4), "text-anchor": "middle", text: side.toUpperCase() }));
}

/**
 * Degrees to metres east and north of a docking point.
 * @param {Point} point
 */
export function metresFrom(point) {
  const [eastByLon, northByLon, eastByLat, northByLat] = data.cards[point.id].frame;
  // where lines are drawn for tiles of another datum, so is the point
  const [ownLat, ownLon] = point.at || [point.lat, point.lon];
  return (/** @type {Spot} */ [lat, lon]) => /** @type {any} */ {
    const [x, y] = [lon - ownLon, lat - ownLat];
    return [eastByLon * x + eastByLat * y, northByLon * x + northByLat * y];
  };
}

const unpackedLines = new Map();

/** @param {string} packed */
export function unpacked(packed) {
  if (!unpackedLines.has(packed)) {
    const line = unpack(packed);
    const [lats, lons] = [0, 1].map((k) => line.map((place) => place[k]));
    unpackedLines.set(packed, { line, box: [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)] });
  }
  return unpackedLines.get(packed);
}

/**
 * @param {string} packed
 * @param {Box} nearby
 */
export const isNear = (packed, nearby) => {
  const { box } = unpacked(packed);
  return box[2] >= nearby[0] && box[0] <= nearby[2] && box[3] >= nearby[1] && box[1] <= nearby[3];
};

/**
 * The runs of a packed line that may be seen in a window.
 * @param {string} packed
 * @param {(degrees: Spot) => Spot} place
 * @param {Box} frame
 * @param {Box} nearby
 */
export function seenRuns(packed, place, frame, nearby) {
  return isNear(packed, nearby) ? runsSeen(unpacked(packed).line.map(place), frame) : [];
}

/**
 * Box of degrees around a docking point, wide enough for `reach` metres.
 * @param {Point} point
 * @param {number} reach
 */
export function boxAround(point, reach) {
  const [eastByLon, , , northByLat] = data.cards[point.id].frame;
  const [lon, lat] = [1.1 * reach / Math.abs(eastByLon), 1.1 * reach / Math.abs(northByLat)];
  const [ownLat, ownLon] = point.at || [point.lat, point.lon];
  return [ownLat - lat, ownLon - lon, ownLat + lat, ownLon + lon];
}

/**
 * @param {string} heading
 * @param {Node | string} drawing
 * @param {...(Node | string | null)} below
 */
export function drawingFigure(heading, drawing, ...below) {
  return make("figure", { class: "figure" }, make("h3", { text: heading }), drawing, ...below);
}
