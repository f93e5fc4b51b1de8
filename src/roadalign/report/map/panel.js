// The panel: the list of docking points, and the comparison of one.
const LENGTHS = new Set(["carriageway_m", "roadbed_m", "redline_m", "to_boundary_m"]);
const COMPARED = new Set(["ref", "road_class", "class_text", "lanes", "lanes_future", "carriageway_m", "roadbed_m",
  "redline_m", "design_speed_kmh", "status", "open_year", "level"]);
const PARTS = ["level", "class", "benefit", "timing", "certainty", "ease"];
const byId = new Map(data.points.map((point) => [point.id, point]));
const order = [...data.points].sort((one, two) =>
  (one.verdict === "aligned") - (two.verdict === "aligned") || (two.priority || 0) - (one.priority || 0) || one.chainage_m - two.chainage_m);

function choose(id, { pan = true, focus = true } = {}) {
  const point = byId.get(id);
  if (!point) return;
  state.chosen = id;
  for (const [other, marker] of markers) marker.getElement()?.classList.toggle("chosen", other === id);
  if (pan) leafletMap.setView([point.lat, point.lon], Math.max(leafletMap.getZoom(), 16.5), { animate: !still });
  if (location.hash !== `#${id}`) history.replaceState(null, "", `#${id}`);
  drawPanel();
  if (focus) document.getElementById("panel").focus({ preventScroll: false });
}

function leave() {
  const last = state.chosen;
  state.chosen = null;
  for (const marker of markers.values()) marker.getElement()?.classList.remove("chosen");
  history.replaceState(null, "", location.pathname + location.search);
  drawPanel();
  document.querySelector(`[data-entry="${last}"]`)?.focus();
}

function roadName(point, side) {
  if (!point[`${side}_fid`]) return words("no_road");
  const parts = [point[`${side}_ref`], point[`${side}_name`]].filter(Boolean);
  const kind = point[`${side}_class_text`];
  return [...new Set(parts)].join(" ") || words("unnamed") + (kind ? ` (${kind})` : "");
}

const km = (point) => `${(point.chainage_m / 1000).toFixed(2)} km`;

function entry(point) {
  return make("li", {}, make("button", {
    type: "button", class: "entry", "data-entry": point.id, on: { click: () => choose(point.id) },
  },
  symbol(point.verdict, point.level === "severe", 18),
  make("span", { text: `${roadName(point, "a")} — ${roadName(point, "b")}` }),
  make("span", { class: "km", text: km(point) }),
  make("span", { class: "what", text: brief(point) })));
}

function brief(point) {
  const bad = point.findings.filter((finding) => finding.level === "severe" || finding.level === "mismatch");
  return bad.length ? bad[0][state.lang] : words(`verdict.${point.verdict}`);
}

function drawList(panel) {
  const open = order.filter((point) => point.verdict !== "aligned");
  const aligned = order.filter((point) => point.verdict === "aligned").sort((one, two) => one.chainage_m - two.chainage_m);
  const whole = data.whole.filter((finding) => finding.level !== "unknown");
  panel.replaceChildren(...[
    make("h2", { text: fill(words("unresolved"), { count: open.length }) }),
    make("ul", { class: "entries" }, ...open.map(entry)),
    make("h3", { text: fill(words("aligned_points"), { count: aligned.length }) }),
    make("ul", { class: "entries" }, ...aligned.map(entry)),
    whole.length ? make("h3", { text: words("whole") }) : null,
    whole.length ? findingList(whole) : null,
  ].filter(Boolean));
}

function findingList(findings) {
  return make("ul", { class: "findings" }, ...findings.map((finding) => make("li", { class: finding.level },
    make("b", { text: `${finding.rule} ${words(`level.${finding.level}`)}` }), document.createTextNode(finding[state.lang]))));
}

function numberOf(label, value, digits, unit) {
  const shown = value === undefined ? "—" : `${(Math.round(value * 10 ** digits) / 10 ** digits + 0).toFixed(digits)} ${unit}`;
  return make("div", {}, make("dt", { text: words(`number.${label}`) }), make("dd", { text: shown }));
}

function cell(point, side, field, missing) {
  const value = point[`${side}_${field}`];
  if (value === undefined) return missing ? "—" : words("not_stated");
  if (field === "status" || field === "end") return words(`${field}.${value}`);
  if (field === "road_class") return words(`rank.${value}`);
  if (LENGTHS.has(field)) return `${Math.round(value * 10) / 10 + 0} m`;
  if (field === "design_speed_kmh") return `${value} km/h`;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function differs(point, field) {
  const [a, b] = ["a", "b"].map((side) => point[`${side}_${field}`]);
  if (a === undefined || b === undefined || !COMPARED.has(field)) return false;
  // two spellings of one class are no difference
  if (field === "class_text") return point.a_road_class === undefined || point.a_road_class !== point.b_road_class ? a !== b : false;
  return a !== b;
}

function comparison(point) {
  const present = { a: Boolean(point.a_fid), b: Boolean(point.b_fid) };
  const rows = data.sideFields.filter((field) => point[`a_${field}`] !== undefined || point[`b_${field}`] !== undefined)
    .map((field) => {
      const marked = differs(point, field);
      const cells = ["a", "b"].map((side) => {
        const unknown = present[side] && point[`${side}_${field}`] === undefined;
        return make("td", {
          class: [side, marked ? "differs" : "", unknown ? "unknown" : ""].filter(Boolean).join(" "),
          text: cell(point, side, field, !present[side]),
        });
      });
      return make("tr", { "data-field": field }, make("th", { scope: "row", text: words(`field.${field}`) }), ...cells);
    });
  return make("table", { class: "sides" },
    make("thead", {}, make("tr", {}, make("td"),
      make("th", { scope: "col", class: "a", text: data.names[0] }), make("th", { scope: "col", class: "b", text: data.names[1] }))),
    make("tbody", {}, ...rows));
}

function asks(point) {
  const said = ["a", "b"].filter((side) => point[`ask_${side}`]).map((side, _, all) =>
    make("p", {}, make("b", { text: `${data.names[side === "a" ? 0 : 1]}: ` }), document.createTextNode(point[`ask_${side}`])));
  return said.length ? make("div", { class: "asks" }, make("h3", { text: words("asks") }), ...said) : null;
}

function drawPoint(panel, point) {
  const spoken = point.findings.filter((finding) => finding.level !== "unknown");
  const unknown = point.findings.filter((finding) => finding.level === "unknown");
  panel.replaceChildren(...[
    make("button", { type: "button", class: "back", text: words("back"), on: { click: leave } }),
    make("h2", { text: headline(point) }),
    make("ul", { class: "tags" },
      make("li", { class: `verdict ${point.verdict}`, text: words(`verdict.${point.verdict}`) }),
      make("li", { text: words(`level.${point.level}`) }), make("li", { text: point.id }), make("li", { text: km(point) }),
      make("li", { text: fill(words("confidence"), { value: Math.round(100 * (point.confidence || 0)) }) })),
    make("dl", { class: "numbers" }, numberOf("gap", point.gap_m, 1, "m"), numberOf("offset", point.offset_m, 1, "m"),
      numberOf("deflection", point.deflection_deg, 1, "°"), numberOf("link", point.link_m, 1, "m"),
      ...(data.attribution ? [numberOf("detour", point.detour_m, 0, "m"), numberOf("ratio", point.detour_ratio, 2, "×"),
        numberOf("saved", point.minutes_saved, 1, "min")] : [])),
    data.attribution && point.detour_state && point.detour_state !== "found" ? make("p", { text: words(`detour.${point.detour_state}`) }) : null,
    make("p", { class: "parts", text: PARTS.map((part) => `${words(`part.${part}`)} ${(point[`priority_${part}`] ?? 0).toFixed(1)}`).join(" · ") }),
    data.attribution ? make("p", { text: data.attribution }) : null,
    spoken.length ? findingList(spoken) : null,
    make("h3", { text: words("compare") }), comparison(point), asks(point),
    point.alternatives ? make("p", { text: fill(words("alternatives"), { roads: point.alternatives }) }) : null,
    unknown.length ? make("h3", { text: words("unknown_here") }) : null,
    unknown.length ? findingList(unknown) : null,
  ].filter(Boolean));
  panel.scrollTop = 0;
}

function drawPanel() {
  const panel = document.getElementById("panel");
  panel.setAttribute("aria-label", words("panel"));
  if (state.chosen) drawPoint(panel, byId.get(state.chosen));
  else drawList(panel);
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input")) return;
  const at = order.findIndex((point) => point.id === state.chosen);
  if (event.key === "Escape" && state.chosen) leave();
  else if (event.key === "j" && order.length) choose(order[Math.min(at + 1, order.length - 1)].id);
  else if (event.key === "k" && at > 0) choose(order[at - 1].id);
});
addEventListener("hashchange", () => choose(location.hash.slice(1)));

drawRoads("a");
drawRoads("b");
drawBoundary();
drawPoints();
for (const key of ["a", "b", "boundary", "proposals", ...[...VERDICTS].reverse()]) show(key, true);
L.control.scale({ imperial: false, position: "bottomright" }).addTo(leafletMap);
addNorth();
leafletMap.fitBounds(L.latLngBounds(data.boundary.flatMap(unpack)), {
  paddingTopLeft: [innerWidth > 1000 ? 250 : 40, 40], paddingBottomRight: [40, 40], animate: false,
});
setLanguage(state.lang);
choose(location.hash.slice(1), { focus: false });
