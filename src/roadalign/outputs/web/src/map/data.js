// The data of the page of a run.
import { payload } from "../shared/data.js";

/** @import { MapData } from "./types.js" */

/** @type {MapData} */
export const data = payload;
