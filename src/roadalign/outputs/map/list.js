// The list of the points shown, and which of them is chosen or open.
const PRIORITY = (one, two) => (two.priority || 0) - (one.priority || 0) || one.chainage_m - two.chainage_m;
// 0 unresolved, 1 settled by a decision of the ledger, 2 aligned
const settled = (point) => (point.verdict === "aligned" ? 2 : Number(data.settling.includes(point.decision)));
const collators = { en: new Intl.Collator("en", { numeric: true }), zh: new Intl.Collator("zh", { numeric: true }) };
const SORTS = {
  priority: (one, two) => settled(one) - settled(two)
    || (settled(one) === 2 ? one.chainage_m - two.chainage_m : PRIORITY(one, two)),
  chainage: (one, two) => one.chainage_m - two.chainage_m,
  severity: (one, two) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(two.severity) || PRIORITY(one, two),
  verdict: (one, two) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(two.verdict) || PRIORITY(one, two),
  name: (one, two) => collators[state.lang].compare(callName(one), callName(two)) || one.chainage_m - two.chainage_m,
};
state.sort = "priority";

const callName = (point) => roadName(point, point.a_fid ? "a" : "b");
const bothNames = (point) => `${roadName(point, "a")} — ${roadName(point, "b")}`;
const entries = new Map();
const CHUNK = 120;
let limit = CHUNK;

// Entries are made once for a language, and only as many as somebody scrolls to.
function forgetEntries() {
  entries.clear();
}

const nearEnd = new IntersectionObserver((seen) => { if (seen.some((one) => one.isIntersecting)) lengthen(); }, { rootMargin: "600px" });

function lengthen(least = 0) {
  if (limit >= state.shown.length) return;
  limit = Math.max(limit + CHUNK, least);
  drawList();
}

// Make sure that a point has its entry in the list, and return it.
function entryOf(id) {
  const at = state.shown.findIndex((point) => point.id === id);
  if (at >= limit) lengthen(at + CHUNK);
  return document.querySelector(`[data-entry="${CSS.escape(id)}"]`);
}

function entry(point) {
  if (entries.has(point.id)) return entries.get(point.id);
  const button = make("button", {
    type: "button", class: "entry", "data-entry": point.id,
    on: {
      click: () => choose(point.id), mouseenter: () => hint(point.id, true), mouseleave: () => hint(point.id, false),
    },
  },
  symbol(point.verdict, point.severity === "severe", 18),
  make("span", { text: bothNames(point) }),
  make("span", { class: "km", text: km(point) }),
  make("span", { class: "what" }, minutesMark(point), make("b", { text: words(`severity.${point.severity}`) }),
    changes.length > 1 && point.change ? make("i", { class: "change", text: words(`change.${point.change}`) }) : null, document.createTextNode(brief(point))));
  const item = make("li", {}, button);
  entries.set(point.id, item);
  return item;
}

function brief(point) {
  const bad = point.findings.filter((finding) => finding.severity === "severe" || finding.severity === "mismatch");
  const worst = bad.find((finding) => finding.severity === point.severity) || bad[0];
  return worst ? worst[state.lang] : words(`verdict.${point.verdict}`);
}

function group(title, points, count) {
  if (!points.length) return [];
  return [make("h3", { text: fill(words(title), { count }) }), make("ul", { class: "entries" }, ...points.map(entry))];
}

function drawList() {
  const { shown } = state;
  const made = shown.slice(0, limit);
  const open = shown.filter((point) => settled(point) === 0).length;
  const whole = data.whole.filter((finding) => finding.severity !== "unknown" && !finding.at);
  const focused = document.activeElement?.dataset?.entry;
  document.getElementById("list-title").textContent = words("panel");
  const parts = state.sort === "priority"
    ? [...group("unresolved", made.filter((point) => settled(point) === 0), open),
      ...group("settled_points", made.filter((point) => settled(point) === 1), shown.filter((point) => settled(point) === 1).length),
      ...group("aligned_points", made.filter((point) => settled(point) === 2), shown.filter((point) => settled(point) === 2).length)]
    : [make("ul", { class: "entries" }, ...made.map(entry))];
  const rest = shown.length - made.length;
  const more = rest ? make("button", { type: "button", class: "more", text: fill(words("more_entries"), { count: rest }), on: { click: () => lengthen() } }) : null;
  document.getElementById("list").replaceChildren(...[
    make("p", { class: "small keys", text: words("keys") }),
    ...(shown.length ? parts : [make("p", { text: words("none_shown") })]),
    more, extraList(),
    whole.length ? make("h3", { text: words("whole") }) : null,
    whole.length ? findingList(whole) : null,
  ].filter(Boolean));
  nearEnd.disconnect();
  if (more) nearEnd.observe(more);
  mark();
  if (focused) document.querySelector(`[data-entry="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

// One entry and one mark on the strip can be reached with Tab, the chosen or the first; arrows do the rest.
function mark() {
  const reached = state.shown.some((point) => point.id === state.chosen) ? state.chosen : state.shown[0]?.id;
  lift(state.chosen);
  for (const holder of document.querySelectorAll(".marker[data-id]")) holder.classList.toggle("chosen", holder.dataset.id === state.chosen);
  for (const button of document.querySelectorAll("[data-entry], [data-stop]")) {
    const id = button.dataset.entry || button.dataset.stop;
    button.tabIndex = id === reached ? 0 : -1;
    if (id === state.chosen) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

// Under the pointer in one place, shown in all three.
function hint(id, near) {
  const twins = [markerElement(id), ...document.querySelectorAll(`[data-entry="${CSS.escape(id)}"], [data-stop="${CSS.escape(id)}"]`)];
  for (const twin of twins) twin?.toggleAttribute("data-near", near);
}

// Choose a point without opening it.
function pick(id) {
  const point = byId.get(id);
  state.chosen = id;
  mark();
  const place = point.at;
  if (!leafletMap.getBounds().pad(-0.05).contains(place)) leafletMap.panTo(place, { animate: !still });
  document.querySelector(`[data-stop="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function choose(id, { pan = true, focus = true } = {}) {
  const point = byId.get(id);
  if (!point) return;
  // a link leads to its point even where the filters would hide it
  if (!passes(point)) reset();
  state.chosen = id;
  state.open = true;
  mark();
  if (pan) leafletMap.setView(point.at, Math.max(leafletMap.getZoom(), 16.5), { animate: !still });
  if (anchored() !== id) history.replaceState(null, "", anchorOf(id));
  drawPanel();
  if (focus) document.getElementById("panel").focus({ preventScroll: false });
}

function leave() {
  state.open = false;
  history.replaceState(null, "", location.pathname + location.search);
  drawPanel();
  const last = entryOf(state.chosen);
  last?.focus();
  last?.scrollIntoView({ block: "center" });
}

function drawPanel() {
  const panel = document.getElementById("panel");
  const card = document.getElementById("card");
  panel.setAttribute("aria-label", words("panel"));
  document.getElementById("all").hidden = state.open;
  if (state.open) drawCard(card, byId.get(state.chosen));
  else card.replaceChildren();
  panel.scrollTop = 0;
}
