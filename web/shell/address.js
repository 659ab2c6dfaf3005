/**
 * What the page's address says: the settings, the data's name, the open room, the user and the film that are looked at, by
 * the names that the command's options have, such as `#model=gmf&seed=3&factors=16&room=map&user=583&film=260`. Settings that
 * stand at their model's default are left out, but for the seed. Users and films are named by their ids in the data.
 */
import { settings as table } from '../../wasm/settings/table.mjs';
import { SettingError, checkSettings, departures } from '../../wasm/settings/settings.mjs';
import { settingText } from '../parts/format.js';
import { MOST_LIKES } from '../parts/readings.js';

/** @typedef {import('../worker/protocol.js').Settings} Settings */
/**
 * @typedef {object} Place
 * @property {Settings} settings
 * @property {string} room
 * @property {number | null} user  its id
 * @property {number | null} film  its id
 * @property {number[]} likes      ids of films
 * @property {string} data         name of the data; '' for the bundled set
 */

const MAX_NAME = 200;

/** @param {Place} place @returns {string} without the # */
export function writeAddress({ settings, room, user, film, likes, data }) {
  const fields = new URLSearchParams({ model: settings.model, seed: String(settings.seed) });
  for (const { name, option } of departures(/** @type {any} */ (settings)))
    fields.set(option, settingText(settings[name]).replaceAll(' ', ''));
  if (data) fields.set('data', data);
  if (room !== 'learn') fields.set('room', room);
  if (user !== null) fields.set('user', String(user));
  if (film !== null) fields.set('film', String(film));
  if (likes.length > 0) fields.set('likes', likes.join(','));
  // Commas and colons are as readable as they are allowed in a fragment.
  return fields.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/**
 * @param {string} address with or without its #
 * @param {readonly string[]} rooms that there are
 * @returns {Place & {refused: string[]}} what could not be used, as it stands in the address; defaults take its place
 */
export function readAddress(address, rooms) {
  const fields = new URLSearchParams(address.replace(/^#/, ''));
  /** @type {string[]} */
  const refused = [];
  /** @type {Record<string, string>} */
  const wanted = {};
  for (const [key, value] of fields) {
    const setting = table.find(({ option }) => option === key);
    if (setting) wanted[setting.name] = value;
    else if (!['room', 'user', 'film', 'likes', 'data'].includes(key)) refused.push(`${key}=${value}`);
  }
  const refuse = (/** @type {string} */ key) => {
    refused.push(`${key}=${fields.get(key)}`);
    return null;
  };
  const id = (/** @type {string} */ key) => {
    const text = fields.get(key);
    if (text === null) return null;
    return isId(text) ? Number(text) : refuse(key);
  };
  const room = fields.get('room') ?? 'learn';
  const likes = fields.get('likes')?.split(',') ?? [];
  const likesFit = likes.length <= MOST_LIKES && likes.every(isId) && new Set(likes).size === likes.length;
  const data = fields.get('data') ?? '';
  return {
    settings: settingsOf(wanted, refused),
    room: rooms.includes(room) ? room : (refuse('room') ?? 'learn'),
    user: id('user'),
    film: id('film'),
    likes: likesFit ? likes.map(Number) : (refuse('likes') ?? []),
    data: data.length <= MAX_NAME ? data : (refuse('data') ?? ''),
    refused: refused.map((text) => (text.length > MAX_NAME ? `${text.slice(0, MAX_NAME)}…` : text)),
  };
}

/**
 * An address with the fixed settings in the place of those that it asks for.
 * @param {string} address
 * @param {Partial<Settings>} fixed
 * @returns {{address: string, kept: import('../../wasm/settings/table.mjs').Setting[]}} kept: those that it has otherwise
 */
export function withFixed(address, fixed) {
  const fields = new URLSearchParams(address.replace(/^#/, ''));
  const kept = table.filter(({ name, option }) => {
    const value = fixed[name];
    if (value === undefined) return false;
    const asked = fields.getAll(option).at(-1) ?? null;
    const text = settingText(value).replaceAll(' ', '');
    fields.set(option, text);
    return asked !== null && asked !== text;
  });
  return { address: fields.toString(), kept };
}

/** @param {string} text */
const isId = (text) => /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32;

/**
 * Complete settings from those of an address, without what can't be used or doesn't go together.
 * @param {Record<string, string>} wanted
 * @param {string[]} refused gets what was left out
 * @returns {Settings}
 */
function settingsOf(wanted, refused) {
  const left = { ...wanted };
  for (;;) {
    try {
      return checkSettings(left);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      // The one at fault, or where that one stands at its default, whichever came last.
      const name = Object.hasOwn(left, error.setting) ? error.setting : Object.keys(left).at(-1);
      if (name === undefined) throw error;
      refused.push(`${table.find((setting) => setting.name === name)?.option}=${left[name]}`);
      delete left[name];
    }
  }
}

/** A person who drags or types changes much in a second; the address follows when they rest, in ms. */
const REST = 250;

/**
 * Tells of the address as the state changes.
 * @param {import('./state.js').Store} store
 * @param {((address: string) => void) | undefined} onAddress
 */
export function followState(store, onAddress) {
  let timer = 0;
  /** @type {unknown[]} */
  let seen = [];
  let written = '';
  const write = () => {
    const { settings, room, user, film, likes, users, films, dataset, sources } = store.state;
    if (!users || !films || !dataset) return;
    const idOf = (/** @type {number} */ item) => films.ids[item];
    const address = writeAddress({
      ...{ settings, room },
      user: user === users.order[0] ? null : users.ids[user],
      film: film < 0 ? null : idOf(film),
      likes: likes.map(idOf),
      // Files have no addresses: only their names can be told.
      data: sources.some((source) => 'file' in source) ? dataset.name : '',
    });
    if (address === written) return;
    written = address;
    onAddress?.(address);
  };
  store.subscribe(({ settings, room, user, film, likes, users }) => {
    const now = [settings, room, user, film, likes, users];
    if (!onAddress || now.every((value, at) => value === seen[at])) return;
    seen = now;
    clearTimeout(timer);
    timer = window.setTimeout(write, REST);
  });
  return {
    /** At once what is still waited for. */
    write,
    /** What stands there now, which may not be what comes of it. @param {string} address */
    stands(address) {
      written = address.replace(/^#/, '');
      seen = [];
      return address;
    },
    close: () => clearTimeout(timer),
  };
}
