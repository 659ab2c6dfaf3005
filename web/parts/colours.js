/** The theme's colours, for what is drawn on a canvas: CSS custom properties of the lab. */

/**
 * What a lab's colours are, as long as its theme lasts: to read a property makes the browser bring all styles up to date.
 * @type {WeakMap<Element, {theme: string | null, colours: Map<string, string>}>}
 */
const known = new WeakMap();

/** @param {Element} lab @returns {Map<string, string>} */
function coloursOf(lab) {
  const theme = lab.getAttribute('data-theme');
  const kept = known.get(lab);
  if (kept?.theme === theme) return kept.colours;
  const colours = new Map();
  known.set(lab, { theme, colours });
  return colours;
}

/**
 * What these colours are now.
 * @template {string} Name
 * @param {Element} host  within the lab
 * @param {Name[]} names  of the properties, without their dashes
 * @returns {Record<Name, string>}
 */
export function readColours(host, names) {
  const lab = host.closest('.lab');
  const colours = lab ? coloursOf(lab) : new Map();
  const missing = names.filter((name) => !colours.has(name));
  if (missing.length > 0) {
    const style = getComputedStyle(lab ?? host);
    for (const name of missing) colours.set(name, style.getPropertyValue(`--${name}`).trim());
  }
  return /** @type {Record<Name, string>} */ (Object.fromEntries(names.map((name) => [name, colours.get(name)])));
}

/**
 * A colour of the page as a pixel.
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 */
export function asPixel(context, colour) {
  context.fillStyle = '#000';
  context.fillStyle = colour;
  // The canvas gives back every opaque colour as #rrggbb.
  const number = Number.parseInt(String(context.fillStyle).slice(1, 7), 16) || 0;
  return (0xff000000 | ((number & 0xff) << 16) | (number & 0xff00) | (number >>> 16)) >>> 0;
}
