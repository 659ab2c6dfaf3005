/** The lab: builds itself into any element, so that the page and later a custom element are two hosts of the same thing. */
import { defaultSettings } from '../wasm/core.mjs';
import { createActions } from './actions.js';
import { initialState, Store } from './state.js';
import { createTheme } from './theme.js';
import { createCurves } from './views/curves.js';
import { h } from './views/dom.js';
import { acceptDrops, createFiles } from './views/files.js';
import { createCredit, createGuide } from './views/guide.js';
import { createMasthead } from './views/masthead.js';
import { createNotices } from './views/notices.js';
import { createPeople } from './views/people.js';
import { createRooms } from './views/rooms.js';
import { createRuler } from './views/ruler.js';
import { createSettings } from './views/settings.js';
import { createTable } from './views/table.js';
import { createTransport } from './views/transport.js';

/** From this width the settings have room of their own and start open. */
const ROOMY = 760;

/** @typedef {{update: (state: import('./state.js').State) => void, destroy: () => void}} View */

/**
 * The room where the model learns: its curves, and what one user would see.
 * @param {HTMLElement} host
 * @param {import('./actions.js').Actions} actions
 * @returns {View}
 */
function createLearning(host, actions) {
  const curves = h('section', { class: 'curves', 'aria-label': 'Curves' });
  const people = h('section', { class: 'people', 'aria-label': 'One user’s films' });
  host.append(h('div', { class: 'learn' }, curves, people));
  const views = [createCurves(curves), createTable(curves), createPeople(people, actions)];
  return {
    update: (state) => views.forEach((view) => view.update(state)),
    destroy: () => views.forEach((view) => view.destroy()),
  };
}

/**
 * @typedef {object} LabOptions
 * @property {() => Worker} createWorker
 * @property {{simd: string, scalar: string}} wasm       absolute addresses
 * @property {import('./actions.js').Bundle} data        opened at once, with absolute addresses
 * @property {string[]} [controls]                       names of the settings that have controls; all where absent
 */

/**
 * @param {HTMLElement} host
 * @param {LabOptions} options
 */
export function createLab(host, options) {
  const roomy = host.clientWidth >= ROOMY;
  const store = new Store(initialState(defaultSettings()));
  const actions = createActions(store, options.createWorker, options);
  const root = h('div', { class: 'lab' });
  const theme = createTheme(root, (name) => store.set({ theme: name }));

  const region = (/** @type {string} */ name, /** @type {object} */ props = {}) =>
    h('section', { class: name, ...props });
  const masthead = h('header', { class: 'masthead' });
  const voice = h('div', { class: 'voice' });
  const run = region('run', { id: 'ncf-lab-run', 'aria-label': 'Run' });
  const settings = region('settings', { 'aria-label': 'Settings' });
  const ruler = region('progress', { 'aria-label': 'Progress' });
  const files = region('files', { 'aria-label': 'Data and weights' });
  const rooms = h('div', { class: 'rooms' });
  const guide = region('guide', { id: 'ncf-lab-guide', 'aria-label': 'What you are looking at' });
  const credit = h('footer', { class: 'credit' });
  const main = h(
    'main',
    {},
    voice,
    h(
      'div',
      { class: 'bench' },
      h('div', { class: 'controls' }, run, settings, files),
      h('div', { class: 'stage' }, ruler, rooms),
    ),
    guide,
  );
  root.append(masthead, main, credit);
  host.append(root);

  /** @type {(() => View)[]} from the top of the page to its end */
  const makers = [
    () => createNotices(voice, actions),
    () => createMasthead(masthead, { setTheme: (name) => theme.choose(name) }),
    () => createTransport(run, actions),
    () => createRuler(ruler),
    () => createSettings(settings, actions, options.controls, roomy),
    () => createRooms(rooms, [{ name: 'learn', make: (place) => createLearning(place, actions) }], actions),
    () => createFiles(files, actions, roomy),
    () => createGuide(guide),
    () => createCredit(credit),
  ];
  /** @type {View[]} */
  const views = [];
  // One view a frame: all at once would be a long task on a slow machine, and the first pixels come sooner.
  store.subscribe((state) => {
    const make = makers.shift();
    if (make) {
      views.push(make());
      store.set({});
    }
    for (const view of views) view.update(state);
  });
  const ignoreDrops = acceptDrops(root, (dropped) => void actions.openFiles(dropped));
  void actions.openBundled();

  return {
    actions,
    destroy() {
      ignoreDrops();
      theme.close();
      store.close();
      actions.close();
      for (const view of views) view.destroy();
      root.remove();
    },
  };
}
