// Drawing to scale, without a page: lines, windows, lengths of texts and of scale bars.

/** @import { Box, End, Extent, Frame } from "./types.js" */
/** @import { Spot } from "../shared/types.js" */

/** @param {number} value */
export const hundredths = (value) => Math.round(value * 100) / 100;
/** @param {Spot[]} line */
export const pathOf = (line) => line.map(([x, y], at) => `${at ? "L" : "M"}${hundredths(x)} ${hundredths(y)}`).join("");

/**
 * About how wide a text is; Chinese characters take a whole square.
 * @param {string} text
 * @param {number} [size]
 */
export const textWidth = (text, size = 13) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);

/**
 * A label no wider than there is room; the whole of it stands in the text alternative.
 * @param {string} label
 * @param {number} room
 */
export function shortened(label, room) {
  if (textWidth(label) <= room) return label;
  const kept = [...label].reduce((text, letter) => (textWidth(text + letter) < room - 12 ? text + letter : text), "");
  return `${kept}…`;
}

/**
 * The longest of 1, 2, 5, 10, … metres that fits.
 * @param {number} most
 */
export function roundLength(most) {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((step) => step * ten).find((length) => length <= most);
}

/**
 * What a window leaves of a ring: cut off at one edge after the other.
 * @param {Spot[]} ring
 * @param {Box} box
 */
export function partSeen(ring, [left, top, right, bottom]) {
  const edges = [[0, left, 1], [0, right, -1], [1, top, 1], [1, bottom, -1]];
  return edges.reduce((part, [axis, edge, sign]) => part.flatMap((two, at) => {
    const one = part[(at || part.length) - 1];
    const [before, after] = [one, two].map((place) => sign * (place[axis] - edge) >= 0);
    const share = (edge - one[axis]) / (two[axis] - one[axis]);
    const cut = before === after ? [] : [[0, 1].map((k) => one[k] + share * (two[k] - one[k]))];
    return after ? [...cut, two] : cut;
  }), ring);
}

/**
 * The runs of a line that may be seen: pieces wholly on one side of the window are left out.
 * @param {Spot[]} placed
 * @param {Box} box
 */
export function runsSeen(placed, [left, top, right, bottom]) {
  const runs = [];
  let run = null;
  for (let at = 1; at < placed.length; at += 1) {
    const [one, two] = [placed[at - 1], placed[at]];
    const out = Math.max(one[0], two[0]) < left || Math.min(one[0], two[0]) > right
      || Math.max(one[1], two[1]) < top || Math.min(one[1], two[1]) > bottom;
    if (out) run = null;
    else if (run) run.push(two);
    else runs.push(run = [one, two]);
  }
  return runs;
}

/** @param {End} end */
export const headingOf = (end) => [Math.sin(end.heading_deg * Math.PI / 180), Math.cos(end.heading_deg * Math.PI / 180)];

/**
 * @param {Spot} spot
 * @param {number} by
 */
export const stretched = ([x, y], by) => [x * by, y * by];

/**
 * @param {Spot} spot
 * @param {Spot} by
 */
export const movedBy = ([x, y], [dx, dy]) => [x + dx, y + dy];

/**
 * Metres to pixels: the whole extent fits into the frame, and no more than five pixels a metre.
 * @param {Extent} extent
 * @param {Frame} frame
 */
export function scaleTo({ along, across }, { width, height, top, bottom, side }) {
  const [long, high] = [along[1] - along[0], across[1] - across[0]];
  const perMetre = Math.min((width - 2 * side) / long, (height - top - bottom - 46) / high, 5);
  const middle = [(along[0] + along[1]) / 2, (across[0] + across[1]) / 2];
  const centre = [width / 2, (top + height - bottom) / 2 + 6];
  const pixel = (/** @type {Spot} */ [t, v]) => [centre[0] + perMetre * (t - middle[0]), centre[1] + perMetre * (v - middle[1])];
  return { perMetre, pixel };
}
