// What the page was given, as JSON in a block that is never run.
import { element } from "./dom.js";

/** @type {any} */
export const payload = JSON.parse(element("data").textContent);
