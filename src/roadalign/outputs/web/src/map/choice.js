// Which point is chosen or open: on the map, in the list and on the strip alike.
import { left, opened } from "./events.js";
import { passes, reset } from "./filter.js";
import { lift, markerElement } from "./points.js";
import { byId, state } from "./state.js";
import { anchored, element, find, findAll } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { still } from "../shared/motion.js";
import { anchorOf } from "../shared/text.js";

// One entry and one mark on the strip can be reached with Tab, the chosen or the first; arrows do the rest.
export function mark() {
  const reached = state.shown.some((point) => point.id === state.chosen) ? state.chosen : state.shown[0]?.id;
  lift(state.chosen);
  for (const holder of findAll(".marker[data-id]")) holder.classList.toggle("chosen", holder.dataset.id === state.chosen);
  for (const button of findAll("[data-entry], [data-stop]")) {
    const id = button.dataset.entry || button.dataset.stop;
    button.tabIndex = id === reached ? 0 : -1;
    if (id === state.chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/**
 * Under the pointer in one place, shown in all three.
 * @param {string} id
 * @param {boolean} near
 */
export function hint(id, near) {
  const twins = [markerElement(id), ...findAll(`[data-entry="${CSS.escape(id)}"], [data-stop="${CSS.escape(id)}"]`)];
  for (const twin of twins) twin?.toggleAttribute("data-near", near);
}

/**
 * Choose a point without opening it.
 * @param {string} id
 */
export function pick(id) {
  const point = known(byId.get(id));
  state.chosen = id;
  mark();
  const place = point.at;
  if (!leafletMap.getBounds().pad(-0.05).contains(place)) leafletMap.panTo(place, { animate: !still });
  find(`[data-stop="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/**
 * @param {string} id
 * @param {{pan?: boolean, focus?: boolean}} [options]
 */
export function choose(id, { pan = true, focus = true } = {}) {
  const point = byId.get(id);
  if (!point) return;
  // a link leads to its point even where the filters would hide it
  if (!passes(point)) reset();
  state.chosen = id;
  state.open = true;
  mark();
  if (pan) leafletMap.setView(point.at, Math.max(leafletMap.getZoom(), 16.5), { animate: !still });
  if (anchored() !== id) history.replaceState(null, "", anchorOf(id));
  opened.tell();
  if (focus) element("panel").focus({ preventScroll: false });
}

export function leave() {
  state.open = false;
  history.replaceState(null, "", location.pathname + location.search);
  opened.tell();
  left.tell(state.chosen);
}
