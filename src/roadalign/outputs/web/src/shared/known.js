// What must be there, by how the data is made.

/**
 * The value; an error where there is none.
 * @template Value
 * @param {Value | null | undefined} value
 * @returns {Value}
 */
export function known(value) {
  if (value === null || value === undefined) throw new Error("a value is missing");
  return value;
}

/**
 * The parts that are there, to be put into an element.
 * @param {(Node | string | null | undefined | false)[]} parts
 * @returns {(Node | string)[]}
 */
export const compact = (parts) => parts.flatMap((part) => (part ? [part] : []));
