/** The lab: builds itself into any element, so that the page and later a custom element are two hosts of the same thing. */
import { defaultSettings } from '../wasm/settings/settings.mjs';
import { createActions } from './shell/actions.js';
import { followState } from './shell/address.js';
import { announce } from './shell/announce.js';
import { followExercise } from './shell/exercise.js';
import { Frame } from './shell/frame.js';
import { keep } from './shell/keep.js';
import { keysLeft, noPolicy, roomsOf } from './shell/policy.js';
import { nextLanguage } from './shell/language.js';
import { createLayout } from './shell/layout.js';
import { createLook } from './shell/look.js';
import { complain } from './parts/notices.js';
import { createKeys, listenForKeys, takesKey } from './shell/shortcuts.js';
import { initialState, Store } from './shell/state.js';
import { pauseUnseen } from './shell/unseen.js';
import { Views } from './shell/views.js';
import { acceptDrops, createFiles } from './shell/views/files.js';
import { createBrief } from './shell/views/brief.js';
import { createExercise } from './shell/views/exercise.js';
import { createCredit, createGuide } from './shell/views/guide.js';
import { createMasthead, createName } from './shell/views/masthead.js';
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
 * @property {import('./worker/protocol.js').Modules} wasm  with absolute addresses
 * @property {import('./shell/actions.js').Bundle} data        opened at once, with absolute addresses
 * @property {import('./shell/policy.js').Policy} [policy]  what the instructor decided, as readPolicy() has it
 * @property {string} [course]                           address of the page that puts a lab together for a course
 * @property {string[]} [controls]                       names of the settings that have controls; all where absent
 * @property {import('./parts/speech.js').Spoken} [language]  to begin with; English where absent
 * @property {import('./shell/actions/arrival.js').Finished} [finished] the run to open on, of the default settings
 * @property {boolean} [wholePage]                       keys are its own also while nothing has the focus
 * @property {boolean} [framed]                          its place is a frame's window
 * @property {boolean} [pausesUnseen]                    training rests while nobody can see it
 * @property {(name: 'ready' | 'epoch' | 'done' | 'exercise', detail: object) => void} [onEvent]  hears of what happens (shell/announce.js)
 * @property {string} [address]                          what is to be seen, as web/shell/address.js writes it
 * @property {(address: string) => void} [onAddress]     hears of it as it changes
 * @property {() => string} [linkTo]                     the whole address of the page as it is; absent where no address leads here
 * @property {(spoken: import('./parts/speech.js').Spoken, title: string) => void} [onLanguage]  hears of it, at the start and
 *   whenever it changes, and what the lab is called in it
 */

/**
 * What makes the views, in their order on a narrow page, so that none moves when another comes. Before each the language is known; again makes all of them anew.
 * @param {{speech: import('./parts/speech.js').Speech, store: Store, frame: Frame, actions: import('./shell/actions.js').Actions,
 *   look: Parameters<typeof createMasthead>[2] & {choose: Parameters<typeof createBrief>[3]}, places: ReturnType<typeof listRooms>, options: LabOptions, roomy: boolean,
 *   again: () => void}} made
 * @returns {(() => View)[]}
 */
function makersOf({ speech, store, frame, actions, look, places, options, roomy, again }) {
  const noRoom = () => complain(store, 'room', later(wrong.noRoom), later(wrong.connection));
  const { exercise } = store.state.policy;
  const part = partsOf(frame, store.state.policy);
  return [
    () => createNotices(speech, frame.voice, actions),
    () =>
      store.state.policy.hide.has('masthead')
        ? createName(frame.masthead)
        : createMasthead(speech, frame.masthead, look, frame.run.id, nextLanguage(store.state.language)),
    () => createTransport(speech, frame.run, actions),
    () => createBrief(speech, frame.brief, frame.settings, look.choose),
    ...(exercise ? [() => createExercise(speech, frame.exercise, exercise, actions, again)] : []),
    ...part('settings', () => createSettings(speech, frame.settings, actions, options.controls, roomy)),
    ...part('files', () => createFiles(speech, frame.files, actions, roomy)),
    () => createRuler(speech, frame.ruler),
    () => createTour(speech, frame.tour, actions),
    () => createRooms(speech, frame.rooms, places, actions, again, noRoom),
    ...part('guide', () => createGuide(speech, frame.guide, actions)),
    () => createCredit(speech, frame.credit, options.course),
  ];
}

/** Tells the page around what happens. @param {Store} store @param {LabOptions} options */
function tellHost(store, { onEvent }) {
  const { exercise } = store.state.policy;
  if (!onEvent) return;
  announce(store, onEvent);
  if (exercise) followExercise(store, exercise, onEvent);
}

/**
 * Builds the lab into a host, to which it belongs until destroy().
 * @param {HTMLElement} host
 * @param {LabOptions} options
 */
export function createLab(host, options) {
  const speech = createSpeech(options.language);
  const { policy = noPolicy } = options;
  const store = new Store(initialState(defaultSettings(), speech.spoken.name, policy));
  const assets = { ...options, writeAddress: () => follow.write() };
  const actions = createActions(speech, store, options.createWorker, assets, (made) => new Race(made));
  const frame = new Frame();
  const { root } = frame;
  const tellLanguage = (/** @type {import('./parts/speech.js').Spoken} */ spoken) =>
    options.onLanguage?.(spoken, speech.t(words.title));
  const { close, ...switches } = createLook(root, speech, store, tellLanguage);
  frame.name(speech);
  host.append(root);
  const layout = createLayout(root, host, options, (name, unfolded) => store.set({ layout: name, unfolded }));

  /** The list of keys, which a key opens. @type {ReturnType<typeof createShortcuts> | null} */
  let list = null;
  const look = {
    ...switches,
    choose: layout.choose,
    showShortcuts: () => list?.open(),
    startTour: () => actions.tour(0),
    skip: () => frame.skip(),
  };
  const { names, places, keysOf } = listPlaces(policy);
  const keys = keysOf((all) => createKeys(store, { ...actions, ...look }, all));
  const views = new Views(
    store,
    [
      ...makersOf({
        speech,
        store,
        frame,
        actions,
        look,
        places,
        options,
        roomy: host.clientWidth >= ROOMY,
        again: () => views.again(),
      }),
      ...(keys.length > 0 ? [() => (list = createShortcuts(speech, root, keys))] : []),
    ],
    () => {
      const putBack = keep(root);
      frame.name(speech);
      return putBack;
    },
  );
  const ignore = [
    acceptDrops(root, (dropped) => void actions.openFiles(dropped)),
    listenForKeys(root, keys, options.wholePage ?? false),
    ...[layout.close, close, () => follow.close(), () => unseen?.close()],
  ];
  const unseen = options.pausesUnseen ? pauseUnseen(root, store, actions) : null;
  const follow = followState(store, options.onAddress);
  tellHost(store, options);
  void actions.begin(options.address ?? '', names);

  return {
    ...{ root, actions, result: actions.result, followTheme: switches.followTheme, onSlide: unseen?.onSlide },
    /** @param {string} room */
    enter: (room) => void (names.includes(room) && actions.enter(room)),
    /** Whether a key is for what has the focus in the lab, rather than for the page around. @param {KeyboardEvent} event */
    takes: (event) => takesKey(event, keys),
    /** @param {string} address */
    goTo: (address) => actions.goTo(follow.stands(address), names),
    destroy() {
      for (const end of ignore) end();
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
  /** @param {'settings' | 'files' | 'guide'} part @param {() => View} make */
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
