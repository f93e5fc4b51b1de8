// What happens on the page; start.js says what is drawn anew for it.
import { signal } from "../shared/signal.js";

/** Other points are shown. */
export const filtered = signal();
/** Another point is open, or none. */
export const opened = signal();
/** A card was left for the list. @type {ReturnType<typeof signal<[string | null]>>} */
export const left = signal();
/** Minutes were written down or taken away. */
export const minutesKept = signal();
/** Something is said of the minutes. */
export const minutesSaid = signal();
