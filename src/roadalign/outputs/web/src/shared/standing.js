// Where a docking point stands: open, open though something was decided of it, waiting for data, aligned.

/** @import { Terms } from "./types.js" */

export const STANDINGS = ["open", "decided", "waiting", "aligned"];

/**
 * A decision settles nothing: what is agreed or rejected is told apart, and stays open.
 * @param {{verdict: string, decision?: string | null}} point
 * @param {Pick<Terms, "open" | "decided">} terms
 */
export function standingOf({ verdict, decision }, terms) {
  if (verdict === "aligned") return "aligned";
  if (!terms.open.includes(verdict)) return "waiting";
  return terms.decided.includes(decision ?? "") ? "decided" : "open";
}

/**
 * How many points stand where, an agreed one among the open ones.
 * @param {{verdict: string, decision?: string | null}[]} points
 * @param {Pick<Terms, "open" | "decided">} terms
 */
export function countStandings(points, terms) {
  const counts = { open: 0, decided: 0, waiting: 0, aligned: 0 };
  for (const point of points) {
    const standing = standingOf(point, terms);
    counts[standing === "decided" ? "open" : standing] += 1;
    if (standing === "decided") counts.decided += 1;
  }
  return counts;
}
