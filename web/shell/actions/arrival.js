/**
 * How the page opens: on a run that was trained when the site was built, shown before anything is read; the data follow, and
 * then it can be looked into. Its weights, larger than all else, come when something needs them or when all else is there
 * (worker/weights.js). Where the address asks for something else, that is made instead.
 */
import { defaultSettings } from '../../../wasm/settings/settings.mjs';
import { readAddress, withFixed } from '../address.js';
import { held } from '../../parts/fixed.js';
import { complain, dismiss, reason, say } from '../../parts/notices.js';
import { later } from '../../parts/speech.js';
import { words as wrong } from '../../parts/words/notices.js';
import { roomsOf } from '../policy.js';
import { words } from '../words/run.js';
import { tellFixed, tellMost, tellRefused as tellBarred } from './fixed.js';

/** @typedef {import('../state.js').Store} Store */
/** @typedef {{run: string, weights: string}} Finished  addresses of the files that web/finished.mjs makes */
/**
 * The file of the run, as web/finished.mjs writes it.
 * @typedef {object} Shipped
 * @property {Omit<import('../../worker/protocol.js').Dataset, 'name' | 'simd'>} dataset
 * @property {Omit<import('../../worker/protocol.js').Model, 'pretraining' | 'once' | 'tensors' | 'notes'>} model
 * @property {import('../../worker/protocol.js').Epoch[]} epochs
 * @property {import('../../worker/protocol.js').In<'restore'>['ranks']} ranks
 * @property {import('../../worker/protocol.js').Person} person
 */

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Whether that is such a file, rather than a server's page about something else. @param {any} told @returns {told is Shipped} */
function isShipped(told) {
  const { dataset, model, epochs, person } = told ?? {};
  const lists = [dataset?.genres, epochs, person?.history, person?.recommendations];
  const { settings, baseline, score, test } = model ?? {};
  return (
    lists.every(Array.isArray) &&
    epochs.length > 0 &&
    epochs.every((/** @type {any} */ one, /** @type {number} */ n) => one?.epoch === n && one.metrics?.sampled) &&
    Boolean(settings && score && test && baseline?.metrics?.sampled)
  );
}

/** @param {string} url @returns {Promise<Response>} */
async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/**
 * Shows the finished run, if it is of the settings that the state has.
 * @param {Store} store
 * @param {string} url
 * @param {string} name  of the data
 * @returns {Promise<Shipped | null>}  what it is; null: something else is wanted, or it can't be read, as a notice says
 */
async function show(store, url, name) {
  if (!same(store.state.settings, defaultSettings())) return null;
  const told = await load(url)
    .then((response) => response.json())
    .then((json) => (isShipped(json) ? json : null))
    .catch(() => null);
  if (!told) complainOf(store);
  if (!told || !same(told.model.settings, store.state.settings)) return null;
  const { dataset, model, epochs, person } = told;
  store.set({
    dataset: { name, ...dataset, simd: true },
    model: { ...model, tensors: [], notes: [], pretraining: false, once: false },
    ...{ epochs, person, phase: 'finished', shipped: true },
    ...(store.state.user === 0 && { user: person.user }),
  });
  say(store, greetingOf(told));
  return told;
}

/** @param {Store} store */
const complainOf = (store) => complain(store, 'shipped', later(wrong.notShipped), later(wrong.seedInstead));

/** @param {Shipped} told */
const greetingOf = ({ epochs }) => later(words.shipped, { n: epochs.length - 1 });

/**
 * Shows the finished run, while the data are on their way, and gives it to the worker when they are there. Where it can't be
 * read, a notice says so.
 * @param {import('../actions.js').Lab} lab
 * @param {Finished} finished
 * @param {{name: string, readData: (behind: Promise<boolean>) => Promise<boolean>}} data  readData reads the bundled set and
 *   tells whether it is there; behind: whether a run of it is in sight
 * @returns {Promise<boolean>} whether the run is there: if not, a model is to be built from the seed
 */
export async function arrive({ store, client, commands }, finished, { name, readData }) {
  const shown = show(store, finished.run, name);
  const reading = readData(shown.then(Boolean));
  const told = await shown;
  if (!(await reading) || !told) return false;
  const { dataset, epochs, ranks } = told;
  const opened = /** @type {Record<string, unknown> | null} */ (store.state.dataset);
  const found = Object.fromEntries(Object.keys(dataset).map((key) => [key, opened?.[key]]));
  try {
    if (!same(dataset, found)) throw new Error('It is of other data.');
    const { settings } = told.model;
    const give = () => client.request('restore', { settings, weights: finished.weights, epochs, ranks });
    await commands.give(give, Promise.resolve());
    say(store, greetingOf(told));
    return true;
  } catch {
    // Whatever is wrong with it: a model from the seed takes its place.
    complainOf(store);
    return false;
  }
}

/**
 * What an address asks for, taken over into the state as far as that can be before data are open.
 * @param {Store} store
 * @param {string} address
 * @param {readonly string[]} rooms
 * @returns {ReturnType<typeof readAddress>}
 */
export function takeAddress(store, address, rooms) {
  const { policy, fixed } = store.state;
  const { address: fitting, kept } = withFixed(address, fixed);
  const place = readAddress(fitting, rooms);
  dismiss(store, 'address', 'elsewhere', 'fixed');
  tellRefused(store, place.refused);
  const settings = settingsWithin(store, place);
  const left = roomsOf(policy, rooms);
  const room = left.includes(place.room) ? place.room : left[0];
  store.set({ settings, room, rooms: left, fieldErrors: {} });
  tellFixed(store, kept);
  if (room !== place.room && /\broom=/.test(address)) tellBarred(store, 'room');
  if (settings.epochs < place.settings.epochs && /\bepochs=/.test(address)) tellMost(store, settings.epochs);
  return place;
}

/** The settings of an address as far as the instructor leaves them; where these don't go together they stay as they are. @param {Store} store @param {ReturnType<typeof readAddress>} place */
function settingsWithin(store, { settings }) {
  try {
    return held(store.state, settings);
  } catch (error) {
    complain(store, 'address', later(wrong.damaged), reason(error));
    return store.state.settings;
  }
}

/**
 * Takes over the address that the lab begins with, which is the instructor's: what is locked stays as it has it.
 * @param {Store} store
 * @param {string} address
 * @param {readonly string[]} rooms
 */
export function takeFirstAddress(store, address, rooms) {
  const place = takeAddress(store, address, rooms);
  const { settings, policy } = store.state;
  const locked = Object.entries(settings).filter(([name]) => policy.lock.has(name));
  store.set({ fixed: Object.fromEntries(locked) });
  dismiss(store, 'fixed');
  return place;
}

/** @param {Store} store @param {string[]} parts of the address that can't be used */
function tellRefused(store, parts) {
  if (parts.length > 0)
    complain(store, 'address', later(wrong.damaged), later(wrong.damagedParts, { parts: parts.join(', ') }));
}

/**
 * The rest of what an address asks for, once the data are there: users and films are known by their ids.
 * @param {Store} store
 * @param {ReturnType<typeof takeAddress>} place
 */
export function takeSelection(store, place) {
  const { users, films, dataset } = store.state;
  if (!users || !films || !dataset) return;
  if (place.data && place.data !== dataset.name)
    complain(store, 'elsewhere', later(wrong.elsewhere, { name: place.data }), later(wrong.openThat));
  const user = place.user === null ? -1 : users.ids.indexOf(place.user);
  const indexOf = (/** @type {number} */ id) => films.ids.indexOf(id);
  const unknown = [
    ...(place.user !== null && user < 0 ? [`user=${place.user}`] : []),
    ...(place.film !== null && indexOf(place.film) < 0 ? [`film=${place.film}`] : []),
    ...place.likes.filter((id) => indexOf(id) < 0).map((id) => `likes=${id}`),
  ];
  // Those of other data are not here, of course: that is said already.
  const ours = !place.data || place.data === dataset.name;
  if (ours && unknown.length > 0) tellRefused(store, [...place.refused, ...unknown]);
  store.set({
    ...(user >= 0 && { user }),
    film: place.film === null ? -1 : indexOf(place.film),
    likes: place.likes.map(indexOf).filter((item) => item >= 0),
  });
}
