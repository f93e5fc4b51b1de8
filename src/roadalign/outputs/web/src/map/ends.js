// The two ends of a docking point in metres along and across the axis of the pair, and where they go on the drawing.
import { data } from "./data.js";
import { metresFrom, unpacked } from "./drawing.js";
import { headingOf, movedBy, scaleTo, stretched } from "./geometry.js";
import { known } from "../shared/known.js";
import { SIDES } from "../shared/sides.js";

/** @import { PairGround, Point } from "./types.js" */
/** @import { Side, Spot } from "../shared/types.js" */

export const SKETCH = { width: 380, height: 272, top: 50, bottom: 30, side: 8 };
export const SHORT_LINK_M = 0.05;
export const TURN_DEG = 0.5;
const FARTHEST_M = 200;
export const APART_M = 2;

/**
 * What is measured: ends and headings in metres, the axis, and the way from metres along and across it.
 * @param {Point} point
 * @returns {PairGround}
 */
export function pairGround(point) {
  const card = data.cards[point.id];
  const ends = SIDES.filter((side) => card[side]);
  const heading = Object.fromEntries(ends.map((side) => [side, headingOf(known(card[side]))]));
  let axis = heading.a || (heading.b ? stretched(heading.b, -1) : [1, 0]);
  if (ends.length > 1) {
    const both = [heading.a[0] - heading.b[0], heading.a[1] - heading.b[1]];
    const long = Math.hypot(...both);
    const [a, b] = [known(card.a), known(card.b)];
    const between = [b.at[0] - a.at[0], b.at[1] - a.at[1]];
    const apart = Math.hypot(...between);
    // two roads that turn back have no axis of their own
    axis = long > 1e-6 ? stretched(both, 1 / long) : (apart > 0 ? stretched(between, 1 / apart) : axis);
  }
  /** @type {(metres: Spot) => Spot} */
  const turn = (/** @type {Spot} */ [east, north]) => [east * axis[0] + north * axis[1], east * axis[1] - north * axis[0]];
  const place = (/** @type {Spot} */ metres) => turn(metres);
  /** @type {any} */
  const out = Object.fromEntries(ends.map((side) => [side, { at: place(known(card[side]).at), heading: turn(heading[side]) }]));
  return { card, ends, out, place, turn };
}

/**
 * @param {Point} point
 * @param {Side} side
 */
export const widthOf = (point, side) => point[`${side}_carriageway_m`] ?? point[`${side}_roadbed_m`] ?? 0;

/**
 * Where a road drawn beyond the boundary ends: of its corners ahead, the one about as far off as it was measured.
 * @param {Point} point
 * @param {Side} side
 * @param {PairGround} ground
 */
export function tipBeyond(point, side, { card, out, place }) {
  const beyond = -(point[`${side}_to_boundary_m`] ?? 0);
  if (point[`${side}_end`] !== "overshoot" || beyond <= 1) return null;
  const metres = metresFrom(point);
  const { at, heading } = out[side];
  let best = movedBy(at, stretched(heading, beyond));
  let least = 0.25 * beyond;
  for (const road of known(card[side]).roads) {
    for (const spot of unpacked(data.roads[side][road].c).line) {
      const corner = place(metres(spot));
      const way = [corner[0] - at[0], corner[1] - at[1]];
      const off = Math.abs(Math.hypot(...way) - beyond);
      if (way[0] * heading[0] + way[1] * heading[1] > 0 && off < least) [best, least] = [corner, off];
    }
  }
  return best;
}

/**
 * The part of the ground to be seen, in metres along and across the axis.
 * @param {Point} point
 * @param {PairGround} ground
 */
function pairExtent(point, ground) {
  const { card, ends, out, place } = ground;
  const along = [0];
  const across = [];
  for (const side of ends) {
    const { at } = out[side];
    along.push(at[0]);
    const half = widthOf(point, side) / 2 + 2;
    across.push(at[1] - half, at[1] + half);
    const tip = tipBeyond(point, side, ground);
    if (tip) {
      const far = Math.min(1, FARTHEST_M / Math.hypot(tip[0] - at[0], tip[1] - at[1]));
      along.push(at[0] + far * (tip[0] - at[0]));
      across.push(at[1] + far * (tip[1] - at[1]));
    }
  }
  const built = card.proposal && data.proposals[card.proposal.line];
  if (built) {
    const metres = metresFrom(point);
    for (const spot of unpacked(built).line) {
      const [t, v] = place(metres(spot));
      along.push(t);
      across.push(v);
    }
  }
  const [from, to] = [Math.min(...along), Math.max(...along)];
  const wide = Math.max(...ends.map((side) => widthOf(point, side)), 6);
  const room = built ? Math.max(0.14 * (to - from), 20) : Math.max(0.35 * (to - from), 1.6 * wide, 32);
  return { along: [from - room, to + room], across: [Math.min(...across), Math.max(...across)] };
}

/**
 * Metres to pixels: the whole extent fits, and no more than five pixels a metre.
 * @param {Point} point
 * @param {PairGround} ground
 */
export function pairScale(point, ground) {
  const found = pairExtent(point, ground);
  return scaleTo(found, SKETCH);
}

/**
 * The place on one side's road at the docking point that lies nearest to a place.
 * @param {Point} point
 * @param {Side} side
 * @param {PairGround} ground
 * @param {Spot} spot
 */
export function nearestOn(point, side, { card, place }, [x, y]) {
  const metres = metresFrom(point);
  /** @type {Spot | null} */
  let best = null;
  let least = Infinity;
  for (const road of card[side]?.roads || []) {
    const corners = unpacked(data.roads[side][road].c).line.map((/** @type {Spot} */ spot) => place(metres(spot)));
    for (let at = 1; at < corners.length; at += 1) {
      const [[x1, y1], [x2, y2]] = [corners[at - 1], corners[at]];
      const [dx, dy] = [x2 - x1, y2 - y1];
      const share = Math.min(Math.max(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1), 0), 1);
      const foot = [x1 + share * dx, y1 + share * dy];
      const off = Math.hypot(foot[0] - x, foot[1] - y);
      if (off < least) [best, least] = [foot, off];
    }
  }
  return best;
}

/**
 * @param {Point} point
 * @param {PairGround} ground
 */
export function northAngle(point, ground) {
  const [, , east, north] = data.cards[point.id].frame;
  const [t, v] = ground.turn([east, north]);
  return Math.atan2(t, -v) * 180 / Math.PI;
}
