// The map: lines, docking points, legend and layer switches. Values only ever become text.
const state = { lang: data.lang, chosen: null, open: false, hidden: new Set(), shown: [] };
const PROPOSAL_COLOUR = "#7a1fa2";
const SIDE_COLOUR = { a: "#0b62a8", b: "#a8480b" };

const canvas = L.canvas({ padding: 0.3, tolerance: 6 });
const layers = { a: L.layerGroup(), b: L.layerGroup(), boundary: L.layerGroup(), links: L.layerGroup(), proposals: L.layerGroup(), points: L.layerGroup() };

function drawRoads(side) {
  for (const road of data.roads[side]) {
    const line = L.polyline(unpack(road.c), {
      renderer: canvas, color: SIDE_COLOUR[side], weight: 1.1 + 0.55 * road.k, opacity: 0.85,
      dashArray: road.p ? "7 6" : null, smoothFactor: 1.2,
    });
    line.bindTooltip(() => make("span", { text: road.t || words("unnamed") }), { sticky: true });
    line.addTo(layers[side]);
  }
}

function drawBoundary() {
  for (const part of data.boundary) {
    const line = unpack(part);
    L.polyline(line, { renderer: canvas, color: "#fff", weight: 7, opacity: 0.9, interactive: false }).addTo(layers.boundary);
    L.polyline(line, { renderer: canvas, color: "#222", weight: 2.6, dashArray: "12 4 2 4", interactive: false }).addTo(layers.boundary);
  }
  for (const part of data.links) {
    L.polyline(unpack(part), { renderer: canvas, color: "#111", weight: 3, dashArray: "2 5", interactive: false }).addTo(layers.links);
  }
  for (const part of data.proposals) {
    L.polyline(unpack(part), { renderer: canvas, color: "#fff", weight: 6, opacity: 0.85, interactive: false }).addTo(layers.proposals);
    L.polyline(unpack(part), { renderer: canvas, color: PROPOSAL_COLOUR, weight: 3.2, dashArray: "9 5", interactive: false }).addTo(layers.proposals);
  }
}

const markers = new Map();
const byId = new Map(data.points.map((point) => [point.id, point]));
const km = (point) => `${(point.chainage_m / 1000).toFixed(2)} km`;
const headline = (point) => point[`summary_${state.lang}`] || point.id;

function drawPoints() {
  for (const point of [...data.points].reverse()) {
    // from 20 to 36 pixels, so that the size tells the priority and the smallest can be touched
    const size = point.verdict === "aligned" ? 18 : 20 + Math.round((point.priority || 0) * 0.16);
    const marker = L.marker([point.lat, point.lon], {
      icon: L.divIcon({
        className: "marker", iconSize: [size, size], html: symbol(point.verdict, point.level === "severe", size),
      }),
      zIndexOffset: point.verdict === "aligned" ? 0 : 1000 + 10 * Math.round(point.priority || 0),
      keyboard: true, riseOnHover: true,
    });
    marker.bindTooltip(() => make("span", { text: headline(point) }), { direction: "top" });
    marker.on("click", () => choose(point.id));
    marker.on("keypress", (event) => event.originalEvent.key === "Enter" && choose(point.id));
    marker.on("mouseover", () => hint(point.id, true));
    marker.on("mouseout", () => hint(point.id, false));
    marker.on("add", () => {
      marker.getElement().setAttribute("data-id", point.id);
      marker.getElement().classList.toggle("chosen", state.chosen === point.id);
      name(marker, point);
    });
    markers.set(point.id, marker);
  }
}

function name(marker, point) {
  const element = marker.getElement();
  if (!element) return;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", `${words(`verdict.${point.verdict}`)}: ${headline(point)}`);
}

function show(key, visible) {
  if (visible) layers[key].addTo(leafletMap);
  else leafletMap.removeLayer(layers[key]);
  if (visible) state.hidden.delete(key);
  else state.hidden.add(key);
  if (key === "boundary") show("links", visible);
}

function lineKey(colour, dash, width) {
  const holder = make("span");
  holder.innerHTML = `<svg width="26" height="12" aria-hidden="true"><line x1="1" y1="6" x2="25" y2="6" stroke="${colour}" stroke-width="${width}" stroke-dasharray="${dash}"/></svg>`;
  return holder.firstChild;
}

function switchRow(key, picture, label) {
  const box = make("input", { type: "checkbox", id: `show-${key}`, on: { change: () => show(key, box.checked) } });
  box.checked = !state.hidden.has(key);
  return make("label", {}, box, picture, make("span", { text: label }));
}

function verdictRow(verdict) {
  const box = make("input", { type: "checkbox", id: `show-${verdict}`, on: { change: () => allow(verdict, box.checked) } });
  return make("label", {}, box, symbol(verdict, false, 18), make("span", { text: words(`verdict.${verdict}`) }),
    make("span", { class: "count", "data-count": verdict }));
}

function drawLegend() {
  document.getElementById("legend").replaceChildren(...[
    make("h2", { id: "legend-title", text: words("legend") }), ...VERDICTS.map(verdictRow),
    make("p", { class: "small", text: words("symbols") }), make("hr"),
    switchRow("a", lineKey(SIDE_COLOUR.a, "", 3), fill(words("plan_of"), { name: data.names[0] })),
    switchRow("b", lineKey(SIDE_COLOUR.b, "", 3), fill(words("plan_of"), { name: data.names[1] })),
    switchRow("boundary", lineKey("#222", "7 2 1 2", 2.4), words("boundary")),
    data.proposals.length ? switchRow("proposals", lineKey(PROPOSAL_COLOUR, "6 3", 2.6), words("proposals")) : null,
    make("div", { class: "road-key" }, make("label", {}, lineKey("#555", "5 4", 2.4), make("span", { text: words("not_built") }))),
    data.note ? make("p", { class: "note", text: data.note }) : null,
  ].filter(Boolean));
}

function drawBar() {
  const rate = data.summary.docking_rate;
  document.getElementById("title").textContent = fill(words("title"), { a: data.names[0], b: data.names[1] });
  document.getElementById("subtitle").textContent = fill(words("subtitle"), {
    boundary: data.boundaryName, time: data.time.slice(0, 10), version: data.version,
  });
  document.getElementById("rate").replaceChildren(
    document.createTextNode(words("rate")), make("b", { text: rate === null ? "—" : `${Math.round(100 * rate)} %` }),
  );
  document.getElementById("languages").replaceChildren(...["zh", "en"].map((lang) => make("button", {
    type: "button", lang, text: lang === "zh" ? "中文" : "English", "aria-pressed": String(lang === state.lang),
    on: { click: () => setLanguage(lang) },
  })));
  document.getElementById("languages").setAttribute("aria-label", words("language"));
  document.title = document.getElementById("title").textContent;
}

function setLanguage(lang) {
  state.lang = lang;
  document.documentElement.lang = lang;
  drawBar();
  drawLegend();
  drawOverview();
  drawFilters();
  forgetEntries();
  apply();
  drawPanel();
  for (const point of data.points) name(markers.get(point.id), point);
}

function addNorth() {
  const control = L.control({ position: "topright" });
  control.onAdd = () => make("div", { class: "north", text: "▲ N" });
  control.addTo(leafletMap);
}
