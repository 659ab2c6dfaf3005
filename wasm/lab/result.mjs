// Result files: what a student hands in. All that it takes to run the run again stands in it, and what came of every epoch, so
// that `ncf verify` can say whether it is true and, where it is not, from which epoch on.
//
// A run hangs on its settings, its data and on nothing else but the learning rate, which may change while it learns: `rates`
// tells when. How often it was paused, trained by the step or by the batch, undone or given more epochs changes no bit. What
// began with the weights of a file, or came with the page, is nobody's to hand in and is refused.

import { judge, readExercise } from './exercise.mjs';
import { fromConfig, reads, settings as table, toConfig } from '../settings/settings.mjs';
import { Fault, causeOf, fault } from '../words/fault.mjs';
import { version as program } from './version.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('./identity.mjs').DataIdentity} DataIdentity */
/** @typedef {import('./run.mjs').EpochEvent} EpochEvent */
/** @typedef {import('./tasks.mjs').MetricSets} MetricSets */
/** Figures by kind of evaluation: hr, ndcg, mrr, or rmse, mae. @typedef {Record<string, Record<string, number>>} Figures */
/** hash: of the weights at its end. @typedef {{epoch: number, loss: number | null, metrics: Figures, validation?: Figures, hash: string}} ResultEpoch */
/** From this batch of the run on, counted through from 0, the learning rate is lr. @typedef {{batch: number, lr: number}} Rate */
/**
 * @typedef {object} Result
 * @property {'ncf-lab-result'} format
 * @property {1} version           of the format
 * @property {string} program      version of the program
 * @property {string} name         of who hands it in; '' for none
 * @property {string | null} exercise  as readExercise() takes it
 * @property {string[]} answers    by question
 * @property {Record<string, unknown>} settings  as toConfig() has them; the learning rate is the last
 * @property {number} seed         the same as in the settings
 * @property {Rate[]} rates        the first from batch 0 on; empty where the rate never changed
 * @property {[name: string, text: string][]} policy  what the page was told to hold to
 * @property {{name: string} & DataIdentity} data
 * @property {number} parameters
 * @property {number} epochs_trained
 * @property {number | null} selected  the epoch that validation went back to, whose weights the run ends with
 * @property {string} weights_hash     of the weights that it ends with
 * @property {ResultEpoch[]} epochs
 */
/**
 * A run that may become a result.
 * @typedef {object} Handed
 * @property {Settings} settings
 * @property {Rate[]} rates
 * @property {number} parameters
 * @property {readonly (EpochEvent & {hash: string})[]} epochs
 * @property {number | null} selected
 * @property {{name: string} & DataIdentity} data
 * @property {boolean} loaded   it began with the weights of a file
 * @property {boolean} shipped  it came with the page
 * @property {readonly (readonly [string, string])[]} [policy]
 * @property {string | null} [exercise]
 * @property {readonly string[]} [answers]
 * @property {string} [name]
 */

export const FORMAT = 'ncf-lab-result';
const VERSION = 1;
/** A run of 1,000 epochs with all kinds of metrics is half of that. */
export const MOST_CHARACTERS = 2 ** 21;
/** What texts of a result may have. */
export const MOST_NAME = 100;
const MOST_TEXT = 4000;
const MOST_PAIRS = 40;
const MOST_RATES = 1000;
const MOST_EPOCHS = 1000;

/** A run that can't be handed in, or a file that can't be read as a result. */
export class ResultError extends Fault {}

/** @type {Record<string, readonly string[]>} by kind of metrics */
const figures = {
  sampled: ['hr', 'ndcg', 'mrr'],
  full: ['hr', 'ndcg', 'mrr'],
  expected: ['hr', 'ndcg', 'mrr'],
  errors: ['rmse', 'mae'],
};

/** @param {MetricSets} sets @returns {Figures} */
const figuresOf = (sets) =>
  Object.fromEntries(
    Object.entries(sets).map(([kind, metrics]) => [
      kind,
      Object.fromEntries(figures[kind].map((name) => [name, /** @type {any} */ (metrics)[name]])),
    ]),
  );

/** What a result has of an epoch. @param {EpochEvent & {hash: string}} event @returns {ResultEpoch} */
export const resultEpoch = ({ epoch, loss, metrics, validation, hash }) => ({
  ...{ epoch, loss, metrics: figuresOf(metrics) },
  ...(validation && { validation: figuresOf(validation) }),
  hash,
});

/**
 * @param {Handed} run
 * @returns {Result}
 * @throws {ResultError} it is none to be handed in
 */
export function makeResult(run) {
  const { settings, parameters, epochs, selected, data, exercise = null, answers = [], name = '', policy = [] } = run;
  const last = epochs.at(-1);
  if (run.shipped) throw new ResultError(fault('resultShipped'));
  if (run.loaded) throw new ResultError(fault('resultLoaded'));
  // Epoch 0 is all that there is of a model that learns nothing.
  if (!last || (last.epoch === 0 && parameters > 0 && reads(settings.model, 'epochs')))
    throw new ResultError(fault('resultNothing'));
  const standing = epochs.find(({ epoch }) => epoch === selected) ?? last;
  return {
    ...{ format: FORMAT, version: VERSION, program, name, exercise },
    answers: [...answers],
    settings: toConfig(settings),
    seed: settings.seed,
    rates: reads(settings.model, 'lr') ? run.rates.map(({ batch, lr }) => ({ batch, lr })) : [],
    policy: policy.map(([word, text]) => [word, text]),
    data: identityIn(data),
    ...{ parameters, epochs_trained: last.epoch, selected, weights_hash: standing.hash },
    epochs: epochs.map(resultEpoch),
  };
}

/** @param {{name: string} & DataIdentity} data */
const identityIn = ({ name, users, items, ratings, fingerprint, order }) => ({
  ...{ name, users, items, ratings, fingerprint, order },
});

/** A result as a text: a line for each field and each epoch. @param {Result} result */
export function writeResult(result) {
  const { epochs, ...others } = result;
  const lines = Object.entries(others).map(([name, value]) => ` ${JSON.stringify(name)}: ${JSON.stringify(value)},`);
  const each = epochs.map((epoch) => `  ${JSON.stringify(epoch)}`).join(',\n');
  return `{\n${lines.join('\n')}\n "epochs": [\n${each}\n ]\n}\n`;
}

/** What a file of a result is called. @param {Result} result */
export function resultFile({ name, settings, seed }) {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  return `${safe ? `${safe}-` : ''}${settings.model}-seed-${seed}.result.json`;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {unknown} value @param {number} most */
const isText = (value, most = MOST_TEXT) => typeof value === 'string' && value.length <= most;
/** @param {unknown} value @param {number} [most] */
const isWhole = (value, most = Number.MAX_SAFE_INTEGER) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
/** @param {unknown} value */
const isHash = (value) => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
/** @param {unknown} value @param {number} most @param {(one: any) => boolean} fits */
const isList = (value, most, fits) => Array.isArray(value) && value.length <= most && value.every(fits);

/** @param {any} rate @param {number} n @param {any[]} all */
const isRate = (rate, n, all) =>
  isObject(rate) &&
  isWhole(rate.batch) &&
  (n === 0 ? rate.batch === 0 : rate.batch > all[n - 1].batch) &&
  Number.isFinite(rate.lr) &&
  rate.lr > 0;

/** @param {unknown} sets */
const isFigures = (sets) =>
  isObject(sets) &&
  Object.keys(sets).length > 0 &&
  Object.entries(sets).every(
    ([kind, set]) =>
      Object.hasOwn(figures, kind) &&
      isObject(set) &&
      Object.keys(set).join() === figures[kind].join() &&
      Object.values(set).every(Number.isFinite),
  );

/** Of epochs, which count through, from 0 or from 1. @param {any} one @param {number} n @param {any[]} all */
const isEpoch = (one, n, all) =>
  isObject(one) &&
  isWhole(one.epoch, MOST_EPOCHS) &&
  (n === 0 ? one.epoch <= 1 : one.epoch === all[n - 1].epoch + 1) &&
  (one.loss === null || Number.isFinite(one.loss)) &&
  isFigures(one.metrics) &&
  (one.validation === undefined || isFigures(one.validation)) &&
  isHash(one.hash);

/** What each field has to be. @type {Record<Exclude<keyof Result, 'format' | 'version'>, (value: any, all: any) => boolean>} */
const fields = {
  program: (value) => isText(value, 40),
  name: (value) => isText(value, MOST_NAME),
  exercise: (value) => value === null || isText(value),
  answers: (value) => isList(value, MOST_PAIRS, (one) => isText(one)),
  settings: isObject,
  seed: (value, all) => isWhole(value) && value === all.settings.seed,
  rates: (value, all) => isRates(value, all.settings.lr),
  policy: (value) => isList(value, MOST_PAIRS, (pair) => isList(pair, 2, (one) => isText(one)) && pair.length === 2),
  data: (value) =>
    isObject(value) &&
    isText(value.name, 200) &&
    [value.users, value.items, value.ratings].every((count) => isWhole(count)) &&
    [value.fingerprint, value.order].every(isHash),
  parameters: (value) => isWhole(value),
  epochs: (value) => isList(value, MOST_EPOCHS + 1, () => true) && value.length > 0 && value.every(isEpoch),
  epochs_trained: (value, all) => value === all.epochs.at(-1).epoch,
  selected: (value, all) => value === null || all.epochs.some((/** @type {any} */ { epoch }) => epoch === value),
  weights_hash: isHash,
};

/** Where the rate has changed the last one is the settings'. @param {any} value @param {unknown} lr */
const isRates = (value, lr) =>
  isList(value, MOST_RATES, () => true) && value.every(isRate) && (value.length === 0 || value.at(-1).lr === lr);

/**
 * Reads what somebody handed in: every field is looked at here, and what is not known is left away.
 * @param {string} text
 * @returns {Result & {checked: Settings}}  checked: the settings, complete
 * @throws {ResultError}
 */
export function readResult(text) {
  if (text.length > MOST_CHARACTERS) throw new ResultError(fault('resultLong', { most: MOST_CHARACTERS }));
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ResultError(fault('resultNone'));
  }
  if (!isObject(value) || value.format !== FORMAT) throw new ResultError(fault('resultNone'));
  if (value.version !== VERSION)
    throw new ResultError(fault('resultVersion', { version: short(value.version), known: VERSION }));
  for (const [field, fits] of Object.entries(fields))
    if (!Object.hasOwn(value, field) || !fits(value[field], value))
      throw new ResultError(fault('resultField', { field }));
  const checked = readSettings(value.settings);
  /** @type {Result} */
  const result = {
    ...{ format: FORMAT, version: VERSION, program: value.program, name: value.name, exercise: value.exercise },
    ...{ answers: value.answers, settings: toConfig(checked), seed: value.seed, policy: value.policy },
    rates: value.rates.map((/** @type {Rate} */ { batch, lr }) => ({ batch, lr })),
    data: identityIn(value.data),
    ...{ parameters: value.parameters, epochs_trained: value.epochs_trained, selected: value.selected },
    weights_hash: value.weights_hash,
    epochs: value.epochs.map((/** @type {ResultEpoch} */ { epoch, loss, metrics, validation, hash }) => ({
      ...{ epoch, loss, metrics },
      ...(validation !== undefined && { validation }),
      hash,
    })),
  };
  return { ...result, checked };
}

/** A value of somebody’s file in a sentence. @param {unknown} value */
const short = (value) =>
  typeof value === 'number' || typeof value === 'string' ? String(value).replaceAll(/\p{C}/gu, '?').slice(0, 40) : '?';

/** @param {Record<string, unknown>} config @returns {Settings} */
function readSettings(config) {
  for (const [name, value] of Object.entries(config)) {
    const known = table.some(({ option }) => option.replaceAll('-', '_') === name);
    if (!known) throw new ResultError(fault('resultUnknown', { name: short(name) }));
    const fits = Number.isFinite(value) || isText(value, 200) || isList(value, 20, Number.isFinite);
    if (!fits) throw new ResultError(fault('resultField', { field: `settings.${name}` }));
  }
  try {
    return fromConfig(config);
  } catch (error) {
    throw new ResultError(fault('resultSettings', { message: causeOf(error) }));
  }
}

/**
 * How far a result has come with its exercise, or another.
 * @param {Result} result
 * @param {string | null} [text]  of the exercise
 * @returns {import('./exercise.mjs').Judgement | null}  null: there is none
 * @throws {import('./exercise.mjs').ExerciseError}
 */
export const judgeResult = (result, text = result.exercise) =>
  text === null ? null : judge(readExercise(text), result);
