// The data of the page of a batch.
import { payload } from "../shared/data.js";

/** @import { IndexData } from "./types.js" */

/** @type {IndexData} */
export const data = payload;
