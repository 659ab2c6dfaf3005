/** The blocks of the drawing as buttons: one stop of the tab key, on which a pointer and the arrow keys find every cell. */
import { cellIn, indent, pressesOf, walkFrom } from './diagram_scene.js';
import { words } from './words.js';
import { focusedIn, h, setAttribute, setText } from '../../parts/dom.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('./links.js').Cell} Cell */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('./diagram.js').Drawing} Drawing */
/** What hears of another cell that is pointed at, or none any more; and of a block that is pressed. @typedef {{point: (cell: Cell | null) => void, pick: (id: string) => void}} On */

/**
 * @param {import('./diagram_scene.js').Press} press
 * @param {Record<string, (event: any) => void>} listeners
 */
function buttonOf({ id, kind, name, numbers, left, top, width, height, raise }, listeners) {
  const style = `left:${left}px;top:${top}px;width:${width}px;height:${height}px`;
  const label = { class: 'net-name', style: `bottom:calc(100% - ${raise}px)` };
  return h(
    'button',
    { type: 'button', class: `net-block ${kind}`, style, 'data-node': id, ...listeners },
    h('span', label, name, h('span', { class: 'hidden' }, numbers)),
  );
}

/** The length of a gradient, beside a block's name. @param {Speech} speech @param {HTMLElement} button @param {string | undefined} text */
function note(speech, button, text) {
  const there = button.querySelector('.net-note');
  if (there && text) setText(there.lastElementChild ?? there, text);
  else if (there) there.remove();
  else if (text) {
    const hidden = h('span', { class: 'hidden' }, speech.t(words.gradient));
    button.firstElementChild?.append(h('span', { class: 'net-note' }, hidden, h('span', {}, text)));
  }
}

/** @param {Speech} speech @param {On} on */
export function createBlocks(speech, on) {
  const node = h('div', { class: 'net-blocks', role: 'group', 'aria-label': speech.t(words.diagram) });
  /** @type {Layout | null} */
  let layout = null;
  /** @type {Map<string, HTMLButtonElement>} */
  let buttons = new Map();
  /** The block that the tab key comes to. */
  let stop = '';
  /** @type {Cell | null} */
  let cell = null;

  /** @param {Cell | null} next */
  function choose(next) {
    if (next?.id !== cell?.id || next?.index !== cell?.index) on.point(next);
  }

  /** @param {string} id */
  function stopAt(id) {
    stop = id;
    for (const [other, button] of buttons) setAttribute(button, 'tabindex', other === id ? 0 : -1);
  }

  /** @param {string} id @returns {Record<string, (event: any) => void>} */
  const listeners = (id) => ({
    onpointermove: ({ clientX, clientY }) => {
      const { left, top } = node.getBoundingClientRect();
      if (layout) choose(cellIn(layout, id, { x: clientX - left - indent(layout), y: clientY - top }));
    },
    onpointerleave: () => choose(null),
    onfocus: () => {
      stopAt(id);
      if (buttons.get(id)?.matches(':focus-visible')) choose({ id, index: cell?.id === id ? cell.index : 0 });
    },
    onblur: () => choose(null),
    onclick: () => on.pick(id),
    onkeydown: (event) => {
      const to = layout && cell && walkFrom(layout, cell, event.key);
      if (!to) return;
      if (to.id === cell?.id) choose(to);
      else buttons.get(to.id)?.focus();
      event.preventDefault();
    },
  });

  /** @param {Drawing} drawing */
  function mark({ picked, pointed, notes }) {
    cell = pointed;
    for (const [id, button] of buttons) {
      setAttribute(button, 'aria-pressed', id === picked ? 'true' : null);
      note(speech, button, notes.get(id));
    }
  }

  return {
    node,
    mark,
    /** Other blocks, or the same in other places: what has the focus keeps it. @param {Drawing} drawing @param {Layout} next */
    place(drawing, next) {
      const before = focusedIn(node)?.dataset.node;
      layout = next;
      const presses = pressesOf(speech, drawing.graph, next);
      buttons = new Map(presses.map((press) => [press.id, buttonOf(press, listeners(press.id))]));
      // First of all: a button that goes away with the focus points at nothing.
      mark(drawing);
      node.replaceChildren(...buttons.values());
      stopAt(buttons.has(stop) ? stop : presses[0].id);
      if (before !== undefined) buttons.get(before)?.focus();
    },
  };
}
