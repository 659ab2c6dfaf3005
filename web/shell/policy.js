/**
 * What the instructor decided for a lab on their page: what is fixed, what is not shown, how long may be trained. It stands in
 * the query of the page's address, or in the element's attributes, under the same names, since the hash is the student's. A
 * page may be older or newer than its lab: what is not understood is passed over.
 */
import { settings as table } from '../../wasm/settings/table.mjs';
import { isLanguage } from '../languages/languages.js';

/**
 * Its values never change while a lab is there.
 * @typedef {object} Policy
 * @property {ReadonlySet<string>} lock  names of settings, and `data`; where everything is locked all of them, and `all`
 * @property {ReadonlySet<string>} hide  rooms by their names, and PARTS
 * @property {readonly string[]} only    the rooms that there are; none: all
 * @property {number | null} maxEpochs   no run is trained for more
 * @property {'light' | 'dark' | 'auto' | null} theme
 * @property {import('../languages/languages.js').Language | null} lang
 * @property {'compact' | 'full' | 'auto' | null} layout
 * @property {'fresh' | 'finished' | null} start
 * @property {string} chapter   '' where none is named
 * @property {string} exercise  likewise
 */

/** What can be hidden besides rooms. */
export const PARTS = /** @type {const} */ ([
  ...['masthead', 'guide', 'files', 'settings'],
  ...['language', 'theme', 'tour', 'shortcuts'],
]);

/** The most that `max-epochs` can say: what the setting itself allows. */
const MOST = table.find(({ name }) => name === 'epochs')?.max ?? Infinity;

/**
 * @param {(name: string) => string | null} get  what stands under a name; null: nothing does
 * @returns {Policy}
 */
export function readPolicy(get) {
  const list = (/** @type {string} */ name) => [
    ...new Set(
      (get(name) ?? '')
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
  /** @template {string} T @param {string} name @param {readonly T[]} words @returns {T | null} */
  const oneOf = (name, words) => words.find((word) => word === get(name)?.trim()) ?? null;
  const most = get('max-epochs')?.trim() ?? '';
  const lang = get('lang')?.trim();
  return {
    lock: new Set(locksOf(list('lock'))),
    hide: new Set(list('hide')),
    only: list('only'),
    maxEpochs: /^\d{1,9}$/.test(most) && Number(most) >= 1 ? Math.min(MOST, Number(most)) : null,
    theme: oneOf('theme', ['light', 'dark', 'auto']),
    lang: isLanguage(lang) ? lang : null,
    layout: oneOf('layout', ['compact', 'full', 'auto']),
    start: oneOf('start', ['fresh', 'finished']),
    chapter: get('chapter')?.trim() ?? '',
    exercise: get('exercise')?.trim() ?? '',
  };
}

/** Settings by their own names or by the address's, of which there are `batch-size` and the like. @param {string[]} words */
function locksOf(words) {
  if (words.includes('all')) return ['all', 'data', ...table.map(({ name }) => name)];
  return words.flatMap((word) => {
    if (word === 'data') return word;
    const setting = table.find(({ name, option }) => word === option || word === name);
    return setting ? setting.name : [];
  });
}

/** Where no instructor decided anything. @type {Policy} */
export const noPolicy = readPolicy(() => null);

/**
 * The rooms that a policy leaves, in their order: at least one, whatever it says.
 * @param {Pick<Policy, 'hide' | 'only'>} policy
 * @param {readonly string[]} names  of all rooms
 */
export function roomsOf({ hide, only }, names) {
  const wanted = names.filter((name) => only.includes(name));
  const some = wanted.length > 0 ? wanted : names;
  const left = some.filter((name) => !hide.has(name));
  return left.length > 0 ? left : some.slice(0, 1);
}

/** The keys of what may be hidden. @type {Record<string, string>} */
const KEYS = { language: 'l', theme: 't', shortcuts: '?' };

/**
 * The shortcuts that a policy leaves. A digit is its room's own, whichever of them are there.
 * @template {{keys: string[]}} T
 * @param {Pick<Policy, 'hide' | 'only'>} policy
 * @param {readonly string[]} names  of all rooms
 * @param {T[]} shortcuts  of all of them
 */
export function keysLeft(policy, names, shortcuts) {
  const { hide } = policy;
  if (hide.has('shortcuts')) return [];
  const left = roomsOf(policy, names);
  const barred = new Set([
    ...names.flatMap((name, at) => (left.includes(name) ? [] : [String(at + 1)])),
    ...Object.keys(KEYS).flatMap((part) => (hide.has(part) ? [KEYS[part]] : [])),
  ]);
  return shortcuts.filter(({ keys }) => !keys.some((key) => barred.has(key)));
}
