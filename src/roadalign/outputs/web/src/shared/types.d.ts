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
  decisions: string[];
  stages: string[];
  priorityParts: string[];
}

/** How many approaches of a class are aligned. */
export interface Rate {
  aligned: number;
  approaches: number;
  rate: number | null;
}

export interface Summary {
  docking_rate: number | null;
  aligned_approaches: number;
  approaches: number;
  docking_rate_by_class: Record<string, Rate>;
  verdicts: Record<string, number>;
  severities: Record<string, number>;
}
