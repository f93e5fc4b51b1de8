// How a part of the page says that something changed without knowing who draws it.

/**
 * A signal: those who hear it are called in the order in which they were added.
 * @template {unknown[]} Told
 */
export function signal() {
  /** @type {((...told: Told) => void)[]} */
  const hearers = [];
  return {
    /** @param {(...told: Told) => void} act */
    hear(act) { hearers.push(act); },
    /** @param {Told} told */
    tell(...told) { for (const act of hearers) act(...told); },
  };
}
