// The map that the script of `roadalign.outputs.map.skeleton` makes before ours runs.
declare const map_align: import("leaflet").Map;
