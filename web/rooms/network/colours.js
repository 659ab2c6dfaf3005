/**
 * Numbers as colour: blue above zero, orange below, paper at zero. The scale is the same everywhere and always, so that a
 * vector is seen to grow; it is bent, so that the small numbers that embeddings begin with can be seen too.
 */

import { readColours } from '../../parts/colours.js';

/** From here on a colour is as strong as it gets. */
export const FULL = 1;
/** How much the scale is bent: 0.01 has this power of 0.01 of the full colour. */
const BEND = 0.4;
/** Steps from paper to the full colour: strings are made once. */
const STEPS = 48;

/** @typedef {Record<'paper' | 'ink' | 'line' | 'edge' | 'model' | 'pop', string> & Record<'positive' | 'negative', string[]>} Palette */

/** @param {number} value */
export const strength = (value) => Math.min(1, (Math.abs(value) / FULL) ** BEND);

/**
 * The theme's colours at an element.
 * @param {Element} host
 * @returns {Palette}
 */
export function readPalette(host) {
  const colours = readColours(host, ['paper', 'ink', 'line', 'edge', 'model', 'pop']);
  const { paper, model, pop } = colours;
  return { ...colours, positive: ramp(paper, model), negative: ramp(paper, pop) };
}

/**
 * The colour of a number.
 * @param {Palette} palette
 * @param {number} value
 */
export function colourOf({ positive, negative }, value) {
  const at = Math.round(strength(value) * STEPS);
  return (value < 0 ? negative : positive)[at] ?? positive[0];
}

/**
 * @param {string} from  as #rrggbb
 * @param {string} to
 */
function ramp(from, to) {
  const [a, b] = [from, to].map(channels);
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const mixed = a.map((channel, n) => Math.round(channel + ((b[n] - channel) * step) / STEPS));
    return `rgb(${mixed.join(' ')})`;
  });
}

/** @param {string} hex */
const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
