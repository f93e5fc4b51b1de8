// The words of the catalogue, in the language that the page has now.
import { payload } from "./data.js";
import { make } from "./dom.js";
import { fill, wordOf } from "./text.js";

/** @import { Lang } from "./types.js" */

/** @type {{now: Lang}} */
export const language = { now: payload.lang };

/**
 * A word of the catalogue; one that it does not have stands for itself.
 * @param {string} key
 * @returns {string}
 */
export const words = (key) => wordOf(payload.words[language.now], key);

/**
 * What something is called, and what is said of it.
 * @param {string} name
 * @param {unknown} text
 */
export const named = (name, text) => fill(words("named"), { name, text });

/**
 * Two buttons, one for each language of the page.
 * @param {(lang: Lang) => void} act
 */
export const languageButtons = (act) => /** @type {Lang[]} */ (["zh", "en"]).map((lang) => make("button", {
  type: "button", lang, text: lang === "zh" ? "中文" : "English", "aria-pressed": String(lang === language.now),
  on: { click: () => act(lang) },
}));
