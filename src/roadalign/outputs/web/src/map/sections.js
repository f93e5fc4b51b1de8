// The two cross-sections to one scale. What the plan states is filled; what is assumed from usual widths is hatched.
import { data } from "./data.js";
import { drawBadge, drawDimension, drawExtension, drawHatch, drawingFigure, drawText, newDrawing } from "./drawing.js";
import { sayWidth } from "./format.js";
import { hundredths, shortened } from "./geometry.js";
import { roadName } from "./roads.js";
import { sectionParts, sumOf } from "./section_parts.js";
import { make } from "../shared/dom.js";
import { SIDES } from "../shared/sides.js";
import { svgElement } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/** @import { Board, Part, Point, Section } from "./types.js" */
/** @import { Side } from "../shared/types.js" */

const SECTION = { width: 380, ground: 62, side: 10 };

/**
 * @param {Point} point
 * @param {Side} side
 */
const widest = (point, side) => Math.max(sumOf(sectionParts(point, side, data.standard).parts), point[`${side}_roadbed_m`] ?? 0, point[`${side}_redline_m`] ?? 0);

/**
 * @param {Board} board
 * @param {number} y
 * @param {number} middle
 * @param {number} perMetre
 * @param {number | undefined} metres
 * @param {string} text
 * @param {{kind: string, assumed?: boolean, missing: string}} options
 */
function sectionLevel(board, y, middle, perMetre, metres, text, { kind, assumed = false, missing }) {
  if (metres === undefined) return drawText(middle, y, words(missing), { kind: "quiet unknown" });
  const half = metres * perMetre / 2;
  board.svg.append(drawExtension([middle - half, SECTION.ground + 4], [middle - half, y + 3]), drawExtension([middle + half, SECTION.ground + 4], [middle + half, y + 3]));
  return drawDimension([middle - half, y], [middle + half, y], text, { kind, metres, at: [middle, y - 3], assumed });
}

/**
 * @param {Board} board
 * @param {Part[]} parts
 * @param {number} from
 * @param {number} perMetre
 * @param {Side} side
 */
function sectionSurface(board, parts, from, perMetre, side) {
  /** @type {Record<string, string>} */
  const fills = { lane: "#cfd4d9", slow: "#dfe3d2", edge: "#e2e5e8", paving: "#cfd4d9", median: "#c9dcc3" };
  const pattern = drawHatch(board, "assumed", "#767f88", 45, { gap: 5 });
  let x = from;
  parts.forEach((part, at) => {
    const width = part.width * perMetre;
    board.svg.append(svgElement("rect", {
      class: `part${part.stated ? "" : " assumed"}`, x: hundredths(x), y: SECTION.ground - 12, width: hundredths(width), height: 12,
      fill: part.stated ? fills[part.kind] : pattern, "data-part": part.kind, "data-metres": hundredths(part.width), "data-stated": String(part.stated),
    }));
    const before = parts[at - 1];
    if (before && before.kind === part.kind && part.kind === "lane") board.svg.append(svgElement("path", { class: "lane-line", d: `M${hundredths(x)} ${SECTION.ground - 14}v14` }));
    x += width;
  });
  if (parts.length) board.svg.append(svgElement("path", { class: `crown ${side}`, d: `M${hundredths(from)} ${SECTION.ground - 12}H${hundredths(x)}` }));
}

/** @param {Section} section */
function lanesText({ lanes, slow, lane, median, medianStated }) {
  if (lanes === undefined) return words("section.no_lanes");
  const about = (/** @type {number} */ metres) => fill(words("section.about"), { value: sayWidth(metres) });
  const counted = (/** @type {string} */ key, /** @type {number} */ count, /** @type {number} */ metres) => fill(words(`section.${key}${count === 1 ? "_one" : ""}`), { count, width: about(metres) });
  const usual = counted("lanes", lanes, lane ?? 0);
  const others = [
    slow ? counted("slow", slow, data.standard.slow_lane.width_m) : "",
    median ? fill(words("section.median"), { width: medianStated ? sayWidth(median) : about(median) }) : "",
  ].filter(Boolean);
  return [usual, ...others].join(language.now === "zh" ? "，" : ", ");
}

/**
 * @param {Point} point
 * @param {Side} side
 * @param {number} perMetre
 */
function sectionDrawing(point, side, perMetre) {
  const own = SIDES.indexOf(side);
  const name = data.names[own];
  const made = sectionParts(point, side, data.standard);
  const { width, ground } = SECTION;
  const [roadbed, redline] = ["roadbed_m", "redline_m"].map((field) => point[`${side}_${field}`]);
  const total = sumOf(made.parts);
  const nothing = !made.parts.length && roadbed === undefined && redline === undefined;
  const paving = made.paved ?? (made.parts.length ? total : undefined);
  const stated = made.paved !== undefined;
  const told = (/** @type {string} */ key, /** @type {number | undefined} */ metres, sure = true) => (metres === undefined ? words(`section.no_${key}`)
    : fill(words(`section.${key}`), { width: sure ? sayWidth(metres) : fill(words("section.about"), { value: sayWidth(metres) }) }));
  const rows = [lanesText(made), told("carriageway", paving, stated), told("roadbed", roadbed), told("redline", redline)];
  const board = newDrawing(width, nothing ? 62 : 128, fill(words("section.title"), { name, road: roadName(point, side) }),
    point[`${side}_fid`] ? `${rows.join(language.now === "zh" ? "；" : "; ")}` : fill(words("section.no_road"), { name }));
  board.svg.setAttribute("data-section", side);
  board.svg.setAttribute("data-per-metre", String(Number(perMetre.toFixed(4))));
  board.svg.append(drawBadge(12, 12, side), svgElement("text", { class: `who ${side}`, x: 25, y: 16, text: shortened(`${name} · ${roadName(point, side)}`, width - 40) }));
  if (nothing) {
    const text = point[`${side}_fid`] ? "section.nothing" : "section.no_road";
    board.svg.append(svgElement("rect", { class: "empty", x: 10.5, y: 28.5, width: width - 21, height: 28 }), drawText(width / 2, 47, fill(words(text), { name }), { kind: "quiet" }));
    return board.svg;
  }
  const middle = width / 2;
  if (roadbed !== undefined) {
    const half = roadbed * perMetre / 2;
    board.svg.append(svgElement("path", { class: "roadbed", "data-metres": roadbed, d: `M${hundredths(middle - half)} ${ground}H${hundredths(middle + half)}l6 9H${hundredths(middle - half - 6)}Z` }));
  }
  board.svg.append(svgElement("path", { class: "ground", d: `M${SECTION.side} ${ground}H${width - SECTION.side}` }));
  sectionSurface(board, made.parts, middle - total * perMetre / 2, perMetre, side);
  if (redline !== undefined) {
    for (const sign of [-1, 1]) {
      board.svg.append(svgElement("path", { class: "redline", "data-metres": redline, d: `M${hundredths(middle + sign * redline * perMetre / 2)} ${ground - 30}V${ground + 12}` }));
    }
  }
  board.svg.append(drawText(middle, ground - 20, rows[0], { kind: made.lanes === undefined ? "quiet unknown" : "value assumed" }),
    sectionLevel(board, ground + 24, middle, perMetre, paving, rows[1], { kind: "carriageway", assumed: !stated, missing: "section.no_carriageway" }),
    sectionLevel(board, ground + 41, middle, perMetre, roadbed, rows[2], { kind: "roadbed", missing: "section.no_roadbed" }),
    sectionLevel(board, ground + 58, middle, perMetre, redline, rows[3], { kind: "redline", missing: "section.no_redline" }));
  return board.svg;
}

/** @param {Point} point */
export function sectionsPart(point) {
  const most = Math.max(...SIDES.map((side) => widest(point, side)));
  if (!most) return null;
  const perMetre = Math.min((SECTION.width - 2 * SECTION.side - 16) / most, 14);
  const [a, b] = data.names;
  return drawingFigure(words("section.heading"), make("div", { class: "sections" }, ...SIDES.map((side) => sectionDrawing(point, side, perMetre))),
    make("figcaption", { text: fill(words("section.caption"), { a, b }) }));
}
