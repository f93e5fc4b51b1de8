// The data of the map, see payload.py and card.py.

import type { CircleMarker, LayerGroup, Marker } from "leaflet";
import type { Lang, Said, Side, Spot, Summary, Terms } from "../shared/types.js";

export interface Finding {
  rule: string;
  severity: string;
  en: string;
  zh: string;
  at?: [number, number];
  chainage_m?: number;
}

/** A docking point: a row of the table of docking points, unknown values left out. */
export interface Point {
  id: string;
  verdict: string;
  severity: string;
  chainage_m: number;
  lat: number;
  lon: number;
  at: [number, number];
  findings: Finding[];
  [column: string]: any;
}

export interface Road {
  c: string;
  k: number;
  p: 0 | 1;
  t: string;
  w?: number;
}

/** The end of one side's road: metres east and north of the point, and where it heads. */
export interface End {
  at: Spot;
  heading_deg: number;
  roads: number[];
}

export interface Proposal {
  line: number;
  length_m: number;
  radius_m?: number;
  speed_kmh?: number;
  [share: string]: number | undefined;
}

export interface Crossed {
  kind: string;
  line: number;
  length_m: number;
  area_m2: number;
  width_m: number;
}

export interface Card {
  frame: [number, number, number, number];
  class: Partial<Record<Side, Said>>;
  a?: End;
  b?: End;
  asks?: Partial<Record<Lang, Partial<Record<Side, string>>>>;
  proposal?: Proposal;
  crossed?: Crossed[];
}

/** Usual widths, see standards/sections.toml. */
export interface Standard {
  urban: string[];
  lane: Record<"highway" | "urban", { up_to_kmh: number; width_m: number }[]>;
  lane_by_rank: Record<"highway" | "urban", { width_m: Record<string, number> }>;
  slow_lane: { width_m: number };
  median: { from_rank: number; from_lanes: number; width_m: number };
}

export interface Place {
  t: string;
  k: string;
  at: [number, number];
}

export interface Ground {
  landGiven: boolean;
  land: Record<Side, string[][][]>;
  areas: Record<string, string[][]>;
  kinds: Record<string, Said>;
  network: Record<string, string[]>;
  places: Place[];
}

export interface Basemap {
  urls: string[];
  hosts: string[];
  zoom: number;
  attribution: string;
  origins: string[];
}

/** What is written down of a docking point. */
export interface Entry {
  id: string;
  decision: string | null;
  stage: string | null;
  responsible_a: string;
  responsible_b: string;
  due: string | null;
  note: string;
  updated: string;
  chainage_m: number;
  lon: number;
  lat: number;
  roads: string[];
  [field: string]: any;
}

/** Characters of a field of an entry at most. */
export type Longest = Record<string, number>;

/** What a column of a side is, as the registry of columns says. */
export interface SideColumn {
  name: string;
  group: string | null;
  unit: string | null;
  compared: boolean;
  words: string | null;
  label: Record<string, string>;
  /** What to call it where it is asked for. */
  supply: Record<string, string>;
}

/** Roads of one kind that cross the boundary, or arrive at it. */
export interface Interface {
  admin_class: string;
  road_class: string;
  state: string;
  docking_points: number;
  lanes: number;
  lanes_unknown: number;
}

/** What is told of one boundary besides what is told of several. */
export interface MapSummary extends Summary {
  interfaces: Interface[];
  spacing: { today_m: number | null; planned_m: number | null };
  data_requests: { side: Side; layer: string; field: string; points: number }[];
  open_decided: number;
}

export interface MapData {
  run: string | null;
  lang: Lang;
  names: string[];
  boundaryName: string;
  note: string;
  time: string;
  version: string;
  attribution: string | null;
  summary: MapSummary;
  basemap: Basemap | null;
  since: string | null;
  boundary: string[];
  ground: Ground;
  roads: Record<Side, Road[]>;
  links: string[];
  proposals: string[];
  points: Point[];
  whole: Finding[];
  ledger: Entry[];
  longest: Longest;
  length: number;
  rules: Record<string, Said>;
  sideColumns: SideColumn[];
  terms: Terms;
  words: Record<Lang, any>;
  cards: Record<string, Card>;
  detours: Record<string, string>;
  strip: string[];
  kinds: Record<string, { name: Said; text: Said }>;
  standard: Standard;
  referenceM: number;
  caveats: Record<Lang, string[]>;
}

export interface Filter {
  verdicts: Set<string>;
  text: string;
  [key: string]: any;
}

/** What is chosen and shown now. */
export interface State {
  chosen: string | null;
  open: boolean;
  hidden: Set<string>;
  shown: Point[];
  filter: Filter;
  sort: string;
  printing: boolean;
}

/** A filter: the values of a point, all values in their order, and what they are called. */
export interface Choice {
  of: (point: Point) => string[];
  all: string[];
  say: (value: string) => string;
}

export interface PointMarker extends Marker {
  point: Point;
}

/** A drawing: the picture, its definitions and a name for its ids. */
export interface Board {
  svg: SVGElement;
  defs: SVGElement;
  id: string;
}

export interface PlacedEnd {
  at: Spot;
  heading: Spot;
}

/** The ends of a point along and across the axis of the pair. */
export interface PairGround {
  card: Card;
  ends: Side[];
  out: Record<Side, PlacedEnd>;
  place: (metres: Spot) => Spot;
  turn: (metres: Spot) => Spot;
}

export interface Extent {
  along: Spot;
  across: Spot;
}

export interface Scale {
  perMetre: number;
  pixel: (metres: Spot) => Spot;
}

/** Window of a drawing: left, top, right, bottom. */
export type Box = number[];

export interface Frame {
  width: number;
  height: number;
  top: number;
  bottom: number;
  side: number;
}

export interface Part {
  kind: string;
  width: number;
  stated: boolean;
}

export interface Section {
  parts: Part[];
  paved?: number;
  lane?: number;
  lanes?: number;
  slow?: number;
  median?: number;
  medianStated?: boolean;
}

/** A rectangle on the map in pixels. */
export interface Taken {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What a file of minutes changes here. */
export interface Sorted {
  changes: [string, Entry][];
  differed: { id: string; newer: boolean }[];
  same: number;
  added: number;
  unknown: number;
  left: number;
}

export interface Plan {
  points: Point[];
  filtered?: boolean;
  alone?: boolean;
}
