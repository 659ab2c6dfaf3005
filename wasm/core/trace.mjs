// One example's way through the network: what every node holds, and what the loss asks of it.

import { networkGraph } from '../settings/graph.mjs';
import { modelRow } from '../settings/settings.mjs';
import { checkIndex } from './check.mjs';
import { Handle } from './handle.mjs';
import { withSettings } from './settings.mjs';
import { Fault, fault, modelValue } from '../words/fault.mjs';

/** @typedef {import('./model.mjs').Model} Model */
/** @typedef {{id: string, values: Float32Array}} NodeValues */
/** @typedef {'gmf' | 'mlp' | 'fusion' | 'bias'} SharePart */
/**
 * shares: what each part gives to the logit. prediction: with log loss a probability, of ratings the rating, else the logit.
 * @typedef {{nodes: NodeValues[], shares: Partial<Record<SharePart, number>>, logit: number, prediction: number}} Way
 */
/**
 * Gradients of the loss of the example, without regularisation: by each number of each node, and their length by tensor.
 * @typedef {{loss: number, gradients: NodeValues[], tensors: {name: string, norm: number}[]}} WayBack
 */

/** @type {SharePart[]} */
const SHARES = ['gmf', 'mlp', 'fusion', 'bias'];

/** For a model that has a network (graph.mjs) and others of its shape. */
export class Trace extends Handle {
  /**
   * @param {Model} model
   * @throws {Fault} it has none
   */
  constructor(model) {
    const { core, source, settings } = model;
    const { exports } = core;
    const row = modelRow(settings.model);
    const graph = networkGraph(settings);
    if (!graph) throw new Fault(fault('noNetwork', { model: modelValue(row) }));
    // Alternating least squares fit squared errors too, in their own way.
    const of = /** @type {typeof settings} */ (row.byExamples ? settings : { ...settings, loss: 'squared' });
    const make = (/** @type {number} */ pointer) =>
      core.check(exports.ncf_trace_new(model.handle, pointer, source.task === 'rating'));
    super('trace', [model], () => withSettings(source.dataset, of, make), exports.ncf_trace_free);
    this.core = core;
    this.settings = settings;
    this.graph = graph;
    /** Rows of the core's table of nodes by name. @type {Map<string, number>} */
    this.rows = new Map();
    for (let row = 0; row < exports.ncf_trace_nodes(); row++)
      this.rows.set(core.text(exports.ncf_trace_name(row)), row);
  }

  /**
   * The nodes of the graph with one kind of their numbers.
   * @param {(handle: number, row: number) => number} at  their address
   * @returns {NodeValues[]}
   */
  read(at) {
    return this.graph.nodes.map(({ id, width }) => {
      const row = /** @type {number} */ (this.rows.get(id));
      return { id, values: this.core.copy(Float32Array, at(this.handle, row), width) };
    });
  }

  /** What the logit is a sum of. @returns {SharePart[]} */
  parts() {
    const { nodes, edges } = this.graph;
    const into = new Set(edges.filter(({ to }) => to === 'output').map(({ from }) => from));
    const parts = new Set(nodes.filter(({ id }) => into.has(id)).map(({ part }) => part));
    if (nodes.some(({ kind, tensor }) => kind === 'output' && tensor)) parts.add('bias');
    return SHARES.filter((part) => parts.has(part));
  }

  /**
   * Forward.
   * @param {Model} model  with the weights that count
   * @param {number} user
   * @param {number} item
   * @returns {Way}
   */
  forward(model, user, item) {
    const { exports } = this.core;
    const { users, items } = model.source.dataset;
    const logit = exports.ncf_trace_forward(
      this.handle,
      model.handle,
      checkIndex(user, users, 'user'),
      checkIndex(item, items, 'film'),
    );
    const shares = this.parts().map((part) => [
      part,
      exports.ncf_trace_share(this.handle, this.core.code('share', part)),
    ]);
    return {
      nodes: this.read(exports.ncf_trace_values),
      shares: Object.fromEntries(shares),
      logit,
      prediction: exports.ncf_trace_prediction(this.handle),
    };
  }

  /**
   * Undoes the last forward().
   * @param {Model} model  the same
   * @param {number} label  1 or 0, or a rating
   * @param {number} [other]  with BPR: the logit of the other film of the pair, which has no part in the gradients
   * @returns {WayBack}
   */
  backward(model, label, other = 0) {
    const { exports } = this.core;
    const loss = exports.ncf_trace_backward(this.handle, model.handle, label, other);
    return {
      loss,
      gradients: this.read(exports.ncf_trace_gradient),
      tensors: model.tensors.map(({ name, row }) => ({
        name,
        norm: exports.ncf_trace_norm(this.handle, model.handle, row),
      })),
    };
  }
}
