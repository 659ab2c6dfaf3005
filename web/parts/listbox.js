/** The list of a field that suggests: its options, one of which is active while the field keeps the focus. */
import { h, setAttribute } from './dom.js';

/**
 * The option that is active next, round and round; from none the first or the last.
 * @param {number} active -1: none
 * @param {1 | -1} by
 * @param {number} of     options in all, at least one
 */
export const optionAfter = (active, by, of) => (active < 0 && by < 0 ? of - 1 : (active + by + of) % of);

/**
 * @template T
 * @param {HTMLInputElement} input  the field, which is told whether the list is open and what is active
 * @param {string} label
 * @param {(option: T) => [string, string]} describe  an option, and a note on it
 * @param {(option: T) => void} take  a press on an option
 */
export function createListbox(input, label, describe, take) {
  /** @type {T[]} */
  let options = [];
  let active = -1;
  const { id } = input;
  const list = h('ul', {
    ...{ id: `${id}-list`, role: 'listbox', class: 'options', hidden: true, 'aria-label': label },
    // The field keeps the focus: a press on an option or on the list's own scroll bar does not close it.
    onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
  });
  setAttribute(input, 'aria-controls', list.id);
  setAttribute(input, 'aria-expanded', 'false');

  /** @param {T} option @param {number} row */
  function rowOf(option, row) {
    const [title, note] = describe(option);
    return h(
      'li',
      { id: `${id}-${row}`, role: 'option', 'aria-selected': 'false', onclick: () => take(option) },
      h('span', {}, title),
      h('span', { class: 'note' }, note),
    );
  }

  /** @param {T[]} next  none: it is closed */
  function show(next) {
    options = next;
    active = -1;
    list.hidden = next.length === 0;
    setAttribute(input, 'aria-expanded', String(!list.hidden));
    setAttribute(input, 'aria-activedescendant', null);
    if (list.hidden) return;
    list.replaceChildren(...next.map(rowOf));
    list.scrollTop = 0;
  }

  return {
    list,
    show,
    close: () => show([]),
    /** The active option and the first one, where there are such. */
    chosen: () => ({ active: options[active], first: options[0] }),
    /** @param {1 | -1} by */
    move(by) {
      if (options.length === 0) return;
      list.children[active]?.setAttribute('aria-selected', 'false');
      active = optionAfter(active, by, options.length);
      const chosen = list.children[active];
      chosen.setAttribute('aria-selected', 'true');
      chosen.scrollIntoView({ block: 'nearest' });
      setAttribute(input, 'aria-activedescendant', chosen.id);
    },
  };
}
