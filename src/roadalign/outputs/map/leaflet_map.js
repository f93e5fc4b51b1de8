// The map that Folium's script has made.
const leafletMap = map_align;
