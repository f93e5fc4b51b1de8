// What every page needs: its data, its words, elements. Values only ever become text.
const data = JSON.parse(document.getElementById("data").textContent);
// what is looked up may come from a file: only what the table itself holds is ever found
const lookup = (table, key) => (Object.hasOwn(table ?? {}, key) ? table[key] : undefined);
// a word that the catalogue does not have stands for itself
const words = (key) => key.split(".").reduce(lookup, data.words[state.lang]) ?? key.slice(key.indexOf(".") + 1);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => lookup(values, name));
const anchorOf = (id) => `#${encodeURIComponent(id)}`;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const VERDICTS = ["missing", "mismatched", "ambiguous", "aligned"];

// The id that the address of the page names; a hand-written address may be no such thing.
function anchored() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
}

function make(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}
