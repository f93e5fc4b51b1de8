// The two sides of a boundary.

/** @import { Side } from "./types.js" */

/** @type {readonly Side[]} */
export const SIDES = ["a", "b"];

/** @param {Side} side */
export const otherSide = (side) => (side === "a" ? "b" : "a");
