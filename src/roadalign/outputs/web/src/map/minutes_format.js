// Entries of minutes, by themselves: what is right, what is the same, what is taken from a file.

/** @import { Entry, Longest, Sorted } from "./types.js" */

const MINUTE_FIELDS = ["decision", "stage", "responsible_a", "responsible_b", "due", "note"];
export const MOST_ELSEWHERE = 500;
const ELSEWHERE_LETTERS = 1e6;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
// a later moment could not be followed by another one; a clock may go wrong by a century
export const [EARLIEST, LATEST] = [Date.UTC(1900, 0, 1), Date.UTC(2200, 0, 1) - 1];

/** @param {Entry | null | undefined} entry */
export const isNoted = (entry) => Boolean(entry && MINUTE_FIELDS.some((field) => entry[field]));
/** @param {Entry} entry */
export const when = (entry) => Date.parse(entry.updated);

/**
 * @param {Entry} one
 * @param {Entry} two
 */
const sameMinutes = (one, two) => MINUTE_FIELDS.every((field) => one[field] === two[field]);

/** @param {unknown} value */
export function isDay(value) {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value))
    && new Date(value).toISOString().startsWith(value);
}

/** @param {unknown} value */
export function isMoment(value) {
  if (typeof value !== "string" || !MOMENT.test(value) || !isDay(value.slice(0, 10))) return false;
  const time = Date.parse(value);
  return time >= EARLIEST && time <= LATEST;
}

/**
 * What of an entry is not as the format wants it, "" where all is.
 * @param {any} entry
 * @param {{decisions: string[], stages: string[], longest: Longest}} options
 */
export function faultOf(entry, { decisions, stages, longest }) {
  if (!entry || typeof entry !== "object" || Array.isArray(entry)) return "{}";
  /** @type {Record<string, boolean>} */
  const right = {
    id: typeof entry.id === "string" && /^DP-[0-9A-Z]{4,16}$/.test(entry.id),
    decision: entry.decision === null || decisions.includes(entry.decision),
    stage: entry.stage === null || stages.includes(entry.stage),
    due: entry.due === null || isDay(entry.due),
    updated: isMoment(entry.updated),
    roads: Array.isArray(entry.roads) && entry.roads.length === 2
      && entry.roads.every((/** @type {unknown} */ road) => typeof road === "string" && road.length <= 1000),
    chainage_m: Number.isFinite(entry.chainage_m),
    lon: Math.abs(entry.lon) <= 180 && typeof entry.lon === "number",
    lat: Math.abs(entry.lat) <= 90 && typeof entry.lat === "number",
  };
  for (const [field, most] of Object.entries(longest)) right[field] = typeof entry[field] === "string" && entry[field].length <= most;
  return Object.keys(right).find((field) => !right[field]) || "";
}

/**
 * Only what the format knows is ever taken over.
 * @param {any} entry
 * @returns {Entry}
 */
export function cleanEntry(entry) {
  const fields = ["id", ...MINUTE_FIELDS, "updated", "chainage_m", "lon", "lat", "roads"];
  return /** @type {any} */ (Object.fromEntries(fields.map((field) => [field, entry[field]])));
}

/** @param {string} text */
export function parsedEntries(text) {
  try {
    const stored = JSON.parse(text);
    return Array.isArray(stored) ? stored : [null];
  } catch {
    return [null];
  }
}

/**
 * Which of two entries of a point counts: what the ledger says, or what was written here and is not older.
 * @param {Entry | undefined} own
 * @param {Entry | undefined} told
 */
export function newerOf(own, told) {
  return own && told ? (when(told) > when(own) ? told : own) : own || told;
}

/**
 * Whether an entry of a point that this map does not have still has room; what is here keeps its own.
 * @param {Entry[]} elsewhere
 */
export function roomElsewhere(elsewhere) {
  const sizes = new Map([...elsewhere].map((entry) => [entry.id, JSON.stringify(entry).length]));
  let letters = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return (/** @type {Entry} */ entry) => {
    const grown = JSON.stringify(entry).length - (sizes.get(entry.id) ?? 0);
    if (letters + grown > ELSEWHERE_LETTERS || (!sizes.has(entry.id) && sizes.size >= MOST_ELSEWHERE)) return false;
    letters += grown;
    sizes.set(entry.id, (sizes.get(entry.id) ?? 0) + grown);
    return true;
  };
}

/**
 * The entry as it is here, if the file has the two sides the other way round.
 * @param {any} given
 */
export function turnedRound(given) {
  return { ...given, responsible_a: given.responsible_b, responsible_b: given.responsible_a, roads: [...given.roads].reverse() };
}

/**
 * What each entry of a file changes here. `here` is the entry of a point that counts, `hasPoint` whether the map
 * has the point, `hasRoom` whether there is room for one that it does not have.
 * @param {Entry[]} entries
 * @param {{here: (id: string) => Entry | undefined, hasPoint: (id: string) => boolean, hasRoom: (entry: Entry) => boolean}} options
 */
export function sortOut(entries, { here, hasPoint, hasRoom }) {
  /** @type {Sorted} */
  const found = { changes: [], differed: [], same: 0, added: 0, unknown: 0, left: 0 };
  for (const entry of entries) {
    const before = here(entry.id);
    const newer = !before || when(entry) > when(before);
    if (newer && !hasPoint(entry.id) && !hasRoom(entry)) {
      found.left += 1;
      continue;
    }
    if (before && sameMinutes(before, entry)) found.same += 1;
    else if (before) found.differed.push({ id: entry.id, newer });
    else found.added += 1;
    if (!hasPoint(entry.id)) found.unknown += 1;
    if (newer) found.changes.push([entry.id, entry]);
  }
  return found;
}
