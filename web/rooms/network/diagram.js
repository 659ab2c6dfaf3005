/**
 * The drawing of the network: a canvas, and over it the names of the blocks as buttons, on which a pointer and the arrow
 * keys find every cell. It draws what it is given; where numbers come from is not its business.
 */
import { readPalette } from './colours.js';
import { cellNear, layOut } from './layout.js';
import { linksOf } from './links.js';
import { nameOf } from './names.js';
import { drawNetwork } from './picture.js';
import { words } from './words.js';
import { focusedIn, h, setAttribute, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../../wasm/settings/graph.mjs').Graph} Graph */
/** @typedef {import('./links.js').Cell} Cell */
/**
 * @typedef {object} Shown  what the drawing shows
 * @property {Graph} graph
 * @property {Map<string, Float32Array>} values
 * @property {Map<string, import('./links.js').Weights>} weights  by tensor
 * @property {Map<string, number>} gradients   lengths, by node; empty: none
 * @property {number} reveal                   stages that numbers have come to
 * @property {number} back                     stages that gradients have come back over
 * @property {Map<string, number>} glow
 */

/** Below this width the way goes down the page. */
const NARROW = 520;
/** How tall the drawing is with one path through the network, and with two. */
const TALL = { one: 320, two: 448 };

/**
 * @param {Speech} speech
 * @param {HTMLElement} host
 * @param {HTMLElement} data  what stands beside the drawing, or above it, and what its lines come from
 * @param {{sources: () => {user: Element | null, item: Element | null}, onCell: (cell: Cell | null) => void, onPick: (id: string) => void}} options
 */
export function createDiagram(speech, host, data, { sources, onCell, onPick }) {
  const { t } = speech;
  const canvas = h('canvas', { 'aria-hidden': 'true' });
  const blocks = h('div', { class: 'net-blocks', role: 'group', 'aria-label': t(words.diagram) });
  const area = h('div', { class: 'net-area' }, blocks);
  host.append(canvas, data, area);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let palette = readPalette(host);
  /** @type {Shown | null} */
  let shown = null;
  /** @type {import('./layout.js').Layout | null} */
  let layout = null;
  /** @type {import('./links.js').Link[]} */
  let links = [];
  /** @type {Map<string, HTMLButtonElement>} */
  let buttons = new Map();
  /** @type {Cell | null} */
  let focus = null;
  /** The block that the tab key comes to. */
  let stop = '';
  /** The block whose weights are shown. */
  let picked = '';
  /** @type {(id: string) => string} what is noted at a block */
  let noteAt = () => '';
  let frame = 0;

  function place() {
    if (!shown || host.clientWidth === 0) return;
    const down = host.clientWidth < NARROW;
    host.classList.toggle('down', down);
    const parts = new Set(shown.graph.nodes.filter(({ kind }) => kind !== 'output').map(({ part }) => part));
    parts.delete('fusion');
    const target = getComputedStyle(host).getPropertyValue('--touch').trim() === '44px' ? 44 : 36;
    const across = down ? area.clientWidth : TALL[parts.size > 1 ? 'two' : 'one'];
    layout = layOut(shown.graph, { down, along: area.clientWidth - 48, across, target });
    area.style.height = `${down ? layout.along + 24 : across}px`;
    placeButtons();
    sizeCanvas();
  }

  function sizeCanvas() {
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = host;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio);
    if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio);
    later();
  }

  const origin = () => ({ x: area.offsetLeft + (layout?.down ? 0 : 24), y: area.offsetTop });

  function placeButtons() {
    if (!shown || !layout) return;
    const { graph } = shown;
    const { down } = layout;
    const before = focusedIn(host)?.dataset.node;
    buttons = new Map();
    for (const [id, { node, x, y, w, h: height }] of layout.blocks) {
      const name = nameOf(speech, graph, id);
      const pad = Math.max(6, (38 - w) / 2);
      const padY = down ? Math.max(4, (44 - height) / 2) : Math.max(4, (36 - height) / 2);
      const style = `left:${(down ? 0 : 24) + x - pad}px;top:${y - padY}px;width:${w + 2 * pad}px;height:${height + 2 * padY}px`;
      const rest = t(words.block, { width: node.width });
      const label = h(
        'span',
        { class: 'net-name', style: `bottom:calc(100% - ${padY - 4}px)` },
        name,
        h('span', { class: 'hidden' }, rest),
      );
      const button = h(
        'button',
        {
          ...{ type: 'button', class: `net-block ${node.kind}`, style, 'data-node': id },
          onpointermove: (/** @type {PointerEvent} */ event) => point(id, event),
          onpointerleave: () => choose(null),
          onfocus: () => enter(id),
          onblur: () => choose(null),
          onclick: () => onPick(id),
          onkeydown: walk,
        },
        label,
      );
      buttons.set(id, button);
    }
    if (!buttons.has(stop)) stop = [...buttons.keys()][0];
    blocks.replaceChildren(...buttons.values());
    tabStop(stop);
    mark();
    writeNotes();
    if (before !== undefined) buttons.get(before)?.focus();
  }

  /** @param {string} id */
  function tabStop(id) {
    stop = id;
    for (const [other, button] of buttons) setAttribute(button, 'tabindex', other === id ? 0 : -1);
  }

  function mark() {
    for (const [id, button] of buttons) setAttribute(button, 'aria-pressed', id === picked ? 'true' : null);
  }

  function writeNotes() {
    for (const [id, button] of buttons) {
      const words = noteAt(id);
      const note = button.querySelector('.net-note');
      if (note && words) setText(note.lastElementChild ?? note, words);
      else if (note) note.remove();
      else if (words) button.firstElementChild?.append(noteOf(speech, words));
    }
  }

  /** @param {string} id */
  function enter(id) {
    tabStop(id);
    if (buttons.get(id)?.matches(':focus-visible')) choose({ id, index: focus?.id === id ? focus.index : 0 });
  }

  /** @param {string} id @param {PointerEvent} event */
  function point(id, event) {
    const block = layout?.blocks.get(id);
    if (!layout || !block) return;
    const box = host.getBoundingClientRect();
    const from = origin();
    choose({ id, index: cellNear(layout, block, event.clientX - box.left - from.x, event.clientY - box.top - from.y) });
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    if (!layout || !focus) return;
    const block = layout.blocks.get(focus.id);
    if (!block) return;
    const [next, previous, ahead, back] = layout.down
      ? ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp']
      : ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft'];
    const ids = [...buttons.keys()];
    const at = ids.indexOf(focus.id);
    const last = block.node.width - 1;
    const { index } = focus;
    const to = { [next]: Math.min(last, index + 1), [previous]: Math.max(0, index - 1), Home: 0, End: last }[event.key];
    if (to !== undefined) choose({ id: focus.id, index: to });
    else if (event.key === ahead) buttons.get(ids[Math.min(ids.length - 1, at + 1)])?.focus();
    else if (event.key === back) buttons.get(ids[Math.max(0, at - 1)])?.focus();
    else return;
    event.preventDefault();
  }

  /** @param {Cell | null} cell */
  function choose(cell) {
    if (cell?.id === focus?.id && cell?.index === focus?.index) return;
    focus = cell;
    relink();
    onCell(cell);
    later();
  }

  function relink() {
    if (shown) links = linksOf(shown.graph, shown.values, shown.weights, focus);
  }

  function later() {
    if (!frame) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    if (!shown || !layout) return;
    const ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, host.clientWidth, host.clientHeight);
    const { values, gradients, reveal, back, glow } = shown;
    const found = sources();
    const ends = { user: end(found.user), item: end(found.item) };
    const scene = { layout, origin: origin(), palette, values, links, reveal, back, gradients, glow, focus };
    drawNetwork(context, { ...scene, sources: ends });
  }

  /** Where a line leaves an element. @param {Element | null} element */
  function end(element) {
    if (!element || !layout) return null;
    const [box, frameBox] = [element.getBoundingClientRect(), host.getBoundingClientRect()];
    return layout.down
      ? { x: box.left + box.width / 2 - frameBox.left, y: box.bottom - frameBox.top + 2 }
      : { x: box.right - frameBox.left + 2, y: box.top + box.height / 2 - frameBox.top };
  }

  const observer = new ResizeObserver(place);
  observer.observe(host);

  return {
    /** The stages of the way, output included. */
    stages: () => layout?.stages ?? 0,
    /** @param {Shown} next */
    update(next) {
      const other = shown?.graph !== next.graph;
      const numbers = other || shown?.values !== next.values || shown?.weights !== next.weights;
      shown = next;
      if (other) {
        focus = null;
        place();
      }
      if (numbers) relink();
      later();
    },
    /** Says at each block how long its gradient is. @param {(id: string) => string} text */
    note(text) {
      noteAt = text;
      writeNotes();
    },
    /** Marks the block whose weights are shown. @param {string} id */
    pick(id) {
      picked = id;
      mark();
    },
    moved: later,
    recolour() {
      palette = readPalette(host);
      later();
    },
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(frame);
      host.replaceChildren();
    },
  };
}

/** The length of a gradient, beside a block's name. @param {Speech} speech @param {string} text */
const noteOf = (speech, text) =>
  h('span', { class: 'net-note' }, h('span', { class: 'hidden' }, speech.t(words.gradient)), h('span', {}, text));
