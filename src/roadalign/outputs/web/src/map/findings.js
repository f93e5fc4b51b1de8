// Findings as a list, and the worst of a point in short.
import { supplyLines } from "./supply.js";
import { make } from "../shared/dom.js";
import { language, words } from "../shared/words.js";

/** @import { Finding, Point } from "./types.js" */

/** @param {Finding[]} findings */
export function findingList(findings) {
  return make("ul", { class: "findings" }, ...findings.map((finding) => make("li", { class: finding.severity },
    make("b", { text: `${finding.rule} ${words(`severity.${finding.severity}`)}` }), document.createTextNode(finding[language.now]))));
}

/** @param {Point} point */
export function brief(point) {
  const bad = point.findings.filter((finding) => finding.severity === "severe" || finding.severity === "mismatch");
  const worst = bad.find((finding) => finding.severity === point.severity) || bad[0];
  return worst ? worst[language.now] : supplyLines(point).join(" ") || words(`verdict.${point.verdict}`);
}
