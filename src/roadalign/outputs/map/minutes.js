// Minutes: what is decided of each point. Kept in this browser under the boundary and the two sides, so
// that the map of a later run finds them again; what the ledger says lies beneath and the newer one counts.
const DECISIONS = ["agreed", "to_do", "rejected", "later"];
const STAGES = ["decision", "coordination", "implementation", "supervision"];
const LONGEST = { responsible_a: 200, responsible_b: 200, note: 4000 };
const MINUTE_FIELDS = ["decision", "stage", "responsible_a", "responsible_b", "due", "note"];
const STORED = `roadalign-minutes:${JSON.stringify([data.boundaryName, ...data.names])}`;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
// a later moment could not be followed by another one; a clock may go wrong by a century
const [EARLIEST, LATEST] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1) - 1];
const minutes = {
  own: new Map(), told: new Map(data.ledger.map((entry) => [entry.id, entry])),
  problem: "", unsaved: false, said: "", undo: null,
};

const isNoted = (entry) => Boolean(entry) && MINUTE_FIELDS.some((field) => entry[field]);
const when = (entry) => Date.parse(entry.updated);
const sameMinutes = (one, two) => MINUTE_FIELDS.every((field) => one[field] === two[field]);
const notedPoints = () => data.points.filter((point) => isNoted(minutesOf(point.id)));
const calls = (point, side) => [...new Set([point[`${side}_ref`], point[`${side}_name`]].filter(Boolean))].join(" ") || point[`${side}_class_text`] || "";

function minutesOf(id) {
  const [own, told] = [minutes.own.get(id), minutes.told.get(id)];
  return own && told ? (when(told) > when(own) ? told : own) : own || told;
}

const blank = (point) => ({
  id: point.id, decision: null, stage: null, responsible_a: "", responsible_b: "", due: null, note: "",
});

const placeOf = (point) => ({
  chainage_m: point.chainage_m, lon: point.lon, lat: point.lat, roads: SIDES.map((side) => calls(point, side).slice(0, 1000)),
});

function isDay(value) {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value))
    && new Date(value).toISOString().startsWith(value);
}

function isMoment(value) {
  if (typeof value !== "string" || !MOMENT.test(value) || !isDay(value.slice(0, 10))) return false;
  const time = Date.parse(value);
  return time >= EARLIEST && time <= LATEST;
}

// What of an entry is not as the format wants it, "" where all is.
function faultOf(entry) {
  if (!entry || typeof entry !== "object" || Array.isArray(entry)) return "{}";
  const right = {
    id: typeof entry.id === "string" && /^DP-[0-9A-Z]{4,16}$/.test(entry.id),
    decision: entry.decision === null || DECISIONS.includes(entry.decision),
    stage: entry.stage === null || STAGES.includes(entry.stage),
    due: entry.due === null || isDay(entry.due),
    updated: isMoment(entry.updated),
    roads: Array.isArray(entry.roads) && entry.roads.length === 2
      && entry.roads.every((road) => typeof road === "string" && road.length <= 1000),
    chainage_m: Number.isFinite(entry.chainage_m),
    lon: Math.abs(entry.lon) <= 180 && typeof entry.lon === "number",
    lat: Math.abs(entry.lat) <= 90 && typeof entry.lat === "number",
  };
  for (const [field, most] of Object.entries(LONGEST)) right[field] = typeof entry[field] === "string" && entry[field].length <= most;
  return Object.keys(right).find((field) => !right[field]) || "";
}

// Only what the format knows is ever taken over.
function cleanEntry(entry) {
  const fields = ["id", ...MINUTE_FIELDS, "updated", "chainage_m", "lon", "lat", "roads"];
  return Object.fromEntries(fields.map((field) => [field, entry[field]]));
}

function parsedEntries(text) {
  try {
    const stored = JSON.parse(text);
    return Array.isArray(stored) ? stored : [null];
  } catch {
    return [null];
  }
}

// Any page opened from a disk may write here: what is no entry is laid aside as it was, and the entries stay.
function readStored() {
  const text = localStorage.getItem(STORED);
  if (text === null) return new Map();
  const stored = parsedEntries(text);
  const right = new Map(stored.filter((entry) => !faultOf(entry)).map((entry) => [entry.id, cleanEntry(entry)]));
  if (right.size < stored.length) layAside(text, right);
  return right;
}

function layAside(text, right) {
  // first taken away, since there may be no room for both
  localStorage.removeItem(STORED);
  try {
    localStorage.setItem(`${STORED}:${Date.now()}`, text);
    if (right.size) localStorage.setItem(STORED, JSON.stringify([...right.values()]));
  } catch (problem) {
    localStorage.setItem(STORED, text);
    throw problem;
  }
  minutes.said = words("minutes.damaged");
}

function loadMinutes() {
  try {
    minutes.own = readStored();
    localStorage.setItem(`${STORED}?`, "");
    localStorage.removeItem(`${STORED}?`);
  } catch {
    minutes.problem = "not_kept";
  }
}

// Write some entries (null: none any more). What another window wrote meanwhile of other points stays.
function keepMinutes(changes) {
  for (const [id, entry] of changes) {
    if (entry) minutes.own.set(id, entry);
    else minutes.own.delete(id);
  }
  try {
    const stored = minutes.problem === "not_kept" ? null : minutes.problem ? minutes.own : readStored();
    if (stored) {
      for (const [id, entry] of changes) {
        if (entry) stored.set(id, entry);
        else stored.delete(id);
      }
      localStorage.setItem(STORED, JSON.stringify([...stored.values()]));
      minutes.own = new Map(stored);
      minutes.problem = "";
    }
  } catch {
    minutes.problem = "full";
  }
  minutes.unsaved = Boolean(minutes.problem);
  drawMinutesBar();
  drawMarks();
}

function enter(point, field, value) {
  const before = minutesOf(point.id) || blank(point);
  // a clock that goes slow must not make the newest entry look old
  const now = Math.min(Math.max(Date.now(), before.updated ? when(before) + 1 : 0), LATEST);
  const entry = cleanEntry({ ...before, ...placeOf(point), [field]: value, updated: new Date(now).toISOString() });
  // an empty entry is none, unless it takes back what the ledger says
  sayMinutes("");
  keepMinutes([[point.id, isNoted(entry) || minutes.told.has(point.id) ? entry : null]]);
  drawMinutesState(point);
}

// What changed can be taken back once, until the next change.
function undoable(ids, act) {
  const before = [...ids].map((id) => [id, minutes.own.get(id) || null]);
  act();
  minutes.undo = () => {
    minutes.undo = null;
    minutes.said = words("minutes.undone");
    keepMinutes(before);
    if (state.open) drawPanel();
  };
}

function sayMinutes(text) {
  minutes.said = text;
  minutes.undo = null;
}

function removeMinutes(point) {
  minutes.said = fill(words("minutes.removed"), { id: point.id });
  undoable([point.id], () => keepMinutes([[point.id, null]]));
  drawMinutesBar();
  drawPanel();
  queueMicrotask(() => document.querySelector("#card .undo")?.focus());
}

const undoButton = () => (minutes.undo ? make("button", { type: "button", class: "undo", text: words("minutes.undo"), on: { click: () => minutes.undo() } }) : null);

function drawMinutesState(point) {
  const holder = document.getElementById("minutes-state");
  if (!holder) return;
  const [entry, own] = [minutesOf(point.id), minutes.own.get(point.id)];
  const told = entry ? fill(words(entry === own ? "minutes.saved" : "minutes.from_ledger"), { time: sayMoment(entry.updated) }) : words("minutes.empty");
  const texts = [minutes.said, minutes.problem ? words(`minutes.${minutes.problem}`) : told].filter(Boolean);
  holder.classList.toggle("failed", Boolean(minutes.problem));
  holder.replaceChildren(...[document.createTextNode(texts.join(" ")), undoButton()].filter(Boolean));
  document.getElementById("minutes-remove").hidden = !own;
}

function minuteChoice(point, entry) {
  const options = [null, ...DECISIONS].map((value) => {
    const box = make("input", {
      type: "radio", name: "minutes-decision", value: value || "none", on: { change: () => enter(point, "decision", value) },
    });
    box.checked = entry.decision === value;
    return make("label", {}, box, make("span", { text: value ? words(`decision_word.${value}`) : words("minutes.none") }));
  });
  return make("fieldset", { class: "decisions" }, make("legend", { text: words("minutes.decision") }), ...options);
}

function minuteField(point, entry, field, label, options = {}) {
  const tag = field === "note" ? "textarea" : "input";
  const box = make(tag, {
    id: `minutes-${field}`, autocomplete: "off", maxlength: LONGEST[field], rows: tag === "textarea" ? 3 : null, ...options,
    on: { input: () => { enter(point, field, field === "due" ? box.value || null : box.value); name(); } },
  });
  const named = make("span");
  // the browser shows days in a form of its own; the label says them in that of the page
  const name = () => { named.textContent = field === "due" && isDay(box.value) ? `${label}: ${dayInWords(box.value)}` : label; };
  box.value = entry[field] || "";
  name();
  return make("label", { class: `field-${field}` }, named, box);
}

function stageField(point, entry) {
  const select = make("select", { id: "minutes-stage", on: { change: () => enter(point, "stage", select.value || null) } },
    make("option", { value: "", text: "—" }),
    ...STAGES.map((stage) => make("option", { value: stage, text: words(`stage_word.${stage}`) })));
  select.value = entry.stage || "";
  return make("label", { class: "field-stage" }, make("span", { text: words("minutes.stage") }), select);
}

// Letters typed here are text, and arrows choose: neither steps to another point.
function ownKeys(event) {
  if (event.target.matches("input, select, textarea") && (event.key !== "Escape" || event.isComposing)) event.stopPropagation();
}

function minutesSection(point) {
  if (state.printing) return printedMinutes(point);
  const entry = minutesOf(point.id) || blank(point);
  const section = make("section", { class: "minutes", "aria-labelledby": "minutes-title", on: { keydown: ownKeys } },
    make("h3", { id: "minutes-title", text: words("minutes.title") }),
    minuteChoice(point, entry),
    make("div", { class: "minute-fields" },
      stageField(point, entry),
      minuteField(point, entry, "due", words("minutes.due"), { type: "date", min: "2000-01-01", max: "2199-12-31" }),
      ...SIDES.map((side, i) => minuteField(point, entry, `responsible_${side}`, fill(words("minutes.responsible"), { name: data.names[i] }))),
      minuteField(point, entry, "note", words("minutes.note"))),
    make("p", { class: "minutes-state", id: "minutes-state", role: "status" }),
    make("p", { class: "minute-acts" },
      make("button", { type: "button", id: "print-this", text: words("sheet.this"), on: { click: () => printOut([point]) } }),
      make("button", { type: "button", id: "minutes-remove", text: words("minutes.remove"), on: { click: () => removeMinutes(point) } })));
  queueMicrotask(() => drawMinutesState(point));
  return section;
}

// A card is long, and what is said has to be written down at once.
const minutesJump = () => make("button", {
  type: "button", class: "step", id: "minutes-jump", text: words("minutes.title"),
  on: { click: () => document.querySelector("#card .decisions :checked").focus() },
});

// The mark on an entry of the list.
function markText(point) {
  const entry = minutesOf(point.id);
  if (!isNoted(entry)) return "";
  return entry.decision ? words(`decision_word.${entry.decision}`) : words("minutes.mark_noted");
}

const minutesMark = (point) => make("span", { class: "minutes-mark", text: markText(point) });

function drawMarks() {
  for (const [id, item] of entries) item.querySelector(".minutes-mark").textContent = markText(byId.get(id));
}

loadMinutes();
addEventListener("storage", (event) => {
  if (event.key !== STORED && event.key !== null) return;
  loadMinutes();
  drawMinutesBar();
  drawMarks();
  if (state.open && !document.activeElement?.closest(".minutes")) drawPanel();
});
addEventListener("beforeunload", (event) => {
  if (minutes.unsaved) event.preventDefault();
});
