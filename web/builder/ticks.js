/** What is ticked: what students may not change, what they see, how it looks, and the exercise. */
import { readExercise } from '../../wasm/lab/exercise.mjs';
import { settings as table } from '../../wasm/settings/table.mjs';
import { languages } from '../languages/languages.js';
import { h, setAttribute, setText, uniqueId } from '../parts/dom.js';
import { settingLabel } from '../parts/format.js';
import { messageOf } from '../parts/notices.js';
import { words as rooms } from '../rooms/words.js';
import { PARTS } from '../shell/policy.js';
import { words } from './words.js';

/** @typedef {import('../parts/speech.js').Speech} Speech */
/** @typedef {import('./wishes.js').Wishes} Wishes */
/** @typedef {import('../parts/speech.js').Word} Word */
/** @typedef {(patch: Partial<Wishes>) => void} Change */

/** Names of the rooms, in the order of their tabs. */
export const ROOMS = Object.keys(rooms);

/** Settings that an exercise often fixes, by their options; the others are folded away. */
const OFTEN = ['model', 'seed', 'factors', 'layers', 'negatives', 'lr', 'batch-size', 'epochs'];

/** @param {string} text @param {boolean} checked @param {(checked: boolean) => void} take @param {boolean} [disabled] */
function tick(text, checked, take, disabled = false) {
  const input = h('input', { type: 'checkbox', checked, disabled, onchange: () => take(input.checked) });
  return h('label', { class: 'tick' }, input, h('span', {}, text));
}

/** A list with something in it, or not. @param {readonly string[]} list @param {string} name @param {boolean} there */
const having = (list, name, there) => [...list.filter((one) => one !== name), ...(there ? [name] : [])];

/** @param {Speech} speech @param {Word} title @param {...import('../parts/dom.js').Child} children */
const group = ({ t }, title, ...children) => h('fieldset', { class: 'group' }, h('legend', {}, t(title)), ...children);

/**
 * @param {Speech} speech
 * @param {Word} label
 * @param {{value: string, name: string}[]} options
 * @param {string} value
 * @param {(value: string) => void} take
 */
function choice({ t }, label, options, value, take) {
  const id = uniqueId('choice');
  const select = h(
    'select',
    { id, onchange: () => take(select.value) },
    ...options.map((one) => h('option', { value: one.value, selected: one.value === value }, one.name)),
  );
  return h('div', { class: 'row' }, h('label', { for: id }, t(label)), h('div', { class: 'control' }, select));
}

/**
 * @param {Speech} speech
 * @param {Word} label
 * @param {string} value
 * @param {(value: string) => void} take
 * @param {object} [more]  attributes
 */
export function typed({ t }, label, value, take, more = {}) {
  const id = uniqueId('typed');
  const input = h('input', {
    ...{ id, type: 'text', value, autocomplete: 'off', spellcheck: 'false', oninput: () => take(input.value) },
    ...more,
  });
  return h('div', { class: 'row' }, h('label', { for: id }, t(label)), h('div', { class: 'control' }, input));
}

/** @param {Speech} speech @param {Wishes} wishes @param {Change} change @param {() => void} again  shows them anew */
function locks(speech, wishes, change, again) {
  const { t } = speech;
  const { lock } = wishes;
  const all = lock.includes('all');
  const one = (/** @type {string} */ name, /** @type {string} */ text) =>
    tick(text, all || lock.includes(name), (on) => change({ lock: having(wishes.lock, name, on) }), all);
  const place = (/** @type {{option: string}} */ { option }) => OFTEN.indexOf(option);
  const ofSettings = (/** @type {boolean} */ often) =>
    table
      .filter((setting) => place(setting) >= 0 === often)
      .sort((a, b) => place(a) - place(b))
      .map((setting) => one(setting.option, settingLabel(speech, setting)));
  const everything = tick(t(words.all), all, (on) => {
    change({ lock: having(wishes.lock, 'all', on) });
    again();
  });
  return group(
    speech,
    words.lock,
    h('p', { class: 'hint' }, t(words.lockNote)),
    everything,
    h('div', { class: 'ticks' }, one('data', t(words.data)), ...ofSettings(true)),
    h(
      'details',
      { class: 'fold' },
      h('summary', {}, t(words.others)),
      h('div', { class: 'ticks' }, ...ofSettings(false)),
    ),
    typed(speech, words.most, wishes.most, (most) => change({ most }), { inputmode: 'numeric' }),
    h('p', { class: 'hint' }, t(words.mostNote)),
  );
}

/** @param {Speech} speech @param {Wishes} wishes @param {Change} change */
function shown(speech, wishes, change) {
  const { t } = speech;
  const ofRooms = Object.entries(rooms).map(([name, word]) =>
    tick(t(word), !wishes.rooms.includes(name), (on) => change({ rooms: having(wishes.rooms, name, !on) })),
  );
  const ofParts = PARTS.map((name) =>
    tick(t(words[name]), !wishes.hide.includes(name), (on) => change({ hide: having(wishes.hide, name, !on) })),
  );
  const list = (/** @type {Word} */ title, /** @type {HTMLElement[]} */ ticks) => {
    const id = uniqueId('list');
    return h(
      'div',
      { role: 'group', 'aria-labelledby': id },
      h('h3', { id }, t(title)),
      h('div', { class: 'ticks' }, ...ticks),
    );
  };
  return group(speech, words.shown, list(words.rooms, ofRooms), list(words.parts, ofParts));
}

/** @param {Speech} speech @param {Wishes} wishes @param {Change} change */
function looks(speech, wishes, change) {
  const { t } = speech;
  const of = (/** @type {[string, Word][]} */ ...pairs) => pairs.map(([value, word]) => ({ value, name: t(word) }));
  const spoken = Object.entries(languages).map(([value, { label }]) => ({ value, name: label }));
  const themes = of(['', words.own], ['auto', words.auto], ['light', words.light], ['dark', words.dark]);
  const layouts = of(['', words.byPlace], ['compact', words.compact], ['full', words.full]);
  const starts = of(['', words.finished], ['fresh', words.fresh]);
  return group(
    speech,
    words.look,
    choice(speech, words.start, starts, wishes.start, (start) => change({ start })),
    choice(speech, words.layout, layouts, wishes.layout, (layout) => change({ layout })),
    choice(speech, words.speaks, [...of(['', words.own]), ...spoken], wishes.lang, (lang) => change({ lang })),
    choice(speech, words.colours, themes, wishes.theme, (theme) => change({ theme })),
    typed(speech, words.width, wishes.width, (width) => change({ width })),
    typed(speech, words.height, wishes.height, (height) => change({ height }), { inputmode: 'numeric' }),
    h('p', { class: 'hint' }, t(words.sizeNote)),
  );
}

/** Why a text is no exercise; '' where it is one. @param {Speech} speech @param {string} text */
function wrongWith(speech, text) {
  try {
    readExercise(text);
    return '';
  } catch (error) {
    return messageOf(speech, error);
  }
}

/** @param {Speech} speech @param {Wishes} wishes @param {Change} change */
function exercise(speech, wishes, change) {
  const { t } = speech;
  const note = uniqueId('note');
  const text = h('textarea', {
    ...{ rows: 3, maxlength: 4000, 'aria-label': t(words.exercise), 'aria-describedby': `${note} ${note}-error` },
    oninput() {
      change({ exercise: text.value });
      judge();
    },
  });
  const wrong = h('p', { class: 'field-error', id: `${note}-error`, 'aria-live': 'polite' });
  /** Says what the lab would say in its place. */
  function judge() {
    const message = text.value.trim() === '' ? '' : wrongWith(speech, text.value);
    setText(wrong, message);
    setAttribute(text, 'aria-invalid', message ? 'true' : null);
  }
  text.value = wishes.exercise;
  judge();
  const hint = h('p', { class: 'hint', id: note }, t(words.exerciseNote));
  return group(speech, words.exercise, h('div', { class: 'control' }, text), wrong, hint);
}

/**
 * @param {Speech} speech
 * @param {() => Wishes} read
 * @param {Change} change
 */
export function createTicks(speech, read, change) {
  const place = h('div');
  function show() {
    const live = new Proxy(/** @type {Wishes} */ ({}), { get: (_, name) => /** @type {any} */ (read())[name] });
    place.replaceChildren(
      locks(speech, live, change, () => {
        show();
        place.querySelector('input')?.focus();
      }),
      exercise(speech, live, change),
      shown(speech, live, change),
      looks(speech, live, change),
    );
  }
  show();
  return place;
}
