/** The lab: builds itself into any element, so that the page and later a custom element are two hosts of the same thing. */
import { defaultSettings } from '../wasm/settings/settings.mjs';
import { createActions } from './shell/actions.js';
import { followState } from './shell/address.js';
import { keep } from './shell/keep.js';
import { createLanguage } from './shell/language.js';
import { complain } from './parts/notices.js';
import { createKeys, listenForKeys } from './shell/shortcuts.js';
import { initialState, Store } from './shell/state.js';
import { createTheme } from './shell/theme.js';
import { h, setAttribute, uniqueId } from './parts/dom.js';
import { acceptDrops, createFiles } from './shell/views/files.js';
import { createCredit, createGuide } from './shell/views/guide.js';
import { createMasthead } from './shell/views/masthead.js';
import { createNotices } from './shell/views/notices.js';
import { Race } from './rooms/race/race.js';
import { listRooms } from './rooms/rooms.js';
import { createRooms } from './shell/views/rooms.js';
import { createRuler } from './shell/views/ruler.js';
import { createSettings } from './shell/views/settings.js';
import { createShortcuts } from './shell/views/shortcuts.js';
import { createTour } from './shell/views/tour.js';
import { createTransport } from './shell/views/transport.js';
import { languages } from './languages/languages.js';
import { createSpeech, later } from './parts/speech.js';
import { words as fileWords } from './shell/words/files.js';
import { words as guideWords } from './shell/words/guide.js';
import { words } from './shell/words/lab.js';
import { words as wrong } from './parts/words/notices.js';
import { words as runWords } from './shell/words/run.js';

/** From this width the settings have room of their own and start open. */
const ROOMY = 760;

/** @typedef {import('./parts/speech.js').Language} Language */
/** @typedef {{update: (state: import('./shell/state.js').State) => void, destroy: () => void}} View */

/**
 * @typedef {object} LabOptions
 * @property {() => Worker} createWorker
 * @property {{simd: string, scalar: string}} wasm       absolute addresses
 * @property {import('./shell/actions.js').Bundle} data        opened at once, with absolute addresses
 * @property {string[]} [controls]                       names of the settings that have controls; all where absent
 * @property {import('./parts/speech.js').Spoken} [language]  to begin with; English where absent
 * @property {import('./shell/actions/arrival.js').Finished} [finished] the run to open on, of the default settings
 * @property {boolean} [wholePage]                       keys are its own also while nothing has the focus
 * @property {string} [address]                          what is to be seen, as web/address.js writes it
 * @property {(address: string) => void} [onAddress]     hears of it as it changes
 * @property {() => string} [linkTo]                     the whole address of the page as it is
 * @property {(spoken: import('./parts/speech.js').Spoken, title: string) => void} [onLanguage]  hears of it, at the start and
 *   whenever it changes, and what the lab is called in it
 */

/**
 * @param {HTMLElement} host
 * @param {LabOptions} options
 */
export function createLab(host, options) {
  const roomy = host.clientWidth >= ROOMY;
  const speech = createSpeech(options.language);
  const { t } = speech;
  const store = new Store(initialState(defaultSettings(), speech.spoken.name));
  const linkTo = () => {
    follow.write();
    return options.linkTo?.() ?? '';
  };
  const actions = createActions(speech, store, options.createWorker, { ...options, linkTo }, (made) => new Race(made));
  const root = h('div', { class: 'lab' });
  const theme = createTheme(root, (name) => store.set({ theme: name }));
  const language = createLanguage(root, speech, (spoken) => {
    store.set({ language: spoken.name });
    options.onLanguage?.(spoken, t(words.title));
  });
  const look = {
    setTheme: theme.choose,
    otherTheme: () => theme.choose(store.state.theme === 'dark' ? 'light' : 'dark'),
    nextLanguage: () =>
      language
        .choose(nextLanguage(store.state.language))
        .catch(() => complain(store, 'words', later(wrong.noWords), later(wrong.connection))),
    showShortcuts: () => list?.open(),
    startTour: () => actions.tour(0),
    skip: () => {
      run.scrollIntoView();
      run.focus({ preventScroll: true });
    },
  };

  const region = (/** @type {string} */ name, /** @type {object} */ props = {}) =>
    h('section', { class: name, ...props });
  const masthead = h('header', { class: 'masthead' });
  const voice = h('div', { class: 'voice' });
  const run = region('run', { id: uniqueId('run'), tabindex: -1 });
  const settings = region('settings');
  const ruler = region('progress');
  const files = region('files');
  const tour = h('div');
  const rooms = h('div', { class: 'rooms' });
  const guide = region('guide');
  const credit = h('footer', { class: 'credit' });
  const main = h(
    'main',
    {},
    voice,
    h(
      'div',
      { class: 'bench' },
      h('div', { class: 'controls' }, run, settings, files),
      h('div', { class: 'stage' }, ruler, tour, rooms),
    ),
    guide,
  );
  root.append(masthead, main, credit);
  host.append(root);

  const places = listRooms();
  const keys = createKeys(store, { ...actions, ...look }, places);
  /** @type {ReturnType<typeof createShortcuts> | null} */
  let list = null;

  /** Whether a view wants to be updated once more. */
  let asked = false;
  function again() {
    asked = true;
    store.set({});
  }

  const noRoom = () => complain(store, 'room', later(wrong.noRoom), later(wrong.connection));

  /** @type {(() => View)[]} from the top of the page to its end */
  const makers = [
    () => createNotices(speech, voice, actions),
    () => createMasthead(speech, masthead, look, run.id, nextLanguage(store.state.language)),
    () => createTransport(speech, run, actions),
    () => createRuler(speech, ruler),
    () => createSettings(speech, settings, actions, options.controls, roomy),
    () => createTour(speech, tour, actions),
    () => createRooms(speech, rooms, places, actions, again, noRoom),
    () => createFiles(speech, files, actions, roomy),
    () => createGuide(speech, guide, actions),
    () => createCredit(speech, credit),
    () => (list = createShortcuts(speech, root, keys)),
  ];
  /** @type {View[]} */
  const views = [];

  function nameRegions() {
    setAttribute(run, 'aria-label', t(runWords.run));
    setAttribute(settings, 'aria-label', t(words.settings));
    setAttribute(ruler, 'aria-label', t(words.progress));
    setAttribute(files, 'aria-label', t(fileWords.title));
    setAttribute(guide, 'aria-label', t(guideWords.title));
    setAttribute(root, 'data-drop', t(words.drop));
  }
  nameRegions();

  /** All at once: a page that is built up again from the top would lose its place. */
  function sayAnew() {
    const putBack = keep(root);
    for (const view of views) view.destroy();
    nameRegions();
    views.splice(0, views.length, ...makers.map((make) => make()));
    do {
      asked = false;
      for (const view of views) view.update(store.state);
    } while (asked);
    putBack();
  }

  let spoken = store.state.language;
  // One view a frame: all at once would be a long task on a slow machine, and the first pixels come sooner.
  store.subscribe((state) => {
    if (spoken !== state.language) {
      spoken = state.language;
      sayAnew();
      return;
    }
    const make = makers[views.length];
    if (make) {
      views.push(make());
      store.set({});
    }
    for (const view of views) view.update(state);
  });
  const ignoreDrops = acceptDrops(root, (dropped) => void actions.openFiles(dropped));
  const ignoreKeys = listenForKeys(root, keys, options.wholePage ?? false);
  const names = places.map(({ name }) => name);
  const follow = followState(store, options.onAddress);
  void actions.begin(options.address ?? '', names);

  return {
    actions,
    /** @param {string} address */
    goTo: (address) => actions.goTo(address, names),
    destroy() {
      ignoreDrops();
      ignoreKeys();
      follow.close();
      theme.close();
      store.close();
      actions.close();
      for (const view of views) view.destroy();
      root.remove();
    },
  };
}

/** @param {Language} language the one after it */
function nextLanguage(language) {
  const all = /** @type {Language[]} */ (Object.keys(languages));
  return all[(all.indexOf(language) + 1) % all.length];
}
