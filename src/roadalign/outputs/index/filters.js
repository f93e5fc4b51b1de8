// Filters: which points and boundaries are shown, in the tables and on the map alike.
const SEVERITIES = ["severe", "mismatch", "notice", "unknown", "ok"];
const anything = () => ({ text: "", pair: "", verdict: "", severity: "" });
state.filter = anything();

const plain = (text) => text.normalize("NFKC").toLowerCase();
const saidOf = (point) => point.said[state.lang] || point.id;
const pairWords = data.pairs.map((pair) => plain([pair.name, ...(pair.names || []), pair.boundary].filter(Boolean).join("\n")));
// searched in both languages, so that a name found in one is found in the other
const pointWords = data.points.map((point) => plain([point.id, point.rules, ...point.roads, point.said.en, point.said.zh]
  .filter(Boolean).join("\n")));
const asked = () => plain(state.filter.text).split(/\s+/).filter(Boolean);

function pointsShown() {
  const { pair, verdict, severity } = state.filter;
  const wanted = asked();
  return data.points.filter((point, i) => (pair === "" || point.pair === Number(pair))
    && (verdict === "" || (verdict === "unresolved" ? point.verdict !== "aligned" : point.verdict === verdict))
    && (severity === "" || point.severity === severity)
    && wanted.every((word) => pointWords[i].includes(word) || pairWords[point.pair].includes(word)));
}

// A boundary is shown for its own words, or for the points it has left.
function pairsShown(points) {
  const { pair, verdict, severity } = state.filter;
  const left = new Set(points.map((point) => point.pair));
  const wanted = asked();
  return data.pairs.map((one, number) => ({ pair: one, number })).filter(({ number }) => (pair === "" || number === Number(pair))
    && (left.has(number) || (verdict === "" && severity === "" && wanted.every((word) => pairWords[number].includes(word)))));
}

function apply() {
  state.points = pointsShown();
  state.pairs = pairsShown(state.points);
  for (const key of ["text", "pair", "verdict", "severity"]) document.getElementById(`filter-${key}`).value = state.filter[key];
  const done = state.pairs.filter(({ pair }) => pair.summary).length;
  document.getElementById("shown").textContent = fill(words("shown"), {
    pairs: done, all_pairs: data.pairs.filter((pair) => pair.summary).length, points: state.points.length, all_points: data.points.length,
  });
  document.getElementById("reset").hidden = Object.values(state.filter).every((value) => value === "");
  drawFailed();
  drawBoundaries();
  drawPoints();
  drawMap();
}

function choosePair(number) {
  state.filter.pair = number;
  state.most = 50;
  apply();
  fitMap();
}

function chooser(key, options) {
  const select = make("select", {
    id: `filter-${key}`,
    on: { change: () => { if (key === "pair") choosePair(select.value); else { state.filter[key] = select.value; state.most = 50; apply(); } } },
  }, make("option", { value: "", text: words("any") }), ...options.map(([value, text]) => make("option", { value, text })));
  return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
}

function drawFilters() {
  const search = make("input", {
    type: "search", id: "filter-text", placeholder: words("search_hint"), autocomplete: "off", spellcheck: "false",
    on: { input: () => { state.filter.text = search.value; state.most = 50; apply(); } },
  });
  const form = document.getElementById("filters");
  form.setAttribute("aria-label", words("filter.text"));
  form.replaceChildren(
    make("label", {}, make("span", { text: words("filter.text") }), search),
    chooser("pair", data.pairs.map((pair, number) => [String(number), pair.name])),
    chooser("verdict", [["unresolved", words("unresolved")], ...VERDICTS.map((verdict) => [verdict, words(`verdict.${verdict}`)])]),
    chooser("severity", SEVERITIES.map((severity) => [severity, words(`severity.${severity}`)])),
  );
  document.getElementById("reset").textContent = words("reset");
}
