// The data of the page of a batch, see payload.py.

import type { Said, Summary, Terms } from "../shared/types.js";

export interface Pair {
  name: string;
  names: string[];
  boundary: string;
  length_m: number;
  summary: Summary | null;
  reason: Said | null;
  map: string | null;
  lines: [number, number][][];
}

export interface Point {
  pair: number;
  id: string;
  lat: number;
  lon: number;
  chainage_m: number;
  verdict: string;
  severity: string;
  priority: number;
  roads: (string | null)[];
  said: Said;
  rules: string;
}

export interface IndexData {
  time: string;
  version: string;
  summary: Summary;
  attributions: string[];
  pairs: Pair[];
  points: Point[];
  terms: Terms;
}

/** A pair and its place in the data. */
export interface Numbered {
  pair: Pair;
  number: number;
}

export type Filter = Record<"text" | "pair" | "verdict" | "severity", string>;

export interface State {
  most: number;
  sort: string;
  down: boolean;
  filter: Filter;
  pairs: Numbered[];
  points: Point[];
}

export interface Band {
  below?: number;
  colour: string;
  weight: number;
}

export interface Column {
  key: string;
  say: () => string;
  of: ((pair: Pair) => number) | null;
  most?: boolean;
  rank?: string;
}
