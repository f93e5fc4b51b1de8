// The colours of docking rates.
import { data } from "./data.js";
import { rateOf } from "./state.js";
import { element, make } from "../shared/dom.js";
import { known } from "../shared/known.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Band } from "./types.js" */

// From much to settle to little; the line grows thinner too, so that it can be told without colour.
const BANDS = [
  { below: 0.5, colour: "#a3122a", weight: 7 }, { below: 0.7, colour: "#d5580c", weight: 6 },
  { below: 0.85, colour: "#c99700", weight: 5 }, { below: 0.95, colour: "#4a98a8", weight: 4.2 },
  { below: Infinity, colour: "#0a6150", weight: 3.4 },
];
export const NO_RATE = { colour: "#6b7680", weight: 3 };
/** @param {number | null | undefined} rate */
export const bandOf = (rate) => (rate === null || rate === undefined ? NO_RATE : known(BANDS.find((band) => rate < known(band.below))));

/**
 * @param {Band} band
 * @param {number} from
 */
function bandRow(band, from) {
  const key = make("span", { class: "band", "aria-hidden": "true" });
  key.style.background = band.colour;
  key.style.height = `${band.weight}px`;
  const values = { from: Math.round(100 * from), to: Math.round(100 * (band.below ?? 0)) };
  const said = band === NO_RATE ? words("no_rate") : fill(words(band.below === Infinity ? "band_last" : "band"), values);
  const count = data.pairs.filter((pair) => pair.summary && bandOf(rateOf(pair)) === band).length;
  return make("li", {}, key, make("span", { text: said }), make("span", { class: "count", text: String(count) }));
}

export function drawLegend() {
  const rows = BANDS.map((band, i) => bandRow(band, i ? BANDS[i - 1].below : 0));
  const none = data.pairs.some((pair) => pair.summary && rateOf(pair) === null) ? [bandRow(NO_RATE, 0)] : [];
  element("legend").replaceChildren(
    make("h2", { id: "legend-title", text: words("legend") }), make("ul", {}, ...rows, ...none),
    make("p", { class: "small", text: words("legend_hint") }),
  );
}
