// Minutes enter the page here. A file may come from anybody: it is checked as a whole, takes no more room than
// there is for it, never the room of what is written here, and can be taken back.
const LARGEST = 20e6;
const MOST_ELSEWHERE = 500;
const ELSEWHERE_LETTERS = 1e6;
const RESERVE_LETTERS = 5e5; // some hundred full entries can still be written after it
const MOST_TOLD = 30;

// Why a file cannot be taken in, as the words that say so; null where it can.
function whyNot(file) {
  if (!file || typeof file !== "object" || file.format !== "roadalign-minutes" || !Array.isArray(file.entries)) return words("minutes.taken.no_minutes");
  if (file.version !== 1) return words("minutes.taken.version");
  const called = (name) => (typeof name === "string" ? name : "");
  const names = Array.isArray(file.names) ? file.names.map(called) : [];
  if (file.boundary !== data.boundaryName || names.length !== 2 || [...names].sort().join("\n") !== [...data.names].sort().join("\n")) {
    const [boundary, a, b] = [called(file.boundary), ...names, "", ""].map((name) => oneLine(name.slice(0, 80)));
    return fill(words("minutes.taken.other"), { boundary, a, b });
  }
  const wrong = file.entries.findIndex(faultOf);
  if (wrong >= 0) return fill(words("minutes.taken.entry"), { number: wrong + 1, field: faultOf(file.entries[wrong]) });
  const seen = new Set();
  const twice = file.entries.find((entry) => seen.size === seen.add(entry.id).size);
  return twice ? fill(words("minutes.taken.twice"), { id: twice.id }) : null;
}

// Whether an entry of a point that this map does not have still has room; what is here keeps its own.
function roomElsewhere() {
  const sizes = new Map([...minutes.own.values()].filter((entry) => !byId.has(entry.id)).map((entry) => [entry.id, JSON.stringify(entry).length]));
  let letters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return (entry) => {
    const grown = JSON.stringify(entry).length - (sizes.get(entry.id) ?? 0);
    if (letters + grown > ELSEWHERE_LETTERS || (!sizes.has(entry.id) && sizes.size >= MOST_ELSEWHERE)) return false;
    letters += grown;
    sizes.set(entry.id, (sizes.get(entry.id) ?? 0) + grown);
    return true;
  };
}

function takeIn(file) {
  const turned = file.names[0] !== data.names[0];
  const found = { changes: [], differed: [], same: 0, added: 0, unknown: 0, left: 0 };
  const hasRoom = roomElsewhere();
  for (const given of file.entries) {
    const entry = cleanEntry(turned
      ? { ...given, responsible_a: given.responsible_b, responsible_b: given.responsible_a, roads: [...given.roads].reverse() } : given);
    const here = minutesOf(entry.id);
    const newer = !here || when(entry) > when(here);
    if (newer && !byId.has(entry.id) && !hasRoom(entry)) {
      found.left += 1;
      continue;
    }
    if (here && sameMinutes(here, entry)) found.same += 1;
    else if (here) found.differed.push(fill(words(`minutes.taken.${newer ? "theirs" : "ours"}`), { id: entry.id }));
    else found.added += 1;
    if (!byId.has(entry.id)) found.unknown += 1;
    if (newer) found.changes.push([entry.id, entry]);
  }
  return found;
}

// Whether the browser has room for what it holds now, and for more to be written after it.
function leavesRoom() {
  if (minutes.problem === "not_kept") return true;
  if (minutes.problem) return false;
  try {
    localStorage.setItem(`${STORED}?`, "x".repeat(RESERVE_LETTERS));
    return true;
  } catch {
    return false;
  } finally {
    localStorage.removeItem(`${STORED}?`);
  }
}

function saidOfImport(name, found) {
  const { differed } = found;
  const list = [...differed.slice(0, MOST_TOLD), ...(differed.length > MOST_TOLD ? [`… (+${differed.length - MOST_TOLD})`] : [])].join(", ");
  return [
    fill(words("minutes.taken.done"), { name, added: found.added, same: found.same }),
    differed.length ? fill(words("minutes.taken.differed"), { list }) : "",
    found.unknown ? fill(words("minutes.taken.unknown"), { count: found.unknown }) : "",
    found.left ? fill(words("minutes.taken.left_out"), { count: found.left, most: MOST_ELSEWHERE }) : "",
  ].filter(Boolean).join(" ");
}

async function importFile(chosen) {
  const name = oneLine(chosen.name.slice(0, 200));
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
  if (found.changes.length) {
    undoable(found.changes.map(([id]) => id), () => keepMinutes(found.changes));
    if (!leavesRoom()) {
      minutes.undo();
      return refuse(words("minutes.taken.no_room"));
    }
  } else minutes.undo = null;
  minutes.said = saidOfImport(name, found);
  drawMinutesBar();
  return found;
}
