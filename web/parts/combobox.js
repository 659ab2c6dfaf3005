/**
 * A field that suggests while one types: a combobox with its list. The arrows and Enter choose from the list, Escape puts
 * back what stood there. What is suggested, and what text without a choice means, is up to whoever makes it.
 */
import { h, setAttribute, setText, uniqueId } from './dom.js';

/**
 * @template T
 * @typedef {object} Suggesting
 * @property {string} label
 * @property {string} suggestions               what the list is called
 * @property {Record<string, any>} [field]      more attributes of the field
 * @property {(text: string) => T[]} find       what is suggested
 * @property {(option: T) => [string, string]} describe  an option, and a note on it
 * @property {() => string} value               what stands in the field while nobody types
 * @property {(option: T) => void} choose
 * @property {(text: string, best: T | undefined) => T | void} enter  Enter without a choice; may tell the option that is meant
 * @property {(text: string) => unknown} [leave]   the focus goes from a text; without it the old value comes back
 * @property {(text: string) => string} [none]  what is said where nothing fits
 */

/**
 * @template T
 * @param {Suggesting<T>} own
 */
export function createCombobox(own) {
  const id = uniqueId('combobox');
  /** @type {T[]} */
  let options = [];
  let active = -1;

  const list = h('ul', {
    ...{ id: `${id}-list`, role: 'listbox', class: 'options', hidden: true, 'aria-label': own.suggestions },
    // The field keeps the focus: a press on an option or on the list's own scroll bar does not close it.
    onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
  });
  const input = h('input', {
    ...{ id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', ...own.field },
    ...{ 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id },
    'aria-describedby': `${id}-error`,
    oninput: () => open(typed()),
    onclick: () => list.hidden && open(''),
    onfocus: () => input.select(),
    onblur: leave,
    onkeydown: key,
  });
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  const typed = () => input.value.trim();

  /** @param {string} text */
  function open(text) {
    options = own.find(text);
    if (own.none) setText(error, options.length > 0 ? '' : own.none(text));
    list.replaceChildren(
      ...options.map((option, row) => {
        const [title, note] = own.describe(option);
        return h(
          'li',
          { id: `${id}-${row}`, role: 'option', 'aria-selected': 'false', onclick: () => take(option) },
          h('span', {}, title),
          h('span', { class: 'note' }, note),
        );
      }),
    );
    list.scrollTop = 0;
    show(options.length > 0);
  }

  /** @param {boolean} there */
  function show(there) {
    active = -1;
    list.hidden = !there;
    setAttribute(input, 'aria-expanded', String(there));
    setAttribute(input, 'aria-activedescendant', null);
  }

  function close() {
    options = [];
    show(false);
  }

  function restore() {
    if (own.none) setText(error, '');
    input.value = own.value();
  }

  /** @param {T} option */
  function take(option) {
    close();
    own.choose(option);
    restore();
    input.select();
  }

  /** @param {number} by */
  function move(by) {
    if (list.hidden) open('');
    if (options.length === 0) return;
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = (active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length;
    const chosen = list.children[active];
    chosen.setAttribute('aria-selected', 'true');
    chosen.scrollIntoView({ block: 'nearest' });
    setAttribute(input, 'aria-activedescendant', chosen.id);
  }

  function enter() {
    const [chosen, best] = [options[active], options[0]];
    close();
    const meant = chosen ?? own.enter(typed(), best);
    if (meant !== undefined) take(meant);
  }

  function leave() {
    close();
    if (own.leave) own.leave(typed());
    else restore();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') enter();
    else if (event.key === 'Escape') {
      close();
      restore();
    } else return;
    event.preventDefault();
  }

  return {
    input,
    error,
    label: h('label', { for: id }, own.label),
    box: h('div', { class: 'combobox' }, input, list),
    /** Puts the value into the field, except while somebody chooses from the list. */
    refresh: () => list.hidden && restore(),
    restore,
  };
}
