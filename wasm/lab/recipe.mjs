// The recipe of a run: the one command that gives the same weights to the bit, and what the hash of these then is. What no
// command can repeat is told.

import { departures } from '../settings/settings.mjs';
import { worthOf } from './measures.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('./run.mjs').EpochEvent & {hash?: string}} Epoch */
/** @typedef {import('./result.mjs').Rate} Rate */
/**
 * Why there is no command: it began with weights of a file; nothing is trained yet. Or why its weights are others: the learning
 * rate was changed on the way.
 * @typedef {'loaded' | 'untrained' | 'changed'} Untold
 */
/**
 * command: null where there is none. epoch: how many it trains. chosen: the one whose weights these are, where validation chose.
 * hash: of the weights it ends with; null where that is not known.
 * @typedef {object} Recipe
 * @property {string | null} command
 * @property {number} epoch
 * @property {number | null} chosen
 * @property {string | null} hash
 * @property {Untold | null} untold
 */

/** A word as a shell takes it, whatever it has in it. @param {string} word */
const shellWord = (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`);

/** An option with its value, which is not taken for another option. @param {string} option @param {string} value */
const optionText = (option, value) =>
  /^-/.test(value) ? `--${option}=${shellWord(value)}` : `--${option} ${shellWord(value)}`;

/**
 * The command line of a run: what stands at the model's defaults is left out, but for the seed.
 * @param {Settings} settings
 * @param {{data?: string | null, program?: string}} [where]  data: a file or folder; without, the bundled set
 */
export function trainCommand(settings, { data = null, program = 'ncf' } = {}) {
  const { model, seed } = settings;
  const others = departures(settings).filter(({ name }) => name !== 'seed');
  const options = [
    ['model', model],
    ['seed', String(seed)],
    ...others.map(({ name, option }) => [option, String(settings[name])]),
    ...(data === null ? [] : [['data', data]]),
  ];
  return `${program} train ${options.map(([option, value]) => optionText(option, value)).join(' ')}`;
}

/**
 * What --data is to be for files that were opened together: the file itself; NAME of the paper's NAME.train.rating …; the
 * folder that they stand in.
 * @param {readonly string[]} names
 */
export function dataOf(names) {
  if (names.length === 1) return names[0];
  const triple = names.find((name) => name.endsWith('.train.rating'));
  return triple ? `./${triple.replace(/\.train\.rating$/, '')}` : '.';
}

/** The first of the best epochs on validation, whose weights a run ends with. @param {readonly Epoch[]} epochs */
function bestOf(epochs) {
  const measured = epochs.filter(({ validation }) => validation);
  return measured.reduce(
    (best, each) => (worthOf(each.validation) > worthOf(best.validation) ? each : best),
    measured[0],
  );
}

/**
 * @param {object} run
 * @param {Settings} run.settings
 * @param {readonly Epoch[]} run.epochs  ended ones, epoch 0 first
 * @param {boolean} run.learns  it has epochs to train
 * @param {boolean} run.loaded  it began with the weights of a file
 * @param {readonly Rate[]} run.rates  where the learning rate has changed
 * @param {{data?: string | null, program?: string}} [where]
 * @returns {Recipe}
 */
export function recipeOf({ settings, epochs, learns, loaded, rates }, where) {
  const last = epochs.at(-1);
  const epoch = last?.epoch ?? 0;
  const none = { command: null, epoch, chosen: null, hash: null };
  if (loaded) return { ...none, untold: 'loaded' };
  if (!last || (learns && epoch === 0)) return { ...none, untold: 'untrained' };
  // A model that has nothing to learn, or is solved at once, doesn't read how many.
  const command = trainCommand({ ...settings, ...(epoch > 0 && { epochs: epoch }) }, where);
  if (rates.length > 0) return { command, epoch, chosen: null, hash: null, untold: 'changed' };
  const best = settings.validation === 'on' && learns ? bestOf(epochs) : undefined;
  return { command, epoch, chosen: best ? best.epoch : null, hash: (best ?? last).hash ?? null, untold: null };
}
