// What every page needs: its data, its words, elements. Values only ever become text.
const data = JSON.parse(document.getElementById("data").textContent);
const words = (key) => key.split(".").reduce((found, part) => found[part], data.words[state.lang]);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const VERDICTS = ["missing", "mismatched", "ambiguous", "aligned"];

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
