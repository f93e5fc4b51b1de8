// Numbers and days in the form of a language; nothing here knows a page.

/** @import { Lang } from "./types.js" */

/** @type {Record<Lang, string>} */
export const LOCALES = { en: "en-GB", zh: "zh-CN" };
/** @type {Map<string, Intl.NumberFormat>} */
const forms = new Map();

/**
 * A number with so many decimals, rounded half up, never a negative zero.
 * @param {Lang} lang
 * @param {number} value
 * @param {number} [digits]
 */
export function numberIn(lang, value, digits = 0) {
  const key = `${lang}${digits}`;
  let form = forms.get(key);
  if (!form) {
    form = new Intl.NumberFormat(LOCALES[lang], { minimumFractionDigits: digits, maximumFractionDigits: digits });
    forms.set(key, form);
  }
  const step = 10 ** digits;
  return form.format(Math.round(value * step) / step + 0); // + 0: no negative zero
}

/**
 * A number with as many decimals as it has, two at most.
 * @param {Lang} lang
 * @param {number} value
 */
export const shortIn = (lang, value) => new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 2 }).format(value + 0);

/**
 * A day or a time of the data (ISO) in words; a text that is neither stays as it is.
 * @param {Lang} lang
 * @param {string} iso
 */
export function dayIn(lang, iso) {
  const time = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeZone: "UTC" }).format(time);
}

/** @param {number | null | undefined} rate */
export const percent = (rate) => (rate === null || rate === undefined ? "—" : `${Math.round(100 * rate)}%`);
