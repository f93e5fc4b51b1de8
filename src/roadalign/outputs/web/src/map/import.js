// Minutes enter the page here. A file may come from anybody: it is checked as a whole, takes no more room than
// there is for it, never the room of what is written here, and can be taken back.
import { data } from "./data.js";
import { minutesSaid } from "./events.js";
import { fault, keepMinutes, minutes, minutesOf, said, STORED, undoable } from "./minutes.js";
import { cleanEntry, MOST_ELSEWHERE, roomElsewhere, sortOut, turnedRound } from "./minutes_format.js";
import { byId } from "./state.js";
import { fill, oneLine } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Entry, Sorted } from "./types.js" */

const LARGEST = 20e6;
const RESERVE_LETTERS = 5e5; // some hundred full entries can still be written after it
const MOST_TOLD = 30;

/**
 * Why a file cannot be taken in, as the words that say so; null where it can.
 * @param {any} file
 */
function whyNot(file) {
  if (!file || typeof file !== "object" || file.format !== "roadalign-minutes" || !Array.isArray(file.entries)) return words("minutes.taken.no_minutes");
  if (file.version !== 1) return words("minutes.taken.version");
  const called = (/** @type {unknown} */ name) => (typeof name === "string" ? name : "");
  const names = Array.isArray(file.names) ? file.names.map(called) : [];
  if (file.boundary !== data.boundaryName || names.length !== 2 || [...names].sort().join("\n") !== [...data.names].sort().join("\n")) {
    const [boundary, a, b] = [called(file.boundary), ...names, "", ""].map((name) => oneLine(name.slice(0, 80)));
    return fill(words("minutes.taken.other"), { boundary, a, b });
  }
  const wrong = file.entries.findIndex(fault);
  if (wrong >= 0) return fill(words("minutes.taken.entry"), { number: wrong + 1, field: fault(file.entries[wrong]) });
  const seen = new Set();
  const twice = file.entries.find((/** @type {Entry} */ entry) => seen.size === seen.add(entry.id).size);
  return twice ? fill(words("minutes.taken.twice"), { id: twice.id }) : null;
}

/** @param {any} file */
function takeIn(file) {
  const turned = file.names[0] !== data.names[0];
  return sortOut(file.entries.map((/** @type {any} */ given) => cleanEntry(turned ? turnedRound(given) : given)), {
    here: minutesOf, hasPoint: (id) => byId.has(id),
    hasRoom: roomElsewhere([...minutes.own.values()].filter((entry) => !byId.has(entry.id))),
  });
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

/**
 * @param {string} name
 * @param {Sorted} found
 */
function saidOfImport(name, found) {
  const differed = found.differed.map(({ id, newer }) => fill(words(`minutes.taken.${newer ? "theirs" : "ours"}`), { id }));
  const list = [...differed.slice(0, MOST_TOLD), ...(differed.length > MOST_TOLD ? [`… (+${differed.length - MOST_TOLD})`] : [])].join(", ");
  return [
    fill(words("minutes.taken.done"), { name, added: found.added, same: found.same }),
    differed.length ? fill(words("minutes.taken.differed"), { list }) : "",
    found.unknown ? fill(words("minutes.taken.unknown"), { count: found.unknown }) : "",
    found.left ? fill(words("minutes.taken.left_out"), { count: found.left, most: MOST_ELSEWHERE }) : "",
  ].filter(Boolean).join(" ");
}

/** @param {File} chosen */
export async function importFile(chosen) {
  const name = oneLine(chosen.name.slice(0, 200));
  const refuse = (/** @type {string} */ why) => said(fill(words("minutes.taken.refused"), { name, why }));
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
      minutes.undo?.();
      return refuse(words("minutes.taken.no_room"));
    }
  } else minutes.undo = null;
  minutes.said = saidOfImport(name, found);
  minutesSaid.tell();
  return found;
}
