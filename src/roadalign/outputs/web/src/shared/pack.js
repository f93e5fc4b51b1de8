// A line as the page holds it, see pack.py: differences in millionths of a degree, five bits a letter.

/**
 * @param {string} packed
 * @returns {[number, number][]} latitude and longitude
 */
export function unpack(packed) {
  /** @type {[number, number][]} */
  const line = [];
  const place = [0, 0];
  let at = 0;
  while (at < packed.length) {
    for (const axis of [0, 1]) {
      let value = 0;
      let shift = 0;
      let bits;
      do {
        bits = packed.charCodeAt(at) - 63;
        at += 1;
        value |= (bits & 31) << shift;
        shift += 5;
      } while (bits >= 32);
      place[axis] += value & 1 ? ~(value >> 1) : value >> 1;
    }
    line.push([place[1] / 1e6, place[0] / 1e6]);
  }
  return line;
}
