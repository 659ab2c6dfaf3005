/** What can be done one step at a time as things stand, what has been, and what the phases of an example say. */
import { modelRow } from '../../../wasm/settings/models.mjs';
import { reads } from '../../../wasm/settings/settings.mjs';
import { isFixed, isSpent, mostEpochs } from '../../parts/fixed.js';
import { shortName } from '../../parts/format.js';
import { isRunning } from '../../parts/readings.js';
import { kindOf, predictionText } from './answer_scene.js';
import { idleSentences, sentencesOf } from './phases.js';
import { words as fixed } from '../../parts/words/fixed.js';
import { words } from './words.js';

/** @typedef {import('../../parts/speech.js').Speech} Speech */
/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./stepping.js').Under} Under */
/**
 * @typedef {object} Steps
 * @property {boolean} steps      whether an example or a batch can be taken now
 * @property {boolean} epochs     whether an epoch can
 * @property {boolean} able       whether there is a model at all
 * @property {number | null} lr   null: the model has none
 * @property {string} where
 * @property {string[]} sentences  by phase
 * @property {number} phase       the one that is shown; -1: no example
 * @property {{seed: string, rate: string, more: string}} barred  why the seed or the rate can't be changed, or nothing more is
 *   trained; '': they can
 */

/** The slider's learning rates: 1, 2 and 5 times each power of ten. */
export const RATES = [-5, -4, -3, -2, -1]
  .flatMap((power) => [1, 2, 5].map((rung) => Number(`${rung}e${power}`)))
  .concat(1);

/** The place on the slider that is next to a rate. @param {number} rate */
export const placeOf = (rate) =>
  RATES.reduce(
    (best, each, at) => (Math.abs(Math.log(each / rate)) < Math.abs(Math.log(RATES[best] / rate)) ? at : best),
    0,
  );

/**
 * What can be done as things stand, and what has been.
 * @param {Speech} speech
 * @param {State} state
 * @param {import('../../../wasm/settings/graph.mjs').Graph} graph
 * @param {Pick<import('./look.js').Look, 'under' | 'busy' | 'trouble'>} look
 * @param {number} phase  of the example that is under way; -1: none
 * @returns {Steps}
 */
export function stepsOf(speech, state, graph, { under, busy, trouble }, phase) {
  const { t } = speech;
  const { model, settings, users, films, phase: doing } = state;
  const byGradients = modelRow(settings.model).fit === 'gradient';
  const able = model !== null && state.loading === null;
  const waits = able && !isRunning(state) && doing !== 'diverged' && doing !== 'failed' && !busy;
  const sentences =
    under && users && films
      ? sentencesOf(speech, {
          ...{ graph, settings, example: under.example, traced: under.traced, size: under.peek.size },
          ...{ trained: under.trained, users, films },
          said: (prediction) => predictionText(kindOf(settings), prediction),
        })
      : idleSentences(speech, graph, settings);
  const lr = reads(settings.model, 'lr') ? settings.lr : null;
  const where = trouble ? t(words.failed, { why: trouble }) : whereOf(speech, state, under);
  const barred = {
    seed: isFixed(state, 'seed') ? t(fixed.this) : '',
    rate: isFixed(state, 'lr') ? t(fixed.this) : '',
    more: isSpent(state) ? t(fixed.epochs, { n: mostEpochs(state) }) : '',
  };
  return { steps: waits && byGradients, epochs: waits, able, lr, where, sentences, phase, barred };
}

/** @param {Speech} speech @param {State} state @param {Under | null} under */
function whereOf(speech, state, under) {
  const { t } = speech;
  const { model } = state.settings;
  if (modelRow(model).fit !== 'gradient') return t(words.notInSteps, { model: shortName(speech, model) });
  if (!under) return t(isRunning(state) ? words.pauseFirst : words.ready);
  const { peek, n, trained } = under;
  const { epoch, batch, batches } = trained ?? peek;
  return trained
    ? t(words.atEpoch, { epoch, batch, batches })
    : t(words.atExample, { epoch, batch, batches, n: n + 1, size: peek.size });
}
