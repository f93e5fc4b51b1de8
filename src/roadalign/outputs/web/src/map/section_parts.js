// What a cross-section consists of, widths in metres.

/** @import { Part, Point, Standard } from "./types.js" */
/** @import { Side } from "../shared/types.js" */

const FITS_M = 0.3;

/**
 * @param {Point} point
 * @param {Side} side
 * @param {Standard} standard
 */
export function laneWidth(point, side, standard) {
  const speed = point[`${side}_design_speed_kmh`];
  const kind = String(point[`${side}_class_text`] ?? "").toLowerCase();
  const system = standard.urban.some((word) => kind.includes(word)) ? "urban" : "highway";
  const lane = standard.lane[system];
  if (speed !== undefined) return (lane.find((row) => speed <= row.up_to_kmh) || lane[lane.length - 1]).width_m;
  return standard.lane_by_rank[system].width_m[point[`${side}_road_class`] ?? 3];
}

/**
 * The parts of one side's section from left to right, widths in metres.
 * @param {Point} point
 * @param {Side} side
 * @param {Standard} standard
 */
export function sectionParts(point, side, standard) {
  const value = (/** @type {string} */ field) => point[`${side}_${field}`];
  const [lanes, slow, paved] = [value("lanes"), value("slow_lanes") ?? 0, value("carriageway_m")];
  const { slow_lane: slowLane, median: usual } = standard;
  const split = (value("road_class") ?? 0) >= usual.from_rank && lanes >= usual.from_lanes && lanes % 2 === 0;
  if (lanes === undefined) return { parts: paved === undefined ? [] : [{ kind: "paving", width: paved, stated: true }], paved };
  let lane = laneWidth(point, side, standard);
  const ownMedian = value("median_m");
  let median = ownMedian ?? (split ? usual.width_m : 0);
  const slowly = slow * slowLane.width_m;
  let rest = 0;
  let outside = false;
  if (paved !== undefined) {
    const fits = (/** @type {number} */ metres) => metres <= paved + FITS_M;
    outside = slow > 0 && !fits(lanes * lane + median + slowly);
    const inside = outside ? 0 : slowly;
    if (median && ownMedian === undefined && !fits(lanes * lane + median + inside)) median = 0;
    const around = ownMedian === undefined ? inside : inside + median;
    if (!fits(lanes * lane + around)) lane = Math.max(paved - around, 0) / lanes;
    rest = Math.max(paved - lanes * lane - median - inside, 0) / 2;
  }
  const stated = paved !== undefined;
  const half = (/** @type {number} */ count, /** @type {string} */ kind, /** @type {number} */ width, /** @type {boolean} */ known) => Array.from({ length: count }, () => ({ kind, width, stated: known }));
  const edge = rest > 0.05 ? [{ kind: "edge", width: rest, stated }] : [];
  const left = half(Math.ceil(slow / 2), "slow", slowLane.width_m, stated && !outside);
  const right = half(Math.floor(slow / 2), "slow", slowLane.width_m, stated && !outside);
  const middle = median ? [{ kind: "median", width: median, stated: ownMedian !== undefined }] : [];
  const way = (/** @type {number} */ count) => half(count, "lane", lane, stated);
  const parts = outside
    ? [...left, ...edge, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...edge, ...right]
    : [...edge, ...left, ...way(Math.ceil(lanes / 2)), ...middle, ...way(Math.floor(lanes / 2)), ...right, ...edge];
  return { parts, paved, lane, lanes, slow, median, medianStated: ownMedian !== undefined };
}

/** @param {Part[]} parts */
export const sumOf = (parts) => parts.reduce((sum, part) => sum + part.width, 0);
