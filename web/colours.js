/** The theme's colours, for what is drawn on a canvas: they are CSS custom properties. */

/**
 * What these colours are at an element now.
 * @template {string} Name
 * @param {Element} host
 * @param {Name[]} names  of the properties, without their dashes
 * @returns {Record<Name, string>}
 */
export function readColours(host, names) {
  const style = getComputedStyle(host);
  const entries = names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries);
}
