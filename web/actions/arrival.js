/**
 * How the page opens: on a run that was trained when the site was built, shown before anything is read; the data and the
 * weights follow, and then it can be looked into. Where the address asks for something else, that is made instead.
 */
import { readAddress } from '../address.js';
import { complain, dismiss, say } from '../notices.js';
import { later } from '../words.js';
import { words as wrong } from '../words/notices.js';
import { words } from '../words/run.js';

/** @typedef {import('../client.js').Client} Client */
/** @typedef {import('../state.js').Store} Store */
/** @typedef {{run: string, weights: string}} Finished  addresses of the files that web/finished.mjs makes */

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/**
 * Shows the finished run, if it is of the settings that the state has, then reads what belongs to it.
 * @param {Store} store
 * @param {Client} client
 * @param {Finished} finished
 * @param {{name: string, readData: () => Promise<boolean>}} data  readData reads the bundled set and tells whether it is there
 * @returns {Promise<boolean>} whether the run is there: if not, a model is to be built from the seed
 */
export async function arrive(store, client, finished, { name, readData }) {
  const told = await fetch(finished.run).then(
    (response) => (response.ok ? response.json() : null),
    () => null,
  );
  const fits = told !== null && same(told.model.settings, store.state.settings);
  if (fits) {
    const { dataset, model, epochs, person } = told;
    store.set({
      dataset: { name, ...dataset, simd: true },
      model: { ...model, pretraining: false, once: false },
      ...{ epochs, person, phase: 'finished', shipped: true },
      ...(store.state.user === 0 && { user: person.user }),
    });
    say(store, later(words.shipped, { n: epochs.length - 1 }));
  }
  const weights = fits ? fetch(finished.weights).catch(() => null) : null;
  if (!(await readData()) || !fits) return false;
  const { dataset } = store.state;
  if (!dataset || Object.keys(told.dataset).some((key) => !same(told.dataset[key], /** @type {any} */ (dataset)[key])))
    return false;
  try {
    const response = await weights;
    if (!response?.ok) return false;
    const bytes = await response.arrayBuffer();
    const { settings } = told.model;
    const model = await client.request('restore', { settings, bytes, epochs: told.epochs, ranks: told.ranks }, [bytes]);
    store.set({ model, shipped: true, phase: 'finished', weights: store.state.weights + 1 });
    say(store, later(words.shipped, { n: told.epochs.length - 1 }));
    return true;
  } catch {
    // Whatever is wrong with the file: a model from the seed takes its place.
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
  const place = readAddress(address, rooms);
  store.set({ settings: place.settings, room: place.room, fieldErrors: {} });
  dismiss(store, 'address', 'elsewhere');
  tellRefused(store, place.refused);
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
