// Whether whoever reads the page wants nothing to move.

export const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
