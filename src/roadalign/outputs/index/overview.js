// The overview map: every boundary coloured by its docking rate; the points of a chosen one.
const state = { lang: data.lang, most: 50, sort: "rate", down: false, filter: null, pairs: [], points: [] };

// From much to settle to little; the line grows thinner too, so that it can be told without colour.
const BANDS = [
  { below: 0.5, colour: "#a3122a", weight: 7 }, { below: 0.7, colour: "#d5580c", weight: 6 },
  { below: 0.85, colour: "#c99700", weight: 5 }, { below: 0.95, colour: "#4a98a8", weight: 4.2 },
  { below: Infinity, colour: "#0a6150", weight: 3.4 },
];
const DOT = 6;
const NO_RATE = { colour: "#6b7680", weight: 3 };
const bandOf = (rate) => (rate === null ? NO_RATE : BANDS.find((band) => rate < band.below));
const percent = (rate) => (rate === null || rate === undefined ? "—" : `${Math.round(100 * rate)} %`);
const rateOf = (pair) => (pair.summary ? pair.summary.docking_rate : null);
const open = (pair) => ["missing", "mismatched", "ambiguous"].reduce((sum, verdict) => sum + (pair.summary.verdicts[verdict] || 0), 0);
const linkOf = (point) => `${data.pairs[point.pair].map}${anchorOf(point.id)}`;

const overview = L.map("map", { zoomSnap: 0.25, attributionControl: false, preferCanvas: true });
const canvas = L.canvas({ padding: 0.3, tolerance: 6 });
const lineLayer = L.layerGroup().addTo(overview);
const dotLayer = L.layerGroup().addTo(overview);
const pointLayer = L.layerGroup().addTo(overview);
const drawn = new Map();

function drawLines() {
  // the better first, so that the worse lie above them
  const ordered = data.pairs.map((pair, number) => ({ pair, number })).filter((one) => one.pair.lines.length)
    .sort((one, two) => (rateOf(two.pair) ?? 2) - (rateOf(one.pair) ?? 2));
  for (const { pair, number } of ordered) {
    const band = bandOf(rateOf(pair));
    L.polyline(pair.lines, { renderer: canvas, color: "#fff", weight: band.weight + 4, opacity: 0.95, interactive: false }).addTo(lineLayer);
    const line = L.polyline(pair.lines, { renderer: canvas, color: band.colour, weight: band.weight });
    const dot = L.circleMarker(line.getBounds().getCenter(), {
      renderer: canvas, radius: DOT, color: "#fff", weight: 1.5, fillColor: band.colour, fillOpacity: 1,
    });
    for (const shape of [line, dot]) {
      shape.bindTooltip(() => make("span", { text: `${pair.name} · ${percent(rateOf(pair))}` }), { sticky: true });
      shape.on("click", () => choosePair(state.filter.pair === String(number) ? "" : String(number)));
    }
    line.addTo(lineLayer);
    drawn.set(number, { line, band, dot });
  }
}

// A boundary too short to be seen at this scale is a dot.
function drawDots() {
  dotLayer.clearLayers();
  for (const { line, dot } of drawn.values()) {
    const box = line.getBounds();
    const [one, two] = [box.getSouthWest(), box.getNorthEast()].map((corner) => overview.latLngToLayerPoint(corner));
    if (one.distanceTo(two) < 3 * DOT) dot.addTo(dotLayer);
  }
}

function drawMap() {
  const chosen = state.filter.pair;
  const shown = new Set(state.pairs.map((one) => one.number));
  for (const [number, { line, band, dot }] of drawn) {
    dot.setStyle({ opacity: shown.has(number) ? 1 : 0.25, fillOpacity: shown.has(number) ? 1 : 0.25 });
    line.setStyle({ opacity: shown.has(number) ? 1 : 0.25, weight: band.weight + (chosen === String(number) ? 3 : 0) });
  }
  pointLayer.clearLayers();
  if (chosen === "") return;
  for (const point of [...state.points].reverse()) {
    const dot = L.circleMarker([point.lat, point.lon], {
      renderer: canvas, radius: point.verdict === "aligned" ? 4 : 6, color: point.severity === "severe" ? "#111" : "#fff",
      weight: 1.5, fillColor: lookup(COLOUR, point.verdict) ?? NO_RATE.colour, fillOpacity: 1,
    });
    dot.bindTooltip(() => make("span", { text: saidOf(point) }), { direction: "top" });
    dot.on("click", () => { location.href = linkOf(point); });
    dot.addTo(pointLayer);
  }
}

function fitMap() {
  const chosen = data.pairs[Number(state.filter.pair)];
  const lines = state.filter.pair !== "" && chosen.lines.length ? [chosen.lines] : data.pairs.map((pair) => pair.lines);
  const places = lines.flat(2);
  if (places.length) overview.fitBounds(L.latLngBounds(places), { padding: [30, 30], animate: false });
  else overview.setView([0, 0], 2, { animate: false });
}

function bandRow(band, from) {
  const key = make("span", { class: "band", "aria-hidden": "true" });
  key.style.background = band.colour;
  key.style.height = `${band.weight}px`;
  const values = { from: Math.round(100 * from), to: Math.round(100 * band.below) };
  const said = band === NO_RATE ? words("no_rate") : fill(words(band.below === Infinity ? "band_last" : "band"), values);
  const count = data.pairs.filter((pair) => pair.summary && bandOf(rateOf(pair)) === band).length;
  return make("li", {}, key, make("span", { text: said }), make("span", { class: "count", text: String(count) }));
}

function drawLegend() {
  const rows = BANDS.map((band, i) => bandRow(band, i ? BANDS[i - 1].below : 0));
  const none = data.pairs.some((pair) => pair.summary && rateOf(pair) === null) ? [bandRow(NO_RATE, 0)] : [];
  document.getElementById("legend").replaceChildren(
    make("h2", { id: "legend-title", text: words("legend") }), make("ul", {}, ...rows, ...none),
    make("p", { class: "small", text: words("legend_hint") }),
  );
}
