// Texts without a page: looking up, filling in, comparing.

/**
 * What is looked up may come from a file: only what the table itself holds is ever found.
 * @param {any} table
 * @param {string} key
 * @returns {any}
 */
export const lookup = (table, key) => (Object.hasOwn(table ?? {}, key) ? table[key] : undefined);

/**
 * A word that the catalogue does not have stands for itself.
 * @param {any} catalogue
 * @param {string} key
 * @returns {string}
 */
export const wordOf = (catalogue, key) => key.split(".").reduce(lookup, catalogue) ?? key.slice(key.indexOf(".") + 1);

/**
 * A text with its names in braces filled in.
 * @param {string} text
 * @param {Record<string, unknown>} values
 * @returns {string}
 */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => lookup(values, name));

/** @param {string} id */
export const anchorOf = (id) => `#${encodeURIComponent(id)}`;

/**
 * A text as it is searched.
 * @param {string} text
 */
export const plain = (text) => text.normalize("NFKC").toLowerCase();

/**
 * a name from a file stays on its line
 * @param {unknown} text
 */
export const oneLine = (text) => String(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
