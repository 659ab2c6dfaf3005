/** What the room looks at and what it knows of that: of the page's state, of the worker's answers, of the step under way. */
import { networkGraph } from '../../../wasm/settings/graph.mjs';
import { filmOf, pieceOf } from './piece.js';
import { byNode } from './values.js';
import { weighed } from './weights_scene.js';

/** @typedef {import('../../shell/state.js').State} State */
/** @typedef {import('./values.js').Pair} Pair */

export class Look {
  /** @type {State | null} */
  state = null;
  /** null: the model has no network. @type {import('../../../wasm/settings/graph.mjs').Graph | null} */
  graph = null;
  film = -1;
  /** What the model says of the pair now. @type {Pair | null} */
  pair = null;
  /** The numbers that are drawn, by node. @type {Map<string, Float32Array>} */
  values = new Map();
  /** By tensor. @type {Map<string, import('./links.js').Weights>} */
  weights = new Map();
  /** The layer whose weights are shown. */
  picked = '';
  /** @type {import('./links.js').Cell | null} */
  pointed = null;
  /** @type {import('./stepping.js').Under | null} */
  under = null;
  /** A step is being taken. */
  busy = false;
  trouble = '';

  /**
   * The page's state has changed.
   * @param {State} next
   * @returns {boolean} whether that ends the example that is under way
   */
  turn(next) {
    const { state, under } = this;
    const left = under !== null && this.turnsAway(next, under.example);
    this.state = next;
    if (left) this.under = null;
    if (left && this.pair) this.values = byNode(this.pair.nodes);
    this.film = filmOf(next, state, this.film);
    this.build(networkGraph(next.settings));
    return left;
  }

  /**
   * To another pair, to another model, or because it trains and that is no step of the room's own.
   * @param {State} next
   * @param {import('./phases.js').Example} example
   */
  turnsAway({ user, film, model, phase }, example) {
    if (user !== example.user || film !== example.item) return true;
    return model !== this.state?.model || (phase === 'training' && !this.busy);
  }

  /** Of another network nothing is known yet. @param {Look['graph']} graph */
  build(graph) {
    if (JSON.stringify(graph) === JSON.stringify(this.graph)) return;
    this.graph = graph;
    this.pair = null;
    this.values = new Map();
    this.pointed = null;
    this.picked = weighed(graph)[0]?.id ?? '';
  }

  /** The pair whose numbers are asked for. */
  wanted() {
    const { state, graph, film } = this;
    return graph && state?.model && film >= 0 ? { graph, user: state.user, item: film } : null;
  }

  /** The piece of the matrix that is asked for. */
  piece() {
    const { state, film, under } = this;
    if (!state?.model || !state.users || film < 0) return null;
    return { ...pieceOf(state, film, under), pair: { user: state.user, item: film } };
  }

  /** What was wanted: the numbers of an example stay until its batch is trained. @param {Pair} pair @param {Look['weights']} weights */
  learn(pair, weights) {
    this.trouble = '';
    this.pair = pair;
    this.weights = weights;
    if (!this.under || this.under.trained) this.values = byNode(pair.nodes);
  }

  /** An example begins. @param {import('./stepping.js').Under} under */
  follow(under) {
    this.under = under;
    this.values = byNode(under.traced.nodes);
    this.film = under.example.item;
  }

  /** @param {string} id @returns {boolean} whether it has weights that can be shown */
  pick(id) {
    const weighs = weighed(this.graph).some((node) => node.id === id);
    if (weighs) this.picked = id;
    return weighs;
  }
}
