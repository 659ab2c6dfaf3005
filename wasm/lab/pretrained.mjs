// What NeuMF can be pretrained with from files (eq. 13): a GMF and an MLP that were trained as it is to be, and not on what it
// is validated by.

import { WeightsError, printable } from './safetensors.mjs';
import { checkSettings, modelRow, reads, settings as table, tower } from '../settings/settings.mjs';
import { fitWeights, hasHidden, notesOfTest } from './weights.mjs';

/** @typedef {import('../settings/settings.mjs').Settings} Settings */
/** @typedef {import('./weights.mjs').Fitted} Fitted */

/** Settings that a GMF or an MLP must share with the NeuMF that starts from it. */
const shared = ['factors', 'layers', 'activation', 'side', 'ids'];

/**
 * A saved GMF or MLP that NeuMF is to start from (eq. 13).
 * @param {import('./weights.mjs').Weights} weights
 * @param {'gmf' | 'mlp'} model
 * @param {Settings} settings  NeuMF's
 * @param {import('../core.mjs').Split} split  that NeuMF learns from
 * @param {import('./rows.mjs').RowRule} [rule]
 * @returns {Fitted}
 * @throws {WeightsError} it is another model, was trained otherwise, or has learnt what this run validates on
 */
export function fitPart(weights, model, settings, split, rule) {
  const { label } = modelRow(model);
  const { config } = weights;
  if (config && config.model !== model)
    throw new WeightsError(
      `NeuMF starts from ${model === 'gmf' ? 'a' : 'an'} ${label}, and the file for it holds ${printable(String(config.model))}.`,
    );
  const fitted = fitWeights(weights, split.dataset, { model, rows: rule });
  const wanted = checkSettings({ ...settings, ...settingsOfPart, model });
  for (const name of shared.filter((each) => reads(model, each))) {
    // Without its settings a file’s shapes tell all but the activation, which fitWeights has a note on.
    if (name === 'activation' && (!hasHidden(wanted) || !config)) continue;
    // The tower has the last word on the predictive factors of an MLP.
    if (name === 'factors' && model === 'mlp') continue;
    const [theirs, ours] = [fitted.settings, wanted].map((each) =>
      name === 'layers' ? tower(each).join() : String(each[/** @type {keyof Settings} */ (name)]),
    );
    const setting = table.find((each) => each.name === name);
    if (theirs !== ours)
      throw new WeightsError(
        `The ${label} in the file was trained with --${setting?.option} ${theirs}, and NeuMF is to have ${ours}: train one of them anew, or let them agree.`,
      );
  }
  if (settings.validation === 'on' && weights.data?.validation !== split.fingerprint(true))
    throw new WeightsError(
      `The ${label} in the file ${weights.data ? 'has learnt from films that this run validates on' : 'does not say what it has learnt from, which may be what this run validates on'}: validation would measure its memory. Train it with --validation on --seed ${settings.seed} on these data, use --pretrain, or turn validation off.`,
    );
  return { ...fitted, notes: [...fitted.notes, ...notesOfTest({ ...fitted, settings }, split)] };
}

/** What the parts have otherwise than the NeuMF that they are for. */
const settingsOfPart = {
  pretrain: 0,
  fusion: 'concatenate',
  fusionLayers: 'none',
  embeddings: 'own',
  validation: 'off',
  patience: 0,
};
