// The docking points on the map; those too close to tell apart are one symbol with the worst of them.
import { data } from "./data.js";
import { passes } from "./filter.js";
import { layers } from "./lines.js";
import { isOpen, SORTS } from "./order.js";
import { byId, headline, state } from "./state.js";
import { findAll, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { leafletMap } from "../shared/leaflet_map.js";
import { still } from "../shared/motion.js";
import { symbol } from "../shared/symbols.js";
import { VERDICTS } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { named, words } from "../shared/words.js";

/** @import { Point, PointMarker } from "./types.js" */

const RADIUS_PX = 34;
const SINGLE_ZOOM = 16;
const markers = new Map();
export const chosenLayer = L.featureGroup();
/** @type {PointMarker | null} */
let lifted = null;

// from 20 to 36 pixels, so that the size tells the priority; what can be hit is never below TOUCH
const TOUCH = 24;
/** @param {Point} point */
const sizeOf = (point) => (point.verdict === "aligned" ? 18 : 20 + Math.round((point.priority || 0) * 0.16));
/** @param {Point} point */
const called = (point) => named(words(`verdict.${point.verdict}`), headline(point));

/**
 * Made when it is first seen: of thousands of points only few are on the map at once.
 * @type {new (options: L.DivIconOptions & {point: Point}) => L.DivIcon}
 */
const PointIcon = /** @type {any} */ (L.DivIcon.extend({
  createIcon() {
    const { point } = this.options;
    const size = sizeOf(point);
    const holder = make("div", { "data-id": point.id, "aria-label": called(point) }, symbol(point.verdict, point.severity === "severe", size));
    this._setIconStyles(holder, "icon");
    holder.classList.toggle("chosen", state.chosen === point.id);
    return holder;
  },
}));

/** @type {new (options: L.DivIconOptions & {points: Point[]}) => L.DivIcon} */
const ClusterIcon = /** @type {any} */ (L.DivIcon.extend({
  createIcon() {
    const { points } = this.options;
    const worst = points.reduce((/** @type {Point} */ one, /** @type {Point} */ two) => (SORTS.priority(one, two) <= 0 ? one : two));
    const severe = points.some((/** @type {Point} */ point) => point.severity === "severe");
    const size = Math.max(TOUCH, sizeOf(worst));
    const label = fill(words("cluster"), { count: points.length, worst: words(`verdict.${worst.verdict}`) });
    const holder = make("div", { "aria-label": label, title: shares(points), "data-size": points.length, "data-worst": worst.verdict },
      symbol(worst.verdict, severe, size), make("b", { text: points.length }));
    this.options.iconSize = [size, size];
    this._setIconStyles(holder, "icon");
    return holder;
  },
}));

const clusters = L.markerClusterGroup({
  maxClusterRadius: RADIUS_PX, disableClusteringAtZoom: SINGLE_ZOOM, animate: false, zoomToBoundsOnClick: false,
  showCoverageOnHover: false, spiderfyOnMaxZoom: false, removeOutsideVisibleBounds: true,
  iconCreateFunction: (cluster) => new ClusterIcon({ className: "marker cluster", points: inside(cluster) }),
});
layers.points = clusters;
/** @param {any} cluster */
const inside = (cluster) => cluster.getAllChildMarkers().map((/** @type {PointMarker} */ marker) => marker.point);

/** @param {{choose: (id: string) => void, hint: (id: string, near: boolean) => void}} options */
export function makeMarkers({ choose, hint }) {
  for (const point of data.points) {
    const size = Math.max(TOUCH, sizeOf(point));
    const marker = /** @type {PointMarker} */ (L.marker(point.at, {
      icon: new PointIcon({ className: "marker", iconSize: [size, size], point }), keyboard: true, riseOnHover: true,
      zIndexOffset: point.verdict === "aligned" ? 0 : (isOpen(point) ? 1000 : 500) + 10 * Math.round(point.priority || 0),
    }));
    marker.point = point;
    markers.set(point.id, marker);
  }
  for (const group of [clusters, chosenLayer]) {
    group.on("click", ({ layer }) => choose(layer.point.id));
    group.on("keypress", ({ layer, originalEvent }) => originalEvent.key === "Enter" && choose(layer.point.id));
    group.on("mouseover", ({ layer }) => layer.point && hint(layer.point.id, true));
    group.on("mouseout", ({ layer }) => layer.point && hint(layer.point.id, false));
    group.bindTooltip((layer) => make("span", { text: headline(/** @type {PointMarker} */ (layer).point) }), { direction: "top" });
  }
  const open = (/** @type {any} */ { layer }) => layer.zoomToBounds({ padding: [60, 60], animate: !still });
  clusters.on("clusterclick", open);
  clusters.on("clusterkeypress", (/** @type {any} */ event) => event.originalEvent.key === "Enter" && open(event));
}

/**
 * How many of each verdict a cluster holds.
 * @param {Point[]} points
 */
function shares(points) {
  return VERDICTS.map((verdict) => [verdict, points.filter((point) => point.verdict === verdict).length])
    .filter(([, count]) => count).map(([verdict, count]) => named(words(`verdict.${verdict}`), count)).join(" · ");
}

/** @param {Point[]} points */
export function showPoints(points) {
  clusters.clearLayers();
  clusters.addLayers(points.map((point) => markers.get(point.id)).filter((marker) => marker !== lifted));
}

/**
 * The chosen point stands on its own, never inside a cluster.
 * @param {string | null} id
 */
export function lift(id) {
  if (lifted && lifted.point.id === id) return;
  const before = lifted;
  lifted = markers.get(id ?? "") || null;
  if (before) {
    chosenLayer.removeLayer(before);
    if (passes(before.point)) clusters.addLayer(before);
  }
  if (lifted) {
    clusters.removeLayer(lifted);
    chosenLayer.addLayer(lifted);
  }
}

/**
 * What stands for a point on the map: its own symbol, or that of the cluster it is in.
 * @param {string} id
 */
export const markerElement = (id) => (lifted && lifted.point.id === id ? lifted : clusters.getVisibleParent(markers.get(id)))?.getElement();

export function renamePoints() {
  for (const holder of findAll(".marker[data-id]")) holder.setAttribute("aria-label", called(known(byId.get(holder.dataset.id ?? ""))));
  if (leafletMap.hasLayer(clusters)) clusters.refreshClusters();
}
