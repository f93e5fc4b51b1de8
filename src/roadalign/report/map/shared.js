// What every page needs: its data, its words, elements and symbols. Values only ever become text.
const data = JSON.parse(document.getElementById("data").textContent);
const words = (key) => key.split(".").reduce((found, part) => found[part], data.words[state.lang]);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const VERDICTS = ["missing", "mismatched", "ambiguous", "aligned"];
const COLOUR = { aligned: "#009e73", mismatched: "#e69f00", missing: "#d55e00", ambiguous: "#cc79a7" };

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

function unpack(packed) {
  const line = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < packed.length; i += 2) {
    x += packed[i];
    y += packed[i + 1];
    line.push([y / 1e6, x / 1e6]);
  }
  return line;
}

// One shape per verdict, so that they differ without colour too; a severe one has a heavy rim.
const SHAPES = {
  aligned: '<circle cx="12" cy="12" r="7"/>',
  mismatched: '<path d="M12 2.5 21.5 12 12 21.5 2.5 12Z"/>',
  missing: '<path d="M12 2.5 22 20.5H2Z"/>',
  ambiguous: '<rect x="4" y="4" width="16" height="16"/>',
};

function symbol(verdict, severe, size) {
  const holder = make("span");
  // the markup is made of the constants above alone
  holder.innerHTML = `<svg width="${size}" height="${size}" viewBox="0 0 24 24" aria-hidden="true">` +
    `<g fill="${COLOUR[verdict]}" stroke="${severe ? "#111" : "#fff"}" stroke-width="${severe ? 2.6 : 1.8}">${SHAPES[verdict]}</g></svg>`;
  return holder.firstChild;
}
