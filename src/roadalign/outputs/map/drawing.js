// What the drawings of a card share: dimension lines, hatches, texts, scale bar, north.
const INK = "#1d2329";
const HATCH_ANGLE = { rise: 45, fall: -45, level: 90 };
const existingRoads = Object.values(data.ground.network).flat();
let drawings = 0;

// A picture with its text alternative; `number` makes ids that no other drawing has.
function newDrawing(width, height, title, description) {
  drawings += 1;
  const id = `drawing-${drawings}`;
  const svg = svgElement("svg", {
    viewBox: `0 0 ${width} ${height}`, role: "img", fill: "none", "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-desc`, class: "drawing",
  }, svgElement("title", { id: `${id}-title`, text: title }), svgElement("desc", { id: `${id}-desc`, text: description }));
  const defs = svg.appendChild(svgElement("defs"));
  return { svg, defs, id };
}

function drawHatch(board, name, colour, angle, { gap = 6, ground = "#fff" } = {}) {
  const id = `${board.id}-${name}`;
  board.defs.append(svgElement("pattern", {
    id, width: gap, height: gap, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})`,
  }, svgElement("rect", { width: gap, height: gap, fill: ground, "fill-opacity": 0.55 }),
  svgElement("line", { x1: 0, y1: 0, x2: 0, y2: gap, stroke: colour, "stroke-width": 1.6 })));
  return `url(#${id})`;
}

function clipTo(board, x, y, width, height) {
  const id = `${board.id}-window`;
  board.defs.append(svgElement("clipPath", { id }, svgElement("rect", { x, y, width, height })));
  return `url(#${id})`;
}

const hundredths = (value) => Math.round(value * 100) / 100;
const pathOf = (line) => line.map(([x, y], at) => `${at ? "L" : "M"}${hundredths(x)} ${hundredths(y)}`).join("");

// Text with a white rim, so that it can be read over any line.
function drawText(x, y, text, { anchor = "middle", kind = "" } = {}) {
  return svgElement("text", { x: hundredths(x), y: hundredths(y), "text-anchor": anchor, class: `note ${kind}`.trim(), text });
}

// About how wide a text is; Chinese characters take a whole square.
const textWidth = (text, size = 13) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? size : size * 0.56), 0);

// A label no wider than there is room; the whole of it stands in the text alternative.
function shortened(label, room) {
  if (textWidth(label) <= room) return label;
  const kept = [...label].reduce((text, letter) => (textWidth(text + letter) < room - 12 ? text + letter : text), "");
  return `${kept}…`;
}

function drawTip(x, y, dx, dy, size = 6) {
  const long = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / long, dy / long];
  const back = [x - size * ux, y - size * uy];
  const half = size * 0.36;
  return svgElement("path", { class: "tip", d: `${pathOf([[x, y], [back[0] - half * uy, back[1] + half * ux], [back[0] + half * uy, back[1] - half * ux]])}Z` });
}

// A dimension between two places: arrows inside where there is room, else from outside.
function drawDimension(from, to, text, { kind, metres, anchor = "middle", at = null, assumed = false }) {
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
  drawTip(...from, ...(inside ? [-dx, -dy] : [ux, uy])), drawTip(...to, ...(inside ? [dx, dy] : [-ux, -uy])),
  drawText(...place, text, { anchor, kind: "value" }));
}

const drawExtension = (from, to) => svgElement("path", { class: "extension", d: pathOf([from, to]) });

// The longest of 1, 2, 5, 10, … metres that fits.
function roundLength(most) {
  const ten = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((step) => step * ten).find((length) => length <= most);
}

function scaleBar(x, y, perMetre, most) {
  const metres = roundLength(most / perMetre);
  const long = metres * perMetre;
  return svgElement("g", { class: "scale", "data-metres": metres, "data-length": hundredths(long) },
    svgElement("path", { class: "bar", d: `M${x} ${y - 4}V${y}H${hundredths(x + long)}V${y - 4}` }),
    svgElement("rect", { x, y: y - 3, width: hundredths(long / 2), height: 3, fill: INK }),
    drawText(x + long + 5, y, metres < 1000 ? `${sayShort(metres)} m` : `${sayShort(metres / 1000)} km`, { anchor: "start" }));
}

// North as an angle of the screen, clockwise from up.
function northArrow(x, y, angle) {
  return svgElement("g", { class: "compass", "data-angle": hundredths(angle) },
    svgElement("path", { transform: `translate(${x} ${y}) rotate(${hundredths(angle)})`, d: "M0 -11 4.5 8 0 4.5 -4.5 8Z" }),
    drawText(x + 19 * Math.sin(angle * Math.PI / 180), y + 4 - 19 * Math.cos(angle * Math.PI / 180), words("sketch.north"), { kind: "value" }));
}

function drawBadge(x, y, side) {
  return svgElement("g", { class: `badge ${side}` }, svgElement("circle", { cx: hundredths(x), cy: hundredths(y), r: 8, fill: SIDE_COLOUR[side] }),
    svgElement("text", { x: hundredths(x), y: hundredths(y + 4), "text-anchor": "middle", text: side.toUpperCase() }));
}

// Degrees to metres east and north of a docking point.
function metresFrom(point) {
  const [eastByLon, northByLon, eastByLat, northByLat] = data.cards[point.id].frame;
  // where lines are drawn for tiles of another datum, so is the point
  const [ownLat, ownLon] = point.at || [point.lat, point.lon];
  return ([lat, lon]) => {
    const [x, y] = [lon - ownLon, lat - ownLat];
    return [eastByLon * x + eastByLat * y, northByLon * x + northByLat * y];
  };
}

const unpackedLines = new Map();
function unpacked(packed) {
  if (!unpackedLines.has(packed)) {
    const line = unpack(packed);
    const [lats, lons] = [0, 1].map((k) => line.map((place) => place[k]));
    unpackedLines.set(packed, { line, box: [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)] });
  }
  return unpackedLines.get(packed);
}

const isNear = (packed, nearby) => {
  const { box } = unpacked(packed);
  return box[2] >= nearby[0] && box[0] <= nearby[2] && box[3] >= nearby[1] && box[1] <= nearby[3];
};

// What a window leaves of a ring: cut off at one edge after the other.
function partSeen(ring, [left, top, right, bottom]) {
  const edges = [[0, left, 1], [0, right, -1], [1, top, 1], [1, bottom, -1]];
  return edges.reduce((part, [axis, edge, sign]) => part.flatMap((two, at) => {
    const one = part[(at || part.length) - 1];
    const [before, after] = [one, two].map((place) => sign * (place[axis] - edge) >= 0);
    const share = (edge - one[axis]) / (two[axis] - one[axis]);
    const cut = before === after ? [] : [[0, 1].map((k) => one[k] + share * (two[k] - one[k]))];
    return after ? [...cut, two] : cut;
  }), ring);
}

// The runs of a line that may be seen: pieces wholly on one side of the window are left out.
function seenRuns(packed, place, [left, top, right, bottom], nearby) {
  if (!isNear(packed, nearby)) return [];
  const { line } = unpacked(packed);
  const runs = [];
  let run = null;
  const placed = line.map(place);
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

// Box of degrees around a docking point, wide enough for `reach` metres.
function boxAround(point, reach) {
  const [eastByLon, , , northByLat] = data.cards[point.id].frame;
  const [lon, lat] = [1.1 * reach / Math.abs(eastByLon), 1.1 * reach / Math.abs(northByLat)];
  const [ownLat, ownLon] = point.at || [point.lat, point.lon];
  return [ownLat - lat, ownLon - lon, ownLat + lat, ownLon + lon];
}

function drawingFigure(heading, drawing, ...below) {
  return make("figure", { class: "figure" }, make("h3", { text: heading }), drawing, ...below);
}
