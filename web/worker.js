/**
 * The worker: data, training and recommendations, away from the page so that this never freezes. One thing at a time;
 * training runs in slices of some ms, and messages are answered between them.
 *
 * In: {id, type, …}. Out: {id, result} or {id, error: {message, line?, setting?}}.
 *
 * | type      | fields                                   | result |
 * | open      | files: [{name, url} or {name, file}], name, wasm: {simd, scalar} (addresses) | {name, users, items, ratings, testUsers, genres, simd} |
 * | configure | settings                                 | {settings, parameters, tensors: [{name, shape}], baseline: {model, metrics}, batches, pretraining, once}; a new model from its seed, so also the way to reset. baseline: what it has to beat; batches 0: nothing to learn; once: solved in one go. The event of epoch 0 follows, but with pretraining, which waits for train or step, only once that is over, and never where the model is solved in one go |
 * | live      | settings: {lr, epochs}                   | {settings}; what may change without a reset |
 * | train     |                                          | {}; runs until the epochs are done, patience is over or a pause |
 * | step      |                                          | {}; runs to the end of one epoch, of pretraining too |
 * | pause     |                                          | {}; train and step go on from the same batch |
 * | users     |                                          | {ids, counts, order}: Uint32Array; by user index the ids and train items, and the indices by rising id |
 * | user      | user, k                                  | {user, id, task, ready, history, heldOut, validationItem, recommendations}; the item is -1 without validation; ready false: a model that is solved in one go is not yet, so there are no recommendations. A model of ratings has its predicted ratings as scores and no held-out film: it may have learnt from that one |
 * | save      |                                          | {name, bytes}: a safetensors file of the weights after the last batch |
 * | load      | bytes                                    | as configure: the file's weights in a new model, which is not pretrained |
 *
 * After an error, what was there before is there still.
 *
 * Events: {event: 'loading', name, bytes, totalBytes, ratings}; {event: 'progress', …}, {event: 'epoch', …} and
 * {event: 'selected', …} as wasm/run.mjs has them, the first with the `share` of the epoch that is done, the last two with
 * the fingerprint of the weights as `hash`;
 * {event: 'pretraining', model, epoch, epochs, batch, batches, samplesPerSecond} while the GMF and then the MLP that NeuMF
 * starts from are trained, at an epoch's end with batch equal to batches; {event: 'state', state, message?} with state
 * idle, training, evaluating, paused, finished, diverged.
 */

import {
  CoreError,
  Run,
  STATUS_NOT_FINITE,
  SettingError,
  checkSettings,
  checkWeightsFit,
  decodeWeights,
  encodeWeights,
  loadCore,
  modelRow,
  readDataset,
  settings as table,
  settingsOfWeights,
} from '../wasm/core.mjs';

/** @typedef {import('../wasm/core.mjs').Core} Core */
/** @typedef {import('../wasm/core.mjs').Dataset} Dataset */
/** @typedef {import('../wasm/run.mjs').RunEvent} RunEvent */
/** @typedef {import('../wasm/core.mjs').Settings} Settings */
/** @typedef {import('../wasm/core.mjs').Split} Split */

const PROGRESS_MS = 50;

/** @type {Core | null} */
let core = null;
/** @type {{dataset: Dataset, split: Split, name: string} | null} */
let open = null;
/** @type {Run | null} */
let current = null;
/** The number of the training loop that may go on: an older one stops. */
let loop = 0;
let state = 'idle';
/** The file under way in `open`: a newer one takes its place. */
let opening = 0;

/**
 * @param {unknown} message
 * @param {Transferable[]} [transfer]
 */
function post(message, transfer = []) {
  /** @type {Worker} */ (/** @type {unknown} */ (self)).postMessage(message, transfer);
}

/**
 * @param {string} next
 * @param {string} [message]
 */
function setState(next, message) {
  if (next === state) return;
  state = next;
  post({ event: 'state', state, message });
}

/** Lets waiting messages in. A timer would be held back to 4 ms, a message is not. */
function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(null);
  });
}

/** What is open and trained, for the messages that need both. */
function need() {
  if (!open) throw new Error('No dataset is open yet.');
  if (!current) throw new Error('There is no model yet.');
  return { ...open, run: current };
}

/** The same where the weights are to be used further: after training diverged they are not numbers any more. */
function needHealthy() {
  const all = need();
  if (state === 'diverged')
    throw new Error('Training diverged. Reset the model, then train with a smaller learning rate.');
  return all;
}

/**
 * @param {string} url
 * @param {string} name
 */
async function download(url, name) {
  const response = await fetch(url).catch(() => null);
  if (!response?.ok || !response.body)
    throw new Error(`${name} could not be loaded from the server. Check the connection, then try again.`);
  return { response, body: response.body };
}

/** @param {{name: string, url?: string, file?: Blob}} file */
function toSource({ name, url, file }) {
  /** @returns {AsyncGenerator<Uint8Array>} */
  async function* chunks() {
    const stream = file?.stream() ?? (await download(/** @type {string} */ (url), name)).body;
    const reader = stream.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      // Pieces small enough that progress shows and messages are answered while a large chunk is parsed.
      for (let at = 0; at < value.length; at += 1 << 18) yield value.subarray(at, at + (1 << 18));
    }
  }
  return { name, size: file?.size ?? 0, chunks };
}

/** @param {{files: {name: string, url?: string, file?: Blob}[], name: string, wasm: {simd: string, scalar: string}}} message */
async function openData({ files, name, wasm }) {
  const mine = ++opening;
  const module = async (/** @type {string} */ url) => (await download(url, 'The WebAssembly module')).response;
  core ??= await loadCore({ simd: () => module(wasm.simd), scalar: () => module(wasm.scalar) });
  let last = 0;
  const dataset = await readDataset(core, files.map(toSource), (loading) => {
    if (mine !== opening) throw new Error('Another dataset was opened before this one was read to its end.');
    const now = performance.now();
    if (now - last < PROGRESS_MS && loading.bytes !== loading.totalBytes) return;
    last = now;
    post({ event: 'loading', ...loading });
  });
  let split;
  try {
    split = dataset.leaveOneOut();
  } catch (error) {
    dataset.free();
    throw error;
  }
  stop();
  current?.free();
  open?.split.free();
  open?.dataset.free();
  current = null;
  open = { dataset, split, name };
  setState('idle');
  const { users, items, ratings, genres } = dataset;
  return { name, users, items, ratings, testUsers: split.testUsers, genres, simd: core.simd };
}

/**
 * What a model has to beat, under the same evaluation: ItemPop's metrics, or those of the biases where ratings are predicted.
 * @param {Split} split
 * @param {Settings} settings
 */
function beatThis(split, settings) {
  const model = modelRow(settings.model).task === 'rating' ? 'bias' : 'itempop';
  const { l2 } = checkSettings({ model });
  const run = new Run(split, { ...settings, model, l2, output: 'identity' });
  try {
    for (const event of run.slices()) if (event.event === 'epoch') return { model, metrics: event.metrics };
    throw new Error(`${modelRow(model).label} was not evaluated.`);
  } finally {
    run.free();
  }
}

/**
 * Puts a new run in the place of the present one, once nothing can fail any more.
 * @param {Settings} settings
 * @param {ReturnType<typeof decodeWeights>} [weights]
 */
function replaceRun(settings, weights) {
  if (!open) throw new Error('No dataset is open yet.');
  if (weights) checkWeightsFit(weights.tensors, settings, open.dataset);
  const run = new Run(open.split, settings);
  let baseline;
  try {
    if (weights) run.load(weights.tensors);
    baseline = beatThis(open.split, settings);
  } catch (error) {
    run.free();
    throw error;
  }
  stop();
  current?.free();
  current = run;
  setState('idle');
  const mine = ++loop;
  const pretraining = run.parts.length > 0;
  const once = run.trainer?.once === true;
  // Once the answer is out: the metrics of the weights as they are, epoch 0. What is solved in one go waits to be told to.
  if (!pretraining && (!once || weights))
    void breathe().then(() => (mine === loop ? train(run, 'evaluation', mine) : undefined));
  const { parameters, tensors } = run.model;
  const shapes = tensors.map(({ name, shape }) => ({ name, shape }));
  return { settings, parameters, tensors: shapes, baseline, batches: run.batches, pretraining, once };
}

/** @param {{settings: Record<string, unknown>}} message */
function configure({ settings }) {
  return replaceRun(checkSettings(settings));
}

/** @param {{bytes: ArrayBuffer}} message */
function load({ bytes }) {
  const weights = decodeWeights(new Uint8Array(bytes));
  return replaceRun(settingsOfWeights(weights), weights);
}

function save() {
  const { run } = needHealthy();
  if (!isSolved(run)) throw new Error('This model has no weights before it is solved. Train it first.');
  const bytes = encodeWeights(run.present(), run.config());
  const { epoch } = (run.last && run.bestOnValidation()) ?? run;
  return { name: `${run.settings.model}-epoch-${epoch}.safetensors`, bytes: bytes.buffer };
}

/** @param {{settings: Record<string, unknown>}} message */
function live({ settings }) {
  const { run } = need();
  const changed = checkSettings({ ...run.settings, ...settings });
  for (const setting of table)
    if (!setting.live && settings[setting.name] !== undefined)
      throw new SettingError(
        setting.name,
        `${setting.label} needs a new model: it cannot change while this one trains.`,
      );
  run.change({ lr: changed.lr, epochs: changed.epochs });
  if (state === 'finished' && !run.finished) setState('paused');
  return { settings: run.settings };
}

/** Ends the training loop at its next slice. */
function stop() {
  loop++;
}

/** @param {'epoch'|'run'} goal */
function start(goal) {
  const { run } = needHealthy();
  if (run.outOfPatience && run.last) throw new Error('Patience is over. Reset the model to train it anew.');
  void train(run, goal, ++loop);
  return {};
}

/** Whether the weights mean something: half way to the one solution they don't. @param {Run} run */
function isSolved(run) {
  const { trainer } = run;
  if (!trainer?.once) return true;
  const { done } = trainer.progress();
  return run.history.length > 0 && (done === 0 || done === trainer.instances);
}

/** @param {Run} run */
function shareDone({ trainer }) {
  return trainer ? trainer.progress().done / trainer.instances : 0;
}

/**
 * What the page hears of a slice; nothing of an evaluation.
 * @param {Run} run
 * @param {RunEvent} event
 */
function told(run, event) {
  if (event.event === 'evaluating') return null;
  if (event.event === 'epoch' || event.event === 'selected') return { ...event, hash: run.model.hash() };
  if (event.event === 'progress') return { ...event, share: shareDone(run) };
  if (event.event !== 'pretraining') return event;
  const { model, of } = event;
  const epochs = run.settings.pretrain;
  if (of.event === 'progress') return { ...of, event: 'pretraining', model, epochs };
  if (of.event !== 'epoch' || of.epoch === 0) return null;
  const { epoch, samplesPerSecond } = of;
  return { event: 'pretraining', model, epoch, epochs, batch: 1, batches: 1, samplesPerSecond };
}

/** Whether an epoch that counts has ended, of pretraining or of the model. @param {RunEvent} event */
function endsEpoch(event) {
  const own = event.event === 'pretraining' ? event.of : event;
  return own.event === 'epoch' && own.epoch > 0;
}

/**
 * @param {Run} run
 * @param {'evaluation'|'epoch'|'run'} goal  how far: epoch 0, one more epoch, all epochs
 * @param {number} mine
 */
async function train(run, goal, mine) {
  let last = 0;
  try {
    for (const event of run.slices()) {
      const now = performance.now();
      if (goal !== 'evaluation') setState(event.event === 'evaluating' ? 'evaluating' : 'training');
      const within = event.event === 'progress' || (event.event === 'pretraining' && event.of.event === 'progress');
      const message = within && now - last < PROGRESS_MS ? null : told(run, event);
      if (message) {
        post(message);
        last = now;
      }
      await breathe();
      if (mine !== loop) return;
      if (goal === 'evaluation' && event.event === 'epoch') break;
      // The last epoch may be followed by a way back to the best one.
      if (goal === 'epoch' && endsEpoch(event) && !run.finished) break;
    }
    if (goal === 'evaluation') return;
    setState(run.finished ? 'finished' : 'paused');
  } catch (error) {
    if (mine !== loop) return;
    const diverged = error instanceof CoreError && error.status === STATUS_NOT_FINITE;
    setState(diverged ? 'diverged' : 'paused', /** @type {Error} */ (error).message);
  }
}

function pause() {
  stop();
  if (state === 'training' || state === 'evaluating') setState('paused');
  return {};
}

function users() {
  if (!open) throw new Error('No dataset is open yet.');
  const ids = open.dataset.userIds.slice();
  // Indices follow the file, which need not be sorted by user: u.data isn't.
  const order = Uint32Array.from(ids.keys()).sort((a, b) => ids[a] - ids[b]);
  return { ids, counts: open.split.trainCounts(), order };
}

/** @param {{user: number, k: number}} message */
function user({ user: index, k }) {
  const { dataset, run } = need();
  const film = (/** @type {number} */ item) => {
    const { title, year, genres } = dataset.film(item);
    return { item, title, year, genres };
  };
  const history = dataset.history(index).map((rated) => ({ ...film(rated.item), ...rated }));
  const { task } = modelRow(run.settings.model);
  const ready = isSolved(run);
  const told = {
    ...{ user: index, id: dataset.userIds[index], task, ready, history },
    validationItem: run.split.validationItem(index),
  };
  if (!ready) return { ...told, heldOut: null, recommendations: [] };
  const held = run.split.testItem(index);
  const view = run.view();
  if (task === 'rating') return { ...told, heldOut: null, recommendations: predicted(run, index, k).map(toSuggestion) };
  const rank = view.rank(index, run.settings.eval === 'full');
  return {
    ...told,
    heldOut: rank && { ...film(held), rank: rank.greater + rank.equal / 2 + 1, candidates: rank.candidates },
    recommendations: view.recommend(index, k).map(toSuggestion),
  };

  /** @param {{item: number, score: number}} suggestion */
  function toSuggestion({ item, score }) {
    return { ...film(item), score, heldOut: task === 'ranking' && item === held };
  }
}

/**
 * The films with the highest predicted ratings among those that the user has not rated, with these as scores.
 * @param {Run} run
 * @param {number} user
 * @param {number} k
 */
function predicted(run, user, k) {
  const view = run.view();
  const held = run.split.testItem(user);
  // One more, since the split keeps a film of the user back, which they have rated.
  const best = view.recommend(user, k + 1);
  const predictor = view.model.createPredictor();
  try {
    predictor.start({ clip: false });
    const films = best.filter(({ item }) => item !== held).slice(0, k);
    return films.map(({ item }) => ({ item, score: predictor.predict(user, item) }));
  } finally {
    predictor.free();
  }
}

/** @type {Record<string, (message: any) => any>} */
const handlers = {
  open: openData,
  configure,
  live,
  train: () => start('run'),
  step: () => start('epoch'),
  pause,
  users,
  user,
  save,
  load,
};

/** @param {MessageEvent} event */
async function answer({ data }) {
  const { id, type } = data;
  try {
    if (!Object.hasOwn(handlers, type)) throw new Error(`There is no message “${type}”.`);
    const result = await handlers[type](data);
    post({ id, result }, result?.bytes instanceof ArrayBuffer ? [result.bytes] : []);
  } catch (error) {
    const { message, line, setting } = /** @type {any} */ (error);
    post({ id, error: { message, line, setting } });
  }
}

self.onmessage = answer;
