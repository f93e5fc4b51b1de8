// Minutes: what is decided of each point. Kept in this browser under the boundary and the two sides, so
// that the map of a later run finds them again; what the ledger says lies beneath and the newer one counts.
import { data } from "./data.js";
import { minutesKept, minutesSaid, opened } from "./events.js";
import { cleanEntry, faultOf, isNoted, LATEST, newerOf, parsedEntries, when } from "./minutes_format.js";
import { calls } from "./roads.js";
import { state } from "./state.js";
import { find } from "../shared/dom.js";
import { SIDES } from "../shared/sides.js";
import { terms } from "../shared/terms.js";
import { fill } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Entry, Point } from "./types.js" */

export const STORED = `roadalign-minutes:${JSON.stringify([data.boundaryName, ...data.names])}`;

/**
 * @type {{own: Map<string, Entry>, told: Map<string, Entry>, problem: string, unsaved: boolean, said: string,
 *   undo: (() => void) | null}}
 */
export const minutes = {
  own: new Map(), told: new Map(data.ledger.map((entry) => [entry.id, entry])),
  problem: "", unsaved: false, said: "", undo: null,
};

/**
 * What of an entry is not as the format wants it, "" where all is.
 * @param {any} entry
 */
export const fault = (entry) => faultOf(entry, { ...terms, longest: data.longest });
export const notedPoints = () => data.points.filter((point) => isNoted(minutesOf(point.id)));

/** @param {string} id */
export function minutesOf(id) {
  const [own, told] = [minutes.own.get(id), minutes.told.get(id)];
  return newerOf(own, told);
}

/**
 * An entry in which nothing is written yet.
 * @type {(point: Point) => Entry}
 */
export const blank = (point) => ({
  id: point.id, decision: null, stage: null, responsible_a: "", responsible_b: "", due: null, note: "",
  updated: "", ...placeOf(point),
});

/** @param {Point} point */
const placeOf = (point) => ({
  chainage_m: point.chainage_m, lon: point.lon, lat: point.lat, roads: SIDES.map((side) => calls(point, side).slice(0, 1000)),
});

// Any page opened from a disk may write here: what is no entry is laid aside as it was, and the entries stay.
function readStored() {
  const text = localStorage.getItem(STORED);
  if (text === null) return new Map();
  const stored = parsedEntries(text);
  const right = new Map(stored.filter((entry) => !fault(entry)).map((entry) => [entry.id, cleanEntry(entry)]));
  if (right.size < stored.length) layAside(text, right);
  return right;
}

/**
 * @param {string} text
 * @param {Map<string, Entry>} right
 */
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

/**
 * Write some entries (null: none any more). What another window wrote meanwhile of other points stays.
 * @param {[string, Entry | null][]} changes
 */
export function keepMinutes(changes) {
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
  minutesSaid.tell();
  minutesKept.tell();
}

/**
 * @param {Point} point
 * @param {string} field
 * @param {string | null} value
 */
export function enter(point, field, value) {
  const before = minutesOf(point.id) || blank(point);
  // a clock that goes slow must not make the newest entry look old
  const now = Math.min(Math.max(Date.now(), before.updated ? when(before) + 1 : 0), LATEST);
  const entry = cleanEntry({ ...before, ...placeOf(point), [field]: value, updated: new Date(now).toISOString() });
  // an empty entry is none, unless it takes back what the ledger says
  sayMinutes("");
  keepMinutes([[point.id, isNoted(entry) || minutes.told.has(point.id) ? entry : null]]);
}

/**
 * What changed can be taken back once, until the next change.
 * @param {Iterable<string>} ids
 * @param {() => void} act
 */
export function undoable(ids, act) {
  const before = [...ids].map((id) => /** @type {[string, Entry | null]} */ ([id, minutes.own.get(id) || null]));
  act();
  minutes.undo = () => {
    minutes.undo = null;
    minutes.said = words("minutes.undone");
    keepMinutes(before);
    if (state.open) opened.tell();
  };
}

/** @param {string} text */
function sayMinutes(text) {
  minutes.said = text;
  minutes.undo = null;
}

/** @param {Point} point */
export function removeMinutes(point) {
  minutes.said = fill(words("minutes.removed"), { id: point.id });
  undoable([point.id], () => keepMinutes([[point.id, null]]));
  minutesSaid.tell();
  opened.tell();
  queueMicrotask(() => find("#card .undo")?.focus());
}

/**
 * The mark on an entry of the list.
 * @param {Point} point
 */
export function markText(point) {
  const entry = minutesOf(point.id);
  if (!entry || !isNoted(entry)) return "";
  return entry.decision ? words(`decision_word.${entry.decision}`) : words("minutes.mark_noted");
}

// Read what is kept, and again when another window writes.
export function watchMinutes() {
  loadMinutes();
  addEventListener("storage", (event) => {
    if (event.key !== STORED && event.key !== null) return;
    loadMinutes();
    minutesSaid.tell();
    minutesKept.tell();
    if (state.open && !document.activeElement?.closest(".minutes")) opened.tell();
  });
  addEventListener("beforeunload", (event) => {
    if (minutes.unsaved) event.preventDefault();
  });
}

/** @param {string} text */
export function said(text) {
  sayMinutes(text);
  minutesSaid.tell();
}
