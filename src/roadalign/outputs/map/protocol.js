// Minutes leave the page here: minutes.json, the text for the protocol, and the bar with its buttons.
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
