// Put everything together, once all parts are there.
drawRoads("a");
drawRoads("b");
drawBoundary();
drawEnds();
drawPoints();
for (const key of ["a", "b", "boundary", "proposals", "points"]) show(key, true);
L.control.scale({ imperial: false, position: "bottomright" }).addTo(leafletMap);
addNorth();
setLanguage(state.lang);
leafletMap.invalidateSize({ animate: false }); // the strip has taken its place below the map
leafletMap.fitBounds(L.latLngBounds(data.boundary.flatMap(unpack)), {
  paddingTopLeft: [innerWidth > 1000 ? 250 : 40, 40], paddingBottomRight: [40, 40], animate: false,
});
document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
document.getElementById("reset").addEventListener("click", () => {
  reset();
  document.getElementById("search").focus();
});
document.addEventListener("keydown", onKey);
addEventListener("resize", drawStrip);
addEventListener("hashchange", () => {
  if (byId.has(location.hash.slice(1))) choose(location.hash.slice(1));
  else if (state.open) leave();
});
choose(location.hash.slice(1), { focus: false });
