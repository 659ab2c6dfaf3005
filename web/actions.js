/** What a person can do. Views call these; nothing else talks to the worker. */
import { checkSettings, presetNamed, reads, settings as table, withModel } from '../wasm/core.mjs';
import { arrive, takeAddress, takeSelection } from './arrival.js';
import { Client } from './client.js';
import { createEvents } from './events.js';
import { presetLabel, settingLabel, shortName } from './format.js';
import { complain, dismiss, reason, say, settingOf } from './notices.js';
import { Race } from './race.js';
import { epochsDone, isRunning, runOf } from './state.js';
import { later, t } from './words.js';
import { words as files } from './words/files.js';
import { words as wrong } from './words/notices.js';
import { words as people } from './words/people.js';
import { words } from './words/run.js';

/** @typedef {import('./client.js').Settings} Settings */
/** @typedef {{name: string, sources: import('./client.js').Source[]}} Bundle */
/** @typedef {ReturnType<typeof createActions>} Actions */
/** @typedef {import('./words.js').Said} Said */

/** Films that the person at the page can like. */
export const MOST_LIKES = 50;

/** Epochs that a finished run is given when it is told to go on. */
export const MORE_EPOCHS = 10;

/**
 * @param {import('./state.js').Store} store
 * @param {() => Worker} createWorker
 * @param {{wasm: {simd: string, scalar: string}, data: Bundle, finished?: import('./arrival.js').Finished, linkTo?: () => string}} assets with absolute addresses
 */
export function createActions(store, createWorker, assets) {
  const client = new Client(createWorker(), createEvents(store, refreshPerson));
  const race = new Race({ createWorker, wasm: assets.wasm, onChange: (state) => store.set({ race: state }) });
  let rebuilding = false;
  let rebuildAgain = false;
  let trainAfterRebuild = false;
  let opening = 0;
  /** What has to be there before the worker can answer. @type {Promise<unknown>} */
  let arrived = Promise.resolve();
  let asking = false;
  let askAgain = false;
  /** The setting that was found at fault when another was changed: its own value is still good. */
  let blamed = '';
  /** What was typed and not taken, by setting. @type {Map<string, unknown>} */
  const refused = new Map();

  /**
   * Opens other data; if that fails, the data and the model from before stay. The latest wish counts.
   * @param {string} name
   * @param {import('./client.js').Source[]} sources
   * @param {boolean} [behind] a finished run of these data, which stays in sight until its weights are there
   * @returns {Promise<boolean>} whether they are open
   */
  async function open(name, sources, behind = false) {
    const mine = ++opening;
    if (isRunning(store.state)) await pause();
    const { dataset, status } = store.state;
    const before = behind ? null : dataset;
    if (!behind)
      store.set({ loading: { name, bytes: 0, totalBytes: 0, ratings: 0 }, status: later(words.reading, { name }) });
    try {
      const opened = await client.request('open', { name, files: sources, wasm: assets.wasm });
      const users = await client.request('users');
      const films = await client.request('films');
      if (mine !== opening) return false;
      store.set({
        loading: null,
        dataset: opened,
        sources,
        users,
        films,
        user: users.order[0],
        film: -1,
        likes: [],
        userError: null,
        ...(!behind && { person: null, model: null, phase: 'loading', shipped: false }),
        before: null,
      });
      dismiss(store, 'open');
      return true;
    } catch (error) {
      // What was opened since has taken its place.
      if (mine !== opening) return false;
      const why = reason(error);
      const text = before ? later(wrong.stillOpen, { message: why, name: before.name }) : why;
      complain(store, 'open', later(wrong.notOpened, { name }), text, before ? undefined : 'retry');
      store.set({ loading: null, status: before ? status : later(words.noData) });
      if (!before) store.set({ phase: 'failed', shipped: false, model: null, epochs: [] });
      return false;
    }
  }

  /**
   * @param {string} name
   * @param {import('./client.js').Source[]} sources
   */
  async function openAnew(name, sources) {
    if (await open(name, sources)) await rebuild(later(words.opened, { name }), false);
  }

  async function openBundled() {
    if (store.state.phase === 'failed') store.set({ phase: 'loading' });
    await openAnew(assets.data.name, assets.data.sources);
  }

  /**
   * Opens the page: at what its address asks for, on the run that came with the site where that is of these settings.
   * @param {string} address
   * @param {readonly string[]} rooms
   */
  async function begin(address, rooms) {
    const { name, sources } = assets.data;
    const place = takeAddress(store, address, rooms);
    const readData = async () => {
      const read = await open(name, sources, store.state.shipped);
      if (read) takeSelection(store, place);
      return read;
    };
    let there = false;
    const come = async () => {
      if (assets.finished) there = await arrive(store, client, assets.finished, { name, readData });
      else await readData();
      if (!there && store.state.phase !== 'failed') {
        store.set({ shipped: false });
        await rebuild(later(words.opened, { name }), false);
      }
    };
    arrived = come();
    await arrived;
    refreshPerson();
  }

  /**
   * Goes to another address of this page.
   * @param {string} address
   * @param {readonly string[]} rooms
   */
  async function goTo(address, rooms) {
    await arrived;
    const { settings } = store.state;
    const place = takeAddress(store, address, rooms);
    takeSelection(store, place);
    refreshPerson();
    if (JSON.stringify(settings) !== JSON.stringify(store.state.settings))
      await rebuild(later(words.fromAddress), false);
  }

  /** @param {File[]} chosen ratings, or a weights file */
  async function openFiles(chosen) {
    const weights = chosen.find((file) => file.name.endsWith('.safetensors'));
    if (weights) await load(weights);
    else if (chosen.length > 0) {
      const sources = chosen.map((file) => ({ name: file.name, file }));
      await arrived;
      await openAnew(chosen.map((file) => file.name).join(t(files.and)), sources);
    }
  }

  /**
   * A new model from the seed and the settings asked for. Wishes that arrive meanwhile are taken together in one more.
   * @param {Said} told what to say when it is there
   * @param {boolean} goOn train it then
   */
  async function rebuild(told, goOn) {
    rebuildAgain = true;
    trainAfterRebuild = goOn || (rebuilding && trainAfterRebuild);
    if (rebuilding) return;
    rebuilding = true;
    while (rebuildAgain) {
      rebuildAgain = false;
      await build('configure', { settings: store.state.settings }, told);
    }
    rebuilding = false;
    if (trainAfterRebuild && store.state.phase === 'idle') void train();
  }

  /**
   * @param {'configure' | 'load'} type
   * @param {object} fields
   * @param {Said} told
   * @param {Transferable[]} [transfer]
   */
  async function build(type, fields, told, transfer) {
    const { model: before, epochs, selected, pretraining } = store.state;
    const left = runOf(store.state);
    // Epoch 0 of the new model may arrive before the answer.
    store.set({ epochs: [], progress: null, selected: null, pretraining: null });
    try {
      const model = await client.request(type, fields, transfer);
      if (rebuildAgain) return;
      const loaded = type === 'load';
      const weights = store.state.weights + 1;
      store.set({
        model,
        loaded,
        shipped: false,
        before: model.undo ? left : null,
        settings: model.settings,
        progress: null,
        samplesPerSecond: 0,
        phase: 'idle',
        weights,
      });
      // What the run before still sent meanwhile: here no epoch 0 follows to take its place.
      if (model.pretraining || (model.once && !loaded)) store.set({ epochs: [], selected: null, pretraining: null });
      dismiss(store, 'diverged', 'build', 'train');
      say(store, told);
      refreshPerson();
    } catch (error) {
      store.set({ epochs, selected, pretraining });
      if (before) store.set({ settings: before.settings });
      const setting = settingOf(error);
      if (setting && type === 'configure') refuse(setting, error);
      else complain(store, 'build', later(type === 'load' ? wrong.misfit : wrong.notBuilt), reason(error));
    }
  }

  /**
   * Says what is wrong beside the setting at fault, or beside the one that was changed where that one doesn't show.
   * @param {string} name of the setting that was changed
   * @param {unknown} error
   * @returns {boolean} whether it stands beside the one that was changed
   */
  function refuse(name, error) {
    const { settings, fieldErrors } = store.state;
    const fault = table.find((one) => one.name === settingOf(error));
    const shows = fault && reads(settings.model, fault.name);
    const at = shows ? fault.name : name;
    if (at !== name) blamed = at;
    store.set({ fieldErrors: { ...fieldErrors, [at]: reason(error) } });
    return at === name;
  }

  /** Takes over what was refused but fits now: patience waits for validation, for one. */
  function reconsider() {
    for (const [name, value] of refused) {
      try {
        const { [name]: _, ...fieldErrors } = store.state.fieldErrors;
        store.set({ settings: checkSettings({ ...store.state.settings, [name]: value }), fieldErrors });
        refused.delete(name);
      } catch {
        // It still doesn't fit, and what is said beside it is still true.
      }
    }
  }

  /**
   * Another model comes with its own defaults, in the place of those of the model before.
   * @param {Settings} settings
   * @param {string} name
   * @param {unknown} value
   */
  function changed(settings, name, value) {
    if (name === 'model') return withModel(/** @type {any} */ (settings), String(value));
    return checkSettings({ ...settings, [name]: value });
  }

  /**
   * Takes a setting over at once, or says beside its control why not and keeps everything as it was.
   * @param {string} name
   * @param {unknown} value
   */
  async function change(name, value) {
    const before = store.state.settings;
    try {
      refused.delete(name);
      const { [name]: _, [blamed]: __, ...fieldErrors } = store.state.fieldErrors;
      store.set({ fieldErrors });
      store.set({ settings: changed(before, name, value) });
      reconsider();
    } catch (error) {
      if (refuse(name, error)) refused.set(name, value);
      return;
    }
    const { settings, model } = store.state;
    const setting = table.find((one) => one.name === name);
    if (!setting || !model || JSON.stringify(before[name]) === JSON.stringify(settings[name])) return;
    const label = () => settingLabel(setting);
    await arrived;
    if (!setting.live) {
      await rebuild(later(words.startsOver, { setting: label }), isRunning(store.state));
      return;
    }
    try {
      const result = await client.request('live', { settings: { [name]: settings[name] } });
      store.set({ announcement: later(words.isNow, { setting: label, value: String(settings[name]) }) });
      if (store.state.model) store.set({ model: { ...store.state.model, settings: result.settings } });
    } catch (error) {
      store.set({ settings: { ...store.state.settings, [name]: before[name] } });
      refuse(name, error);
    }
  }

  /** @param {'train' | 'step'} type */
  async function run(type) {
    const { model, phase, settings, selected } = store.state;
    if (!model || isRunning(store.state) || phase === 'diverged' || selected?.stopped) return;
    if (store.state.shipped) {
      // What came with the site shows where this leads: training starts from the seed.
      await arrived;
      await rebuild(later(words.fromSeed, { seed: String(settings.seed) }), false);
      return run(type);
    }
    const done = epochsDone(store.state);
    if (model.once && done > 0) return;
    if (!model.once && done >= settings.epochs) await change('epochs', done + (type === 'step' ? 1 : MORE_EPOCHS));
    try {
      await client.request(type);
    } catch (error) {
      complain(store, 'train', later(wrong.notTrained), reason(error));
    }
  }

  const train = () => run('train');
  const step = () => run('step');

  async function pause() {
    try {
      await client.request('pause');
    } catch (error) {
      complain(store, 'train', later(wrong.notPaused), reason(error));
    }
  }

  async function reset() {
    if (!store.state.dataset) return;
    await arrived;
    if (isRunning(store.state)) await pause();
    await rebuild(later(words.wasReset), false);
  }

  /** The run before the last change that started over, as it was left; once more goes back again. */
  async function undo() {
    const { before } = store.state;
    if (!before || rebuilding) return;
    if (isRunning(store.state)) await pause();
    const left = runOf(store.state);
    try {
      const model = await client.request('undo');
      const { weights } = store.state;
      const gone = { progress: null, pretraining: null, fieldErrors: {} };
      store.set({ ...before, ...gone, model, before: model.undo ? left : null, weights: weights + 1 });
      refused.clear();
      say(store, later(words.undone, { model: shortName(before.settings.model), n: before.epochs.at(-1)?.epoch ?? 0 }));
      refreshPerson();
    } catch (error) {
      complain(store, 'build', later(wrong.notBuilt), reason(error));
    }
  }

  /** Puts the address of what is to be seen on the clipboard, or shows it where that is not allowed. */
  async function copyLink() {
    const link = assets.linkTo?.() ?? '';
    try {
      await navigator.clipboard.writeText(link);
      say(store, later(words.copied));
    } catch {
      complain(store, 'link', later(wrong.copyThis), () => link);
    }
  }

  /** Settings that a paper found good; the seed stays. @param {string} value */
  async function choosePreset(value) {
    const { settings } = store.state;
    const chosen = checkSettings({ ...presetNamed(value).settings, seed: settings.seed });
    store.set({ settings: chosen, fieldErrors: {} });
    refused.clear();
    await arrived;
    const told = later(words.presetChosen, { preset: () => presetLabel(value) });
    if (store.state.model) await rebuild(told, isRunning(store.state));
  }

  /** @param {number} user index of the user */
  function chooseUser(user) {
    store.set({ user, userError: null });
    refreshPerson();
  }

  /** @param {number} film index of the film to be looked at, together with the chosen user */
  const chooseFilm = (film) => store.set({ film });

  /** @param {number} film that the person at the page likes */
  function like(film) {
    const { likes } = store.state;
    if (likes.length < MOST_LIKES && !likes.includes(film)) store.set({ likes: [...likes, film] });
  }

  /** @param {number} film */
  const unlike = (film) => store.set({ likes: store.state.likes.filter((one) => one !== film) });

  /** @param {string} room */
  const enter = (room) => store.set({ room });

  /**
   * Puts a question of a view to the worker (worker/ tells which there are); whoever asks tells what went wrong.
   * @param {string} type
   * @param {object} [fields]
   */
  async function ask(type, fields) {
    await arrived;
    return client.request(type, fields);
  }

  /** @param {string} text a user's id as typed */
  function findUser(text) {
    const { users } = store.state;
    if (!users) return;
    const index = /^\d+$/.test(text) ? users.ids.indexOf(Number(text)) : -1;
    if (index >= 0) chooseUser(index);
    else {
      const [first, last] = [users.order.at(0), users.order.at(-1)].map((at) => users.ids[Number(at)]);
      const values = { text, n: users.ids.length, first: String(first), last: String(last) };
      store.set({ userError: later(people.noUser, values) });
    }
  }

  /** Any user, by chance. */
  function anyUser() {
    const { users } = store.state;
    if (users) chooseUser(users.order[Math.floor(Math.random() * users.order.length)]);
  }

  /** Asks for the chosen user's films; while an answer is awaited, later wishes are joined into one. */
  async function refreshPerson() {
    askAgain = true;
    if (asking || !store.state.model) return;
    asking = true;
    try {
      while (askAgain) {
        askAgain = false;
        const { user } = store.state;
        await arrived;
        const person = await client.request('user', { user, k: 10 });
        if (user === store.state.user) store.set({ person });
      }
      dismiss(store, 'user');
    } catch (error) {
      complain(store, 'user', later(wrong.notRecommended), reason(error));
    } finally {
      asking = false;
    }
  }

  /** @returns {Promise<{name: string, bytes: ArrayBuffer} | null>} */
  async function save() {
    try {
      const file = await client.request('save');
      say(store, later(words.saved, { n: file.bytes.byteLength, name: file.name }));
      return file;
    } catch (error) {
      complain(store, 'save', later(wrong.notSaved), reason(error));
      return null;
    }
  }

  /** @param {File} file */
  async function load(file) {
    if (isRunning(store.state)) await pause();
    const bytes = await file.arrayBuffer();
    await build('load', { bytes }, later(words.loaded, { name: file.name }), [bytes]);
  }

  return {
    ...{ begin, goTo, openBundled, openFiles, save, load },
    ...{ change, choosePreset, train, step, pause, reset, undo, copyLink },
    ...{ chooseUser, findUser, anyUser, chooseFilm, like, unlike, enter, ask, race },
    dismiss: (/** @type {string} */ key) => dismiss(store, key),
    close() {
      client.close();
      race.close();
    },
  };
}
