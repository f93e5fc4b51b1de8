// Numbers, lengths and dates in the form of the page's language.
import { dayIn, LOCALES, numberIn, shortIn } from "../shared/numbers.js";
import { fill } from "../shared/text.js";
import { language, words } from "../shared/words.js";

/**
 * @param {number} value
 * @param {number} [digits]
 */
export const sayNumber = (value, digits = 0) => numberIn(language.now, value, digits);
/** @param {number} value */
export const sayShort = (value) => shortIn(language.now, value);
/** @param {string} iso */
export const dayInWords = (iso) => dayIn(language.now, iso);

/**
 * @param {number} value
 * @param {number} [digits]
 */
export const sayMetres = (value, digits = 1) => `${sayNumber(value, digits)} m`;
/** @param {number} value */
export const sayWidth = (value) => `${sayShort(value)} m`;
/** @param {number} value */
export const sayWay = (value) => (value < 1000 ? sayMetres(value, 0) : `${sayNumber(value / 1000, value < 10000 ? 2 : 1)} km`);
/** @param {number} value */
export const sayDegrees = (value) => `${sayNumber(value, 1)}°`;
/** @param {number} value */
export const saySpeed = (value) => `${sayShort(value)} km/h`;
/** @param {number} value */
export const sayDuration = (value) => fill(words("minutes_unit"), { value: sayNumber(value, 1) });
/** @param {number} value */
export const sayArea = (value) => (value < 10000 ? `${sayNumber(value)} m²` : fill(words("hectares"), { value: sayNumber(value / 10000, 2) }));

/**
 * @param {Date} date
 * @param {Intl.DateTimeFormatOptions} [options]
 */
export const sayDate = (date, options = { dateStyle: "long" }) => new Intl.DateTimeFormat(LOCALES[language.now], options).format(date);
/** @param {string} moment */
export const sayMoment = (moment) => sayDate(new Date(moment), { dateStyle: "medium", timeStyle: "short" });
