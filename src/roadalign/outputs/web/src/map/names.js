// Names on the map: both sides inside their land, and places, as many as there is room for.
import { data } from "./data.js";
import { ground } from "./ground.js";
import { layers } from "./lines.js";
import { state } from "./state.js";
import { element, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { unpack } from "../shared/pack.js";
import { SIDES } from "../shared/sides.js";

/** @import { Taken } from "./types.js" */
/** @import { Side, Spot } from "../shared/types.js" */

leafletMap.createPane("names").style.zIndex = "420";
known(leafletMap.getPane("names")).classList.add("names");
layers.names = L.layerGroup();
/** @type {Record<string, number>} */
const PLACE_ZOOM = { city: 0, town: 9, suburb: 12, village: 12.5, quarter: 13.5, hamlet: 14 };
const MOST_PLACES = 40;
const placesByRank = [...ground.places].sort((one, two) => PLACE_ZOOM[one.k] - PLACE_ZOOM[two.k]);
const landRings = Object.fromEntries(SIDES.map((side) => [side, (ground.land[side][0] || []).map((part) => part.map(unpack))]));

/**
 * @param {Spot} spot
 * @param {Spot[]} ring
 */
function inRing([lat, lon], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [y1, x1] = ring[i];
    const [y2, x2] = ring[j];
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/**
 * Even number of rings around a place: in a hole, or outside.
 * @param {Side} side
 * @param {Spot} place
 */
const inLand = (side, place) => landRings[side].some((part) => part.filter((ring) => inRing(place, ring)).length % 2 === 1);

/**
 * @param {Taken} box
 * @param {Taken[]} taken
 */
function free(box, taken) {
  return !taken.some((other) => box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h);
}

/**
 * Where a side's name can stand: inside its land, near the middle of the view, off the other names.
 * @param {Side} side
 * @param {number} size
 * @param {Taken[]} taken
 * @param {number} width
 * @param {boolean} whole
 */
function spotFor(side, size, taken, width, whole) {
  const view = leafletMap.getSize();
  let best = null;
  for (let i = 1; i < 16; i += 1) {
    for (let j = 1; j < 14; j += 1) {
      const at = L.point((view.x * i) / 16, (view.y * j) / 14);
      const corners = (whole ? [[0, 0], [-width / 2, 0], [width / 2, 0], [0, -size], [0, size]] : [[0, 0]]).map(([x, y]) => at.add([x, y]));
      const inside = corners.every((corner) => { const { lat, lng } = leafletMap.containerPointToLatLng(corner); return inLand(side, [lat, lng]); });
      const box = { x: at.x - width / 2, y: at.y - size, w: width, h: 2 * size };
      const off = Math.hypot(at.x - view.x / 2, at.y - view.y / 2);
      if (inside && free(box, taken) && (!best || off < best.off)) best = { at, off, box };
    }
  }
  return best;
}

/**
 * @param {string} text
 * @param {[number, number] | L.LatLng} place
 * @param {string} kind
 * @param {[number, number]} anchor
 */
function lettering(text, place, kind, anchor) {
  const label = make("span", { text });
  return L.marker(place, {
    pane: "names", interactive: false, keyboard: false,
    icon: L.divIcon({ className: `name ${kind}`, html: label, iconSize: undefined, iconAnchor: anchor }),
  });
}

export function drawNames() {
  layers.names.clearLayers();
  const view = leafletMap.getSize();
  /** @type {Taken[]} */
  const taken = [];
  if (innerWidth > 760) {
    const legend = element("legend").getBoundingClientRect();
    const frame = leafletMap.getContainer().getBoundingClientRect();
    taken.push({ x: legend.x - frame.x, y: legend.y - frame.y, w: legend.width, h: legend.height });
  }
  for (const point of state.shown.slice(0, 400)) {
    const at = leafletMap.latLngToContainerPoint(point.at);
    taken.push({ x: at.x - 13, y: at.y - 13, w: 26, h: 26 });
  }
  SIDES.forEach((side, i) => {
    // smaller where the land is narrow on the screen, at last only its middle inside
    for (const { size, whole } of [{ size: 21, whole: true }, { size: 15, whole: true }, { size: 14, whole: false }]) {
      const spot = spotFor(side, 0.85 * size, taken, size * data.names[i].length, whole);
      if (!spot) continue;
      taken.push(spot.box);
      const label = lettering(data.names[i], leafletMap.containerPointToLatLng(spot.at), `side ${side}`, [0, 0]);
      label.addTo(layers.names);
      const written = label.getElement()?.querySelector("span");
      if (written) written.style.fontSize = `${size}px`;
      return;
    }
  });
  const zoom = leafletMap.getZoom();
  let left = MOST_PLACES;
  for (const place of placesByRank) {
    if (zoom < PLACE_ZOOM[place.k] || !left) continue;
    const at = leafletMap.latLngToContainerPoint(place.at);
    const width = 15 * place.t.length + 12;
    // to the right of its dot, or to the left where that is taken
    const side = [{ kind: "", x: at.x - 4 }, { kind: " flipped", x: at.x + 4 - width }].find(({ x }) =>
      x > 0 && x + width < view.x && at.y > 9 && at.y < view.y - 9 && free({ x, y: at.y - 9, w: width, h: 18 }, taken));
    if (!side) continue;
    left -= 1;
    taken.push({ x: side.x, y: at.y - 9, w: width, h: 18 });
    lettering(place.t, place.at, `place ${place.k}${side.kind}`, [3, 9]).addTo(layers.names);
  }
}
