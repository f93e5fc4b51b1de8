// What all pages know.

export type Lang = "en" | "zh";
export type Side = "a" | "b";
/** Two numbers: latitude and longitude, metres along and across, or pixels. */
export type Spot = number[];
/** A text in both languages. */
export type Said = Record<Lang, string>;

/** The enumerations of the data, each in the order in which a page shows it. */
export interface Terms {
  verdicts: string[];
  severities: string[];
  ranks: string[];
  changes: string[];
  open: string[];
  states: string[];
  aspects: string[];
  outcomes: string[];
  decided: string[];
  decisions: string[];
  stages: string[];
  priorityParts: string[];
}

/** A rate from what is known to agree to what may, too. */
export interface RateRange {
  low: number | null;
  high: number | null;
}

/** Rates of some docking points. */
export interface GroupRates {
  docking_points: number;
  aligned: number;
  undetermined: number;
  docking_rate: RateRange;
  passable: number;
  through_rate: number | null;
  states: Record<string, number>;
}

/** What came of one aspect of all pairs. */
export interface AspectTotals {
  pairs: number;
  agrees: number;
  differs: number;
  unknown: number;
  left_out: number;
  rate: number | null;
  comparable_share: number | null;
}

/** What is said of the docking points of a boundary, or of several. */
export interface Summary extends GroupRates {
  open_points: number;
  waiting_points: number;
  aspects: Record<string, AspectTotals>;
  by_class: Record<string, GroupRates>;
  by_admin_class: Record<string, GroupRates>;
  verdicts: Record<string, number>;
  severities: Record<string, number>;
}
