// Tiles behind everything, only where they were asked for; and whose all of it is, as plain text.
import { data } from "./data.js";
import { state } from "./state.js";
import { element, make } from "../shared/dom.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

export function drawTiles() {
  if (!data.basemap) return;
  leafletMap.createPane("tiles").style.zIndex = "150";
  for (const url of data.basemap.urls) {
    L.tileLayer(url, { pane: "tiles", subdomains: data.basemap.hosts, maxNativeZoom: data.basemap.zoom, maxZoom: 20 }).addTo(leafletMap);
  }
  // the tiles show land and roads themselves
  for (const key of ["land", "network", "names"]) state.hidden.add(key);
}

export function drawSources() {
  const said = [
    data.attribution ? fill(words("roads_of"), { who: data.attribution }) : null,
    data.basemap ? fill(words("tiles_of"), { who: data.basemap.attribution }) : null,
  ].filter(Boolean);
  const holder = element("sources");
  holder.textContent = said.join(" · ");
  holder.hidden = !said.length;
}

export function tileNote() {
  return data.basemap ? make("p", { class: "small tile-note", text: fill(words("tile_note"), { hosts: data.basemap.origins.join(", ") }) }) : null;
}
