// The data of the page of a comparison, see page.py.

import type { Lang, Side } from "../shared/types.js";

/** Field, old and new value, in both languages. */
export type Change = Record<Lang, [string, string, string]>;

export interface Row {
  change: string;
  chainage_m: number;
  verdict_old: string | null;
  verdict_new: string | null;
  moved_m: number | null;
  changes: Change[];
}

export interface Point extends Row {
  id: string;
  a_road: string | null;
  b_road: string | null;
  lat: number;
  lon: number;
  relation: string | null;
  was?: [number, number] | null;
}

export interface Approach extends Row {
  side: Side;
  docking_point: string;
  road: string | null;
  fields: string | null;
  effect: string | null;
}

export interface Version {
  time: string;
  version: string;
}

export interface ComparisonData {
  names: string[];
  boundaryName: string;
  old: Version;
  new: Version;
  summary: { counts: Record<string, number>; sides: Record<Side, Record<string, number>>; jump: boolean; older_verdicts: boolean };
  order: string[];
  approachOrder: string[];
  points: Point[];
  approaches: Approach[];
  line: string[];
  oldLine: string[];
  links: string[];
  oldLinks: string[];
  roads: Record<Side, string[]>;
  oldRoads: Record<Side, string[]>;
}
