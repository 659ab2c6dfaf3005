/** The lab: builds itself into any element, so that the page and later a custom element are two hosts of the same thing. */
import { defaultSettings } from '../wasm/settings/settings.mjs';
import { createActions } from './shell/actions.js';
import { followState } from './shell/address.js';
import { Frame } from './shell/frame.js';
import { keep } from './shell/keep.js';
import { keysLeft, noPolicy, roomsOf } from './shell/policy.js';
import { nextLanguage } from './shell/language.js';
import { createLook } from './shell/look.js';
import { complain } from './parts/notices.js';
import { createKeys, listenForKeys } from './shell/shortcuts.js';
import { initialState, Store } from './shell/state.js';
import { Views } from './shell/views.js';
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
import { createSpeech, later } from './parts/speech.js';
import { words } from './shell/words/lab.js';
import { words as wrong } from './parts/words/notices.js';

/** From this width the settings have room of their own and start open. */
const ROOMY = 760;

/** @typedef {import('./shell/views.js').View} View */

/**
 * @typedef {object} LabOptions
 * @property {() => Worker} createWorker
 * @property {{simd: string, scalar: string}} wasm       absolute addresses
 * @property {import('./shell/actions.js').Bundle} data        opened at once, with absolute addresses
 * @property {import('./shell/policy.js').Policy} [policy]  what the instructor decided, as readPolicy() has it
 * @property {string[]} [controls]                       names of the settings that have controls; all where absent
 * @property {import('./parts/speech.js').Spoken} [language]  to begin with; English where absent
 * @property {import('./shell/actions/arrival.js').Finished} [finished] the run to open on, of the default settings
 * @property {boolean} [wholePage]                       keys are its own also while nothing has the focus
 * @property {string} [address]                          what is to be seen, as web/shell/address.js writes it
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
  const { policy = noPolicy } = options;
  const store = new Store(initialState(defaultSettings(), speech.spoken.name, policy));
  const linkTo = () => {
    follow.write();
    return options.linkTo?.() ?? '';
  };
  const actions = createActions(speech, store, options.createWorker, { ...options, linkTo }, (made) => new Race(made));
  const frame = new Frame();
  const { root } = frame;
  const { close, ...switches } = createLook(root, speech, store, (spoken) =>
    options.onLanguage?.(spoken, speech.t(words.title)),
  );
  frame.name(speech);
  host.append(root);

  /** @type {ReturnType<typeof createShortcuts> | null} */
  let list = null;
  const look = {
    ...switches,
    showShortcuts: () => list?.open(),
    startTour: () => actions.tour(0),
    skip: () => frame.skip(),
  };
  const { names, places, keysOf } = listPlaces(policy);
  const keys = keysOf((all) => createKeys(store, { ...actions, ...look }, all));
  const part = partsOf(frame, policy);
  const again = () => views.again();
  const noRoom = () => complain(store, 'room', later(wrong.noRoom), later(wrong.connection));
  const views = new Views(
    store,
    [
      () => createNotices(speech, frame.voice, actions),
      ...part('masthead', () =>
        createMasthead(speech, frame.masthead, look, frame.run.id, nextLanguage(store.state.language)),
      ),
      () => createTransport(speech, frame.run, actions),
      () => createRuler(speech, frame.ruler),
      ...part('settings', () => createSettings(speech, frame.settings, actions, options.controls, roomy)),
      () => createTour(speech, frame.tour, actions),
      () => createRooms(speech, frame.rooms, places, actions, again, noRoom),
      ...part('files', () => createFiles(speech, frame.files, actions, roomy)),
      ...part('guide', () => createGuide(speech, frame.guide, actions)),
      () => createCredit(speech, frame.credit),
      ...(keys.length > 0 ? [() => (list = createShortcuts(speech, root, keys))] : []),
    ],
    () => {
      const putBack = keep(root);
      frame.name(speech);
      return putBack;
    },
  );
  const ignoreDrops = acceptDrops(root, (dropped) => void actions.openFiles(dropped));
  const ignoreKeys = listenForKeys(root, keys, options.wholePage ?? false);
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
      close();
      store.close();
      actions.close();
      views.destroy();
      root.remove();
    },
  };
}

/**
 * Parts of the frame with their views, as far as the instructor left them.
 * @param {Frame} frame
 * @param {import('./shell/policy.js').Policy} policy
 */
const partsOf =
  (frame, { hide }) =>
  /** @param {'masthead' | 'settings' | 'files' | 'guide'} part @param {() => View} make */
  (part, make) => {
    frame[part].hidden = hide.has(part);
    return hide.has(part) ? [] : [make];
  };

/** The rooms that the instructor left of all, and the keys. @param {import('./shell/policy.js').Policy} policy */
function listPlaces(policy) {
  const all = listRooms();
  const names = all.map(({ name }) => name);
  const left = roomsOf(policy, names);
  return {
    names,
    places: all.filter(({ name }) => left.includes(name)),
    /** @param {(rooms: typeof all) => import('./shell/shortcuts.js').Shortcut[]} create */
    keysOf: (create) => keysLeft(policy, names, create(all)),
  };
}
