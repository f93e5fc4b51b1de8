// The bar at the top, and the language of the page.
import { addNorth, drawBar } from "./bar.js";
import { choose, hint, leave } from "./choice.js";
import { data } from "./data.js";
import { filtered, left, minutesKept, minutesSaid, opened } from "./events.js";
import { drawExtras, renameExtras } from "./extras.js";
import { apply, reset } from "./filter.js";
import { drawCounts, drawFilters } from "./filter_form.js";
import { drawGround, GROUND } from "./ground.js";
import { onKey } from "./keys.js";
import { drawLegend, show } from "./legend.js";
import { drawBoundary, drawRoads } from "./lines.js";
import { drawMarks, forgetEntries, returnTo, startList } from "./list.js";
import { watchMinutes } from "./minutes.js";
import { drawMinutesBar } from "./minutes_bar.js";
import { drawNames } from "./names.js";
import { drawOverview } from "./overview.js";
import { drawPanel } from "./panel.js";
import { chosenLayer, makeMarkers, renamePoints, showPoints } from "./points.js";
import { watchPrinting } from "./sheets.js";
import { byId, state } from "./state.js";
import { drawEnds, drawStrip } from "./strip.js";
import { drawSources, drawTiles } from "./tiles.js";
import { anchored, element, find, focusedElement } from "../shared/dom.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { unpack } from "../shared/pack.js";
import { language, words } from "../shared/words.js";

/** @import { Lang } from "../shared/types.js" */

/** @param {Lang} lang */
function setLanguage(lang) {
  const spoken = focusedElement()?.lang;
  language.now = lang;
  document.documentElement.lang = lang;
  drawBar(setLanguage);
  drawLegend();
  drawSources();
  drawOverview();
  drawFilters();
  forgetEntries();
  apply();
  drawPanel();
  renamePoints();
  renameExtras();
  leafletMap.getContainer().setAttribute("aria-label", words("map"));
  if (spoken) find(`#languages [lang="${spoken}"]`)?.focus();
}
filtered.hear(() => {
  showPoints(state.shown);
  drawCounts();
  startList();
  drawStrip();
  drawMinutesBar();
});
opened.hear(drawPanel);
left.hear(returnTo);
minutesSaid.hear(drawMinutesBar);
minutesKept.hear(drawMarks);
watchMinutes();
watchPrinting();
leafletMap.setMaxZoom(20);
drawTiles();
makeMarkers({ choose, hint });
setLanguage(language.now);
// the view is set before there are lines, each of which would be placed anew
leafletMap.invalidateSize({ animate: false });
const room = innerWidth > 1000 ? element("legend").offsetWidth + 30 : 40;
leafletMap.fitBounds(L.latLngBounds(data.boundary.flatMap(unpack)), { paddingTopLeft: [room, 40], paddingBottomRight: [50, 40], animate: false });
drawGround();
drawRoads("a");
drawRoads("b");
drawBoundary();
drawEnds();
drawExtras();
for (const key of [...GROUND, "names", "a", "b", "boundary", "proposals", "extras", "points"]) if (!state.hidden.has(key)) show(key, true);
chosenLayer.addTo(leafletMap);
L.control.scale({ imperial: false, position: "bottomright" }).addTo(leafletMap);
addNorth();
drawNames();
leafletMap.on("moveend", drawNames);
element("filters").addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
element("reset").addEventListener("click", () => {
  reset();
  element("search").focus();
});
document.addEventListener("keydown", onKey);
addEventListener("resize", drawStrip);
addEventListener("hashchange", () => {
  if (byId.has(anchored())) choose(anchored());
  else if (state.open) leave();
});
choose(anchored(), { focus: false });
document.documentElement.dataset.ready = "yes";
