// Minutes as a file and as the text for the protocol.
import { data } from "./data.js";
import { dayInWords, sayDate } from "./format.js";
import { minutes, minutesOf, notedPoints } from "./minutes.js";
import { SORTS } from "./order.js";
import { roadName } from "./roads.js";
import { headline } from "./state.js";
import { known } from "../shared/known.js";
import { SIDES } from "../shared/sides.js";
import { countStandings } from "../shared/standing.js";
import { terms } from "../shared/terms.js";
import { fill, oneLine } from "../shared/text.js";
import { words } from "../shared/words.js";

/** @import { Point } from "./types.js" */

export function minutesFile() {
  return {
    format: "roadalign-minutes", version: 1, boundary: data.boundaryName, names: data.names, report_time: data.time,
    exported: new Date().toISOString(),
    entries: [...minutes.own.values()].sort((one, two) => one.chainage_m - two.chainage_m || (one.id < two.id ? -1 : 1)),
  };
}

/**
 * @param {Point} point
 * @param {number} number
 */
function protocolEntry(point, number) {
  const entry = known(minutesOf(point.id));
  const say = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ values) => fill(words(`protocol.${key}`), values);
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

export function protocolText() {
  const noted = notedPoints().sort(SORTS.chainage);
  const say = (/** @type {string} */ key, /** @type {Record<string, unknown>} */ values) => fill(words(`protocol.${key}`), values);
  const { open, waiting } = countStandings(data.points, terms);
  const head = [
    say("heading", { a: oneLine(data.names[0]), b: oneLine(data.names[1]) }),
    say("date", { date: sayDate(new Date()) }), say("boundary", { boundary: oneLine(data.boundaryName) }),
    say("run", { date: sayDate(new Date(data.time)) }),
    say("counts", { all: data.points.length, open, waiting, noted: noted.length }),
    data.note ? oneLine(data.note) : null,
  ].filter(Boolean);
  return `${[head.join("\n"), ...noted.map((point, i) => protocolEntry(point, i + 1))].join("\n\n")}\n`;
}
