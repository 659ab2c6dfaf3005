/**
 * A field that suggests while one types: a combobox with its list. The arrows and Enter choose from the list, Escape puts
 * back what stood there. What is suggested, and what text without a choice means, is up to whoever makes it.
 */
import { h, setText, uniqueId } from './dom.js';
import { createListbox } from './listbox.js';

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
  const input = h('input', {
    ...{ id, type: 'text', role: 'combobox', autocomplete: 'off', spellcheck: 'false', ...own.field },
    ...{ 'aria-autocomplete': 'list', 'aria-describedby': `${id}-error` },
    oninput: () => open(typed()),
    onclick: () => list.hidden && open(''),
    onfocus: () => input.select(),
    onblur: leave,
    onkeydown: key,
  });
  const { list, ...options } = createListbox(input, own.suggestions, own.describe, take);
  const error = h('p', { id: `${id}-error`, class: 'field-error', 'aria-live': 'polite' });
  const typed = () => input.value.trim();

  /** @param {string} text */
  function open(text) {
    const found = own.find(text);
    if (own.none) setText(error, found.length > 0 ? '' : own.none(text));
    options.show(found);
  }

  function restore() {
    if (own.none) setText(error, '');
    input.value = own.value();
  }

  /** @param {T} option */
  function take(option) {
    options.close();
    own.choose(option);
    restore();
    input.select();
  }

  /** @param {1 | -1} by */
  function move(by) {
    if (list.hidden) open('');
    options.move(by);
  }

  function enter() {
    const { active, first } = options.chosen();
    options.close();
    const meant = active ?? own.enter(typed(), first);
    if (meant !== undefined) take(meant);
  }

  function leave() {
    options.close();
    if (own.leave) own.leave(typed());
    else restore();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') enter();
    else if (event.key === 'Escape') {
      options.close();
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
