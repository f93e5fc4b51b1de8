// What everything else uses: the data, the words, elements, lines. Values only ever become text.
const data = JSON.parse(document.getElementById("data").textContent);
const state = { lang: data.lang, chosen: null, open: false, hidden: new Set(), shown: [] };
const words = (key) => key.split(".").reduce((found, part) => found[part], data.words[state.lang]);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const VERDICTS = ["missing", "mismatched", "ambiguous", "aligned"];
const byId = new Map(data.points.map((point) => [point.id, point]));
const km = (point) => `${(point.chainage_m / 1000).toFixed(2)} km`;
const headline = (point) => point[`summary_${state.lang}`] || point.id;

function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

// A line as the page holds it, see pack.py: differences in millionths of a degree, five bits a letter.
function unpack(packed) {
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
