// Put everything together, once all parts are there.
leafletMap.setMaxZoom(20);
drawTiles();
makeMarkers();
setLanguage(state.lang);
// the view is set before there are lines, each of which would be placed anew
leafletMap.invalidateSize({ animate: false });
const room = innerWidth > 1000 ? document.getElementById("legend").offsetWidth + 30 : 40;
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
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("reset").addEventListener("click", () => {
  reset();
  document.getElementById("search").focus();
});
document.addEventListener("keydown", onKey);
addEventListener("resize", drawStrip);
addEventListener("hashchange", () => {
  if (byId.has(anchored())) choose(anchored());
  else if (state.open) leave();
});
choose(anchored(), { focus: false });
document.documentElement.dataset.ready = "yes";
