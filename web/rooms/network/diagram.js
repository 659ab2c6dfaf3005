/**
 * The drawing of the network: a canvas, and over it the blocks as buttons, on which a pointer and the arrow keys find every
 * cell. It draws what it is given; where numbers come from is not its business.
 */
import { createBlocks } from './blocks.js';
import { readPalette } from './colours.js';
import { goesDown, indent, leaving, standIn } from './diagram_scene.js';
import { linksOf } from './links.js';
import { drawNetwork } from './picture.js';
import { createSheet } from './sheet.js';
import { h, watch } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./links.js').Cell} Cell */
/**
 * @typedef {object} Drawing  what the drawing shows
 * @property {import('../../../wasm/settings/graph.mjs').Graph} graph
 * @property {Map<string, Float32Array>} values
 * @property {Map<string, import('./links.js').Weights>} weights  by tensor
 * @property {Map<string, number>} gradients   lengths, by node; empty: none
 * @property {Map<string, string>} notes       beside the names of blocks
 * @property {number} reveal                   stages that numbers have come to
 * @property {number} back                     stages that gradients have come back over
 * @property {Map<string, number>} glow
 * @property {string} picked                   the block whose weights are shown
 * @property {Cell | null} pointed             the cell that is pointed at
 */

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {HTMLElement} data  what stands beside the drawing, or above it, and what its lines come from
 * @param {() => {user: Element | null, item: Element | null}} sources  where the lines to the embeddings come from
 * @param {import('./blocks.js').On} on
 */
export function createDiagram(speech, host, data, sources, on) {
  const blocks = createBlocks(speech, on);
  const area = h('div', { class: 'net-area' }, blocks.node);
  const sheet = createSheet(host, draw);
  host.append(sheet.canvas, data, area);
  let palette = readPalette(host);
  /** @type {Drawing | null} */
  let shown = null;
  /** @type {import('./layout.js').Layout | null} */
  let layout = null;
  /** @type {import('./links.js').Link[]} */
  let links = [];
  const changed = watch();

  function place() {
    if (!shown || host.clientWidth === 0) return;
    const down = goesDown(host.clientWidth);
    // From here on the drawing is as wide as its style has it.
    host.classList.toggle('down', down);
    const finger = getComputedStyle(host).getPropertyValue('--touch').trim() === '44px';
    const stand = standIn(shown.graph, { down, width: area.clientWidth, finger });
    layout = stand.layout;
    area.style.height = `${stand.height}px`;
    blocks.place(shown, layout);
    sheet.fit();
  }

  /** @param {CanvasRenderingContext2D} context */
  function draw(context) {
    if (!shown || !layout) return;
    const { down } = layout;
    const { graph, values, weights, pointed: focus } = shown;
    if (changed(graph, values, weights, focus)) links = linksOf(graph, values, weights, focus);
    const frame = host.getBoundingClientRect();
    const end = (/** @type {Element | null} */ from) => from && leaving(down, from.getBoundingClientRect(), frame);
    const { user, item } = sources();
    const ends = { user: end(user), item: end(item) };
    const origin = { x: area.offsetLeft + indent(layout), y: area.offsetTop };
    drawNetwork(context, { ...shown, layout, origin, palette, links, focus, sources: ends });
  }

  const observer = new ResizeObserver(place);
  observer.observe(host);

  return {
    /** @param {Drawing} next */
    update(next) {
      const other = shown?.graph !== next.graph;
      shown = next;
      if (other) place();
      else blocks.mark(next);
      sheet.later();
    },
    /** What its lines come from has moved. */
    moved: sheet.later,
    recolour() {
      palette = readPalette(host);
      sheet.later();
    },
    destroy() {
      observer.disconnect();
      sheet.close();
      host.replaceChildren();
    },
  };
}
