// The enumerations, in the order in which the page shows them; they come with its data.
import { payload } from "./data.js";

/** @import { Terms } from "./types.js" */

/** @type {Terms} */
export const terms = payload.terms;
export const { verdicts: VERDICTS, severities: SEVERITIES, ranks: RANKS, states: STATES, aspects: ASPECTS } = terms;
