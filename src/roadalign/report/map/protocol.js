// Minutes leave and enter the page here: minutes.json, the text for the protocol, and the bar with its buttons.
const LARGEST = 20e6;
const sayDate = (date, options = { dateStyle: "long" }) => new Intl.DateTimeFormat(LOCALES[state.lang], options).format(date);
const sayMoment = (moment) => sayDate(new Date(moment), { dateStyle: "medium", timeStyle: "short" });
// a name from a file stays on its line
const oneLine = (text) => String(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

function minutesFile() {
  return {
    format: "roadalign-minutes", version: 1, boundary: data.boundaryName, names: data.names, report_time: data.time,
    exported: new Date().toISOString(),
    entries: [...minutes.own.values()].sort((one, two) => one.chainage_m - two.chainage_m || (one.id < two.id ? -1 : 1)),
  };
}

function protocolEntry(point, number) {
  const entry = minutesOf(point.id);
  const say = (key, values) => fill(words(`protocol.${key}`), values);
  const open = words("protocol.open");
  const lines = [
    say("place", { id: point.id, km: (point.chainage_m / 1000).toFixed(2), verdict: words(`verdict.${point.verdict}`) }),
    ...SIDES.map((side, i) => say("road", { name: oneLine(data.names[i]), road: oneLine(roadName(point, side)) })),
    say("finding", { text: oneLine(headline(point)) }),
    say("decision", { text: entry.decision ? words(`decision_word.${entry.decision}`) : open }),
    say("stage", { text: entry.stage ? words(`stage_word.${entry.stage}`) : open }),
    ...SIDES.map((side, i) => say("responsible", { name: oneLine(data.names[i]), text: oneLine(entry[`responsible_${side}`]) || open })),
    say("due", { text: entry.due ? dayInWords(entry.due) : open }),
    say("note", { text: entry.note.trim().split(/\r?\n/).map(oneLine).join("\n      ") || open }),
  ];
  return `${number}. ${lines.join("\n   ")}`;
}

function protocolText() {
  const noted = notedPoints().sort(SORTS.chainage);
  const say = (key, values) => fill(words(`protocol.${key}`), values);
  const unresolved = data.points.filter((point) => settled(point) === 0).length;
  const head = [
    say("heading", { a: oneLine(data.names[0]), b: oneLine(data.names[1]) }),
    say("date", { date: sayDate(new Date()) }), say("boundary", { boundary: oneLine(data.boundaryName) }),
    say("run", { date: sayDate(new Date(data.time)) }),
    say("counts", { all: data.points.length, open: unresolved, noted: noted.length }),
    data.note ? oneLine(data.note) : null,
  ].filter(Boolean);
  return `${[head.join("\n"), ...noted.map((point, i) => protocolEntry(point, i + 1))].join("\n\n")}\n`;
}

function offer(ending, type, text) {
  const day = new Date().toISOString().slice(0, 10);
  const name = `minutes-${data.boundaryName.replace(/[^\p{L}\p{N}_-]+/gu, "-")}-${day}.${ending}`;
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  return name;
}

function told(text) {
  sayMinutes(text);
  drawMinutesBar();
}

function exportMinutes() {
  const file = minutesFile();
  const name = offer("json", "application/json", `${JSON.stringify(file, null, 1)}\n`);
  minutes.unsaved = false;
  told(fill(words("minutes.exported"), { name, count: file.entries.length }));
}

function exportText() {
  // the mark at the start tells older editors that this is UTF-8
  const name = offer("txt", "text/plain;charset=utf-8", `\uFEFF${protocolText()}`);
  told(fill(words("minutes.exported"), { name, count: notedPoints().length }));
}

async function copyText() {
  const done = fill(words("minutes.copied"), { count: notedPoints().length });
  try {
    await navigator.clipboard.writeText(protocolText());
    told(done);
  } catch {
    told(words("minutes.copy_by_hand"));
    const box = make("textarea", { class: "by-hand", rows: 8, readonly: true, "aria-label": words("minutes.as_text") });
    box.value = protocolText();
    document.getElementById("minutes-said").after(box);
    box.select();
  }
}

// Why a file cannot be taken in, as the words that say so; null where it can.
function whyNot(file) {
  if (!file || typeof file !== "object" || file.format !== "roadalign-minutes" || !Array.isArray(file.entries)) return words("minutes.taken.no_minutes");
  if (file.version !== 1) return words("minutes.taken.version");
  const names = Array.isArray(file.names) ? file.names.map(String) : [];
  if (file.boundary !== data.boundaryName || names.length !== 2 || [...names].sort().join("\n") !== [...data.names].sort().join("\n")) {
    return fill(words("minutes.taken.other"), { boundary: oneLine(file.boundary).slice(0, 80), a: oneLine(names[0]).slice(0, 80), b: oneLine(names[1]).slice(0, 80) });
  }
  const wrong = file.entries.findIndex(faultOf);
  if (wrong >= 0) return fill(words("minutes.taken.entry"), { number: wrong + 1, field: faultOf(file.entries[wrong]) });
  const seen = new Set();
  const twice = file.entries.find((entry) => seen.size === seen.add(entry.id).size);
  return twice ? fill(words("minutes.taken.twice"), { id: twice.id }) : null;
}

function takeIn(file) {
  const turned = file.names[0] !== data.names[0];
  const changes = [];
  const differed = [];
  let [same, added] = [0, 0];
  for (const given of file.entries) {
    const entry = cleanEntry(turned
      ? { ...given, responsible_a: given.responsible_b, responsible_b: given.responsible_a, roads: [...given.roads].reverse() } : given);
    const here = minutesOf(entry.id);
    const newer = !here || when(entry) > when(here);
    if (here && sameMinutes(here, entry)) same += 1;
    else if (here) differed.push(fill(words(`minutes.taken.${newer ? "theirs" : "ours"}`), { id: entry.id }));
    else added += 1;
    if (newer) changes.push([entry.id, entry]);
  }
  return { changes, differed, same, added, unknown: file.entries.filter((entry) => !byId.has(entry.id)).length };
}

async function importFile(chosen) {
  const name = oneLine(chosen.name);
  const refuse = (why) => told(fill(words("minutes.taken.refused"), { name, why }));
  if (chosen.size > LARGEST) return refuse(words("minutes.taken.large"));
  let file;
  try {
    file = JSON.parse((await chosen.text()).replace(/^\uFEFF/, ""));
  } catch {
    return refuse(words("minutes.taken.no_json"));
  }
  const why = whyNot(file);
  if (why) return refuse(why);
  const found = takeIn(file);
  minutes.said = [
    fill(words("minutes.taken.done"), { name, added: found.added, same: found.same }),
    found.differed.length ? fill(words("minutes.taken.differed"), { list: found.differed.join(", ") }) : "",
    found.unknown ? fill(words("minutes.taken.unknown"), { count: found.unknown }) : "",
  ].filter(Boolean).join(" ");
  if (found.changes.length) undoable(found.changes.map(([id]) => id), () => keepMinutes(found.changes));
  else minutes.undo = null;
  drawMinutesBar();
  return found;
}

function clearMinutes() {
  const count = minutes.own.size;
  if (!count || !confirm(fill(words("minutes.clear_sure"), { count }))) return;
  minutes.said = fill(words("minutes.cleared"), { count });
  const ids = [...minutes.own.keys()];
  undoable(ids, () => keepMinutes(ids.map((id) => [id, null])));
  drawMinutesBar();
  document.querySelector("#minutes-said .undo")?.focus();
}

function elsewhereList() {
  const unknown = [...minutes.own.values()].filter((entry) => !byId.has(entry.id));
  if (!unknown.length) return null;
  return make("div", { class: "elsewhere" }, make("p", { text: fill(words("minutes.elsewhere"), { count: unknown.length }) }),
    make("ul", {}, ...unknown.map((entry) => make("li", {
      text: [entry.id, `${(entry.chainage_m / 1000).toFixed(2)} km`, entry.roads.map(oneLine).join(" — "),
        entry.decision ? words(`decision_word.${entry.decision}`) : words("minutes.mark_noted")].join(" · "),
    }))));
}

function drawMinutesBar() {
  const bar = document.getElementById("minutes");
  const count = notedPoints().length;
  const focused = bar.contains(document.activeElement) ? document.activeElement.id : "";
  const act = (id, key, click, off = false) => make("button", { type: "button", id, text: words(key), disabled: off, on: { click } });
  const input = make("input", {
    type: "file", id: "minutes-file", accept: ".json,application/json", hidden: true, "aria-label": words("minutes.import"),
    on: { change: () => input.files.length && importFile(input.files[0]) },
  });
  const plan = printPlan();
  const which = words(plan.filtered ? "sheet.which_shown" : "sheet.which_open");
  const problem = minutes.problem ? words(`minutes.${minutes.problem}`) : "";
  bar.replaceChildren(...[
    make("summary", { text: fill(words("minutes.summary"), { count }) }),
    make("p", { class: "minute-acts" },
      act("minutes-export", "minutes.export", exportMinutes, !minutes.own.size), act("minutes-text", "minutes.as_text", exportText, !count),
      act("minutes-copy", "minutes.copy", copyText, !count), act("minutes-import", "minutes.import", () => input.click()),
      act("minutes-clear", "minutes.clear", clearMinutes, !minutes.own.size), input),
    make("p", { class: "minute-acts" }, act("print-all", "sheet.all", () => printOut(null)),
      make("span", { class: "small", id: "print-hint", text: fill(words("sheet.all_hint"), { count: plan.points.length, which }) })),
    elsewhereList(),
  ].filter(Boolean));
  const said = document.getElementById("minutes-said");
  said.classList.toggle("failed", Boolean(problem));
  said.replaceChildren(...[document.createTextNode([minutes.said, problem].filter(Boolean).join(" ")), undoButton()].filter(Boolean));
  said.parentNode.querySelector(".by-hand")?.remove();
  if (focused) document.getElementById(focused)?.focus();
}
