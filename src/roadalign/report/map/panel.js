// The card of one docking point: its numbers, findings, and the two sides compared.
const LENGTHS = new Set(["carriageway_m", "roadbed_m", "redline_m", "to_boundary_m"]);
const COMPARED = new Set(["ref", "road_class", "class_text", "lanes", "lanes_future", "carriageway_m", "roadbed_m",
  "redline_m", "design_speed_kmh", "status", "open_year", "level"]);
const PARTS = ["level", "class", "benefit", "timing", "certainty", "ease"];

function roadName(point, side) {
  if (!point[`${side}_fid`]) return words("no_road");
  const parts = [point[`${side}_ref`], point[`${side}_name`]].filter(Boolean);
  const kind = point[`${side}_class_text`];
  return [...new Set(parts)].join(" ") || words("unnamed") + (kind ? ` (${kind})` : "");
}

function findingList(findings) {
  return make("ul", { class: "findings" }, ...findings.map((finding) => make("li", { class: finding.level },
    make("b", { text: `${finding.rule} ${words(`level.${finding.level}`)}` }), document.createTextNode(finding[state.lang]))));
}

function numberOf(label, value, digits, unit) {
  const shown = value === undefined ? "—" : `${(Math.round(value * 10 ** digits) / 10 ** digits + 0).toFixed(digits)} ${unit}`;
  return make("div", {}, make("dt", { text: words(`number.${label}`) }), make("dd", { text: shown }));
}

function cell(point, side, field, missing) {
  const value = point[`${side}_${field}`];
  if (value === undefined) return missing ? "—" : words("not_stated");
  if (field === "status" || field === "end") return words(`${field}.${value}`);
  if (field === "road_class") return words(`rank.${value}`);
  if (LENGTHS.has(field)) return `${Math.round(value * 10) / 10 + 0} m`;
  if (field === "design_speed_kmh") return `${value} km/h`;
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function differs(point, field) {
  const [a, b] = ["a", "b"].map((side) => point[`${side}_${field}`]);
  if (a === undefined || b === undefined || !COMPARED.has(field)) return false;
  // two spellings of one class are no difference
  if (field === "class_text") return point.a_road_class === undefined || point.a_road_class !== point.b_road_class ? a !== b : false;
  return a !== b;
}

function comparison(point) {
  const present = { a: Boolean(point.a_fid), b: Boolean(point.b_fid) };
  const rows = data.sideFields.filter((field) => point[`a_${field}`] !== undefined || point[`b_${field}`] !== undefined)
    .map((field) => {
      const marked = differs(point, field);
      const cells = ["a", "b"].map((side) => {
        const unknown = present[side] && point[`${side}_${field}`] === undefined;
        return make("td", {
          class: [side, marked ? "differs" : "", unknown ? "unknown" : ""].filter(Boolean).join(" "),
          text: cell(point, side, field, !present[side]),
        });
      });
      return make("tr", { "data-field": field }, make("th", { scope: "row", text: words(`field.${field}`) }), ...cells);
    });
  return make("table", { class: "sides" },
    make("thead", {}, make("tr", {}, make("td"),
      make("th", { scope: "col", class: "a", text: data.names[0] }), make("th", { scope: "col", class: "b", text: data.names[1] }))),
    make("tbody", {}, ...rows));
}

function asks(point) {
  const said = ["a", "b"].filter((side) => point[`ask_${side}`]).map((side, _, all) =>
    make("p", {}, make("b", { text: `${data.names[side === "a" ? 0 : 1]}: ` }), document.createTextNode(point[`ask_${side}`])));
  return said.length ? make("div", { class: "asks" }, make("h3", { text: words("asks") }), ...said) : null;
}

function stepper(sign, key, step) {
  return make("button", {
    type: "button", class: "step", text: sign, title: words(key), "aria-label": words(key), "data-step": String(step),
    on: { click: () => { go(step); document.querySelector(`[data-step="${step}"]`)?.focus(); } },
  });
}

function position(point) {
  const at = state.shown.indexOf(point);
  return at < 0 ? "" : fill(words("place"), { at: at + 1, all: state.shown.length });
}

function drawCard(card, point) {
  const spoken = point.findings.filter((finding) => finding.level !== "unknown");
  const unknown = point.findings.filter((finding) => finding.level === "unknown");
  card.replaceChildren(...[
    make("div", { class: "steps" }, make("button", { type: "button", class: "back", text: words("back"), on: { click: leave } }),
      stepper("↑", "previous", -1), make("span", { text: position(point) }), stepper("↓", "next", 1)),
    make("h2", { text: headline(point) }),
    make("ul", { class: "tags" },
      make("li", { class: `verdict ${point.verdict}`, text: words(`verdict.${point.verdict}`) }),
      make("li", { text: words(`level.${point.level}`) }), make("li", {}, make("a", { href: `#${point.id}`, text: point.id, title: words("link_here") })), make("li", { text: km(point) }),
      make("li", { text: fill(words("confidence"), { value: Math.round(100 * (point.confidence || 0)) }) })),
    make("dl", { class: "numbers" }, numberOf("gap", point.gap_m, 1, "m"), numberOf("offset", point.offset_m, 1, "m"),
      numberOf("deflection", point.deflection_deg, 1, "°"), numberOf("link", point.link_m, 1, "m"),
      ...(data.attribution ? [numberOf("detour", point.detour_m, 0, "m"), numberOf("ratio", point.detour_ratio, 2, "×"),
        numberOf("saved", point.minutes_saved, 1, "min")] : [])),
    data.attribution && point.detour_state && point.detour_state !== "found" ? make("p", { text: words(`detour.${point.detour_state}`) }) : null,
    make("p", { class: "parts", text: `${fill(words("priority"), { value: (point.priority ?? 0).toFixed(1) })} ${PARTS.map((part) => `${words(`part.${part}`)} ${(point[`priority_${part}`] ?? 0).toFixed(1)}`).join(" · ")}` }),
    data.attribution ? make("p", { text: data.attribution }) : null,
    spoken.length ? findingList(spoken) : null,
    make("h3", { text: words("compare") }), comparison(point), asks(point),
    point.alternatives ? make("p", { text: fill(words("alternatives"), { roads: point.alternatives }) }) : null,
    unknown.length ? make("h3", { text: words("unknown_here") }) : null,
    unknown.length ? findingList(unknown) : null,
    minutesSection(point),
  ].filter(Boolean));
}
