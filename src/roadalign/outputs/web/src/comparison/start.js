// Two versions on one map: the old state grey beneath, the new one on top. Values only ever become text.
import { data } from "./data.js";
import { changeColour, changeSign } from "../shared/changes.js";
import { anchored, element, find, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { unpack } from "../shared/pack.js";
import { SIDES } from "../shared/sides.js";
import { SIDE_COLOUR } from "../shared/symbols.js";
import { anchorOf, fill } from "../shared/text.js";
import { language, languageButtons, named, words } from "../shared/words.js";

/** @import { Approach, Point, Row } from "./types.js" */
/** @import { Lang, Side } from "../shared/types.js" */

/** @type {{open: string | null, hidden: Set<string>}} */
const state = { open: null, hidden: new Set(["same"]) };
const OLD_COLOUR = "#8f969d";

/** @type {Record<string, L.LayerGroup>} */
const layers = { old: L.layerGroup(), new: L.layerGroup(), ...Object.fromEntries(data.order.map((word) => [word, L.layerGroup()])) };

function drawLines() {
  const draw = (/** @type {string} */ packed, /** @type {string} */ layer, /** @type {L.PolylineOptions} */ style) => L.polyline(unpack(packed), { interactive: false, ...style }).addTo(layers[layer]);
  for (const part of data.oldLine) draw(part, "old", { color: OLD_COLOUR, weight: 5, opacity: 0.55 });
  for (const side of SIDES) {
    for (const part of data.oldRoads[side]) draw(part, "old", { color: OLD_COLOUR, weight: 8, opacity: 0.6 });
  }
  for (const part of data.oldLinks) draw(part, "old", { color: OLD_COLOUR, weight: 5, opacity: 0.6 });
  for (const part of data.line) draw(part, "new", { color: "#222", weight: 2.4, dashArray: "12 4 2 4" });
  for (const side of SIDES) {
    for (const part of data.roads[side]) draw(part, "new", { color: SIDE_COLOUR[side], weight: 3 });
  }
  for (const part of data.links) draw(part, "new", { color: "#111", weight: 2, dashArray: "2 5" });
}

const markers = new Map();
const byId = new Map(data.points.map((point) => [point.id, point]));
/** @param {Row} row */
const km = (row) => `${(row.chainage_m / 1000).toFixed(2)} km`;
/** @param {Point} point */
const roads = (point) => [point.a_road, point.b_road].map((road) => road || words("no_road")).join(" — ");
/** @param {Row} row */
const verdicts = (row) => [...new Set([row.verdict_old, row.verdict_new].filter(Boolean))].map((one) => words(`verdict.${one}`)).join(" → ");

function drawPoints() {
  for (const point of [...data.points].reverse()) {
    const size = point.change === "same" ? 12 : 22;
    const marker = L.marker([point.lat, point.lon], {
      icon: L.divIcon({ className: `dot ${point.change}`, iconSize: [size, size], html: make("b", { text: changeSign(point.change) }) }),
      zIndexOffset: point.change === "same" ? 0 : 1000, keyboard: true, riseOnHover: true,
    });
    marker.bindTooltip(() => make("span", { text: named(words(`change.${point.change}`), roads(point)) }), { direction: "top" });
    marker.on("click", () => open(point.id));
    marker.on("keypress", (event) => event.originalEvent.key === "Enter" && open(point.id));
    marker.on("add", () => {
      const shape = known(marker.getElement());
      shape.style.background = changeColour(point.change);
      shape.setAttribute("data-id", point.id);
      shape.setAttribute("role", "button");
      shape.setAttribute("aria-label", named(words(`change.${point.change}`), roads(point)));
      shape.classList.toggle("chosen", state.open === point.id);
    });
    if (point.was && point.change !== "same" && point.change !== "gone") {
      L.polyline([point.was, [point.lat, point.lon]], { color: OLD_COLOUR, weight: 2, dashArray: "3 3", interactive: false })
        .addTo(layers.old);
      L.circleMarker(point.was, { radius: 7, color: "#fff", weight: 1.5, fillColor: OLD_COLOUR, fillOpacity: 0.9, interactive: false })
        .addTo(layers.old);
    }
    marker.addTo(layers[point.change]);
    markers.set(point.id, marker);
  }
}

/**
 * @param {string} key
 * @param {boolean} visible
 */
function show(key, visible) {
  if (visible) layers[key].addTo(leafletMap);
  else leafletMap.removeLayer(layers[key]);
  if (visible) state.hidden.delete(key);
  else state.hidden.add(key);
}

/** @param {string} word */
function swatch(word) {
  const dot = make("span", { class: "swatch", "aria-hidden": "true", text: changeSign(word) });
  dot.style.background = changeColour(word);
  return dot;
}

function drawLegend() {
  const row = (/** @type {string} */ key, /** @type {Element} */ picture, /** @type {string} */ label, /** @type {number | undefined} */ count = undefined) => {
    const box = make("input", { type: "checkbox", id: `show-${key}`, on: { change: () => show(key, box.checked) } });
    box.checked = !state.hidden.has(key);
    return make("label", {}, box, picture, make("span", { text: label }),
      count === undefined ? null : make("span", { class: "count", text: String(count) }));
  };
  element("legend").replaceChildren(
    make("h2", { id: "legend-title", text: words("page.legend") }),
    ...data.order.map((word) => row(word, swatch(word), words(`change.${word}`), data.summary.counts[word])),
    make("hr"),
    row("new", bar("#222"), named(words("page.new_state"), data.new.time.slice(0, 10))),
    row("old", bar(OLD_COLOUR), named(words("page.old_state"), data.old.time.slice(0, 10))),
  );
}

/** @param {string} colour */
function bar(colour) {
  const line = make("span", { "aria-hidden": "true" });
  Object.assign(line.style, { display: "inline-block", width: "22px", height: "5px", background: colour });
  return line;
}

/** @param {string} word */
function listOf(word) {
  const chosen = data.points.filter((point) => point.change === word);
  if (!chosen.length) return [];
  return [
    make("h3", {}, swatch(word), make("span", { text: named(words(`change.${word}`), chosen.length) })),
    make("ul", {}, ...chosen.map((point) => make("li", {}, make("button", {
      type: "button", class: "row", "data-entry": point.id, on: { click: () => open(point.id) },
    }, make("span", { class: "km", text: km(point) }), make("b", { text: roads(point) }), make("small", { text: verdicts(point) }))))),
  ];
}

/** @param {Approach} row */
function approachEntry(row) {
  const parts = row.change === "moved" ? [] : [words(`approach.${row.change}`)];
  if ((row.fields || "").split(",").includes("place")) parts.push(fill(words("moved"), { metres: known(row.moved_m).toFixed(0) }));
  for (const one of row.changes) parts.push(`${one[language.now][0]} ${one[language.now][1]} → ${one[language.now][2]}`);
  return make("li", {}, make("button", {
    type: "button", class: "row", on: { click: () => byId.has(row.docking_point) && open(row.docking_point) },
  }, make("span", { class: "km", text: km(row) }), make("b", { text: row.road || words("unnamed") }),
  make("small", { text: parts.join(words("semicolon")) }),
  make("span", { class: `effect ${row.effect || ""}`, text: fill(words("docking"), { id: row.docking_point, verdicts: verdicts(row) }) })));
}

/**
 * @param {Side} side
 * @param {Point} [point]
 */
function approachList(side, point) {
  const own = data.approaches.filter((row) => row.side === side && (!point || row.docking_point === point.id));
  if (point && !own.length) return [];
  const counts = data.summary.sides[side];
  return [
    make("h3", { text: fill(words("page.approaches"), { name: data.names[side === "a" ? 0 : 1] }) }),
    point ? null : make("p", { class: "small", text: data.approachOrder.map((word) => `${words(`approach.${word}`)} ${counts[word]}`).join(" · ") }),
    make("ul", {}, ...own.map(approachEntry)),
  ];
}

/** @param {Point} point */
function relation(point) {
  if (!point.relation) return null;
  const [kind, ids] = point.relation.split(":");
  return make("p", { text: fill(words(`relation.${kind}`), { ids }) });
}

/** @param {Point} point */
function drawCard(point) {
  const head = (/** @type {string} */ key) => make("th", { scope: "col", text: words(`page.${key}`) });
  return [
    make("button", { type: "button", class: "back", text: words("page.back"), on: { click: leave } }),
    make("h2", { text: roads(point) }),
    make("p", {}, swatch(point.change), document.createTextNode(` ${words(`change.${point.change}`)} · ${point.id} · ${km(point)}`)),
    make("p", { text: verdicts(point) }),
    point.change === "not_comparable" ? make("p", { class: "small", text: words("not_comparable") }) : null,
    relation(point),
    point.moved_m ? make("p", { text: fill(words("moved"), { metres: point.moved_m.toFixed(1) }) }) : null,
    point.changes.length ? make("h3", { text: words("page.details") }) : null,
    point.changes.length ? make("table", { class: "values" },
      make("thead", {}, make("tr", {}, head("field_head"), head("old_head"), head("new_head"))),
      make("tbody", {}, ...point.changes.map((one) => make("tr", {}, ...one[language.now].map((text) => make("td", { text })))))) : null,
    ...approachList("a", point), ...approachList("b", point),
  ].filter(Boolean);
}

function drawPanel() {
  const panel = element("panel");
  panel.setAttribute("aria-label", words("page.list"));
  if (state.open) panel.replaceChildren(...drawCard(known(byId.get(state.open))));
  else {
    panel.replaceChildren(...[
      make("h2", { text: words("page.list") }),
      data.summary.jump ? make("p", { class: "warn", text: words("jump") }) : null,
      data.summary.older_verdicts ? make("p", { class: "warn", text: words("older_verdicts") }) : null,
      ...data.order.filter((word) => word !== "same").flatMap(listOf),
      data.points.every((point) => point.change === "same") ? make("p", { text: words("page.nothing") }) : null,
      ...approachList("a"), ...approachList("b"),
    ].filter(Boolean));
  }
  panel.scrollTop = 0;
}

/** @param {string} id */
function open(id) {
  const point = known(byId.get(id));
  markers.get(state.open)?.getElement()?.classList.remove("chosen");
  state.open = id;
  if (state.hidden.has(point.change)) {
    show(point.change, true);
    drawLegend();
  }
  markers.get(id).getElement()?.classList.add("chosen");
  leafletMap.setView([point.lat, point.lon], Math.max(leafletMap.getZoom(), 17.5), { animate: false });
  history.replaceState(null, "", anchorOf(id));
  drawPanel();
  element("panel").focus();
}

function leave() {
  const last = state.open;
  markers.get(last)?.getElement()?.classList.remove("chosen");
  state.open = null;
  history.replaceState(null, "", location.pathname + location.search);
  drawPanel();
  find(`[data-entry="${CSS.escape(last ?? "")}"]`)?.focus();
}

/** @param {Lang} lang */
function setLanguage(lang) {
  language.now = lang;
  document.documentElement.lang = lang;
  element("title").textContent = fill(words("page.heading"), { a: data.names[0], b: data.names[1] });
  document.title = element("title").textContent;
  element("subtitle").textContent = fill(words("page.subtitle"), {
    boundary: data.boundaryName, old: data.old.time.slice(0, 10), new: data.new.time.slice(0, 10), version: data.new.version,
  });
  const choices = element("languages");
  choices.setAttribute("aria-label", words("page.language"));
  choices.replaceChildren(...languageButtons(setLanguage));
  drawLegend();
  drawPanel();
}

drawLines();
drawPoints();
for (const key of ["old", "new", ...data.order]) show(key, !state.hidden.has(key));
L.control.scale({ imperial: false, position: "bottomright" }).addTo(leafletMap);
setLanguage(language.now);
leafletMap.invalidateSize({ animate: false });
const everything = [...data.line, ...data.oldLine].flatMap(unpack);
leafletMap.fitBounds(L.latLngBounds(everything), { padding: [40, 40], animate: false });
document.addEventListener("keydown", (event) => event.key === "Escape" && state.open && leave());
if (byId.has(anchored())) open(anchored());
