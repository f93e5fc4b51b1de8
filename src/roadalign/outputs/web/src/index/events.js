// What happens on the page; start.js says what is drawn anew for it.
import { signal } from "../shared/signal.js";

/** Other points and boundaries are shown. */
export const filtered = signal();
/** Another boundary is chosen, or none. */
export const pairChosen = signal();
