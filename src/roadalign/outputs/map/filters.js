// Filters: which points are shown, in the list, on the map and along the strip alike.
const SEVERITIES = ["severe", "mismatch", "notice", "unknown", "ok"];
const SIDES = ["a", "b"];
const PRIORITIES = ["20", "40", "60", "80"];
const CHANGES = ["new", "same", "changed", "reopened", "resolved"];
const changes = CHANGES.filter((change) => data.points.some((point) => point.change === change));
const anything = () => ({ verdicts: new Set(VERDICTS), severity: "", rule: "", class: "", side: "", priority: "", change: "", text: "" });
state.filter = anything();

const plain = (text) => text.normalize("NFKC").toLowerCase();
const spokenRules = (point) => [...new Set(point.findings.filter((one) => one.severity !== "unknown").map((one) => one.rule))];
const classesOf = (point) => [...new Set(SIDES.filter((side) => point[`${side}_fid`])
  .map((side) => String(point[`${side}_road_class`] ?? "unknown")))];
const askedOf = (point) => {
  const asked = SIDES.filter((side) => point[`ask_${side}`]);
  return asked.length ? asked : ["nobody"];
};

// What can be chosen: the values a point has, all values in their order, and what they are called.
const CHOICES = {
  severity: { of: (point) => [point.severity], all: SEVERITIES, say: (value) => words(`severity.${value}`) },
  rule: {
    of: spokenRules, all: Object.keys(data.rules).sort(),
    say: (value) => `${value} ${data.rules[value][state.lang]}`,
  },
  class: {
    of: classesOf, all: ["6", "5", "4", "3", "2", "1", "unknown"],
    say: (value) => (value === "unknown" ? words("filter.unknown") : words(`rank.${value}`)),
  },
  side: {
    of: askedOf, all: ["a", "b", "nobody"],
    say: (value) => (value === "nobody" ? words("filter.nobody") : data.names[SIDES.indexOf(value)]),
  },
  priority: {
    of: (point) => PRIORITIES.filter((least) => (point.priority || 0) >= Number(least)), all: PRIORITIES,
    say: (value) => fill(words("filter.least"), { value }),
  },
};
// in a first run everything is new, which tells nothing
if (changes.some((change) => change !== "new")) {
  CHOICES.change = { of: (point) => [point.change], all: CHANGES, say: (value) => words(`change.${value}`) };
}
const valuesOf = Object.fromEntries(Object.entries(CHOICES).map(([key, choice]) =>
  [key, new Map(data.points.map((point) => [point.id, choice.of(point)]))]));

// A text is searched in both languages, so that a link or a name found in one is found in the other.
const haystacks = new Map(data.points.map((point) => [point.id, plain([
  point.id, point.summary_en, point.summary_zh,
  ...SIDES.flatMap((side) => ["name", "ref", "class_text"].map((field) => point[`${side}_${field}`])),
].filter(Boolean).join("\n"))]));

function passes(point, without = "") {
  const { filter } = state;
  if (without !== "verdict" && !filter.verdicts.has(point.verdict)) return false;
  for (const key of Object.keys(CHOICES)) {
    if (key !== without && filter[key] && !valuesOf[key].get(point.id).includes(filter[key])) return false;
  }
  if (!filter.text) return true;
  const hay = haystacks.get(point.id);
  return plain(filter.text).split(/\s+/).every((word) => hay.includes(word));
}

// How many points each value would show while the other filters stay as they are.
function tally(key, of = (point) => valuesOf[key].get(point.id)) {
  const counts = new Map();
  for (const point of data.points) {
    if (passes(point, key)) for (const value of of(point)) counts.set(value, (counts.get(value) || 0) + 1);
  }
  return counts;
}

function allow(verdict, allowed) {
  if (allowed) state.filter.verdicts.add(verdict);
  else state.filter.verdicts.delete(verdict);
  apply();
}

// A chip shows its verdict alone; pressed once more, all of them.
function only(verdict) {
  const { verdicts } = state.filter;
  const alone = verdicts.size === 1 && verdicts.has(verdict);
  state.filter.verdicts = new Set(alone || verdict === "all" ? VERDICTS : [verdict]);
  apply();
}

function reset() {
  state.filter = anything();
  document.getElementById("search").value = "";
  apply();
}

function apply() {
  state.shown = data.points.filter((point) => passes(point)).sort(SORTS[state.sort]);
  limit = CHUNK;
  if (!state.open && state.chosen && !passes(byId.get(state.chosen))) state.chosen = null;
  showPoints(state.shown);
  drawCounts();
  drawList();
  drawStrip();
  drawMinutesBar();
}

function drawCounts() {
  const verdicts = tally("verdict", (point) => [point.verdict]);
  verdicts.set("all", VERDICTS.reduce((sum, verdict) => sum + (verdicts.get(verdict) || 0), 0));
  for (const holder of document.querySelectorAll("[data-count]")) holder.textContent = String(verdicts.get(holder.dataset.count) || 0);
  const everything = state.filter.verdicts.size === VERDICTS.length;
  document.getElementById("verdict-all").setAttribute("aria-pressed", String(everything));
  for (const verdict of VERDICTS) {
    const allowed = state.filter.verdicts.has(verdict);
    document.getElementById(`show-${verdict}`).checked = allowed;
    document.getElementById(`verdict-${verdict}`).setAttribute("aria-pressed", String(allowed && !everything));
  }
  for (const [key, choice] of Object.entries(CHOICES)) {
    const select = document.getElementById(`filter-${key}`);
    const counts = tally(key);
    for (const option of select.options) {
      if (option.value) option.textContent = `${choice.say(option.value)} (${counts.get(option.value) || 0})`;
    }
    select.value = state.filter[key];
  }
  const all = data.points.length;
  document.getElementById("shown").textContent = fill(words("shown"), { shown: state.shown.length, all });
  document.getElementById("reset").hidden = state.shown.length === all;
}

function chip(verdict) {
  return make("button", {
    type: "button", class: "chip", id: `verdict-${verdict}`, "aria-pressed": "false", title: words("only_this"),
    on: { click: () => only(verdict) },
  }, verdict === "all" ? null : symbol(verdict, false, 18), make("span", { text: words(`verdict.${verdict}`) }), make("b", { "data-count": verdict }));
}

function chooser(key, choice) {
  const present = new Set(data.points.flatMap((point) => choice.of(point)));
  const select = make("select", { id: `filter-${key}`, on: { change: () => { state.filter[key] = select.value; apply(); } } },
    make("option", { value: "", text: words("any") }),
    ...choice.all.filter((value) => present.has(value)).map((value) => make("option", { value })));
  return make("label", {}, make("span", { text: words(`filter.${key}`) }), select);
}

function drawFilters() {
  const form = document.getElementById("filters");
  const opened = Boolean(form.querySelector("details")?.open);
  const search = make("input", {
    type: "search", id: "search", placeholder: words("search_hint"), autocomplete: "off", spellcheck: "false",
    on: { input: () => { state.filter.text = search.value; apply(); } },
  });
  search.value = state.filter.text;
  const sort = make("select", { id: "sort", on: { change: () => { state.sort = sort.value; apply(); } } },
    ...Object.keys(SORTS).map((key) => make("option", { value: key, text: words(`sort.${key}`) })));
  sort.value = state.sort;
  form.setAttribute("aria-label", words("search"));
  form.replaceChildren(
    make("label", {}, make("span", { text: words("search") }), search),
    make("label", {}, make("span", { text: words("sort_by") }), sort),
    make("div", { class: "chips", role: "group", "aria-label": words("filter.verdict") }, ...["all", ...VERDICTS].map(chip)),
    make("details", { open: opened }, make("summary", { text: words("more") }),
      ...Object.entries(CHOICES).map(([key, choice]) => chooser(key, choice))),
  );
  document.getElementById("reset").textContent = words("reset");
}
