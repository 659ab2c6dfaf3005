/** What a person can do. Views call these; nothing else talks to the worker. */
import { Commands } from './actions/commands.js';
import { createData } from './actions/data.js';
import { createHandIn } from './actions/exercise.js';
import { createLeaving } from './actions/leaving.js';
import { createModels } from './actions/models.js';
import { createOpening } from './actions/opening.js';
import { createPeople } from './actions/people.js';
import { createSettings } from './actions/settings.js';
import { loadRest } from './actions/rest.js';
import { createTraining } from './actions/training.js';
import { Client } from '../worker/client.js';
import { createEvents } from './events.js';
import { admitted, mayEnter } from '../parts/fixed.js';
import { PassedOver } from '../parts/latest.js';
import { complain, dismiss, say } from '../parts/notices.js';
import { stopsOf } from './tour.js';
import { later } from '../parts/speech.js';
import { words as wrong } from '../parts/words/notices.js';
import { words } from './words/run.js';

/** @typedef {import('../parts/speech.js').Speech} Speech */
/** @typedef {import('./state.js').Store} Store */
/** @typedef {{name: string, sources: import('../worker/protocol.js').Source[]}} Bundle */
/** @typedef {{wasm: import('../worker/protocol.js').Modules, data: Bundle, finished?: import('./actions/arrival.js').Finished, linkTo?: () => string, framed?: boolean, writeAddress: () => void}} Assets  with absolute addresses */
/** @typedef {ReturnType<typeof createActions>} Actions */
/**
 * What the parts of the actions share, and each other.
 * @typedef {object} Lab
 * @property {Store} store
 * @property {Client} client
 * @property {Assets} assets
 * @property {Promise<unknown>} arrived   what has to be there before the worker can answer
 * @property {import('../worker/protocol.js').Ask} ask
 * @property {Commands} commands
 * @property {ReturnType<typeof createData>} data
 * @property {ReturnType<typeof createOpening>} opening
 * @property {ReturnType<typeof createModels>} models
 * @property {ReturnType<typeof createSettings>} settings
 * @property {ReturnType<typeof createTraining>} training
 * @property {ReturnType<typeof createPeople>} people
 * @property {ReturnType<typeof createLeaving>} leaving
 */

/**
 * @param {Speech} speech
 * @param {Store} store
 * @param {() => Worker} createWorker
 * @param {Assets} assets
 * @param {(options: ConstructorParameters<typeof import('../rooms/race/race.js').Race>[0]) => import('../rooms/race/race.js').Race} createRace
 */
export function createActions(speech, store, createWorker, assets, createRace) {
  const client = new Client(
    createWorker(),
    createEvents(store, () => lab.people.refresh()),
  );
  const race = createRace({
    ...{ createWorker, wasm: () => assets.wasm },
    onChange: (state) => store.set({ race: state }),
    admit: (settings) => void admitted(store.state, settings),
  });
  const lab = /** @type {Lab} */ ({ store, client, assets, arrived: Promise.resolve() });
  /**
   * Puts a question of a view to the worker; whoever asks tells what went wrong. The indices of a question are of the data
   * that are open when it is put: where others are when it is answered, that is nobody's any more.
   * @type {import('../worker/protocol.js').Ask}
   */
  lab.ask = async (type, ...given) => {
    await lab.arrived;
    const { films } = store.state;
    return client.request(type, ...given).finally(() => {
      if (films !== store.state.films) throw new PassedOver();
    });
  };
  lab.commands = new Commands(lab);
  lab.data = createData(lab);
  lab.opening = createOpening(speech, lab);
  lab.models = createModels(lab);
  lab.settings = createSettings(lab);
  lab.training = createTraining(lab);
  lab.people = createPeople(lab);
  lab.leaving = createLeaving(lab);

  /** Puts the address of what is to be seen on the clipboard, or shows it where that is not allowed. */
  async function copyLink() {
    assets.writeAddress();
    const link = assets.linkTo?.() ?? '';
    try {
      await navigator.clipboard.writeText(link);
      say(store, later(assets.framed ? words.copiedFrame : words.copied));
    } catch {
      complain(store, 'link', later(wrong.copyThis), () => link);
    }
  }

  const { begin, goTo, openBundled, openFiles } = lab.opening;
  const { reset, undo, save, load } = lab.models;
  const { change, choosePreset } = lab.settings;
  const { train, step, pause, leaveShipped } = lab.training;
  const { chooseUser, findUser, anyUser, chooseFilm, like, unlike } = lab.people;
  return {
    ...{ begin, goTo, openBundled, openFiles, save, load },
    ...{ change, choosePreset, train, step, pause, leaveShipped, reset, undo, race },
    /** Where an address leads to what is to be seen. */
    copyLink: assets.linkTo ? copyLink : null,
    ask: lab.ask,
    loadRest: () => loadRest(lab),
    makers: lab.leaving.makers,
    take: lab.leaving.take,
    ...{ chooseUser, findUser, anyUser, chooseFilm, like, unlike },
    ...createHandIn(store),
    /** @param {number} at the stop to go to, of those that there are; -1 ends it */
    tour(at) {
      const stop = stopsOf(store.state)[at];
      store.set(stop ? { tour: at, room: stop.room } : { tour: -1 });
    },
    /** @param {string} room  one that the instructor left out is not entered */
    enter(room) {
      if (mayEnter(store.state, room)) store.set({ room });
    },
    dismiss: (/** @type {string} */ key) => dismiss(store, key),
    /** The run’s notes are not shown again while they stay what they are. */
    dismissNotes: () => store.set({ notesRead: JSON.stringify(store.state.model?.notes) }),
    close() {
      client.close();
      race.close();
    },
  };
}
