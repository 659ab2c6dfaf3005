// A model as plain values, which go from a worker to a page: its tensors, whose its rows are and what its scores are.

import { networkGraph } from '../settings/graph.mjs';
import { modelRow, reads } from '../settings/settings.mjs';
import { Fault, fault, modelValue } from '../words/fault.mjs';
import { identityOf } from './identity.mjs';
import { scoreOf, scoreSentence } from './scores.mjs';

/** @typedef {import('../core.mjs').Model} Model */
/** @typedef {{name: string, shape: number[], values: Float32Array<ArrayBuffer>}} Table */
/**
 * @typedef {object} Described
 * @property {import('../settings/settings.mjs').Settings} settings
 * @property {Table[]} tensors  of the model, and in the place of what side information is added to, what that comes to:
 *   mlp.user_input and mlp.item_input, [rows, width]
 * @property {{lowest: number, highest: number} | null} scale  that a sigmoid is stretched to
 * @property {Uint32Array<ArrayBuffer>} users  their ids, by row
 * @property {Uint32Array<ArrayBuffer>} items
 * @property {About} about
 */
/** What there is to know of it besides. @typedef {ReturnType<typeof aboutModel>} About */

/** @param {Model} model @param {Record<string, unknown>} config */
function aboutModel(model, config) {
  const score = scoreOf(model);
  return {
    score_kind: score.kind,
    score: scoreSentence(score),
    config,
    data: identityOf(model.source),
    weights_hash: model.hash(),
  };
}

/**
 * What the MLP gets of every user or film: embeddings, if any, with the mean of their features'.
 * @param {Model} model
 * @param {'user' | 'item'} side
 * @returns {Table}
 */
function inputsOf(model, side) {
  const { users, items } = model.source.dataset;
  const rows = side === 'user' ? users : items;
  const trace = model.createTrace();
  try {
    const all = Array.from({ length: rows }, (_, row) => {
      const { nodes } = trace.forward(model, side === 'user' ? row : 0, side === 'user' ? 0 : row);
      return nodes.find(({ id }) => id === `mlp.${side}`)?.values ?? new Float32Array();
    });
    const width = all[0].length;
    const values = new Float32Array(rows * width);
    all.forEach((row, n) => values.set(row, n * width));
    return { name: `mlp.${side}_input`, shape: [rows, width], values };
  } finally {
    trace.free();
  }
}

/** @param {import('../settings/settings.mjs').Settings} settings @throws {Fault} the model has no network */
export function mustHaveNetwork(settings) {
  if (!networkGraph(settings)) throw new Fault(fault('noOnnx', { model: modelValue(modelRow(settings.model)) }));
}

/**
 * A model that has a network.
 * @param {Model} model
 * @param {Record<string, unknown>} config  the run's settings, some of which may have changed while it was trained
 * @returns {Described}
 * @throws {Fault} it has none
 */
export function describe(model, config) {
  const { settings, source } = model;
  mustHaveNetwork(settings);
  const sides = /** @type {const} */ (['user', 'item']).filter((side) =>
    model.tensors.some(({ name }) => name === `mlp.${side}_features.weight`),
  );
  const replaced = sides.flatMap((side) => [`mlp.${side}_features.weight`, `mlp.${side}_embedding.weight`]);
  const own = model.tensors.filter(({ name }) => !replaced.includes(name));
  const scaled = source.task === 'rating' && reads(settings.model, 'output') && settings.output === 'sigmoid';
  return {
    settings,
    tensors: [
      ...own.map((tensor) => ({ name: tensor.name, shape: tensor.shape, values: model.values(tensor) })),
      ...sides.map((side) => inputsOf(model, side)),
    ],
    scale: scaled ? { lowest: source.lowest, highest: source.highest } : null,
    users: source.dataset.userIds.slice(),
    items: source.dataset.itemIds.slice(),
    about: aboutModel(model, config),
  };
}
