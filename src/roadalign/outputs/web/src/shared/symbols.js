// Pictures: one shape per verdict, so that they differ without colour too; a severe one has a dark rim.
import { make } from "./dom.js";
import { known } from "./known.js";
import { lookup } from "./text.js";

/** @import { Spot } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";
export const COLOUR = { aligned: "#009e73", mismatched: "#e69f00", missing: "#d55e00", ambiguous: "#cc79a7", undetermined: "#8c8c8c" };
export const PROPOSAL_COLOUR = "#7a1fa2";
export const SIDE_COLOUR = { a: "#0b62a8", b: "#a8480b" };
const SHAPES = {
  aligned: ["circle", { cx: 12, cy: 12, r: 7 }],
  mismatched: ["path", { d: "M12 2.5 21.5 12 12 21.5 2.5 12Z" }],
  missing: ["path", { d: "M12 2.5 22 20.5H2Z" }],
  ambiguous: ["rect", { x: 4, y: 4, width: 16, height: 16 }],
  undetermined: ["path", { d: "M12 2.5 21.5 9.4 17.9 20.6H6.1L2.5 9.4Z" }],
};

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Node | string | null | false)} children
 */
export function svgElement(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "text") element.textContent = value;
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Pictures are made element by element, never of markup.
 * @param {number} width
 * @param {number} height
 * @param {Record<string, any>} attributes
 * @param {...Node} parts
 */
export const picture = (width, height, attributes, ...parts) => svgElement("svg", { width, height, "aria-hidden": "true", ...attributes }, ...parts);

/**
 * @param {string} verdict
 * @param {boolean} severe
 * @param {number} size
 */
export function symbol(verdict, severe, size) {
  const [shape, form] = lookup(SHAPES, verdict) ?? SHAPES.ambiguous;
  const rim = severe ? { stroke: "#111", "stroke-width": 2.6 } : { stroke: "#fff", "stroke-width": 1.8 };
  return picture(size, size, { viewBox: "0 0 24 24" },
    svgElement("g", { fill: lookup(COLOUR, verdict) ?? "#6b7680", ...rim, "stroke-linejoin": "round" }, svgElement(shape, form)));
}

/** @param {number} size */
export const crossing = (size) => picture(size, size, { viewBox: "0 0 24 24" }, svgElement("g", { fill: "#fff", stroke: "#3d454c", "stroke-width": 2.4 },
  svgElement("circle", { cx: 12, cy: 12, r: 8 }), svgElement("path", { d: "M12 7v10M7 12h10" })));

/**
 * @param {string} colour
 * @param {string} dash
 * @param {number} width
 */
export const lineKey = (colour, dash, width) => picture(26, 12, {},
  svgElement("line", { x1: 1, y1: 6, x2: 25, y2: 6, stroke: colour, "stroke-width": width, "stroke-dasharray": dash || null }));

export const roadsKey = () => picture(26, 12, {}, svgElement("path", { d: "M1 4h24", stroke: "#8d959c", "stroke-width": 2.6 }),
  svgElement("path", { d: "M1 9h24", stroke: "#a7aeb4", "stroke-width": 1.2 }));

/**
 * Areas are hatched, so that they differ without colour; a canvas and a legend draw the same lines.
 * @type {Record<string, {fill: string, line: string, hatch: string | null}>}
 */
const AREAS = {
  water: { fill: "#a9cfe8", line: "#5b93b8", hatch: null },
  farmland: { fill: "#e6ecb8", line: "#7f8f35", hatch: "rise" },
  farmland_reserve: { fill: "#f1f3d6", line: "#9aa75a", hatch: "level" },
  ecological_red_line: { fill: "#f8dcd8", line: "#b3261e", hatch: "fall" },
  forest: { fill: "#d3e6cf", line: "#4d7d45", hatch: "fall" },
  wetland: { fill: "#cfe6e0", line: "#3d8073", hatch: "level" },
  nature_reserve: { fill: "#d3e6cf", line: "#2f6b2a", hatch: "rise" },
  heritage: { fill: "#eadfce", line: "#7d5a2b", hatch: "level" },
  flood_risk: { fill: "#dfe9f2", line: "#5b7ea0", hatch: "level" },
};
/** @param {string} kind */
export const areaStyle = (kind) => lookup(AREAS, kind) ?? { fill: "#ececec", line: "#7a7a7a", hatch: "rise" };
/** @type {Record<string, number[][]>} */
const HATCHES = { rise: [[0, 8, 8, 0]], fall: [[0, 0, 8, 8]], level: [[0, 4, 8, 4]] };

/** @param {string} kind */
export function areaKey(kind) {
  const style = areaStyle(kind);
  const strokes = [0, 8, 16].flatMap((x) => (HATCHES[style.hatch] || []).map((/** @type {Spot} */ [x1, y1, x2, y2]) =>
    svgElement("path", { d: `M${x + x1} ${y1 + 2}L${x + x2} ${y2 + 2}` })));
  return picture(26, 12, {}, svgElement("rect", { x: 1, y: 1, width: 24, height: 10, fill: style.fill, stroke: style.line }),
    svgElement("g", { stroke: style.line, "stroke-width": 0.9 }, ...strokes));
}

/** @param {string} kind */
export function areaFill(kind) {
  const style = areaStyle(kind);
  if (!style.hatch) return style.fill;
  const tile = make("canvas", { width: 8, height: 8 });
  const pen = known(tile.getContext("2d"));
  pen.fillStyle = style.fill;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = style.line;
  pen.lineWidth = 0.9;
  for (const [x1, y1, x2, y2] of HATCHES[style.hatch]) {
    // once more on either side, so that the tiles join
    for (const shift of style.hatch === "level" ? [0] : [-8, 0, 8]) {
      pen.beginPath();
      pen.moveTo(x1 + shift, y1);
      pen.lineTo(x2 + shift, y2);
      pen.stroke();
    }
  }
  return pen.createPattern(tile, "repeat");
}
