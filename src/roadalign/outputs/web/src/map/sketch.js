// The two ends to scale: the axis of the pair runs from left (side A) to right (side B), north where the arrow points.
import { data } from "./data.js";
import { boxAround, clipTo, drawBadge, drawDimension, drawExtension, drawHatch, drawingFigure, drawText, drawTip, existingRoads, HATCH_ANGLE, isNear, metresFrom, newDrawing, northArrow, scaleBar, seenRuns, unpacked } from "./drawing.js";
import { APART_M, nearestOn, northAngle, pairGround, pairScale, SHORT_LINK_M, SKETCH, tipBeyond, TURN_DEG, widthOf } from "./ends.js";
import { sayDegrees, sayMetres } from "./format.js";
import { hundredths, partSeen, pathOf, shortened, stretched, textWidth } from "./geometry.js";
import { nameOf, roadName } from "./roads.js";
import { make } from "../shared/dom.js";
import { compact } from "../shared/known.js";
import { otherSide, SIDES } from "../shared/sides.js";
import { areaStyle, svgElement } from "../shared/symbols.js";
import { fill } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/** @import { Board, PairGround, Point, Scale } from "./types.js" */
/** @import { Spot } from "../shared/types.js" */

/**
 * @param {SVGElement} into
 * @param {Point} point
 * @param {PairGround} ground
 * @param {Scale} scale
 * @param {(degrees: Spot) => Spot} spot
 */
function sketchRoads(into, point, ground, scale, spot) {
  const { width, height } = SKETCH;
  const reach = Math.hypot(width, height) / scale.perMetre;
  const nearby = boxAround(point, reach);
  const frame = [0, 0, width, height];
  const layer = svgElement("g", { class: "roads" });
  const add = (/** @type {string} */ packed, /** @type {Record<string, any>} */ attributes) => seenRuns(packed, spot, frame, nearby).forEach((run) => layer.append(svgElement("path", { d: pathOf(run), ...attributes })));
  for (const road of existingRoads) add(road, { class: "existing" });
  for (const own of [false, true]) {
    for (const side of SIDES) {
      const chosen = new Set(ground.card[side]?.roads || []);
      data.roads[side].forEach((road, at) => {
        if (chosen.has(at) !== own) return;
        if (road.w) {
          add(road.c, { class: `surface ${side}${own ? "" : " other"}`, "stroke-width": hundredths(road.w * scale.perMetre), "data-width-m": road.w });
        }
        add(road.c, { class: `axis-line ${side}${own ? "" : " other"}${road.p ? " planned" : ""}` });
      });
    }
  }
  into.append(layer);
  return layer.querySelector(".existing") !== null;
}

/**
 * Strip of the boundary and areas; of each kind the part seen, to write its name there.
 * @param {Board} board
 * @param {SVGElement} layer
 * @param {Point} point
 * @param {Scale} scale
 * @param {(degrees: Spot) => Spot} spot
 */
function sketchGround(board, layer, point, scale, spot) {
  const { width, height } = SKETCH;
  for (const ring of data.strip) layer.append(svgElement("path", { class: "bank", d: `${pathOf(unpacked(ring).line.map(spot))}Z` }));
  const frame = [0, 0, width, height];
  const nearby = boxAround(point, Math.hypot(width, height) / scale.perMetre);
  /** @type {{places: Spot[], text: string}[]} */
  const named = [];
  for (const [kind, areas] of Object.entries(data.ground.areas)) {
    const style = areaStyle(kind);
    const paint = drawHatch(board, kind, style.hatch ? style.line : style.fill, HATCH_ANGLE[style.hatch] ?? 0, { gap: 8, ground: style.fill });
    const near = areas.filter((rings) => isNear(rings[0], nearby)).map((rings) => rings.map((ring) => unpacked(ring).line.map(spot)))
      .map((drawn) => ({ drawn, seen: partSeen(drawn[0], frame) })).filter(({ seen }) => seen.length);
    for (const { drawn } of near) {
      layer.append(svgElement("path", { class: "area", d: drawn.map((ring) => `${pathOf(ring)}Z`).join(""), fill: paint, stroke: style.line, "fill-rule": "evenodd", "data-kind": kind }));
    }
    if (near.length) named.push({ places: near[0].seen, text: data.ground.kinds[kind][language.now] });
  }
  return named;
}

/**
 * @param {SVGElement} layer
 * @param {Point} point
 * @param {(degrees: Spot) => Spot} spot
 * @param {Scale} scale
 */
function sketchBoundary(layer, point, spot, scale) {
  const { width, height } = SKETCH;
  const nearby = boxAround(point, Math.hypot(width, height) / scale.perMetre);
  const runs = data.boundary.flatMap((part) => seenRuns(part, spot, [0, 0, width, height], nearby));
  for (const run of runs) {
    layer.append(svgElement("path", { class: "boundary-rim", d: pathOf(run) }), svgElement("path", { class: "boundary-line", d: pathOf(run) }));
  }
  return runs;
}

/**
 * Where the boundary leaves the drawing below, its name is written beside it.
 * @param {Spot[][]} runs
 */
function boundaryName(runs) {
  const { height, width, bottom } = SKETCH;
  const level = height - bottom - 6;
  for (const run of runs) {
    for (let at = 1; at < run.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [run[at - 1], run[at]];
      if ((y1 - level) * (y2 - level) > 0 || y1 === y2) continue;
      const x = x1 + (x2 - x1) * (level - y1) / (y2 - y1);
      if (x > 10 && x < width - 60) return drawText(x + 7, level + 3, words("sketch.boundary"), { anchor: "start", kind: "quiet" });
    }
  }
  return null;
}

/**
 * @param {Point} point
 * @param {PairGround} ground
 * @param {Scale} scale
 */
function sketchDimensions(point, ground, scale) {
  const { a, b } = ground.out;
  const [one, two] = [scale.pixel(a.at), scale.pixel(b.at)];
  const gap = b.at[0] - a.at[0];
  const offset = b.at[1] - a.at[1];
  const parts = [];
  const reach = Math.max(...SIDES.map((side) => widthOf(point, side))) / 2 * scale.perMetre;
  if (Math.abs(gap) >= SHORT_LINK_M) {
    const level = Math.max(Math.min(one[1], two[1]) - reach - 20, SKETCH.top + 12);
    const text = fill(words(gap > 0 ? "sketch.gap" : "sketch.overlap"), { value: sayMetres(Math.abs(point.gap_m ?? gap)) });
    const short = Math.abs(two[0] - one[0]) < textWidth(text) + 14;
    parts.push(drawExtension([one[0], one[1]], [one[0], level - 4]), drawExtension([two[0], two[1]], [two[0], level - 4]),
      drawDimension([one[0], level], [two[0], level], text, {
        kind: "gap", metres: Math.abs(gap), at: [(one[0] + two[0]) / 2, level - (short ? 7 : 4)],
      }));
  }
  if (Math.abs(offset) >= SHORT_LINK_M) {
    const x = Math.max(one[0], two[0]) + 40;
    const [upper, lower] = [Math.min(one[1], two[1]), Math.max(one[1], two[1])];
    const text = fill(words("sketch.offset"), { value: sayMetres(Math.abs(point.offset_m ?? offset)) });
    const roomy = lower - upper >= 26;
    parts.push(drawExtension(one, [x + 6, one[1]]), drawExtension(two, [x + 6, two[1]]),
      drawDimension([x, one[1]], [x, two[1]], text, {
        kind: "offset", metres: Math.abs(offset), anchor: "start", at: [x + 7, roomy ? (upper + lower) / 2 + 4 : lower + Math.max(reach, 10) + 12],
      }));
  }
  return parts;
}

/**
 * The angle between straight on from A and the road of B, at the end of A.
 * @param {Point} point
 * @param {PairGround} ground
 * @param {Scale} scale
 */
function sketchTurn(point, ground, scale) {
  const turn = point.deflection_deg ?? 0;
  if (turn < TURN_DEG) return [];
  const { a, b } = ground.out;
  const from = scale.pixel(a.at);
  const [ahead, onward] = [a.heading, stretched(b.heading, -1)];
  const clockwise = Math.sign(ahead[0] * onward[1] - ahead[1] * onward[0]) || 1;
  const start = Math.atan2(ahead[1], ahead[0]);
  const end = start + clockwise * turn * Math.PI / 180;
  const radius = 92;
  const at = (/** @type {number} */ angle, /** @type {number} */ long) => [from[0] + long * Math.cos(angle), from[1] + long * Math.sin(angle)];
  const [first, last] = [at(start, radius), at(end, radius)];
  const text = sayDegrees(turn);
  const wideEnough = radius * turn * Math.PI / 180 > 22;
  const tips = wideEnough ? [
    drawTip(first[0], first[1], Math.sin(start) * clockwise, -Math.cos(start) * clockwise), drawTip(last[0], last[1], -Math.sin(end) * clockwise, Math.cos(end) * clockwise),
  ] : [];
  const label = at((start + end) / 2, radius + 8);
  return [drawExtension(from, at(start, radius + 26)), drawExtension(from, at(end, radius + 26)),
    svgElement("g", { class: "dimension", "data-dimension": "deflection", "data-degrees": hundredths(turn), "data-from": first.map(hundredths).join(","), "data-to": last.map(hundredths).join(","), "data-centre": from.map(hundredths).join(",") },
      svgElement("path", { class: "measure", d: `${pathOf([first])}A${radius} ${radius} 0 ${turn > 180 ? 1 : 0} ${clockwise > 0 ? 1 : 0} ${last.map(hundredths).join(" ")}` }),
      ...tips, drawText(label[0], label[1] + 4, text, { anchor: "start", kind: "value" }))];
}

/**
 * How far a road is drawn beyond the line, at its tip, and how far from the other side's road that is.
 * @param {Point} point
 * @param {PairGround} ground
 * @param {Scale} scale
 */
function sketchBeyond(point, ground, scale) {
  return ground.ends.flatMap((side) => {
    const tip = tipBeyond(point, side, ground);
    if (!tip) return [];
    const text = fill(words("sketch.beyond"), { name: nameOf(side), value: sayMetres(-point[`${side}_to_boundary_m`], 0) });
    const [x, y] = scale.pixel(tip);
    const half = textWidth(text) / 2 + 6;
    const up = y < (SKETCH.top + SKETCH.height) / 2 ? -12 : 20;
    const foot = nearestOn(point, otherSide(side), ground, tip);
    const apart = foot ? Math.hypot(foot[0] - tip[0], foot[1] - tip[1]) : 0;
    const [one, two] = [tip, foot ?? tip].map(scale.pixel);
    const measure = apart > APART_M ? [drawDimension(one, two, sayMetres(apart), {
      kind: "beyond", metres: apart, anchor: "end", at: [(one[0] + two[0]) / 2 - 8, (one[1] + two[1]) / 2 + 4],
    })] : [];
    return [...measure, drawText(Math.min(Math.max(x, half), SKETCH.width - half), Math.min(Math.max(y + up, SKETCH.top), SKETCH.height - SKETCH.bottom - 8), text, { kind: "value" })];
  });
}

/**
 * One side has no road: where it would go on, a question.
 * @param {PairGround} ground
 * @param {Scale} scale
 */
function sketchQuestion(ground, scale) {
  const [side] = ground.ends;
  const other = otherSide(side);
  const { at, heading } = ground.out[side];
  const from = scale.pixel(at);
  const edge = heading[0] > 0 ? SKETCH.width - 8 : 8;
  const long = Math.abs(edge - from[0]);
  const far = [from[0] + heading[0] * long, from[1] + heading[1] * long];
  const middle = [from[0] + heading[0] * long * 0.55, from[1] + heading[1] * long * 0.55];
  const text = fill(words("sketch.none"), { name: data.names[SIDES.indexOf(other)] });
  const half = textWidth(text) / 2;
  const x = Math.min(Math.max(middle[0], half + 6), SKETCH.width - half - 6);
  return [drawExtension(from, far), drawText(middle[0], middle[1] + 14, "?", { kind: "question" }), drawText(x, middle[1] + 36, text, { kind: "quiet" })];
}

/**
 * @param {Point} point
 */
function sketchNames(point) {
  const { width } = SKETCH;
  return SIDES.flatMap((side, at) => {
    const x = at ? width - 12 : 12;
    const label = `${data.names[at]} · ${roadName(point, side)}`;
    const kept = shortened(label, width / 2 - 34);
    return [drawBadge(x, 14, side), svgElement("text", {
      x: at ? x - 13 : x + 13, y: 18, "text-anchor": at ? "end" : "start", class: `who ${side}`, text: kept,
    })];
  });
}

/**
 * A letter on each road, towards the edge of the drawing.
 * @param {PairGround} ground
 * @param {Scale} scale
 */
function sketchBadges(ground, scale) {
  return ground.ends.map((side) => {
    const { at, heading } = ground.out[side];
    const from = scale.pixel(at);
    const inward = stretched(heading, -1);
    const long = Math.max((inward[0] < 0 ? from[0] - 22 : SKETCH.width - 22 - from[0]) / Math.max(Math.abs(inward[0]), 0.2), 20);
    const [x, y] = [from[0] + inward[0] * long, from[1] + inward[1] * long];
    return drawBadge(x, Math.min(Math.max(y, SKETCH.top), SKETCH.height - SKETCH.bottom - 10), side);
  });
}

/**
 * @param {Point} point
 * @param {PairGround} ground
 */
function sketchText(point, ground) {
  const [a, b] = data.names;
  if (ground.ends.length < 2) {
    const [side] = ground.ends;
    const own = SIDES.indexOf(side);
    return fill(words("sketch.alone"), { name: data.names[own], other: data.names[1 - own], road: roadName(point, side) });
  }
  const said = fill(words("sketch.both"), { a, b, road_a: roadName(point, "a"), road_b: roadName(point, "b") });
  if (point.gap_m === undefined) return said;
  return `${said} ${fill(words("sketch.measures"), {
    gap: sayMetres(point.gap_m), offset: sayMetres(point.offset_m ?? 0), deflection: sayDegrees(point.deflection_deg ?? 0),
  })}`;
}

/** @param {Point} point */
export function sketchPart(point) {
  const ground = pairGround(point);
  if (!ground.ends.length) return null;
  const scale = pairScale(point, ground);
  const metres = metresFrom(point);
  const spot = (/** @type {Spot} */ degrees) => scale.pixel(ground.place(metres(degrees)));
  const { width, height, top } = SKETCH;
  const board = newDrawing(width, height, fill(words("sketch.title"), { id: point.id }), sketchText(point, ground));
  board.svg.setAttribute("data-per-metre", String(Number(scale.perMetre.toFixed(4))));
  const layer = svgElement("g", { "clip-path": clipTo(board, 0, 26, width, height - 26 - 22) });
  board.svg.append(svgElement("rect", { class: "sheet", x: 0.5, y: 0.5, width: width - 1, height: height - 1 }), layer);
  const areas = sketchGround(board, layer, point, scale, spot);
  const existing = sketchRoads(layer, point, ground, scale, spot);
  const runs = sketchBoundary(layer, point, spot, scale);
  const { proposal } = ground.card;
  if (proposal && data.proposals[proposal.line]) {
    const line = unpacked(data.proposals[proposal.line]).line.map(spot);
    layer.append(svgElement("path", { class: "proposal-rim", d: pathOf(line) }), svgElement("path", { class: "proposal-line", d: pathOf(line) }));
  }
  const ends = ground.ends.map((side) => ({ side, at: scale.pixel(ground.out[side].at) }));
  const apart = ends.length > 1 ? Math.hypot(ends[0].at[0] - ends[1].at[0], ends[0].at[1] - ends[1].at[1]) : 0;
  if (apart > 1) {
    layer.append(svgElement("path", { class: "link-line", d: pathOf(ends.map(({ at }) => at)) }));
  }
  board.svg.append(...compact([
    ...(ends.length > 1 ? [...sketchDimensions(point, ground, scale), ...sketchTurn(point, ground, scale)] : sketchQuestion(ground, scale)),
    ...sketchBeyond(point, ground, scale), ...areas.map(({ places, text }) => areaName(places, text)),
    boundaryName(runs),
    ...sketchBadges(ground, scale),
    ...ends.map(({ side, at: [x, y] }) => svgElement("circle", { class: `end ${side}`, cx: hundredths(x), cy: hundredths(y), r: side === "a" && apart < 8 ? 5.4 : 3.4, "data-end": side })),
    ...sketchNames(point),
    scaleBar(12, height - 10, scale.perMetre, 110),
    northArrow(width - 32, top + 4, northAngle(point, ground)),
  ]));
  return drawingFigure(words("sketch.heading"), board.svg,
    make("figcaption", { text: [fill(words("to_scale"), { a: data.names[0], b: data.names[1] }),
      ground.ends.every((side) => widthOf(point, side)) ? "" : words("sketch.width_unknown")].join(language.now === "zh" ? "" : " ").trim() }), sketchKey(point, ground, existing));
}

/**
 * Inside the lower edge of what is seen of the area, off its middle, where boundary and roads run.
 * @param {Spot[]} places
 * @param {string} text
 */
function areaName(places, text) {
  const [xs, ys] = [0, 1].map((k) => places.map((place) => place[k]));
  const [left, right, low] = [Math.min(...xs), Math.max(...xs), Math.max(...ys)];
  const half = textWidth(text) / 2 + 6;
  const x = Math.min(Math.max(left + (right - left) * 0.28, half), SKETCH.width - half);
  return drawText(x, Math.min(low - 6, SKETCH.height - SKETCH.bottom - 24), text, { kind: "area-name" });
}

/**
 * What the lines mean that carry no name of their own.
 * @param {Point} point
 * @param {PairGround} ground
 * @param {boolean} existing
 */
function sketchKey(point, ground, existing) {
  const rows = [];
  if (point.link_m > 1) rows.push(["link-line", "sketch.link"]);
  if (ground.card.proposal) rows.push(["proposal-line", "sketch.proposal"]);
  if (data.strip.length) rows.push(["bank", "sketch.strip"]);
  if (existing) rows.push(["existing", "sketch.existing"]);
  if (!rows.length) return null;
  return make("ul", { class: "drawing-key" }, ...rows.map(([kind, text]) => make("li", {},
    svgElement("svg", { width: 28, height: 10, viewBox: "0 0 28 10", "aria-hidden": "true", class: "drawing" }, svgElement("path", { class: kind, d: "M1 5H27" })),
    make("span", { text: words(text) }))));
}
