// The data of the page of a comparison.
import { payload } from "../shared/data.js";

/** @import { ComparisonData } from "./types.js" */

/** @type {ComparisonData} */
export const data = payload;
