// The map that Folium's script has made.

export const leafletMap = map_align;
