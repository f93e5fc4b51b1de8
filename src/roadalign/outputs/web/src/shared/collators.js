// Names in the order of a language, numbers in them by their value.

export const collators = { en: new Intl.Collator("en", { numeric: true }), zh: new Intl.Collator("zh", { numeric: true }) };
